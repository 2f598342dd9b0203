"""Hands in the pretend calendars."""

from datetime import timedelta

from hub.cli.pretending.system import Hands, Pretended
from hub.demo.systems.state import Change, utc_now
from hub.models.planning import WorkAssignment
from hub.sdk.testing import Hand

UNIT = "ST-1"
CALENDAR = f"/calendars/planner/{UNIT}/"


def shift(uid: str, number: int, summary: str) -> str:
    """Return a shift as iCalendar text."""
    day = f"{utc_now() + timedelta(days=number):%Y%m%d}"
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planner//EN", "BEGIN:VEVENT"),
        *(f"UID:{uid}", "DTSTAMP:20260501T000000Z", f"SUMMARY:{summary}"),
        f"DTSTART;TZID=Europe/Amsterdam:{day}T080000",
        f"DTEND;TZID=Europe/Amsterdam:{day}T160000",
        *(f"LOCATION:{UNIT}", "CATEGORIES:Carriage check", f"COMMENT:Note {number}"),
        *("ATTENDEE:mailto:ada@example.org", f"ATTENDEE:mailto:person{number}@example.org"),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines)


def hands(system: Pretended) -> Hands:
    """Return what can be done to shifts."""
    system.seed({CALENDAR: []})

    def add(number: int) -> str:
        uid = f"s-{number:02}"
        event = {"uid": uid, "ics": shift(uid, number, f"Shift {number}")}
        system.documents.write(Change(collection=CALENDAR, id=f"{uid}.ics", body=event))
        return f"{UNIT}/{uid}"

    def name(id_: str) -> str:
        return f"{id_.partition('/')[2]}.ics"

    def spoil(id_: str) -> None:
        text = shift(id_.partition("/")[2], 0, "Bad").replace("DTSTART", "DSTART")
        system.put(CALENDAR, name(id_), ics=text)

    return {
        WorkAssignment: Hand(
            add=add,
            update=lambda id_: system.ask(
                "PUT", CALENDAR + name(id_), shift(id_.partition("/")[2], 0, "Renamed")
            ),
            delete=lambda id_: system.ask("DELETE", CALENDAR + name(id_)),
            spoil=spoil,
        )
    }
