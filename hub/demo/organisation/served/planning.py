"""The rosters: a calendar for each unit that has one, an event for each shift, as iCalendar."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from hub.demo.organisation.model import Organisation, Person, Process, Shift, Unit

HOME = "/calendars/planner/"
HOURS = timedelta(hours=8)
LINE = 72  # characters to a line, so that none is longer than 75 octets


def seed(organisation: Organisation) -> dict[str, Any]:
    """Return the events by the path of their calendar."""
    units = {each.code: each for each in organisation.units}
    processes = {each.code: each for each in organisation.processes}
    people = {each.number: each for each in organisation.people}
    stamp = f"{organisation.today:%Y%m%d}T000000Z"
    calendars: dict[str, list[dict[str, str]]] = {}
    for shift in organisation.shifts:
        text = _event(shift, units[shift.unit], processes[shift.process], people, stamp)
        calendars.setdefault(f"{HOME}{shift.unit}/", []).append({"uid": shift.uid, "ics": text})
    unit, _, uid = organisation.flaws.bad["planning"].partition("/")
    calendars[f"{HOME}{unit}/"].append({"uid": uid, "ics": _bad(uid, stamp)})
    return calendars


def starts(shift: Shift, zone: str) -> tuple[str, str]:
    """Return the names of the first and the last moment of a shift, in the zone of its place."""
    begin = datetime.combine(shift.day, time(shift.hour))
    return tuple(  # type: ignore[return-value]  # of two
        f";TZID={zone}:{at:%Y%m%dT%H%M%S}" for at in (begin, begin + HOURS)
    )


def _event(
    shift: Shift, unit: Unit, process: Process, people: Mapping[str, Person], stamp: str
) -> str:
    begin, end = starts(shift, unit.zone)
    learning = ",Learning" if shift.learning else ""
    lines = (
        f"UID:{shift.uid}",
        f"DTSTAMP:{stamp}",
        f"SUMMARY:{process.name}",
        f"DTSTART{begin}",
        f"DTEND{end}",
        f"LOCATION:{unit.code}",
        f"CATEGORIES:{process.category}{learning}",
        *(_attendee(people[number]) for number in shift.people),
    )
    return _calendar(lines)


def _attendee(person: Person) -> str:
    return f"ATTENDEE;CN={person.name}:mailto:{person.email}"


def _bad(uid: str, stamp: str) -> str:
    """Return an event that does not say when it begins."""
    return _calendar((f"UID:{uid}", f"DTSTAMP:{stamp}", "SUMMARY:To be planned"))


def _calendar(lines: tuple[str, ...]) -> str:
    whole = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Roster//EN", "BEGIN:VEVENT"),
        *lines,
        *("END:VEVENT", "END:VCALENDAR"),
    )
    return "".join(f"{part}\r\n" for line in whole for part in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """Return a line in parts, each after the first behind a space (RFC 5545, 3.1)."""
    yield line[:LINE]
    for at in range(LINE, len(line), LINE):
        yield f" {line[at : at + LINE]}"
