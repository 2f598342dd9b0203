"""The mirror: opened once, written in transactions, read in snapshots."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from hub.errors import ConfigError
from hub.store.dialect import SQLITE
from hub.store.migrations import upgrade
from hub.store.reader import Reader, Snapshot
from hub.store.transaction import Transaction

OLDEST_SQLITE = (3, 38, 0)  # the first whose JSON functions are always there
PATIENCE_MS = 60_000  # how long a writer waits for another process
WRITERS = 7_255_437_402  # advisory lock that one writer at a time holds on PostgreSQL
PRAGMAS = (
    f"PRAGMA busy_timeout = {PATIENCE_MS}",  # before the first that may meet another process
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
)


class Store:
    """The mirror in one database."""

    def __init__(self, engine: AsyncEngine, reader: Reader, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._reader = reader
        self._now = now
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, *, now: Callable[[], datetime]) -> Self:
        """Open the mirror, made or brought up to date where needed.

        Args:
            url: `sqlite+aiosqlite:///path` or `postgresql+psycopg://…`.
            now: Tells the time of each transaction.

        Raises:
            ConfigError: the address is of another kind, or SQLite is too old.
        """
        engine = _engine(url)
        store = cls(engine, Reader(url), now)
        try:
            async with store._writing() as connection:
                await connection.run_sync(upgrade)
        except BaseException:
            await store.close()
            raise
        return store

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        """Hold the one place among all writers, of this process and others."""
        async with self._turn, self._engine.begin() as connection:
            if connection.dialect.name != SQLITE:
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write: all of it is committed when the block ends, nothing when it raises.

        One writer at a time, in all processes; the others wait.
        """
        async with self._writing() as connection:
            transaction = Transaction(connection, self._now())
            yield transaction
            await transaction.raise_epochs()

    @asynccontextmanager
    async def snapshot(self, as_of: datetime | None = None) -> AsyncIterator[Snapshot]:
        """Read the mirror at one moment, or as it was known at `as_of`.

        It holds a connection; who already holds one must not wait for a second.
        """
        async with self._reader.snapshot(as_of) as snapshot:
            yield snapshot

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.close()
        await self._engine.dispose()


def _engine(url: str) -> AsyncEngine:
    if url.startswith("postgresql+psycopg://"):
        return create_async_engine(url, pool_size=2, max_overflow=0, pool_pre_ping=True)
    if not url.startswith("sqlite+aiosqlite:///"):
        raise ConfigError(
            f"database {url.partition(':')[0]}: is not known;"
            " use sqlite+aiosqlite:///path or postgresql+psycopg://…"
        )
    check_sqlite(sqlite3.sqlite_version_info)
    path = Path(url.partition(":///")[2])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)  # what it will hold is for nobody else on this machine
    engine = create_async_engine(url, pool_size=1, max_overflow=0)
    event.listen(engine.sync_engine, "connect", _connected)
    event.listen(
        engine.sync_engine,
        "begin",
        lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"),
    )
    return engine


def _connected(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def check_sqlite(version: tuple[int, ...]) -> None:
    """Refuse a SQLite that lacks what the statements use.

    Raises:
        ConfigError: it is too old.
    """
    if version < OLDEST_SQLITE:
        told, least = (".".join(map(str, each)) for each in (version, OLDEST_SQLITE))
        raise ConfigError(
            f"SQLite {told} is too old: {least} or newer is needed; use a Python built with it,"
            " or PostgreSQL"
        )
