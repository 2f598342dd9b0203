"""What answers say in ways that many sources share: records, words of a list, moments."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, TypeVar

from hub.errors import MappingError

V = TypeVar("V")


def rows(answer: Any, member: str | None = None) -> list[dict[str, Any]]:
    """Return the raw records that an answer holds under a member, or that it is itself.

    Raises:
        MappingError: it holds no list of objects.
    """
    found = answer
    if member is not None:
        found = answer.get(member) if isinstance(answer, Mapping) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise MappingError(f"{member or 'the answer'}: no list of records")
    return found


def word(raw: Mapping[str, Any], member: str, meanings: Mapping[str, V]) -> V:
    """Return what the word means that a member of a raw record holds.

    Raises:
        MappingError: it is none of the words that are known; the record is set aside.
    """
    said = raw[member]
    if not isinstance(said, str) or said not in meanings:
        raise MappingError(f"{member}: {said!r} is none of {', '.join(meanings)}")
    return meanings[said]


def moment(said: str, zone: tzinfo | None = None) -> datetime:
    """Return a moment (UTC) that is written as ISO 8601.

    Args:
        said: The text.
        zone: Where it was written, for a text that does not say; of two moments written alike
            when the clock is set back, the first is meant.

    Raises:
        MappingError: it has no zone, and none is given.
    """
    at = datetime.fromisoformat(said)
    if at.tzinfo is None and zone is None:
        raise MappingError(f"{said!r} has no zone")
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
