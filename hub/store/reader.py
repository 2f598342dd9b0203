"""How questions read the mirror: prebuilt statement text, straight on the driver.

A `Snapshot` is one read transaction: whatever is asked in it sees the mirror at one moment.
On SQLite a cheap statement runs in the loop, and one that turns out dear begins again in a
thread; `BUDGET` says where cheap ends. On PostgreSQL all of them go to the server.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg.rows import tuple_row

from hub.store.dialect import bound, folded, pyformat
from hub.store.past import MOMENT, shadowed

Rows = list[tuple[Any, ...]]
STEP = 10_000  # virtual machine instructions between two looks at the budget
BUDGET = 30  # steps in the loop, about five milliseconds
DEAR = 500  # statements that a connection remembers to be dear
EPOCHS = "SELECT name, value FROM epoch"


class Asks(Protocol):
    """What statements are asked of: a snapshot, or a transaction of its own writes too."""

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a statement."""
        ...


class Driver(Protocol):
    """One connection to one database."""

    schema: str

    async def begin(self) -> None:
        """Begin a read transaction."""
        ...

    async def end(self) -> None:
        """End it."""
        ...

    async def rows(self, statement: str, parameters: Mapping[str, Any], *, large: bool) -> Rows:
        """Return the rows of a statement."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...


def _folded(text: str | None) -> str | None:
    return None if text is None else folded(text)


class SqliteDriver:
    """A connection to a SQLite file, for reading."""

    schema = "main"

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._dear: dict[
            str, None
        ] = {}  # statements that were dear, which no more begin in the loop
        self._connection.create_function("folded", 1, _folded, deterministic=True)
        self._connection.execute("PRAGMA busy_timeout = 10000")
        self._connection.execute("PRAGMA query_only = 1")
        self._connection.execute("PRAGMA mmap_size = 268435456")

    async def begin(self) -> None:
        self._connection.execute("BEGIN")

    async def end(self) -> None:
        self._connection.execute("COMMIT")

    async def rows(self, statement: str, parameters: Mapping[str, Any], *, large: bool) -> Rows:
        if not large and statement not in self._dear:
            try:
                return self._cheap(statement, parameters)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
            self._dear[statement] = None
            if len(self._dear) > DEAR:
                self._dear.pop(next(iter(self._dear)))
        return await self._aside(statement, parameters)

    async def _aside(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        """Run a statement in a thread; if nobody waits any more, stop it before going on."""
        running = asyncio.ensure_future(asyncio.to_thread(self._all, statement, parameters))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self._connection.interrupt()
            await asyncio.wait([running])
            running.exception()
            raise

    def _cheap(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        left = BUDGET

        def spent() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        self._connection.set_progress_handler(spent, STEP)
        try:
            return self._all(statement, parameters)
        finally:
            self._connection.set_progress_handler(None, 0)

    def _all(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        return self._connection.execute(statement, parameters).fetchall()

    async def close(self) -> None:
        self._connection.close()


class PostgresDriver:
    """A connection to a PostgreSQL server, for reading."""

    schema = "public"

    def __init__(self, connection: psycopg.AsyncConnection[tuple[Any, ...]]) -> None:
        self._connection = connection

    async def begin(self) -> None:
        await self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    async def end(self) -> None:
        await self._connection.execute("ROLLBACK")

    async def rows(self, statement: str, parameters: Mapping[str, Any], *, large: bool) -> Rows:  # noqa: ARG002, the server decides
        try:
            cursor = await self._connection.execute(pyformat(statement).encode(), parameters)
            return await cursor.fetchall()
        except psycopg.Error:
            # the server answers nothing more in this transaction; what is asked next still may be
            await self.end()
            await self.begin()
            raise

    async def close(self) -> None:
        await self._connection.close()


async def connect(url: str) -> Driver:
    """Open a connection to the database at an SQLAlchemy address."""
    if url.startswith("sqlite"):
        return SqliteDriver(Path(url.partition(":///")[2]))
    address = url.replace("postgresql+psycopg://", "postgresql://", 1)
    opened = await psycopg.AsyncConnection.connect(
        address, autocommit=True, row_factory=tuple_row, prepare_threshold=2
    )
    return PostgresDriver(opened)


class Snapshot:
    """The mirror at one moment; see the module.

    Attributes:
        as_of: The moment in the past that is asked for; None for the present.
    """

    def __init__(self, driver: Driver, epochs: Mapping[str, int], as_of: datetime | None) -> None:
        self._driver = driver
        self._epochs = epochs
        self.as_of = as_of

    async def rows(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, large: bool = False
    ) -> Rows:
        """Return the rows of a statement as tuples.

        Args:
            statement: Text with named parameters; see `hub.store.dialect`.
            parameters: Their values; a list is one value.
            large: Known to be dear, so that it does not begin in the loop.
        """
        values = bound(parameters or {})
        if self.as_of is not None:
            statement = shadowed(statement, self._driver.schema)
            values |= bound({MOMENT: self.as_of})
        return await self._driver.rows(statement, values, large=large)

    def at(self, as_of: datetime | None) -> "Snapshot":
        """Return the same snapshot, asked of another moment; it ends when this one does."""
        return Snapshot(self._driver, self._epochs, as_of)

    def epoch(self, *tables: str) -> int:
        """Return a number that differs whenever one of `tables` (of any, if none) changed."""
        return sum(self._epochs.get(each, 0) for each in tables or self._epochs)


class Reader:
    """A pool of read connections.

    It opens a connection when none is free and `most` are not yet open, else waits for one.
    """

    def __init__(self, url: str, *, most: int = 16) -> None:
        self._url = url
        self._free: list[Driver] = []
        self._room = asyncio.Semaphore(most)

    @asynccontextmanager
    async def snapshot(self, as_of: datetime | None) -> AsyncIterator[Snapshot]:
        """Hold one read transaction."""
        async with self._room:
            driver = self._free.pop() if self._free else await connect(self._url)
            try:
                await driver.begin()
                epochs: dict[str, int] = dict(await driver.rows(EPOCHS, {}, large=False))
                yield Snapshot(driver, epochs, as_of)
                await driver.end()
            except BaseException:
                # what state it is in is anyone's guess
                await driver.close()
                raise
            self._free.append(driver)

    async def close(self) -> None:
        """Close the connections that are free."""
        while self._free:
            await self._free.pop().close()
