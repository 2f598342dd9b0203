"""The bench on which a law is put to the test: one upstream, one wire, connectors of it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from hub import clock
from hub.errors import ExpiredError
from hub.models.record import Sourced
from hub.sdk.connector import Connector, Fetches, Pulls, Resource, Sweeps
from hub.sdk.http import Limits
from hub.sdk.records import Page, Rejected, rejected_of
from hub.sdk.secret import Secret
from hub.sdk.settings import Settings
from hub.sdk.testing.law import BrokenError, NotShownError
from hub.sdk.testing.upstream import Hand, Upstream, done
from hub.sdk.testing.wire import Wire
from hub.sdk.transport import transport

SIZE = 25  # records that fill three pages
LONGEST = 60  # pages of a reading, before it is taken for one without end
AT_ONCE = Limits(per_second=100_000, concurrent=1_000)

KEEPING = frozenset({"changed_at", "source_version", "origin"})
"""Fields that say something of the keeping of a record; each change changes them."""


@dataclass
class Mirror:
    """What the hub holds after reading a stream, by the same rules."""

    records: dict[str, Any] = field(default_factory=dict)
    rejected: dict[str | None, Rejected] = field(default_factory=dict)
    checkpoint: str | None = None
    pages: list[Page[Any]] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    async def sync(self, resource: Any) -> None:
        """Read what changed; from the beginning where the checkpoint no longer holds."""
        self.pages, self.met = [], set()
        try:
            await self._read(resource)
        except ExpiredError:
            if self.checkpoint is None:
                raise
            await self.full(resource)
        else:
            if isinstance(resource, Sweeps):
                self._keep(await swept(resource))

    async def full(self, resource: Any) -> None:
        """Read everything; what is not met is gone."""
        self.pages, self.met, self.checkpoint = [], set(), None
        await self._read(resource)
        self._keep(self.met)

    async def _read(self, resource: Any) -> None:
        async for page in pages(resource, self.checkpoint):
            self.take(page)

    def take(self, page: Page[Any]) -> None:
        """Take in a page."""
        self.pages.append(page)
        self.checkpoint = page.checkpoint
        for record in page.records:
            self.records[record.id] = record
            self.rejected.pop(record.id, None)
            self.met.add(record.id)
        for each in page.rejected:
            self.rejected[each.external_id] = each
            self.met.add(each.external_id or "")
        for id_ in page.deleted:
            self.records.pop(id_, None)
            self.rejected.pop(id_, None)
            self.met.discard(id_)

    def _keep(self, there: set[str]) -> None:
        for id_ in self.records.keys() - there:
            del self.records[id_]


async def pages(resource: Any, since: str | None) -> AsyncIterator[Page[Any]]:
    """Yield the pages of a stream.

    Raises:
        BrokenError: there is no end to them.
    """
    count = 0
    async with aclosing(resource.pull(since)) as told:
        async for page in told:
            count += 1
            if count > LONGEST:
                raise BrokenError(f"more than {LONGEST} pages, and no end")
            yield page


async def swept(resource: Any) -> set[str]:
    """Return all ids that a stream tells.

    Raises:
        BrokenError: there is no end to them.
    """
    found, count = set[str](), 0
    async with aclosing(resource.sweep()) as told:
        async for ids in told:
            found.update(ids)
            count += 1
            if count > LONGEST:
                raise BrokenError(f"more than {LONGEST} parts of the list of ids, and no end")
    return found


async def fetched(resource: Any, ids: Sequence[str]) -> tuple[dict[str, Any], set[str | None]]:
    """Return what is found under ids, as many at a time as the resource takes; and what is bad."""
    found: dict[str, Any] = {}
    bad: set[str | None] = set()
    for start in range(0, len(ids), resource.max_batch):
        records = await resource.fetch(list(ids[start : start + resource.max_batch]))
        found |= {each.id: each for each in records}
        bad |= {each.external_id for each in rejected_of(records)}
    return found, bad


class Bench:
    """One upstream and its wire, for one law.

    Attributes:
        connector: The connector that is judged.
        upstream: The system.
        wire: What stands between the two.
        resource: The resource that the law is put to, where it is put to one.
        seed: Where chance begins.
    """

    def __init__(
        self,
        connector: type[Connector[Any]],
        upstream: Upstream,
        resource: type[Resource[Any]] | None,
        seed: int,
    ) -> None:
        self.connector = connector
        self.upstream = upstream
        self.wire = Wire(upstream.application)
        self.resource = resource
        self.seed = seed

    @property
    def record(self) -> type[Sourced]:
        """Type of the records of the resource."""
        return self._resource.record

    @property
    def _resource(self) -> type[Resource[Any]]:
        if self.resource is None:
            raise TypeError("a law about the whole connector looks at no single resource")
        return self.resource

    @property
    def hand(self) -> Hand:
        """What can be done to the records of the resource."""
        return self.upstream.hands[self.record]

    @property
    def never(self) -> Mapping[str, str]:
        """What never happens to the records of the resource, with the reasons."""
        return self._resource.never

    def able(self, what: str) -> Callable[[str], Any]:
        """Return what the hand does.

        Raises:
            NotShownError: that never happens there.
        """
        self.expect(what)
        found: Callable[[str], Any] | None = getattr(self.hand, what)
        if found is None:
            raise NotShownError(f"the hand has no {what}")
        return found

    def shows(self, what: str) -> bool:
        """Return whether the hand can do it."""
        return what not in self.never and getattr(self.hand, what) is not None

    def expect(self, what: str) -> None:
        """Go on only if that happens there at all.

        Raises:
            NotShownError: it never does.
        """
        if what in self.never:
            raise NotShownError(self.never[what])

    async def fill(self, size: int = SIZE) -> list[str]:
        """Add records of the resource; one where there is never more. Return their ids."""
        return await self._filled(self._resource, size)

    async def fill_all(self) -> dict[type[Sourced], list[str]]:
        """Add records of every type."""
        return {each.record: await self._filled(each, SIZE) for each in self.connector.resources}

    async def _filled(self, resource: type[Resource[Any]], size: int) -> list[str]:
        size = 1 if "pages" in resource.never else size
        add = self.upstream.hands[resource.record].add
        return [await done(add(number)) for number in range(size)]

    @asynccontextmanager
    async def connected(
        self,
        *,
        settings: Settings | None = None,
        limits: Limits = AT_ONCE,
        timeout_s: float = 10.0,
    ) -> AsyncIterator[Connector[Any]]:
        """Open the connector on the wire, by default without its limits: they take time."""
        hurried = type(self.connector.__name__, (self.connector,), {"limits": limits})
        async with transport(
            timeout_s=timeout_s, allow_private=True, application=self.wire
        ) as carrier:
            yield hurried(settings or self.upstream.settings, carrier, clock.now)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Any]:
        """Open the resource that the law is put to."""
        async with self.connected() as connector:
            yield connector[self.record]

    def wrong(self) -> Settings:
        """Return settings whose secrets are wrong.

        Raises:
            NotShownError: there is none.
        """
        told = self.upstream.settings
        secrets = {name: Secret("wrong-credential") for name in secret_names(told)}
        if not secrets:
            raise NotShownError("it needs no credential")
        return replace(told, **secrets)  # type: ignore[arg-type]  # each name is that of a secret

    async def whole(self, connector: Connector[Any], ids: Sequence[str]) -> dict[str, Any]:
        """Return everything of the resource, by reading it or by asking for what was added."""
        resource = connector[self.record]
        if not isinstance(resource, Pulls):
            return (await fetched(resource, ids))[0]
        mirror = Mirror()
        await mirror.full(resource)
        return mirror.records

    async def asked_all(self, connector: Connector[Any], ids: Sequence[str]) -> None:
        """Let every capability of a resource that reads ask its first question."""
        resource = connector[self.record]
        if isinstance(resource, Pulls):
            async for _ in pages(resource, None):
                break
        if isinstance(resource, Fetches):
            await resource.fetch(list(ids[:1]))
        if isinstance(resource, Sweeps):
            await swept(resource)


def content(record: Any) -> Any:
    """Return a record without what says something of its keeping only."""
    return replace(record, **dict.fromkeys(KEEPING)) if record is not None else None


def secret_names(settings: Settings) -> list[str]:
    """Return the names of the settings that are secret."""
    return [name for name, value in values(settings).items() if isinstance(value, Secret)]


def values(settings: Settings) -> dict[str, Any]:
    """Return what settings say, by name."""
    return {name: getattr(settings, name) for name in type(settings).__dataclass_fields__}
