"""What an iCalendar resource says, and how one event of it is changed."""

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from hub.connectors.caldav import events
from hub.errors import ConflictError, MappingError

ZONE = ZoneInfo("Europe/Amsterdam")
HORIZON = events.Horizon(begins=date(2026, 1, 1), ends=date(2027, 1, 1))
SHIFT = """\
DTSTART;TZID=Europe/Amsterdam:20261121T080000
DTEND;TZID=Europe/Amsterdam:20261121T160000
SUMMARY:Early shift\\, hall 2
"""
DAILY = SHIFT + "RRULE:FREQ=DAILY;COUNT=3\n"


def resource(*bodies: str) -> str:
    parts = "".join(
        f"BEGIN:VEVENT\nUID:u1\nDTSTAMP:20261101T000000Z\n{body}END:VEVENT\n" for body in bodies
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{parts}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


def event(body: str) -> Event:
    return events.read(resource(body)).events[0]


def lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    "text", ["", "nonsense", resource(), "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"]
)
def test_what_holds_no_event_is_refused(text: str) -> None:
    with pytest.raises(MappingError):
        events.read(text)


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        ("DTSTART;TZID=Europe/Amsterdam:20261121T080000", datetime(2026, 11, 21, 7, tzinfo=UTC)),
        ("DTSTART;TZID=Europe/Lisbon:20260701T080000", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("DTSTART:20261121T080000Z", datetime(2026, 11, 21, 8, tzinfo=UTC)),
        ("DTSTART:20261121T080000", datetime(2026, 11, 21, 7, tzinfo=UTC)),
        ("DTSTART;VALUE=DATE:20261121", datetime(2026, 11, 20, 23, tzinfo=UTC)),
    ],
    ids=["with a zone", "with another zone", "in UTC", "without a zone", "a day"],
)
def test_a_beginning_is_a_moment_in_utc(begins: str, expected: datetime) -> None:
    assert expected == events.begins(event(f"{begins}\n"), ZONE)


@pytest.mark.parametrize(
    "begins",
    ["", "DTSTART:tomorrow\n", "DTSTART;TZID=Nowhere/Land:20261121T080000\n"],
    ids=["none", "no moment", "in a zone that nobody knows"],
)
def test_a_beginning_that_cannot_be_told_is_refused(begins: str) -> None:
    with pytest.raises(MappingError, match="DTSTART"):
        events.begins(event(begins), ZONE)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SHIFT, datetime(2026, 11, 21, 15, tzinfo=UTC)),
        ("DTSTART:20261121T080000Z\nDURATION:PT90M\n", datetime(2026, 11, 21, 9, 30, tzinfo=UTC)),
        ("DTSTART:20261121T080000Z\n", None),
        ("DTSTART;VALUE=DATE:20261121\n", datetime(2026, 11, 21, 23, tzinfo=UTC)),
    ],
    ids=["DTEND", "DURATION", "neither", "neither, of a day"],
)
def test_an_end_is_a_moment_in_utc(body: str, expected: datetime | None) -> None:
    assert expected == events.ends(event(body), ZONE)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(MappingError, match="DTEND"):
        events.ends(event("DTSTART:20261121T080000Z\nDTEND:20261120T080000Z\n"), ZONE)


def test_who_declined_and_things_do_not_attend() -> None:
    found = event(
        SHIFT
        + "ATTENDEE;CN=Ada:mailto:ada@example.org\n"
        + "ATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.org\n"
        + "ATTENDEE;CUTYPE=ROOM:mailto:hall2@example.org\n"
        + "ATTENDEE:urn:uuid:1\n"
    )
    assert ["ada@example.org"] == events.attendees(found)


def test_a_series_is_counted_out_within_the_horizon() -> None:
    calendar = events.read(resource(DAILY))
    found = [events.key_of(each) for each in events.occurrences(calendar, HORIZON)]
    assert ["20261121T070000", "20261122T070000", "20261123T070000"] == found
    short = events.Horizon(begins=date(2026, 11, 22), ends=date(2026, 11, 23))
    assert ["20261122T070000"] == [
        events.key_of(each) for each in events.occurrences(calendar, short)
    ]


def test_an_occurrence_that_was_moved_keeps_its_key() -> None:
    moved = (
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261122T080000\n"
        "DTSTART;TZID=Europe/Amsterdam:20261122T120000\n"
        "DTEND;TZID=Europe/Amsterdam:20261122T200000\nSUMMARY:Late\n"
    )
    found = events.occurrences(events.read(resource(DAILY, moved)), HORIZON)
    assert {
        "20261121T070000": datetime(2026, 11, 21, 7, tzinfo=UTC),
        "20261122T070000": datetime(2026, 11, 22, 11, tzinfo=UTC),
        "20261123T070000": datetime(2026, 11, 23, 7, tzinfo=UTC),
    } == {events.key_of(each): events.begins(each, ZONE) for each in found}


RICH = (
    SHIFT
    + "X-SHIFT-CODE;A=b:E2\n"
    + "DESCRIPTION:A long text that has to be folded as it has more than seventy-five octets\\, é\n"
    + 'ATTENDEE;CN="Lovelace: Ada";PARTSTAT=ACCEPTED:mailto:ada@example.org\n'
    + "ATTENDEE;CN=Bob:mailto:bob@example.org\n"
    + "ATTENDEE;CUTYPE=ROOM:mailto:hall2@example.org\n"
    + "CATEGORIES:Carriage check,Night\n"
    + "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT5M\nDESCRIPTION:Up\nEND:VALARM\n"
)
EDIT = events.Edit(
    origin="hub:1", attendees=["ADA@example.org", "eve@example.org"], comment="Eve for Bob"
)


def test_a_change_of_attendees_leaves_all_else_as_it_was() -> None:
    before = resource(RICH)
    after = events.edited(events.read(before), None, EDIT, HORIZON)
    assert ["ATTENDEE;CN=Bob:mailto:bob@example.org"] == list(
        (Counter(lines(before)) - Counter(lines(after))).elements()
    )
    assert [
        "ATTENDEE:mailto:eve@example.org",
        "COMMENT:Eve for Bob",
        "X-HUB-ORIGIN:hub:1",
    ] == sorted((Counter(lines(after)) - Counter(lines(before))).elements())


@given(st.lists(st.sampled_from(["ada", "bob", "eve", "hall2", "Zoë"]), unique=True))
def test_who_is_to_attend_attends(names: list[str]) -> None:
    wanted = [f"{name}@example.org" for name in names if name != "hall2"]
    edit = events.Edit(origin="hub:1", attendees=wanted)
    after = events.read(events.edited(events.read(resource(RICH)), None, edit, HORIZON)).events[0]
    assert sorted(wanted) == sorted(events.attendees(after))


def test_who_declined_can_be_asked_again() -> None:
    declined = SHIFT + "ATTENDEE;PARTSTAT=DECLINED:mailto:eve@example.org\n"
    after = events.read(events.edited(events.read(resource(declined)), None, EDIT, HORIZON))
    assert ["ADA@example.org", "eve@example.org"] == sorted(events.attendees(after.events[0]))


def test_the_same_change_twice_is_the_same_text() -> None:
    once = events.edited(events.read(resource(RICH)), None, EDIT, HORIZON)
    assert once == events.edited(events.read(once), None, EDIT, HORIZON)


def test_one_occurrence_is_changed_beside_its_series() -> None:
    text = events.edited(events.read(resource(DAILY)), "20261122T070000", EDIT, HORIZON)
    found = events.occurrences(events.read(text), HORIZON)
    assert [[], ["ADA@example.org", "eve@example.org"], []] == [
        sorted(events.attendees(each)) for each in found
    ]
    again = events.edited(events.read(text), "20261122T070000", EDIT, HORIZON)
    assert text == again


def test_an_occurrence_that_is_no_more_cannot_be_changed() -> None:
    with pytest.raises(ConflictError):
        events.edited(events.read(resource(DAILY)), "20260101T000000", EDIT, HORIZON)
