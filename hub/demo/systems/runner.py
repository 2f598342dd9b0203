"""Runs the pretend systems: all of them in this process, each on a loopback port of its own.

It ends when it is told to (SIGTERM, SIGINT) and when the process that started it is gone, so that
nothing is left behind even where that one was killed. `hub.demo.systems.process` starts it.
"""

import asyncio
import fcntl
import json
import os
import secrets
import signal
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from hub.demo.systems import control, seeds
from hub.demo.systems.catalogue import HOST, KEYS, SYSTEMS, System
from hub.demo.systems.door import PATIENCE_S, Door, listen_soon, quieten
from hub.demo.systems.errors import StartError
from hub.demo.systems.faults import Fault, Faulty
from hub.demo.systems.process import READY
from hub.demo.systems.state import Documents, Json
from hub.demo.systems.wire import Marked

WATCH_S = 0.2


class Runner:
    """The systems of one folder, in this process."""

    def __init__(self, folder: Path, first_port: int, documents: dict[str, Documents]) -> None:
        self._folder = folder
        self._first_port = first_port
        self._token = secrets.token_hex(16)
        self._faulty = {
            system.key: Faulty(
                system.application(documents[system.key], system.credentials(folder))
            )
            for system in SYSTEMS
        }
        self._doors = {
            system.key: Door(
                Marked(self._faulty[system.key], system.name),
                port(first_port, system.key),
                system.key,
            )
            for system in SYSTEMS
        }
        application = control.application(self.listed, self.set_fault, self._token)
        self._control = Door(application, first_port + len(KEYS), "their control")

    def listed(self) -> list[Json]:
        """Return what `hub.demo.systems.control.systems` promises."""
        return [
            {**described(system, self._folder, self._first_port), "requests": faulty.requests}
            for system, faulty in zip(SYSTEMS, self._faulty.values(), strict=True)
        ]

    async def set_fault(self, key: str, fault: Fault) -> None:
        """Let a fault take hold of a system; returns when it does."""
        self._faulty[key].set(fault)
        if fault == Fault.DOWN:
            await self._doors[key].close()
        else:
            await self._doors[key].open()

    async def open(self, without: Collection[str]) -> None:
        """Open every port at once, or none.

        Raises:
            StartError: a port cannot be had.
        """
        wanted = [door for key, door in self._doors.items() if key not in without]
        with ExitStack() as stack:
            bound = [
                stack.enter_context(await listen_soon(door.port, door.purpose))
                for door in (*wanted, self._control)
            ]
            for key in without:
                self._faulty[key].set(Fault.DOWN)
            for door, socket in zip((*wanted, self._control), bound, strict=True):
                await door.open(socket)
            stack.pop_all()
        self._announce()

    async def close(self) -> None:
        """Close every port."""
        async with asyncio.TaskGroup() as closing:
            for door in (*self._doors.values(), self._control):
                closing.create_task(door.close())

    def _announce(self) -> None:
        address = {
            "base_url": f"http://{HOST}:{self._control.port}",
            "headers": {"Authorization": f"Bearer {self._token}"},
        }
        half = self._folder / f"{control.FILE}.half"
        said = {"pid": os.getpid(), "control": address, "systems": self.listed()}
        half.write_text(json.dumps(said, indent=2), encoding="utf-8")
        half.chmod(0o600)
        half.replace(self._folder / control.FILE)


def port(first_port: int, key: str) -> int:
    """Return the port of a system."""
    return first_port + KEYS.index(key)


def described(system: System, folder: Path, first_port: int) -> Json:
    """Return where a system of a folder is, and what a client must send to be let in."""
    return {
        "key": system.key,
        "kind": system.kind,
        "vendor": system.vendor,
        "base_url": f"http://{HOST}:{port(first_port, system.key)}{system.path}",
        "headers": system.headers(system.credentials(folder)),
    }


async def run(folder: Path, first_port: int, without: Collection[str], parent: int | None) -> None:
    """Serve the systems of a folder until SIGTERM or SIGINT, or until the parent is gone.

    Raises:
        StartError: a port or a seed is missing, or the folder is served by another process.
    """
    quieten()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with ExitStack() as stack:
        stack.enter_context(await _alone(folder))
        runner = Runner(folder, first_port, _opened(folder, stack))
        await runner.open(without)
        print(READY, flush=True)  # noqa: T201  the parent waits for this line
        await _until(stop, parent)
        await runner.close()


def _opened(folder: Path, stack: ExitStack) -> dict[str, Documents]:
    opened = {}
    for system in SYSTEMS:
        documents = Documents(folder / f"{system.key}.sqlite")
        stack.callback(documents.close)
        if not documents.seeded:
            documents.seed(system.seeded(seeds.read(folder, system.key)))
        opened[system.key] = documents
    return opened


async def _alone(folder: Path) -> IO[str]:
    """Return the lock of a folder; a process that is just leaving it is given some seconds."""
    for _ in range(int(PATIENCE_S / 0.1)):
        held = lock(folder)
        if held is not None:
            return held
        await asyncio.sleep(0.1)
    raise StartError(f"the systems of {folder} run already; stop that demo first")


def lock(folder: Path) -> IO[str] | None:
    """Return the lock of a folder, or None where another process holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    held = (folder / "lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    return held


async def _until(stop: asyncio.Event, parent: int | None) -> None:
    while not stop.is_set() and parent in {None, os.getppid()}:
        try:
            async with asyncio.timeout(WATCH_S):
                await stop.wait()
        except TimeoutError:
            continue
