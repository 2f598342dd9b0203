"""CPU that each flagship question takes, beside the least that any server takes for its answer.

    python -m benchmarks.questions [FOLDER]

Asks the hub of a demo that was loaded (`.demo/current`) over HTTP, in a process of its own, with
policy and limits and all. What is counted is the CPU time of that process, so that others on the
machine disturb little. The limit is an endpoint of the same process that sends the same bytes.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from hub.demo.home import Basis
from hub.demo.organisation import generate
from hub.demo.questions import questions
from hub.demo.questions.asked import Asked
from hub.errors import UsageError

ROUNDS = 11
TIMES = 8  # requests in a round, since a clock of CPU time is coarse
WARMING = 3
PATIENCE_S = 60
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one question costs, in milliseconds of CPU.

    Attributes:
        first: The first time that it is asked in a process.
        again: Later, the median of rounds.
        least: Sending its answer, the median of rounds.
        size_bytes: Length of its answer.
    """

    name: str
    first: float
    again: float
    least: float
    size_bytes: int


class Served:
    """A connection to the process that is measured."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self._look = median(self._between(lambda: None) for _ in range(ROUNDS))

    def send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> bytes:
        """Return the answer to a request."""
        self._connection.request(method, path, body, {**JSON, **(headers or {})})
        answer = self._connection.getresponse()
        found = answer.read()
        if answer.status != 200:
            raise UsageError(f"{method} {path}: {answer.status} {found[:500]!r}")
        return found

    def _between(self, work: Callable[[], object]) -> float:
        before = int(self.send("GET", "/cpu"))
        work()
        return (int(self.send("GET", "/cpu")) - before) / 1e6

    def cost(self, work: Callable[[], object], times: int = 1) -> float:
        """Return the milliseconds of CPU that some work takes there, looking at the clock aside."""

        def often() -> None:
            for _ in range(times):
                work()

        return max(0.0, self._between(often) - self._look) / times


def measured(served: Served, asked: Asked) -> Cost:
    """Ask a question and send its finished answer, by turns."""
    question = asked.plain()
    body = json.dumps({"query": question["query"], "variables": question["variables"]}).encode()
    signed = {"Authorization": str(question["authorization"])}

    def ask() -> bytes:
        return served.send("POST", "/graphql", body, signed)

    def finished() -> bytes:
        return served.send("POST", "/finished", body, signed)

    first = served.cost(ask)
    answer = ask()
    served.send("PUT", "/finished", answer)
    for _ in range(WARMING):
        ask()
        finished()
    rounds = [(served.cost(ask, TIMES), served.cost(finished, TIMES)) for _ in range(ROUNDS)]
    return Cost(
        name=asked.name,
        first=first,
        again=median(again for again, _ in rounds),
        least=median(least for _, least in rounds),
        size_bytes=len(answer),
    )


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Run the process that is measured."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603, our own module
        [sys.executable, "-m", "benchmarks.serving", str(folder), str(port)]
    )
    try:
        yield _connected(port)
    finally:
        process.terminate()
        process.wait()


def _connected(port: int) -> Served:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return Served(port)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def main(folder: Path) -> None:
    """Print what each question costs."""
    basis = Basis.read(folder)
    if basis is None:
        raise SystemExit(f"no demo is loaded in {folder}; run `make demo ONCE=1` first")
    asked = questions(generate(basis.seed, basis.people, basis.today))
    say(f"{basis.people} people; milliseconds of CPU of the hub's process")
    say(f"{'question':64} {'first':>8} {'again':>8} {'least':>7} {'times':>6} {'bytes':>7}")
    with serving(folder) as served:
        costs = [measured(served, each) for each in asked]
    for each in costs:
        times = each.again / each.least if each.least else 0.0
        say(
            f"{each.name:64} {each.first:8.1f} {each.again:8.2f} {each.least:7.3f}"
            f" {times:6.0f} {each.size_bytes:7}"
        )


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".demo/current").resolve())
