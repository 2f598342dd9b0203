"""How a concept's fields are described, once, for tables, graph, policy and docs.

A record is a frozen, slotted, keyword-only dataclass. Each field says what it means, in which
unit, who owns it and how private it is; nothing else in the hub repeats any of that.

Kinds of record:

- *sourced*: what a connector (or a command of the hub's own) says about one thing. Relations are
  typed `Ref`s, never hub ids. The entity of the same name is folded from these.
- *derived*: what the hub computes. Relations are hub ids, in fields that end in `_id`.
- *kept*: the hub's own bookkeeping (links, runs, actions). Relations are hub ids too.
- *value*: part of a record, without an identity of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar, dataclass_transform

from hub.models.kinds import PrivacyClass, SystemKind

T = TypeVar("T")


class Nature(StrEnum):
    """Where records of a type come from."""

    SOURCED = "SOURCED"
    DERIVED = "DERIVED"
    KEPT = "KEPT"
    VALUE = "VALUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one field means.

    Attributes:
        sentence: What it says, in one sentence that ends in a full stop.
        unit: Unit of measure, e.g. `h` or `share 0..1`; None where the type says enough.
        minimum: Smallest value allowed.
        maximum: Largest value allowed.
        target: Type that a relation points to; several are separated by `|`.
        owner: Kind of system that owns the field; None means the owner of the record.
        privacy: Class of the field; None means the class of the record.
        required: A relation without which the record is parked, not shown.
    """

    sentence: str
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    target: str | None = None
    owner: SystemKind | None = None
    privacy: PrivacyClass | None = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What one type of record is.

    Attributes:
        nature: Where its records come from.
        owner: Kind of system that owns the truth; decides disagreements between sources.
        privacy: Class of its fields, where they carry none of their own.
        keys: Natural keys, strongest first. Records of different sources that agree on one of
            them are one entity. Without any, (system, external id) is the identity.
    """

    nature: Nature
    owner: SystemKind
    privacy: PrivacyClass
    keys: tuple[str, ...]


def says(  # noqa: PLR0913, one argument per mark of a field
    sentence: str,
    *,
    default: Any = MISSING,
    unit: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    target: str | None = None,
    owner: SystemKind | None = None,
    privacy: PrivacyClass | None = None,
    required: bool = False,
) -> Any:
    """Describe a field of a record; see `Meaning` for the arguments."""
    meaning = Meaning(
        sentence=sentence,
        unit=unit,
        minimum=minimum,
        maximum=maximum,
        target=target,
        owner=owner,
        privacy=privacy,
        required=required,
    )
    return field(default=default, metadata={"hub": meaning})


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(says, field))
def record(
    nature: Nature = Nature.SOURCED,
    *,
    owner: SystemKind = SystemKind.HUB,
    privacy: PrivacyClass = PrivacyClass.OPEN,
    keys: tuple[str, ...] = (),
) -> Callable[[type[T]], type[T]]:
    """Make a class a record: frozen, slotted, keyword-only, with its `Description`."""
    description = Description(nature=nature, owner=owner, privacy=privacy, keys=keys)

    def decorate(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        made.__description__ = description  # type: ignore[attr-defined]
        return made

    return decorate


def describe(of: type) -> Description:
    """Return what `of` is.

    Raises:
        TypeError: `of` is not a record.
    """
    description = of.__dict__.get("__description__")
    if not isinstance(description, Description):
        raise TypeError(f"{of.__name__} is not a record")
    return description


def meaning(of: Field[Any]) -> Meaning:
    """Return what a field of a record means."""
    said: Meaning = of.metadata["hub"]
    return said


def described(of: type) -> Iterator[tuple[Field[Any], Meaning]]:
    """Yield each field of the record `of` with its meaning, in order of declaration."""
    for each in fields(of):
        yield each, meaning(each)


@record()
class Sourced:
    """What every record of a source carries: its identity and time there."""

    id: str = says("Identifier in the source, unique within its stream.")
    changed_at: datetime | None = says("Last change, as the source tells it (UTC).", default=None)
    source_version: str | None = says("Version or ETag in the source.", default=None)
    external_url: str | None = says("Address of the record for a person's browser.", default=None)
    origin: str | None = says(
        "Mark `hub:{key}` of the hub's own write, when this is its echo.", default=None
    )
