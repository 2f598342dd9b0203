"""The demo as its users run it: the `hub` command in processes of its own, asked over HTTP.

Nothing here looks into the hub: what is claimed is read from the graph, from the command line, or
from the wire of a pretend system.
"""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx

from tests.demo.systems.conftest import free_ports

HUB = str(Path(sys.executable).parent / "hub")
PEOPLE = 120
PATIENCE_S = 120


@dataclass
class Demo:
    """A demo in a folder of its own.

    Attributes:
        folder: Where it is run; everything that it writes lies below.
        people: How many people work there.
        seed: Decides who they are.
        options: Further options of `hub demo`.
        first_port: The port of the hub; those of the systems follow.
    """

    folder: Path
    people: int = PEOPLE
    seed: int = 7
    options: Sequence[str] = ()
    first_port: int = field(default_factory=free_ports)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address of the hub."""
        return f"http://127.0.0.1:{self.first_port}"

    def command(self, *more: str) -> list[str]:
        """Return the command that runs it."""
        return [
            *(HUB, "demo", "--port", str(self.first_port), "--people", str(self.people)),
            *("--seed", str(self.seed), "--systems", str(self.first_port + 1)),
            *self.options,
            *more,
        ]

    def begin(self) -> Self:
        """Start it and return at once."""
        log = (self.folder / "demo.log").open("ab")
        self.process = subprocess.Popen(
            self.command(), cwd=self.folder, stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        return self

    def await_ready(self) -> Self:
        """Wait until the hub answers."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            try:
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return self
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError(f"the demo is not ready:\n{self.log()}")

    def log(self) -> str:
        """Return what it printed last."""
        return (self.folder / "demo.log").read_text(errors="replace")[-4000:]

    def kill(self) -> None:
        """End it at once, without a chance to tidy up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Stop it as Ctrl-C does; return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)

    def hub(self, *words: str, check: bool = True) -> str:
        """Run another `hub` command in the same folder; return what it prints."""
        done = subprocess.run(
            [HUB, *words], cwd=self.folder, capture_output=True, text=True, check=False
        )
        assert not check or done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    def json(self, *words: str) -> Any:
        """Run another command that prints JSON."""
        return json.loads(self.hub(*words, "--json"))

    def ask(self, query: str, authorization: str | None = None, **variables: Any) -> dict[str, Any]:
        """Ask the graph; return the whole answer."""
        said = httpx.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables},
            headers={"Authorization": authorization} if authorization else {},
            timeout=60,
        )
        assert said.status_code < 500, said.text
        answer: dict[str, Any] = said.json()
        return answer

    def data(self, query: str, authorization: str | None = None, **variables: Any) -> Any:
        """Ask the graph something that it must answer without an error."""
        answer = self.ask(query, authorization, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def questions(self) -> list[dict[str, Any]]:
        """Return the questions with the answers that must come."""
        found: list[dict[str, Any]] = self.json("demo", "questions")
        return found

    def client(self, key: str) -> httpx.Client:
        """Return a client of a pretend system, which knows nothing of the hub."""
        (system,) = [each for each in self.json("demo", "systems") if each["key"] == key]
        return httpx.Client(base_url=system["base_url"], headers=system["headers"], timeout=10)

    def requests(self) -> Mapping[str, int]:
        """Return how many requests each system has had since it started."""
        return {each["key"]: each["requests"] for each in self.json("demo", "systems")}

    @property
    def database(self) -> Path:
        """The hub's file."""
        return self.folder / ".demo" / "current" / "hub.sqlite"


@contextmanager
def running(demo: Demo) -> Iterator[Demo]:
    """Keep a demo running that answers."""
    demo.begin()
    try:
        yield demo.await_ready()
    finally:
        demo.stop()


def processes_below(folder: Path) -> list[str]:
    """Return the command lines of processes that work in a folder or were told of it."""
    found = []
    for each in Path("/proc").iterdir():
        if not each.name.isdecimal() or int(each.name) == os.getpid():
            continue
        try:
            line = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            where = str((each / "cwd").readlink())
        except OSError:
            continue
        if str(folder) in line or where.startswith(str(folder)):
            found.append(line.strip())
    return found


def listening(port: int) -> bool:
    """Tell whether something listens on a loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


UNHELD = frozenset(
    {"alembic_version", "answered", "audit", "checkpoint", "epoch", "sync_run"},
)
"""Tables that tell how the work went, not what is known."""

PASSING = frozenset(
    {
        *("at", "changed_at", "computed_at", "created_at", "fetched_at", "moved_at", "occurred_at"),
        *("oldest_input_at", "received_at", "recorded_at", "attempts", "generation", "history"),
        *("event_id", "raw", "version"),
    }
)
"""Columns that depend on when something was told, and how often."""

PASSING_IN = {
    "domain_event": frozenset({"id", "key", "system", "changes"}),
    "source_record": frozenset({"external_url", "hash"}),
}
"""Columns of one table that do so, or depend on the ports of the systems."""

ALIKE = {"domain_event": "type LIKE '%.created'"}
"""Which rows of a table do not depend on which source was heard first."""


def held(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a hub's file holds, but for when and how often it was told."""
    with sqlite3.connect(database) as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in listed if not name.startswith("sqlite_")}
        found = {}
        for name in names - UNHELD:
            if name.endswith("_history"):
                continue
            left_out = PASSING | PASSING_IN.get(name, frozenset())
            told = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            columns = [f'"{column}"' for _, column, *_ in told if column not in left_out]
            rows = connection.execute(
                f'SELECT {", ".join(columns)} FROM "{name}" WHERE {ALIKE.get(name, "true")}'
            ).fetchall()
            found[name] = sorted(rows, key=repr)
    return found
