"""An approved change put onto a record as its source tells it right now; pure.

Of lists, and of text line by line, what was added is added and what was taken off is taken off; so
two approved changes of one record do not undo each other. Any other value is replaced.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from hub.errors import ConflictError
from hub.models.coupling import FieldChange
from hub.models.record import Sourced
from hub.models.ref import Ref
from hub.store.concepts import Attribute, Concept


class StaleError(ConflictError):
    """What was approved does not fit any more; nothing was written."""

    code = "VERSION_CONFLICT"


def differences(of: Concept, payload: str, fresh: Sourced) -> list[str]:
    """Return the fields in which a record differs from what is kept of it."""
    kept, told = json.loads(payload), of.form(fresh)
    return [name for name, value in told.items() if kept.get(name) != value]


def merged(of: Concept, fresh: Sourced, changes: Iterable[FieldChange]) -> Sourced:
    """Return a record with changes put onto it.

    Raises:
        StaleError: what a change takes off or replaces is not there.
    """
    values = {
        each.field: _value(of.attributes[each.field], getattr(fresh, each.field), each)
        for each in changes
    }
    return replace(fresh, **values)


def _value(attribute: Attribute, now: Any, change: FieldChange) -> Any:
    if attribute.relations:
        return _refs(now, change)
    if attribute.codec.kind is str and attribute.codec.base is str:
        lines = _items(_lines(now), _lines(change.before), _lines(change.after), change.label)
        return "\n".join(lines) or None
    if attribute.codec.encode(now) != change.before:
        raise StaleError(f"{change.label} is no longer {change.before!r}")
    return attribute.codec.decode(change.after)


def _refs(now: Sequence[Ref], change: FieldChange) -> tuple[Ref, ...]:
    """Return relations by what they say of their targets; one that is new is told as the others."""
    there = {each.value: each for each in now}
    wanted = _items(list(there), change.before or (), change.after or (), change.label)
    return tuple(there.get(each) or replace(now[0], value=each) for each in wanted)


def _items(
    now: Sequence[str], before: Sequence[str], after: Sequence[str], label: str
) -> list[str]:
    """Return a list with the same added and taken off that make `after` out of `before`."""
    if list(now) == list(before):
        return list(after)
    missing = [each for each in before if each not in after and each not in now]
    if missing:
        raise StaleError(f"{label}: {', '.join(missing)} is no longer there")
    kept = [each for each in now if each in after or each not in before]
    return [*kept, *(each for each in after if each not in before and each not in kept)]


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()
