"""Every concept of `hub.models` as the mirror sees it: its table, columns, relations and keys."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from functools import cache
from types import ModuleType
from typing import Any

from hub.models import (
    agreement,
    appraisal,
    competence,
    coupling,
    credential,
    evidence,
    learning,
    organisation,
    person,
    planning,
    process,
    provenance,
    quality,
    requirement,
)
from hub.models.record import Description, Meaning, Nature, Sourced, describe, described
from hub.models.ref import Ref
from hub.store.values import Codec, canonical, codecs_of

SUBJECTS: tuple[ModuleType, ...] = (
    agreement,
    appraisal,
    competence,
    coupling,
    credential,
    evidence,
    learning,
    organisation,
    person,
    planning,
    process,
    provenance,
    quality,
    requirement,
)
ENVELOPE = frozenset(each.name for each in fields(Sourced))
NUMBER = "number"  # not a key of its type, but a way to point at it within one system


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One field of a concept.

    Attributes:
        name: Name of the field, and of its column.
        codec: How its values become text.
        meaning: What it says.
        unsaid: JSON form that says nothing, so that another source may speak: None or [].
        relation: Whether it is one `Ref`, with a column `{name}_id` beside it.
        relations: Whether it is many, in a table of their own.
        nested: Names of the `Ref`s inside its value or values.
    """

    name: str
    codec: Codec
    meaning: Meaning
    unsaid: Any
    relation: bool
    relations: bool
    nested: tuple[str, ...]

    def stored(self, value: Any) -> Any:
        """Return the stored form of a JSON form."""
        if value is None:
            return None
        if self.codec.kind is bool:
            return int(value)
        return canonical(value) if self.codec.kind in (list, dict) else value

    def told(self, stored: Any) -> Any:
        """Return the JSON form of a stored form."""
        if stored is None:
            return None
        if self.codec.kind is bool:
            return bool(stored)
        return json.loads(stored) if self.codec.kind in (list, dict) else stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One type of record.

    Attributes:
        type: The dataclass.
        name: Its name.
        table: Name of its table.
        description: Its nature, owner, privacy and keys.
        attributes: Its fields in order, without those that every sourced record has.
        points: Fields that other records may point at it by; the keys, strongest first, and then
            its number.
        codecs: How the value of each field becomes text.
    """

    type: type
    name: str
    table: str
    description: Description
    attributes: dict[str, Attribute]
    points: tuple[str, ...]
    codecs: dict[str, Codec]

    @property
    def keyed(self) -> bool:
        """Whether records of several sources can be one entity."""
        return bool(self.description.keys)

    @property
    def related(self) -> bool:
        """Whether its records point at others."""
        return any(each.relation or each.relations or each.nested for each in self.links())

    def links(self) -> Iterator[Attribute]:
        """Yield the fields that point at other records, inside values too."""
        for each in self.attributes.values():
            if each.relation or each.relations or each.nested:
                yield each

    def tables(self) -> Iterator[Attribute]:
        """Yield the fields that have a table of their own."""
        return (each for each in self.attributes.values() if each.relations)

    def form(self, record: Any) -> dict[str, Any]:
        """Return the JSON form of a record.

        Raises:
            ValueError: a value is not what its field takes; the text names the field.
        """
        return _encoded(self.codecs, record)

    def row(self, record: Any) -> dict[str, Any]:
        """Return a kept or derived record as it stands in its table, but for its id."""
        told = self.form(record)
        return {name: each.stored(told[name]) for name, each in self.attributes.items()}

    def decode(self, row: Mapping[str, Any]) -> Any:
        """Return the record that a row of its table tells; of a sourced one, many relations not."""
        told = {name: each.told(row[name]) for name, each in self.attributes.items() if name in row}
        sourced = self.description.nature is Nature.SOURCED
        return self.record(told, **({"id": row["id"]} if sourced else {}))

    def record(self, told: Mapping[str, Any], **envelope: Any) -> Any:
        """Return the record that a JSON form tells; what it lacks has its default."""
        values = {
            name: each.codec.decode(told[name])
            for name, each in self.attributes.items()
            if name in told
        }
        return self.type(**values, **envelope)


def _encoded(codecs: Mapping[str, Codec], record: Any) -> dict[str, Any]:
    told = {}
    for name, each in codecs.items():
        try:
            told[name] = each.encode(getattr(record, name))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{name}: {error}") from error
    return told


@cache
def _envelope() -> Mapping[str, Codec]:
    return codecs_of(Sourced)


def enveloped(record: Sourced) -> dict[str, Any]:
    """Return the JSON form of what every record says of itself.

    Raises:
        ValueError: a value is not what its field takes; the text names the field.
    """
    told = _encoded(_envelope(), record)
    if not told["id"]:
        raise ValueError("id: empty")
    return told


def snake(name: str) -> str:
    """Return `name` in snake case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _attribute(field: Field[Any], meaning: Meaning, codec: Codec) -> Attribute:
    items = codec.parts.get("[]")
    inside = (items or codec).parts
    return Attribute(
        name=field.name,
        codec=codec,
        meaning=meaning,
        unsaid=[] if field.default == () else None,
        relation=codec.base is Ref,
        relations=items is not None and items.base is Ref,
        nested=tuple(name for name, part in inside.items() if part.base is Ref),
    )


def _concept(of: type) -> Concept:
    description = describe(of)
    codecs = codecs_of(of)
    attributes = {
        field.name: _attribute(field, meaning, codecs[field.name])
        for field, meaning in described(of)
        if description.nature is not Nature.SOURCED or field.name not in ENVELOPE
    }
    number = (NUMBER,) if NUMBER in attributes and NUMBER not in description.keys else ()
    return Concept(
        type=of,
        name=of.__name__,
        table=snake(of.__name__),
        description=description,
        attributes=attributes,
        points=(*description.keys, *number),
        codecs={name: each.codec for name, each in attributes.items()},
    )


@cache
def concepts() -> Mapping[str, Concept]:
    """Return every concept that has a table, by name, in order of subject."""
    found = {}
    for subject in SUBJECTS:
        for name, each in vars(subject).items():
            if (
                isinstance(each, type)
                and each.__module__ == subject.__name__
                and "__description__" in each.__dict__
                and describe(each).nature is not Nature.VALUE
            ):
                found[name] = _concept(each)
    return found


def concept(of: type | str) -> Concept:
    """Return the concept of a record type or of its name.

    Raises:
        TypeError: there is no such concept.
    """
    name = of if isinstance(of, str) else of.__name__
    try:
        return concepts()[name]
    except KeyError:
        raise TypeError(f"{name} has no table") from None


def sourced() -> Iterator[Concept]:
    """Yield the concepts that sources speak of."""
    return (each for each in concepts().values() if each.description.nature is Nature.SOURCED)


@cache
def pointed_at() -> frozenset[str]:
    """Return the names of the types that some record can point at."""
    found: set[str] = set()
    for each in sourced():
        for attribute in each.links():
            found.update((attribute.meaning.target or "").split("|"))
            found.update(_inner_targets(attribute))
    return frozenset(found - {""})


def _inner_targets(attribute: Attribute) -> Iterator[str]:
    if attribute.nested:
        item = attribute.codec.parts.get("[]") or attribute.codec
        for field, meaning in described(item.base):
            if field.name in attribute.nested:
                yield from (meaning.target or "").split("|")
