"""Reads one stream page by page; each page and where it leads are stored in one transaction.

Whatever is stopped at any moment goes on from the last page stored, full passes too: the number of
an open pass stands in the position. What is gone is told by the source, or found missing at the
end of a pass, or by asking a source that deletes in silence which ids it still has.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hub.errors import ExpiredError, GuardError, TimedOutError, UpstreamError
from hub.sdk import Fetches, Page, Sweeps
from hub.sdk.records import rejected_of
from hub.store import Change, Kept, Origin, Store, Transaction
from hub.store.sweeping import PERCENT, absurd
from hub.sync.position import Position
from hub.sync.report import StreamReport

Touching = Callable[[Transaction, Sequence[Change]], Awaitable[object]]

PAGE_S = 180.0  # what one page may take, with all its requests and their repetitions
STILL = 2  # pages in a row that lead nowhere, before a source is taken for one that repeats itself
OF_STREAM = (
    " FROM source_record WHERE system = :system AND stream = :stream AND type = :type"
    " AND deleted_at IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """One stream, and how it is to be read.

    Attributes:
        store: Where it is kept.
        source: Who says it.
        resource: The connector's resource that reads it.
        now: Tells the time.
        touching: Says, in the transaction of each page, what is to be derived anew.
        full: Whether everything is read again, not only what changed.
        most_percent: Share of the stream that may be found deleted; 100 believes everything.
        page_s: Seconds that one page may take.
        heard: Hears the counts after each page that is stored.
    """

    store: Store
    source: Origin
    resource: Any
    now: Callable[[], datetime]
    touching: Touching
    full: bool = False
    most_percent: int = PERCENT
    page_s: float = PAGE_S
    heard: Callable[[StreamReport], None] = lambda _: None

    @property
    def name(self) -> str:
        """Name of the stream."""
        return str(self.resource.stream)


class Reading:
    """One reading of a stream from where it stands to its end.

    Attributes:
        report: What was done so far, also when it was stopped by a fault.
    """

    def __init__(self, stream: Stream) -> None:
        self.report = StreamReport(source=stream.source.key, stream=stream.name)
        self._of = stream
        self._position = Position()
        self._still = 0

    async def run(self) -> None:
        """Read to the end. A process that dies has read at most one page in vain.

        Raises:
            SourceError: the source fails; what was stored before stands.
            GuardError: too much would be gone; the next reading is a full one.
        """
        self._position = (await self._standing()).begun(full=self._of.full)
        try:
            try:
                await self._pages()
            except ExpiredError:
                if self._position.cursor is None:
                    raise
                self._position = self._position.afresh()
                await self._pages()
            await self._vanished()
        except GuardError:
            await self._distrust()
            raise

    async def _standing(self) -> Position:
        async with self._of.store.transaction() as tx:
            return Position.read(await tx.position(self._of.source.key, self._of.name))

    async def _pages(self) -> None:
        async with aclosing(self._of.resource.pull(self._position.cursor)) as pages:
            while True:
                began = self._of.now()
                page = await self._next(pages)
                if page is None:
                    return
                self._watch(page)
                await self._keep(page, began)

    async def _next(self, parts: AsyncIterator[Any]) -> Any:
        """Return the next part of what a source tells; None at its end."""
        try:
            async with asyncio.timeout(self._of.page_s):
                return await anext(parts, None)
        except TimeoutError as error:
            told = f"{self._of.name}: a page took longer than {self._of.page_s:g} s"
            raise TimedOutError(told) from error

    def _watch(self, page: Page[Any]) -> None:
        """Refuse a source that tells the same page for ever."""
        stands = bool(page.records) and page.checkpoint == self._position.cursor
        self._still = self._still + 1 if stands else 0
        if self._still >= STILL:
            raise UpstreamError("the system gives the same page again")

    async def _keep(self, page: Page[Any], began: datetime) -> None:
        position = self._position.moved(page.checkpoint)
        async with self._of.store.transaction() as tx:
            kept = await tx.keep(
                self._of.source,
                self._of.name,
                self._of.resource.record,
                page.records,
                deleted=page.deleted,
                rejected=page.rejected,
                fetched_at=began,
                generation=position.generation if position.passing else None,
            )
            await self._believe(tx, kept)
            await self._store(tx, kept, position)
        self._count(kept, position, read=len(page.records) + len(page.rejected))

    async def _store(self, tx: Transaction, kept: Kept, position: Position) -> None:
        """Let what was kept have its effects, and say where the stream stands now."""
        folded = await tx.fold(kept.touched)
        await self._of.touching(tx, folded.changes)
        await tx.checkpoint(self._of.source.key, self._of.name, position.text())

    def _count(self, kept: Kept, position: Position, *, read: int = 0) -> None:
        """Take in what was committed."""
        self._position = position
        before = self.report
        self.report = replace(
            before,
            read=before.read + read,
            created=before.created + kept.created,
            changed=before.changed + kept.changed,
            deleted=before.deleted + kept.deleted,
            quarantined=before.quarantined + kept.quarantined,
        )
        self._of.heard(self.report)

    async def _believe(self, tx: Transaction, kept: Kept) -> None:
        """Refuse to bury nearly everything because a source says so."""
        if not kept.deleted:
            return
        ((live,),) = await tx.rows("SELECT count(*)" + OF_STREAM, self._keys())
        gone = self.report.deleted + kept.deleted
        self._guard(gone, live + gone)

    def _guard(self, gone: int, live: int) -> None:
        if absurd(gone, live, self._of.most_percent):
            told = f"{self._of.source.key}: {gone} of {live} known records of {self._of.name}"
            raise GuardError(f"{told} are said to be gone; they are kept")

    async def _vanished(self) -> None:
        """Delete what is gone in silence."""
        if self._position.passing:
            await self._swept()
        elif isinstance(self._of.resource, Sweeps):
            await self._missed()

    async def _swept(self) -> None:
        """End the pass: what it did not meet is gone."""
        ended = self._position.ended()
        async with self._of.store.transaction() as tx:
            kept = await tx.sweep(
                self._of.source,
                self._of.name,
                self._of.resource.record,
                generation=ended.generation,
                most_percent=self._of.most_percent,
            )
            await self._store(tx, kept, ended)
        self._count(kept, ended)

    async def _missed(self) -> None:
        """Delete what is kept and no longer among the ids that the source tells."""
        began, there = self._of.now(), set[str]()
        async with aclosing(self._of.resource.sweep()) as parts:
            while (ids := await self._next(parts)) is not None:
                there.update(ids)
        async with self._of.store.snapshot() as snapshot:
            rows = await snapshot.rows("SELECT external_id" + OF_STREAM, self._keys())
        missing = {id_ for (id_,) in rows} - there
        self._guard(self.report.deleted + len(missing), self.report.deleted + len(rows))
        gone = sorted(missing - await self._existing(sorted(missing)))
        if gone:
            await self._keep(Page([], self._position.cursor or "", deleted=gone), began)

    async def _existing(self, ids: Sequence[str]) -> set[str]:
        """Return which ids the source knows after all; a list may shift while it is read."""
        resource, found = self._of.resource, set[str]()
        if not isinstance(resource, Fetches):
            return found
        size = self._of.resource.max_batch
        for start in range(0, len(ids), size):
            records = await resource.fetch(ids[start : start + size])
            found.update(each.id for each in records)
            found.update(each.external_id or "" for each in rejected_of(records))
        return found

    async def _distrust(self) -> None:
        """Let the next reading be a full one: what was read so far proves nothing."""
        self._position = self._position.afresh()
        async with self._of.store.transaction() as tx:
            await tx.checkpoint(self._of.source.key, self._of.name, self._position.text())

    def _keys(self) -> dict[str, str]:
        return {
            "system": self._of.source.key,
            "stream": self._of.name,
            "type": self._of.resource.record.__name__,
        }
