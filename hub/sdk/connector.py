"""What a connector is: who it is, how it proves itself, and a resource for each kind of record.

A resource says by its base classes what it can do: `Pulls`, `Fetches`, `Sweeps`, `Writes`. One that
claims a capability without its method cannot be made.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

from hub import clock
from hub.models.kinds import SystemKind
from hub.models.record import Sourced
from hub.sdk.auth import Auth
from hub.sdk.http import Http, Limits, Transport
from hub.sdk.records import Change, Mapped, Page, mapped
from hub.sdk.settings import Settings
from hub.sdk.transport import transport

S = TypeVar("S", bound=Settings)
R = TypeVar("R", bound=Sourced)
T = TypeVar("T")
Raw = TypeVar("Raw")
NAMES = ("id", "name", "path", "uri", "conceptUri")  # what sources call the id of a record


class Pulls(ABC, Generic[R]):
    """Reads what changed, page by page."""

    @abstractmethod
    def pull(self, since: str | None) -> AsyncIterator[Page[R]]:
        """Yield pages from a checkpoint on; from the very beginning for None.

        The checkpoint of each page goes on right after it, in this run or a later one. What was
        read before may come again, nothing may be left out.

        Raises:
            ExpiredError: the source no longer knows the checkpoint; everything is read again.
        """


class Fetches(ABC, Generic[R]):
    """Looks records up by their ids; never asked for more than `max_batch` at once."""

    @abstractmethod
    async def fetch(self, ids: Sequence[str]) -> list[R]:
        """Return those that exist, each once, in any order.

        An empty id is no id: `ids = keys(ids)` leaves it out, and repeats. Without any other,
        nothing is asked.
        """


class Sweeps(ABC, Generic[R]):
    """Tells all ids that exist, for a source that deletes in silence."""

    @abstractmethod
    def sweep(self) -> AsyncIterator[Sequence[str]]:
        """Yield the ids of everything that is there, some at a time."""


class Writes(ABC, Generic[R]):
    """Writes changes of single records.

    Attributes:
        writable: For each field that may be written, its name in the source.
    """

    writable: ClassVar[Mapping[str, str]]

    @abstractmethod
    async def write(self, change: Change[R]) -> R:
        """Write it and return the record as it then is; the same key twice has one effect.

        The record carries the origin mark `hub:{key}`, now and when it is read again.

        Raises:
            ConflictError: it was changed meanwhile; nothing was written.
        """


class Resource(Generic[S]):
    """One kind of record in one system.

    Attributes:
        record: Type of its records.
        stream: Name of its stream.
        max_batch: Most ids that one `fetch` takes.
        never: What never happens to these records there, each with the reason: `pages` (there is
            one record only), `update`, `delete`, `spoil`. The kit asks nothing of it.
        settings: Settings of the source.
        http: Its requests.
        now: Tells the time.
    """

    record: ClassVar[type[Sourced]]
    stream: ClassVar[str]
    max_batch: ClassVar[int] = 100
    never: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        told = _told(cls)
        if told is not None:
            cls.record = told
            cls.stream = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", told.__name__).lower()

    def __init__(self, settings: S, http: Http, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self.http = http
        self.now = now

    def map(self, function: Callable[[Raw], T], items: Iterable[Raw]) -> Mapped[T]:
        """Map raw records; one that cannot be read is set aside with its fault, the rest stands."""
        return mapped(function, items, self.id_of)

    def id_of(self, raw: Any) -> str | None:
        """Return the id that a raw record bears, for a record that cannot be read otherwise."""
        for name in NAMES:
            found = raw.get(name) if isinstance(raw, Mapping) else getattr(raw, name, None)
            if isinstance(found, str | int):
                return str(found)
        return None


def _told(cls: type) -> type[Sourced] | None:
    """Return the type of record that the bases of a resource name, where they name one."""
    for base in getattr(cls, "__orig_bases__", ()):
        for argument in get_args(base):
            if isinstance(argument, type) and issubclass(argument, Sourced):
                return argument
    return None


class Connector(ABC, Generic[S]):
    """One kind of outside system.

    Attributes:
        name: The name under which settings ask for it.
        kind: What systems of its kind are for; decides in what they are believed.
        resources: Its resources, in the order in which they are best read.
        limits: How hard it may be pressed.
        settings: Settings of the source.
        http: Its requests.
    """

    name: ClassVar[str]
    kind: ClassVar[SystemKind]
    resources: ClassVar[tuple[type[Resource[Any]], ...]]
    limits: ClassVar[Limits] = Limits()

    def __init__(
        self, settings: S, transport_: Transport, now: Callable[[], datetime] = clock.now
    ) -> None:
        self.settings = settings
        self.http = Http(transport_, settings.base_url, self.auth(), self.limits)
        self._resources = {each.record: each(settings, self.http, now) for each in self.resources}

    def __getitem__(self, record: type[Sourced]) -> Any:
        """Return the resource that reads records of a type."""
        return self._resources[record]

    def __iter__(self) -> Any:
        """Go through the resources, in order."""
        return iter(self._resources.values())

    @abstractmethod
    def auth(self) -> Auth:
        """Return how requests prove who sends them."""

    @abstractmethod
    async def ping(self) -> None:
        """Ask for something small that needs the credential.

        Raises:
            SourceError: the system cannot be reached, or refuses.
        """


def settings_of(connector: type[Connector[S]]) -> type[S]:
    """Return the settings class that a connector names in its bases."""
    for cls in connector.__mro__:
        for base in getattr(cls, "__orig_bases__", ()):
            if isinstance(get_origin(base), type) and issubclass(get_origin(base), Connector):
                (argument,) = get_args(base)
                if isinstance(argument, type):
                    return argument
    raise TypeError(f"{connector.__name__} names no settings: class X(Connector[XSettings])")


@asynccontextmanager
async def opened(
    connector: type[Connector[S]],
    settings: S,
    application: Any = None,
    now: Callable[[], datetime] = clock.now,
) -> AsyncIterator[Connector[S]]:
    """Open a connector.

    Args:
        connector: Which.
        settings: What it is told.
        application: An ASGI application that it asks instead of the network.
        now: Tells the time.
    """
    async with transport(
        timeout_s=settings.timeout_s,
        allow_private=settings.allow_private,
        application=application,
    ) as carrier:
        yield connector(settings, carrier, now)
