"""One sync per source at a time, in whichever process: a lock that dies with its holder.

Over SQLite it is an advisory lock on a file beside the database, over PostgreSQL an advisory lock
of a session. Both are given back by the operating system or the server when the holder is killed.
"""

import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import blake2b
from pathlib import Path

import psycopg

from hub.errors import HubError

FILE = "sqlite+aiosqlite:///"
SERVER = "postgresql+psycopg://"


class BusyError(HubError):
    """Another process holds the lock."""


@asynccontextmanager
async def alone(database: str, name: str) -> AsyncIterator[None]:
    """Hold the lock `name` of a database while the block runs; never waits.

    Raises:
        BusyError: another process, or another task of this one, holds it.
    """
    busy = BusyError(f"{name} is being synced by another process; try again when it is done")
    if database.startswith(FILE):
        async with _file(Path(database.removeprefix(FILE)), name, busy):
            yield
    else:
        async with _session(database.replace(SERVER, "postgresql://", 1), name, busy):
            yield


@asynccontextmanager
async def _file(database: Path, name: str, busy: BusyError) -> AsyncIterator[None]:
    folder = database.with_name(f"{database.name}-locks")
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy from None
        yield


@asynccontextmanager
async def _session(address: str, name: str, busy: BusyError) -> AsyncIterator[None]:
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as session:
        answer = await session.execute("SELECT pg_try_advisory_lock(%s)", (number,))
        if await answer.fetchone() != (True,):
            raise busy
        yield
