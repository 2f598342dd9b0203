"""Which events a calendar-query asks for (RFC 4791, 9.7): by component, time and property.

Text is parsed once per version of an event. Times without a zone are taken as UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import recurring_ical_events
from icalendar import Calendar, IncompleteComponent, InvalidCalendar
from icalendar import Event as Entry

from hub.demo.systems.caldav.calendars import Event
from hub.demo.systems.caldav.xml import CALDAV

ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class NotCalendarError(Exception):
    """A text that is not one calendar object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What an event's text says, as far as it can be read."""

    calendar: Calendar | None
    events: tuple[Entry, ...]
    recurs: bool


class Query:
    """Answers calendar queries; remembers what it parsed."""

    def __init__(self) -> None:
        self._parsed: dict[str, tuple[int, Parsed]] = {}

    def matches(self, event: Event, root: Any) -> bool:
        """Tell whether an event satisfies the filter of a query."""
        outer = root.find(f"{CALDAV}filter/{CALDAV}comp-filter")
        inner = [] if outer is None else outer.findall(f"{CALDAV}comp-filter")
        return all(self._component(event, each) for each in inner)

    def _component(self, event: Event, asked: Any) -> bool:
        parsed = self._read(event)
        if parsed.calendar is None:
            return bool(asked.get("name") == "VEVENT")  # what cannot be read cannot be ruled out
        if asked.get("name") != "VEVENT":
            return asked.find(f"{CALDAV}is-not-defined") is not None
        span = asked.find(f"{CALDAV}time-range")
        if span is not None and not _within(parsed, _bound(span, "start"), _bound(span, "end")):
            return False
        properties = asked.findall(f"{CALDAV}prop-filter")
        return all(_has(parsed, each) for each in properties)

    def _read(self, event: Event) -> Parsed:
        sequence, parsed = self._parsed.get(event.path, (None, None))
        if parsed is None or sequence != event.document.sequence:
            parsed = _read(event.ics)
            self._parsed[event.path] = (event.document.sequence, parsed)
        return parsed


def uid(ics: str) -> str:
    """Return the UID of the one calendar object that a text holds.

    Raises:
        NotCalendarError: it holds none, or more than one, or what is no event.
    """
    try:
        calendar = Calendar.from_ical(ics)
    except (ValueError, IndexError, KeyError) as error:
        raise NotCalendarError(str(error)) from error
    events = [each for each in calendar.walk() if each.name in {"VEVENT", "VTODO", "VJOURNAL"}]
    uids = {str(each.get("UID")) for each in events if each.get("UID")}
    if (
        calendar.name != "VCALENDAR"
        or len(uids) != 1
        or {each.name for each in events} != {"VEVENT"}
    ):
        raise NotCalendarError("one event with one UID is needed")
    if any(each.get("DTSTART") is None for each in events):
        raise NotCalendarError("an event without DTSTART")
    return uids.pop()


def _read(ics: str) -> Parsed:
    try:
        calendar = Calendar.from_ical(ics)
    except (ValueError, IndexError, KeyError):
        return Parsed(calendar=None, events=(), recurs=False)
    if not isinstance(calendar, Calendar):
        return Parsed(calendar=None, events=(), recurs=False)
    events = tuple(calendar.events)
    recurs = any(each.get("RRULE") or each.get("RDATE") for each in events)
    return Parsed(calendar=calendar, events=events, recurs=recurs)


def _bound(span: Any, name: str) -> datetime:
    text = span.get(name)
    if text is None:
        return ALWAYS[0] if name == "start" else ALWAYS[1]
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _within(parsed: Parsed, start: datetime, end: datetime) -> bool:
    if not parsed.recurs:
        return any(began < end and ended > start for began, ended in _spans(parsed))
    between = recurring_ical_events.of(parsed.calendar)
    if start == ALWAYS[0] or end == ALWAYS[1]:
        following = between.after(max(start, datetime(1970, 1, 1, tzinfo=UTC)))
        first = next(iter(following), None)
        return first is not None and _moment(first["DTSTART"].dt) < end
    return bool(between.between(start, end))


def _spans(parsed: Parsed) -> Iterator[tuple[datetime, datetime]]:
    for event in parsed.events:
        try:
            yield _moment(event.start), _moment(event.end)
        except (InvalidCalendar, IncompleteComponent):
            yield ALWAYS


def _moment(value: date) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _has(parsed: Parsed, asked: Any) -> bool:
    name = asked.get("name")
    values = [str(_plain(value)) for event in parsed.events for value in _listed(event.get(name))]
    if asked.find(f"{CALDAV}is-not-defined") is not None:
        return not values
    match = asked.find(f"{CALDAV}text-match")
    if match is None:
        return bool(values)
    wanted = (match.text or "").casefold()
    found: bool = any(wanted in value.casefold() for value in values)
    return found != bool(match.get("negate-condition") == "yes")


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    return value.to_ical().decode() if hasattr(value, "cats") else value
