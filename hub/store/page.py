"""One page of a stream on its way into the mirror, and who says it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from hub.models.kinds import QuarantineReason, SystemKind
from hub.store.concepts import Concept
from hub.store.values import identifier

NEVER = 0  # generation of what no pass of a stream has met


class Source(Protocol):
    """Who says it."""

    @property
    def key(self) -> str:
        """Key of the system."""
        ...

    @property
    def kind(self) -> SystemKind:
        """What the system is for; decides whom to believe."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source by its key and kind; `HUB` is the hub itself."""

    key: str
    kind: SystemKind


HUB = Origin(key="hub", kind=SystemKind.HUB)


class Reject(Protocol):
    """A record that could not be mapped."""

    @property
    def external_id(self) -> str | None:
        """Its id in the source, if readable."""
        ...

    @property
    def reason(self) -> QuarantineReason:
        """Kind of fault."""
        ...

    @property
    def message(self) -> str:
        """The fault in words, with the field."""
        ...

    @property
    def raw(self) -> Any:
        """The record as received."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A `Reject` of the store's own: a mapped record with a value that its field cannot take."""

    external_id: str | None
    reason: QuarantineReason
    message: str
    raw: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a stream on its way into the mirror."""

    source: Source
    stream: str
    concept: Concept
    fetched_at: str
    generation: int
    rejected: list[Reject] = field(default_factory=list)

    def record_id(self, external_id: str) -> str:
        """Return the id of a source record of this stream."""
        return record_id(self.source.key, self.stream, self.concept.name, external_id)


def record_id(system: str, stream: str, type_: str, external_id: str) -> str:
    """Return the id of a source record."""
    return identifier("SourceRecord", system, stream, type_, external_id)
