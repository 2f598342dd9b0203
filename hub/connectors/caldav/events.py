"""Events of a calendar: which ones a resource holds, what each says, and how one is changed.

A resource of a calendar is one event or one series (RFC 4791, 4.1). A series is counted out within
a horizon; one occurrence is told from another by when it was meant to begin (RECURRENCE-ID).
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event, vCalAddress, vDDDTypes, vText

from hub import sdk

ORIGIN = "X-HUB-ORIGIN"
OF_SERIES = ("RRULE", "RDATE", "EXDATE")
AWAY = ("DECLINED", "DELEGATED")
THINGS = ("ROOM", "RESOURCE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The days within which series are counted out; the last is the first one outside."""

    begins: date
    ends: date


def read(text: str) -> Calendar:
    """Read the text of a resource.

    Raises:
        MappingError: it is not iCalendar, or holds no event.
    """
    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        raise sdk.MappingError(f"not iCalendar: {error}") from error
    if not calendar.events:
        raise sdk.MappingError("holds no event")
    return calendar


def uid(text: str | None) -> str:
    """Return what the event, or the series, of a resource is called."""
    return str(read(text or "").events[0]["UID"])


def recurs(calendar: Calendar) -> bool:
    """Tell whether a resource is a series."""
    marks = (*OF_SERIES, "RECURRENCE-ID")
    return any(mark in event for event in calendar.events for mark in marks)


def occurrences(calendar: Calendar, horizon: Horizon) -> list[Event]:
    """Return the events that a resource stands for, in order of time.

    Raises:
        MappingError: its rule of recurrence cannot be followed.
    """
    if not recurs(calendar):
        return calendar.events[:1]
    try:
        counted = recurring_ical_events.of(calendar).between(horizon.begins, horizon.ends)
    except ValueError as error:
        raise sdk.MappingError(f"a series that cannot be counted out: {error}") from error
    return sorted(counted, key=lambda event: key_of(event) or "")


def key_of(event: Event) -> str | None:
    """Return which occurrence of a series an event is; None for one that stands alone."""
    meant = event.get("RECURRENCE-ID")
    if meant is None:
        return None
    if not isinstance(meant.dt, datetime):
        return f"{meant.dt:%Y%m%d}"
    return f"{meant.dt.astimezone(UTC) if meant.dt.tzinfo else meant.dt:%Y%m%dT%H%M%S}"


def begins(event: Event, zone: ZoneInfo) -> datetime:
    """Return when an event begins (UTC); days and moments without a zone are those of `zone`.

    Raises:
        MappingError: it does not say, or in a zone that nobody knows.
    """
    begin = event.get("DTSTART")
    if not isinstance(begin, vDDDTypes):
        raise sdk.MappingError("DTSTART: missing, twice there or not a moment")
    return _moment(begin, zone, "DTSTART")


def ends(event: Event, zone: ZoneInfo) -> datetime | None:
    """Return when an event ends (UTC); None when it does not say.

    Raises:
        MappingError: before it begins, or in a zone that nobody knows.
    """
    begin, end, lasts = (event.get(key) for key in ("DTSTART", "DTEND", "DURATION"))
    if isinstance(end, vDDDTypes):
        at = _moment(end, zone, "DTEND")
    elif isinstance(lasts, vDDDTypes) and isinstance(lasts.dt, timedelta):
        at = begins(event, zone) + lasts.dt
    elif isinstance(begin.dt, datetime):
        return None
    else:
        at = _moment(vDDDTypes(begin.dt + timedelta(days=1)), zone, "DTSTART")
    if at < begins(event, zone):
        raise sdk.MappingError("DTEND: before DTSTART")
    return at


def _moment(said: vDDDTypes, zone: ZoneInfo, name: str) -> datetime:
    match said.dt:
        case datetime(tzinfo=None) if "TZID" in said.params:
            raise sdk.MappingError(f"{name}: no zone is called {said.params['TZID']}")
        case datetime() as at:
            return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
        case date() as day:
            return datetime.combine(day, time(), zone).astimezone(UTC)
        case other:
            raise sdk.MappingError(f"{name}: {other!r} is not a moment")


def attendees(event: Event) -> list[str]:
    """Return the mail addresses of the people who attend: not who declined, nor rooms or things."""
    return [
        _address(each)
        for each in _all(event, "ATTENDEE")
        if each.params.get("PARTSTAT", "").upper() not in AWAY
        and each.params.get("CUTYPE", "").upper() not in THINGS
        and _address(each)
    ]


def categories(event: Event) -> list[str]:
    """Return the categories of an event, in order."""
    return [str(cat).strip() for each in _all(event, "CATEGORIES") for cat in each.cats]


def comment(event: Event) -> str | None:
    """Return the comments of an event, one a line."""
    return "\n".join(str(each) for each in _all(event, "COMMENT")) or None


def _all(event: Event, name: str) -> list[Any]:
    said = event.get(name, [])
    return said if isinstance(said, list) else [said]


def _address(said: vCalAddress) -> str:
    scheme, _, address = str(said).partition(":")
    return address.strip() if scheme.lower() == "mailto" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is changed in an event, and by which of the hub's writes."""

    origin: str
    attendees: Sequence[str] | None = None
    comment: str | None = None


def edited(calendar: Calendar, key: str | None, edit: Edit, horizon: Horizon) -> str:
    """Return the text of a resource in which one event was changed, all else as it was.

    Raises:
        ConflictError: the series no longer has that occurrence.
    """
    event = find(calendar, key) or _split_off(calendar, key, horizon)
    if edit.attendees is not None:
        _attend(event, edit.attendees)
    if edit.comment is not None:
        _say(event, "COMMENT", [vText(edit.comment)] if edit.comment else [])
    _say(event, ORIGIN, [vText(edit.origin)])
    text: bytes = calendar.to_ical(sorted=False)
    return text.decode()


def find(calendar: Calendar, key: str | None) -> Event | None:
    """Return the event of a resource that is written out for an occurrence."""
    return next((event for event in calendar.events if key_of(event) == key), None)


def _split_off(calendar: Calendar, key: str | None, horizon: Horizon) -> Event:
    """Write an occurrence out beside its series (RFC 5545, 3.8.4.4)."""
    for event in occurrences(calendar, horizon):
        if key_of(event) == key:
            alone = deepcopy(event)
            for name in OF_SERIES:
                alone.pop(name, None)
            calendar.add_component(alone)
            return alone
    raise sdk.ConflictError(f"the series has no occurrence {key} any more")


def _attend(event: Event, wanted: Sequence[str]) -> None:
    """Let `wanted` attend; who attended before stays as it was, rooms and things too."""
    there = {each.casefold() for each in attendees(event)}
    known = {_address(each).casefold(): each for each in _all(event, "ATTENDEE")}
    coming = {each.casefold(): each for each in wanted}
    kept = [each for address, each in known.items() if address not in {*there, *coming}]
    for address, said in coming.items():
        kept.append(known[address] if address in there else vCalAddress(f"mailto:{said}"))
    _say(event, "ATTENDEE", kept)


def _say(event: Event, name: str, values: list[vText] | list[vCalAddress]) -> None:
    event.pop(name, None)
    for value in values:
        event.add(name, value, encode=False)
