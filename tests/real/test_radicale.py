"""The CalDAV connector against Radicale, filled by the `caldav` client."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import caldav
import pytest

from hub import sdk
from hub.connectors.caldav import CalDav, CalDavSettings
from hub.errors import ConflictError, ExpiredError
from hub.models.planning import WorkAssignment
from tests.connectors.conftest import read
from tests.connectors.test_caldav import replacing, shift
from tests.real import servers

pytestmark = pytest.mark.real
SIZE = 25


class Roster:
    """A planner with two calendars."""

    def __init__(self, principal: caldav.Principal) -> None:
        self.east = principal.make_calendar(name="East", cal_id="ST-1")
        self.west = principal.make_calendar(name="West", cal_id="ST-2")
        for number in range(SIZE):
            self.east.save_event(shift(f"a-{number:02}"))
        self.west.save_event(shift("b-00"))

    def text(self, uid: str) -> str:
        event = self.east.event_by_uid(uid)
        return str(event.data).replace("\r\n ", "").replace("\n ", "")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[servers.Server]:
    with servers.radicale(tmp_path) as running:
        yield running


@pytest.fixture
def roster(server: servers.Server) -> Iterator[Roster]:
    with caldav.DAVClient(url=server.url, headers=dict(server.headers)) as client:
        yield Roster(client.principal())


@pytest.fixture
async def shifts(server: servers.Server, roster: Roster) -> Any:
    settings = CalDavSettings(
        base_url=server.url,
        user="planner",
        password=sdk.Secret(servers.SECRET),
        time_zone="Europe/Amsterdam",
        page_size=10,
    )
    async with sdk.opened(CalDav, settings) as connector:
        yield connector[WorkAssignment]


async def test_what_changes_in_a_roster_is_followed(shifts: Any, roster: Roster) -> None:
    first = await read(shifts)
    assert {f"ST-1/a-{n:02}" for n in range(SIZE)} | {"ST-2/b-00"} == first.ids
    changed = roster.east.event_by_uid("a-03")
    changed.icalendar_component["SUMMARY"] = "Late shift"
    changed.save()
    roster.east.event_by_uid("a-04").delete()
    second = await read(shifts, first.checkpoint)
    assert {"ST-1/a-03": "Late shift"} == {id_: each.title for id_, each in second.records.items()}
    assert ["ST-1/a-04"] == second.deleted
    assert set() == (await read(shifts, second.checkpoint)).ids


async def test_a_series_is_counted_out(shifts: Any, roster: Roster) -> None:
    first = await read(shifts)
    roster.west.save_event(shift("series", 0, "RRULE:FREQ=DAILY;COUNT=3"))
    second = await read(shifts, first.checkpoint)
    assert 3 == len(second.ids)
    begins = sorted(each.starts_at for each in second.records.values())
    assert datetime.now(UTC) - begins[0] < timedelta(days=1)


async def test_a_replacement_is_written_with_its_mark_and_nothing_else(
    shifts: Any, roster: Roster
) -> None:
    (before,) = await shifts.fetch(["ST-1/a-03"])
    said = await shifts.write(replacing(before))
    assert ("Eve for Bob", "hub:k1") == (said.comment, said.origin)
    written = roster.text("a-03")
    assert "mailto:eve@example.org" in written
    assert "mailto:bob@example.org" not in written
    assert "X-SHIFT-CODE:E2" in written
    assert said == await shifts.write(replacing(before))


async def test_what_was_changed_meanwhile_is_not_overwritten(shifts: Any, roster: Roster) -> None:
    (before,) = await shifts.fetch(["ST-1/a-03"])
    changed = roster.east.event_by_uid("a-03")
    changed.icalendar_component["SUMMARY"] = "Late shift"
    changed.save()
    with pytest.raises(ConflictError):
        await shifts.write(replacing(before))
    assert "eve@example.org" not in roster.text("a-03")


async def test_a_calendar_made_anew_is_read_from_its_beginning(shifts: Any, roster: Roster) -> None:
    first = await read(shifts)
    roster.west.delete()
    with pytest.raises(ExpiredError):
        await read(shifts, first.checkpoint)
    assert "ST-2/b-00" not in (await read(shifts)).ids
