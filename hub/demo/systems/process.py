"""Starts the pretend systems in a process of their own, and stops them again.

Knows none of the vendors, so that a command which starts them need not load them.
"""

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.demo.systems import control
from hub.demo.systems.errors import StartError
from hub.demo.systems.state import Json

READY = "ready"
START_S = 60


@contextmanager
def started(
    folder: Path, *, first_port: int, without: Collection[str] = ()
) -> Iterator[list[Json]]:
    """Run the systems of a folder in a process of their own while the block runs.

    Gives what `hub.demo.systems.control.systems` gives. Their log is `systems.log` in the folder.

    Raises:
        StartError: they cannot start; the text says why, and what to do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "systems.log"
    command = [sys.executable, "-m", "hub.demo.systems", str(folder), "--first-port"]
    command += [str(first_port), "--parent", str(os.getpid())]
    for key in without:
        command += ["--without", key]
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(  # noqa: S603  the command is our own
            command, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
        ) as process,
    ):
        try:
            if process.stdout is None or process.stdout.readline().strip() != READY:
                process.wait(START_S)
                raise StartError(log.read_text(encoding="utf-8").strip() or "they did not start")
            yield control.systems(folder)
        finally:
            process.terminate()
