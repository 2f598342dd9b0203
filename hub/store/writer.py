"""One write transaction: the hands that every part of the store writes with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.store.dialect import bound, worded
from hub.store.reader import Rows
from hub.store.statements import columns, delete, select
from hub.store.values import text_of

CHUNK = 1000  # items of one list parameter; keeps statements and memory bounded


class Writer:
    """An open transaction that knows what it has written.

    Attributes:
        connection: The connection, for what has no method here; say `wrote` afterwards.
        moment: When the transaction began; everything it records carries this moment.
    """

    def __init__(self, connection: AsyncConnection, moment: datetime) -> None:
        self.connection = connection
        self.moment = moment
        self._written: set[str] = set()

    @property
    def now(self) -> str:
        """The moment of the transaction, as text."""
        return text_of(self.moment)

    def wrote(self, *tables: str) -> None:
        """Say that rows of `tables` were changed, so that their epochs rise."""
        self._written.update(tables)

    async def rows(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Return the rows of a statement, as `Snapshot.rows` does, within the transaction."""
        return [tuple(row) for row in await self._run(statement, parameters or {})]

    async def mappings(
        self, table: str, ids: Iterable[str], key: str = "id"
    ) -> list[dict[str, Any]]:
        """Return whole rows of `table` whose `key` is among `ids`, in stored form."""
        names = columns(table)
        found: list[dict[str, Any]] = []
        for chunk in chunks(ids):
            rows = await self._run(select(table, key), {"ids": chunk})
            found += [dict(zip(names, row, strict=True)) for row in rows]
        return found

    async def write(
        self, table: str, statement: str, parameters: Mapping[str, Any] | None = None
    ) -> int:
        """Run a statement that changes `table`; return how many rows it changed."""
        answer = await self._run(statement, parameters or {})
        if answer.rowcount:
            self._written.add(table)
        return answer.rowcount

    async def write_all(
        self, table: str, statement: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Run a statement that changes `table` once per row of parameters, in one batch."""
        if rows:
            said = text(worded(self.connection.dialect.name, statement))
            await self.connection.execute(said, rows)
            self._written.add(table)

    async def delete(self, table: str, ids: Iterable[str], key: str = "id") -> int:
        """Delete the rows of `table` whose `key` is among `ids`; return how many."""
        count = 0
        for chunk in chunks(ids):
            count += await self.write(table, delete(table, key), {"ids": chunk})
        return count

    async def raise_epochs(self) -> None:
        """Raise the counter of every table written; in one order, so that writers never lock."""
        statement = (
            "INSERT INTO epoch (name, value) SELECT value, 1 FROM json_each(:names)"
            " WHERE true ON CONFLICT (name) DO UPDATE SET value = epoch.value + 1"
        )
        if self._written:
            await self._run(statement, {"names": sorted(self._written)})

    async def _run(self, statement: str, parameters: Mapping[str, Any]) -> CursorResult[Any]:
        said = text(worded(self.connection.dialect.name, statement))
        return await self.connection.execute(said, bound(parameters))


def chunks(ids: Iterable[str], size: int = CHUNK) -> Iterable[list[str]]:
    """Yield `ids` in lists of at most `size`."""
    listed = list(ids)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
