"""What a connector hands over: pages of records, what it set aside, and where it stands."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, Self, TypeVar

from hub.errors import MappingError, UpstreamError
from hub.models.kinds import QuarantineReason
from hub.models.record import Sourced
from hub.models.ref import Ref

R = TypeVar("R", bound=Sourced)
T = TypeVar("T")
Raw = TypeVar("Raw")

UNREADABLE = (MappingError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
DRIFT = (LookupError, TypeError, AttributeError)
LARGEST = 1_000_000  # characters of one raw record; larger ones are set aside unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record that could not be read, with the fault; the page it came in stands.

    Attributes:
        external_id: Its id in the source; None when not even that can be read.
        reason: Kind of fault.
        message: The fault in words, with the field.
        raw: The record as received.
    """

    external_id: str | None
    reason: QuarantineReason
    message: str
    raw: Any


class Mapped(list[T]):
    """The records of a page that could be read, with those that could not.

    It is the list that `Resource.map` returns; hand it on as it is, or add two of them.

    Attributes:
        rejected: What was set aside.
    """

    def __init__(self, records: Iterable[T] = (), rejected: Iterable[Rejected] = ()) -> None:
        super().__init__(records)
        self.rejected = tuple(rejected)

    def __add__(self, other: list[Any]) -> "Mapped[T]":  # type: ignore[override]  # narrower
        return Mapped([*self, *other], (*self.rejected, *rejected_of(other)))


def rejected_of(records: Sequence[Any]) -> tuple[Rejected, ...]:
    """Return what was set aside when these were mapped."""
    return records.rejected if isinstance(records, Mapped) else ()


def keys(ids: Iterable[str | None]) -> list[str]:
    """Return ids to ask for, each once, in order; an empty one is none."""
    return list(dict.fromkeys(id_ for id_ in ids if id_))


def mapped(
    function: Callable[[Raw], T], items: Iterable[Raw], id_of: Callable[[Raw], str | None]
) -> Mapped[T]:
    """Map raw records; set aside, with the fault, each that cannot be read."""
    records: list[T] = []
    rejected: list[Rejected] = []
    for item in items:
        try:
            _measure(item)
            records.append(function(item))
        except UNREADABLE as error:
            rejected.append(_rejected(item, error, id_of))
    return Mapped(records, rejected)


class _TooLargeError(ValueError):
    """A raw record is larger than the hub takes in."""


def _measure(item: Any) -> None:
    size = len(item) if isinstance(item, str | bytes) else len(json.dumps(item, default=repr))
    if size > LARGEST:
        raise _TooLargeError(f"{size} characters; at most {LARGEST} are taken in")


def _rejected(item: Raw, error: Exception, id_of: Callable[[Raw], str | None]) -> Rejected:
    try:
        external_id = id_of(item)
    except UNREADABLE:
        external_id = None
    if isinstance(error, _TooLargeError):
        return Rejected(
            external_id=external_id,
            reason=QuarantineReason.TOO_LARGE,
            message=str(error),
            raw=None,
        )
    drift = isinstance(error, DRIFT)
    return Rejected(
        external_id=external_id,
        reason=QuarantineReason.SCHEMA_DRIFT if drift else QuarantineReason.MAPPING,
        message=fault(error),
        raw=item,
    )


def fault(error: Exception) -> str:
    """Return what is wrong, in words; a bare key or index is told as missing."""
    if isinstance(error, MappingError):
        return str(error)
    if isinstance(error, KeyError) and error.args:
        return f"{error.args[0]}: missing"
    return f"{type(error).__name__}: {error}"[:500]


def needed(raw: Mapping[str, Any], member: str) -> str:
    """Return a member of a raw record that must be there and not empty, as text.

    Raises:
        MappingError: it is missing or empty; the record is set aside.
    """
    value = raw.get(member)
    if value is None or value == "" or isinstance(value, bool | float | list | dict):
        raise MappingError(f"{member}: {'missing' if value in (None, '') else f'{value!r}'}")
    return str(value)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some records, and from where to go on.

    Attributes:
        records: What `Resource.map` returned.
        checkpoint: Text that, passed to `pull` as `since`, goes on right after this page.
        deleted: Ids of records that are gone.
        rejected: What was set aside; taken from `records` when that is a `Mapped`.
    """

    records: Sequence[R]
    checkpoint: str
    deleted: Sequence[str] = ()
    rejected: Sequence[Rejected] = ()

    def __post_init__(self) -> None:
        aside = (*self.rejected, *rejected_of(self.records))
        object.__setattr__(self, "rejected", aside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a reading stands; a connector subclasses it with fields of plain JSON values.

    `Mark.read(since)` at the start of `pull`, `mark.text()` as the checkpoint of each page. Every
    field has a default: a mark of nothing but defaults is the very beginning.
    """

    @classmethod
    def read(cls, text: str | None) -> Self:
        """Return the mark that `text` tells; the very beginning where it tells none.

        So does the text of another version: reading again costs time and loses nothing.
        """
        try:
            told = json.loads(text or "{}")
            known = {each.name for each in fields(cls)}
            if not isinstance(told, dict) or not told.keys() <= known:
                return cls()
            return cls(**{name: _tuples(value) for name, value in told.items()})
        except (ValueError, TypeError):
            return cls()

    def text(self) -> str:
        """Return the text to keep as a checkpoint."""
        return json.dumps(asdict(self), sort_keys=True)


M = TypeVar("M", bound=Mark)


def onward(before: M, after: M) -> M:
    """Return the mark after a page, which must not be the one before it.

    Raises:
        UpstreamError: the system gives the same page again, whatever it is asked.
    """
    if before == after:
        raise UpstreamError("the system gives the same page again")
    return after


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Generic[R]):
    """One write: the record as it is to be, and which of its fields are to change.

    Attributes:
        after: The record as it is to be; `after.source_version` is the version it was read at.
        fields: Names of the fields that change; the others are as last read.
        key: Idempotency key: the same key twice has one effect.
    """

    after: R
    fields: frozenset[str] = field(default_factory=frozenset)
    key: str

    @property
    def origin(self) -> str:
        """The mark by which the hub knows its own write when it comes back."""
        return f"hub:{self.key}"

    def body(self, writable: Mapping[str, str]) -> dict[str, Any]:
        """Return what changes under its name upstream, as JSON; only what may be written."""
        return {
            upstream: _json(getattr(self.after, name))
            for name, upstream in writable.items()
            if name in self.fields
        }


def _json(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case Ref():
            return value.value
        case list() | tuple():
            return [_json(each) for each in value]
        case _:
            return value
