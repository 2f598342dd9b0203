"""One sync: all sources at the same time, each on its own, whatever becomes of the others.

A source that is down, hangs, breaks off or lies stops its own streams; its fault stands in its
`SyncRun` and in the reports. What changed is derived when all are done, and once before for those
that are done while others keep everyone waiting.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hub.errors import AuthError, ForeignAddressError, HubError, UnavailableError
from hub.models.kinds import SyncTrigger, SystemKind
from hub.store import Origin, Store
from hub.store.sweeping import PERCENT
from hub.sync import ledger
from hub.sync.lock import BusyError, alone
from hub.sync.pull import PAGE_S, Reading, Stream, Touching
from hub.sync.report import Listener, Silence, StreamReport
from hub.sync.source import Source

Afterwards = Callable[[Store, Callable[[], datetime]], Awaitable[object]]

UNREACHABLE = (UnavailableError, AuthError, ForeignAddressError)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Syncing:
    """What syncs need.

    Attributes:
        database: Address of the store, where the locks are.
        store: Where everything is kept.
        sources: The outside systems.
        now: Tells the time.
        touching: Says, in the transaction of each page, what is to be derived anew.
        afterwards: What follows from what changed, in this order; done in full each time.
        at_once: How many sources are read at the same time.
        most_percent: Share of a stream, in percent, that one sync may find deleted.
        page_s: Seconds that one page may take.
        early_s: Seconds after which those that are done no longer wait for the others.
    """

    database: str
    store: Store
    sources: Sequence[Source]
    now: Callable[[], datetime]
    touching: Touching
    afterwards: Sequence[Afterwards] = ()
    at_once: int = 4
    most_percent: int = PERCENT
    page_s: float = PAGE_S
    early_s: float = 10.0

    def stream(self, source: Source, kind: SystemKind, resource: Any) -> Stream:
        """Return a stream of a source, to be read for what changed."""
        return Stream(
            store=self.store,
            source=Origin(key=source.key, kind=kind),
            resource=resource,
            now=self.now,
            touching=self.touching,
            most_percent=self.most_percent,
            page_s=self.page_s,
        )

    async def settle(self) -> None:
        """Let everything follow from what changed."""
        for each in self.afterwards:
            await each(self.store, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which sync is wanted.

    Attributes:
        keys: Keys of the sources; all of them when empty.
        full: Whether everything is read again, not only what changed.
        accept_deletions: Whether a source is believed also when nearly everything is gone there.
        trigger: What started it.
    """

    keys: tuple[str, ...] = ()
    full: bool = False
    accept_deletions: bool = False
    trigger: SyncTrigger = SyncTrigger.MANUAL


async def sync(
    syncing: Syncing, order: Order, listener: Listener | None = None
) -> list[StreamReport]:
    """Read what changed in the sources; return what was done, stream by stream.

    A fault of a source is in the report of each stream that it stopped; where no stream could be
    begun, in one of a stream without a name.
    """
    chosen = [each for each in syncing.sources if not order.keys or each.key in order.keys]
    places = asyncio.Semaphore(syncing.at_once)
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_Visit(syncing, each, order, listener or Silence()).made(places))
            for each in chosen
        ]
        if tasks:
            await _early(syncing, tasks)
    await syncing.settle()
    return [report for task in tasks for report in task.result()]


async def _early(syncing: Syncing, tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Let it follow what those changed that are done; at the end it is done again in any case."""
    done, others = await asyncio.wait(tasks, timeout=syncing.early_s)
    if done and others:
        try:
            await syncing.settle()
        except Exception:
            log.exception("what follows from the sources that are done could not be derived yet")


class _Visit:
    """One sync of one source."""

    def __init__(self, syncing: Syncing, source: Source, order: Order, listener: Listener) -> None:
        self._syncing = syncing
        self._source = source
        self._order = order
        self._listener = listener
        self._reports: list[StreamReport] = []

    async def made(self, places: asyncio.Semaphore) -> list[StreamReport]:
        """Sync the source when there is a place; raise nothing."""
        async with places:
            try:
                async with alone(self._syncing.database, self._source.key):
                    await self._run()
            except BusyError as error:
                self._ended("", str(error))
            except Exception as error:
                log.exception("%s could not be synced", self._source.key)
                self._ended("", ledger.words(error))
        return self._reports

    async def _run(self) -> None:
        store, now = self._syncing.store, self._syncing.now
        run = await ledger.begin(
            store, self._source.key, self._order.trigger, now(), full=self._order.full
        )
        try:
            await self._streams()
        except HubError as error:
            self._ended("", ledger.words(error))
        except Exception as error:
            log.exception("%s could not be opened", self._source.key)
            self._ended("", ledger.words(error))
        await ledger.end(store, run, self._reports, now())

    async def _streams(self) -> None:
        kind = self._source.connector().kind
        await ledger.introduce(self._syncing.store, self._source, kind)
        async with self._source.opened(self._syncing.now) as connector:
            unreachable: Exception | None = None
            for resource in connector:
                if unreachable is not None:
                    self._ended(resource.stream, ledger.words(unreachable))
                    continue
                unreachable = await self._stream(kind, resource)

    async def _stream(self, kind: SystemKind, resource: Any) -> Exception | None:
        """Read one stream; return the fault that spares the others the attempt."""
        reading = Reading(
            replace(
                self._syncing.stream(self._source, kind, resource),
                full=self._order.full,
                most_percent=100 if self._order.accept_deletions else self._syncing.most_percent,
                heard=self._listener.page,
            )
        )
        fault: Exception | None = None
        try:
            await reading.run()
        except HubError as error:
            fault = error
        except Exception as error:
            log.exception("%s %s could not be read", self._source.key, resource.stream)
            fault = error
        self._report(
            replace(reading.report, error=ledger.words(fault)) if fault else reading.report
        )
        return fault if isinstance(fault, UNREACHABLE) else None

    def _ended(self, stream: str, error: str) -> None:
        self._report(StreamReport(source=self._source.key, stream=stream, error=error))

    def _report(self, report: StreamReport) -> None:
        self._reports.append(report)
        self._listener.ended(report)
