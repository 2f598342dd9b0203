"""The `hub` command as people run it: in processes of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.demo.systems.conftest import free_ports

HUB = str(Path(sys.executable).parent / "hub")
PEOPLE = 60
PATIENCE_S = 120
QUIET = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"}


def hub(
    folder: Path, *words: str, said: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    return subprocess.run(
        [HUB, *words],
        cwd=folder,
        env={**os.environ, **QUIET, **environment},
        input=said,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def plain(text: str) -> str:
    """Return what was printed without line breaks and frames."""
    return " ".join(text.translate(str.maketrans("│╭╮╰╯─", "      ")).split())


@dataclass
class Demo:
    """A demo that serves."""

    folder: Path
    port: int
    process: subprocess.Popen[str]
    printed: str

    def json(self, *words: str) -> Any:
        """Return the JSON that a command prints."""
        done = hub(self.folder, *words)
        assert 0 == done.returncode, done.stderr
        return json.loads(done.stdout)

    def query(self, text: str, *more: str) -> Mapping[str, Any]:
        """Ask a question by `hub query`."""
        answer: Mapping[str, Any] = self.json("query", text, *more)
        return answer

    def stop(self, by: int) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(by)
        with self.process:
            return self.process.wait(PATIENCE_S)


def begun(folder: Path, *more: str) -> Demo:
    """Start a demo, and return when it serves."""
    first = free_ports()
    words = ["demo", "--people", str(PEOPLE), "--port", str(first), "--systems", str(first + 1)]
    with (folder / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            [HUB, *words, *more],
            cwd=folder,
            env={**os.environ, **QUIET},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    printed = ""
    for line in process.stdout or ():
        printed += line
        if "/graphiql" in line:
            return Demo(folder, first, process, printed)
    with process:
        process.kill()
    raise AssertionError(printed + (folder / "stderr").read_text())


def below(folder: Path) -> list[str]:
    """Return the commands of the processes that work in a folder."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(folder) in words:
            found.append(words)
    return found


def nothing_left(folder: Path) -> None:
    """Fail unless every process of a folder is gone within seconds."""
    until = time.monotonic() + 5
    while below(folder) and time.monotonic() < until:
        time.sleep(0.1)
    assert [] == below(folder)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that serves until all tests are done, and then ends in peace."""
    folder = tmp_path_factory.mktemp("demo")
    one = begun(folder)
    yield one
    assert 0 == one.stop(signal.SIGINT)
    nothing_left(folder)
