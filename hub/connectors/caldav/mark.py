"""Where the reading of calendars stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from hub import sdk
from hub.connectors.caldav.assignment import usual_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(sdk.Mark):
    """Where the reading of calendars stands; each calendar and event is told by its path.

    Attributes:
        tokens: Sync-token of each calendar that was read to its end.
        reading: The calendar that was not, if there is one.
        until: The token that it will have at its end.
        after: The last event of it that was read.
        parts: Ids of the assignments of an event, where they do not follow from its path: a series
            has many, and a client may call an event otherwise than by its UID.
        day: Day on which series were counted out.
    """

    tokens: Mapping[str, str] = field(default_factory=dict)
    reading: str | None = None
    until: str | None = None
    after: str = ""
    parts: Mapping[str, list[str]] = field(default_factory=dict)
    day: str | None = None

    def ids(self, path: str) -> list[str]:
        """Return the ids of the assignments of an event."""
        return self.parts.get(path, [usual_id(path)])

    def told(self, parts: Mapping[str, list[str]]) -> Self:
        """Return the mark after events were read that now have these ids, or none."""
        odd = {path: ids for path, ids in parts.items() if ids not in ([], [usual_id(path)])}
        kept = {path: ids for path, ids in self.parts.items() if path not in parts}
        return replace(self, parts={**kept, **odd})

    def met(self, calendar: str, until: str, after: str) -> Self:
        """Return the mark after a page of a calendar that has more."""
        return replace(self, reading=calendar, until=until, after=after)

    def ended(self, calendar: str, token: str) -> Self:
        """Return the mark after the last page of a calendar."""
        tokens = {**self.tokens, calendar: token}
        return replace(self, tokens=tokens, reading=None, until=None, after="")
