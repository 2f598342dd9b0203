"""One text for one way to point at a thing, whoever points and whatever is pointed at.

A record can be found by its keys and by its own id; a `Ref` says one of these, or a term of a
source. Both sides write the same lookup text, so that a relation meets its target by equality,
whichever of them comes first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hub.models.ref import Ref
from hub.store.concepts import NUMBER, Concept
from hub.store.values import identifier

HUB = "hub"
ID = "id"
TERM = "term"
EMAIL = "work_email"
SPOKEN = {"email": EMAIL}  # what a Ref calls a key, where the field has another name
BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A relation as one record says it.

    Attributes:
        field: Field that says it.
        position: Place among several, else 0.
        part: Field within the value, else empty.
        ref: What it says.
        required: Whether the record waits for its target.
    """

    field: str
    position: int
    part: str
    ref: Ref
    required: bool


def by_id(type_: str, system: str, external_id: str) -> str:
    """Return the lookup of the record of a source by its own id."""
    return BETWEEN.join((type_, ID, system, external_id))


def by_key(type_: str, key: str, value: str, system: str = "") -> str:
    """Return the lookup by a key; addresses of mail differ in more than their case."""
    told = value.strip()
    return BETWEEN.join((type_, key, system, told.casefold() if key == EMAIL else told))


def of_ref(ref: Ref, system: str) -> str:
    """Return the lookup that `ref` says in a record of `system`."""
    key = SPOKEN.get(ref.by, str(ref.by))
    if key in (ID, TERM):
        return BETWEEN.join((ref.type, key, ref.system or system, ref.value))
    if key == NUMBER:
        return by_key(ref.type, key, ref.value, ref.system or "")
    return by_key(ref.type, key, ref.value)


def term_of(lookup: str) -> tuple[str, str, str, str] | None:
    """Return (target type, system, kind, native key) of the lookup of a term, else None."""
    type_, by, system, value = lookup.split(BETWEEN, 3)
    if by != TERM:
        return None
    kind, _, key = value.partition("|")
    return type_, system, kind, key


def term_id(type_: str, system: str, kind: str, key: str) -> str:
    """Return the id of the link of a source's term to things of a type."""
    return identifier("TermLink", system, kind, key, type_)


def claims(of: Concept, told: Mapping[str, Any], system: str) -> list[str]:
    """Return the lookups by which a record can be found, its own id aside, strongest first.

    A number leads to it within its own system and, where only one has it, without naming one.
    """
    found = []
    for key in of.points:
        value = told.get(key)
        if value:
            found.append(by_key(of.name, key, value))
            if key == NUMBER:
                found.append(by_key(of.name, key, value, system))
    return found


def level(of: Concept, told: Mapping[str, Any]) -> int:
    """Return the place of the strongest key that a record has; the number of keys for none."""
    for place, key in enumerate(of.description.keys):
        if told.get(key):
            return place
    return len(of.description.keys)


def pointers(of: Concept, told: Mapping[str, Any]) -> Iterator[Pointer]:
    """Yield every relation that a record says."""
    for each in of.links():
        value = told.get(each.name)
        if value is None:
            continue
        if each.relation:
            yield _pointer(each.name, value, required=each.meaning.required)
        elif each.relations:
            for position, item in enumerate(value):
                yield _pointer(each.name, item, position)
        else:
            for position, item in enumerate(value if isinstance(value, list) else [value]):
                for part in each.nested:
                    if item[part] is not None:
                        yield _pointer(each.name, item[part], position, part)


def _pointer(
    field: str, ref: str, position: int = 0, part: str = "", *, required: bool = False
) -> Pointer:
    return Pointer(field=field, position=position, part=part, ref=Ref.parse(ref), required=required)
