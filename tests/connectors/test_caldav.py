"""The CalDAV connector against the pretend server."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub import sdk
from hub.connectors.caldav import CalDav, CalDavSettings
from hub.demo.systems.wire import Credentials
from hub.errors import ConflictError, ExpiredError
from hub.models.planning import WorkAssignment
from tests.connectors.conftest import Connect, Connected, Reading, read

HOME = "/calendars/planner"
DAY = datetime.now(UTC).date()


def shift(uid: str, day: int = 0, *more: str, summary: str = "Early shift") -> str:
    date = f"{DAY + timedelta(days=day):%Y%m%d}"
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//planner//EN", "BEGIN:VEVENT"),
        *(f"UID:{uid}", "DTSTAMP:20260501T000000Z", f"SUMMARY:{summary}"),
        f"DTSTART;TZID=Europe/Amsterdam:{date}T080000",
        f"DTEND;TZID=Europe/Amsterdam:{date}T160000",
        *("LOCATION:ST-1", "CATEGORIES:Carriage check", "X-SHIFT-CODE:E2"),
        *("ATTENDEE;CN=Ada:mailto:ada@example.org", "ATTENDEE:mailto:bob@example.org"),
        *more,
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines)


def events(unit: str, size: int) -> list[dict[str, str]]:
    return [{"uid": f"{unit}-{n:02}", "ics": shift(f"{unit}-{n:02}")} for n in range(size)]


SEED = {f"{HOME}/ST-1/": events("a", 25), f"{HOME}/ST-2/": events("b", 3)}


def settings(address: str, credentials: Credentials) -> CalDavSettings:
    return CalDavSettings(
        base_url=address,
        user=credentials.user,
        password=sdk.Secret(credentials.secret),
        time_zone="Europe/Amsterdam",
        page_size=10,
    )


@pytest.fixture
async def planning(connect: Connect) -> Any:
    async with connect("planning", SEED, CalDav, settings) as connected:
        yield connected


async def one(planning: Connected, id_: str = "ST-1/a-03") -> WorkAssignment:
    found: WorkAssignment
    (found,) = await planning[WorkAssignment].fetch([id_])
    return found


async def text(planning: Connected, uid: str = "a-03") -> str:
    answer = await planning.vendor.get(f"{HOME}/ST-1/{uid}.ics")
    return answer.text.replace("\r\n ", "")


def replacing(assignment: WorkAssignment, key: str = "k1") -> sdk.Change[WorkAssignment]:
    """Return the change that puts Eve in Bob's place."""
    return sdk.Change(
        after=WorkAssignment(
            id=assignment.id,
            title=assignment.title,
            kind=assignment.kind,
            starts_at=assignment.starts_at,
            assignees=(sdk.Ref.email("ada@example.org"), sdk.Ref.email("eve@example.org")),
            comment="Eve for Bob",
            source_version=assignment.source_version,
        ),
        fields=frozenset({"assignees", "comment"}),
        key=key,
    )


async def test_each_calendar_is_read_in_pages(planning: Connected) -> None:
    reading = await read(planning[WorkAssignment])
    assert 3 + 1 + 1 == reading.pages  # the last says that all series were counted out
    assert {f"ST-1/a-{n:02}" for n in range(25)} | {f"ST-2/b-{n:02}" for n in range(3)} == (
        reading.ids
    )


async def test_an_event_is_an_assignment(planning: Connected) -> None:
    said = await one(planning)
    begins = datetime.combine(DAY, datetime.min.time(), UTC) + timedelta(hours=8)
    assert timedelta(hours=8) == (said.ends_at or begins) - said.starts_at
    assert (begins - said.starts_at) in (timedelta(hours=1), timedelta(hours=2))
    assert (sdk.Ref.email("ada@example.org"), sdk.Ref.email("bob@example.org")) == said.assignees
    assert sdk.Ref.term("WorkProcess", "category", "Carriage check") == said.process
    assert sdk.Ref.code("OrganisationUnit", "ST-1") == said.unit


async def test_what_changed_or_is_gone_comes_with_the_next_reading(planning: Connected) -> None:
    first = await read(planning[WorkAssignment])
    await planning.vendor.put(f"{HOME}/ST-1/a-03.ics", content=shift("a-03", summary="Late"))
    await planning.vendor.delete(f"{HOME}/ST-1/a-04.ics")
    second = await read(planning[WorkAssignment], first.checkpoint)
    assert {"ST-1/a-03": "Late"} == {id_: said.title for id_, said in second.records.items()}
    assert ["ST-1/a-04"] == second.deleted
    assert set() == (await read(planning[WorkAssignment], second.checkpoint)).ids


async def test_a_reading_goes_on_after_any_page(planning: Connected) -> None:
    whole, since, met = await read(planning[WorkAssignment]), None, Reading()
    for _ in range(whole.pages):
        async for page in planning[WorkAssignment].pull(since):
            met.records |= {each.id: each for each in page.records}
            since = page.checkpoint
            break
    assert whole.ids == met.ids


async def test_a_cancelled_event_is_gone(planning: Connected) -> None:
    first = await read(planning[WorkAssignment])
    cancelled = shift("a-03", 0, "STATUS:CANCELLED")
    await planning.vendor.put(f"{HOME}/ST-1/a-03.ics", content=cancelled)
    assert ["ST-1/a-03"] == (await read(planning[WorkAssignment], first.checkpoint)).deleted


async def test_a_series_is_as_many_assignments_as_it_has_occurrences(planning: Connected) -> None:
    first = await read(planning[WorkAssignment])
    series = shift("series", 0, "RRULE:FREQ=DAILY;COUNT=3")
    await planning.vendor.put(f"{HOME}/ST-2/odd-name.ics", content=series)
    second = await read(planning[WorkAssignment], first.checkpoint)
    assert 3 == len(second.ids)
    assert second.ids == {each.id for each in await planning[WorkAssignment].fetch([*second.ids])}
    await planning.vendor.delete(f"{HOME}/ST-2/odd-name.ics")
    third = await read(planning[WorkAssignment], second.checkpoint)
    assert second.ids == set(third.deleted)


async def test_a_token_that_the_server_forgot_leads_to_a_full_reading(
    planning: Connected, connect: Connect
) -> None:
    first = await read(planning[WorkAssignment])
    async with connect("planning", SEED, CalDav, settings) as other:
        with pytest.raises(ExpiredError):
            await read(other[WorkAssignment], first.checkpoint)


async def test_a_calendar_that_is_gone_leads_to_a_full_reading(planning: Connected) -> None:
    first = await read(planning[WorkAssignment])
    await planning.vendor.delete(f"{HOME}/ST-2/")
    with pytest.raises(ExpiredError):
        await read(planning[WorkAssignment], first.checkpoint)


async def test_a_bad_event_is_set_aside_and_the_others_stand(connect: Connect) -> None:
    bad = {"uid": "bad", "ics": shift("bad").replace("DTSTART", "DSTART")}
    seed = {f"{HOME}/ST-1/": [*events("a", 3), bad]}
    async with connect("planning", seed, CalDav, settings) as planning:
        reading = await read(planning[WorkAssignment])
    assert {"ST-1/a-00", "ST-1/a-01", "ST-1/a-02"} == reading.ids
    assert ["ST-1/bad"] == list(reading.rejected)


async def test_a_replacement_is_written_with_its_mark_and_nothing_else(
    planning: Connected,
) -> None:
    said = await planning[WorkAssignment].write(replacing(await one(planning)))
    assert ("Eve for Bob", "hub:k1") == (said.comment, said.origin)
    assert replacing(said).after.assignees == said.assignees
    lines = (await text(planning)).split("\r\n")
    assert {
        "ATTENDEE;CN=Ada:mailto:ada@example.org",
        "ATTENDEE:mailto:eve@example.org",
        "COMMENT:Eve for Bob",
        "X-HUB-ORIGIN:hub:k1",
        "X-SHIFT-CODE:E2",
    } <= set(lines)
    assert "bob@example.org" not in await text(planning)


async def test_a_write_comes_back_as_the_hubs_own(planning: Connected) -> None:
    first = await read(planning[WorkAssignment])
    await planning[WorkAssignment].write(replacing(await one(planning)))
    (said,) = (await read(planning[WorkAssignment], first.checkpoint)).records.values()
    assert ("ST-1/a-03", "hub:k1") == (said.id, said.origin)


async def test_a_change_of_others_after_the_hubs_own_is_theirs(planning: Connected) -> None:
    said = await planning[WorkAssignment].write(replacing(await one(planning)))
    first = await read(planning[WorkAssignment])
    theirs = (await text(planning)).replace("Early shift", "Late shift")
    await planning.vendor.put(f"{HOME}/ST-1/a-03.ics", content=theirs)
    (changed,) = (await read(planning[WorkAssignment], first.checkpoint)).records.values()
    assert ("Late shift", True) == (changed.title, changed.source_version != said.source_version)


async def test_the_same_key_twice_is_one_write(planning: Connected) -> None:
    change = replacing(await one(planning))
    first = await planning[WorkAssignment].write(change)
    assert first == await planning[WorkAssignment].write(change)


async def test_what_was_changed_meanwhile_is_not_overwritten(planning: Connected) -> None:
    change = replacing(await one(planning))
    theirs = shift("a-03", summary="Late")
    await planning.vendor.put(f"{HOME}/ST-1/a-03.ics", content=theirs)
    with pytest.raises(ConflictError):
        await planning[WorkAssignment].write(change)
    assert "hub:k1" not in await text(planning)


async def test_what_is_gone_cannot_be_written(planning: Connected) -> None:
    change = replacing(await one(planning))
    await planning.vendor.delete(f"{HOME}/ST-1/a-03.ics")
    with pytest.raises(ConflictError):
        await planning[WorkAssignment].write(change)
