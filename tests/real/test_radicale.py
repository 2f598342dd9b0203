"""The CalDAV connector against Radicale, filled by the `caldav` client."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any

import pytest
from caldav.collection import Principal
from caldav.davclient import DAVClient

from hub import sdk
from hub.connectors.caldav import CalDav, CalDavSettings
from hub.errors import ConflictError, ExpiredError
from hub.models.planning import WorkAssignment
from hub.sdk.testing import Hand, Upstream, conformance
from tests.connectors.conftest import read
from tests.connectors.test_caldav import replacing, shift
from tests.real import servers
from tests.real.proxy import Added, Place, Proxy

pytestmark = pytest.mark.real
SIZE = 25
PLACE = Place()


class Roster:
    """A planner with two calendars."""

    def __init__(self, principal: Principal) -> None:
        self.east = principal.make_calendar(name="East", cal_id="ST-1")
        self.west = principal.make_calendar(name="West", cal_id="ST-2")
        for number in range(SIZE):
            self.east.save_event(shift(f"a-{number:02}"))
        self.west.save_event(shift("b-00"))

    def text(self, uid: str) -> str:
        event = self.east.event_by_uid(uid)
        return str(event.data).replace("\r\n ", "").replace("\n ", "")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    with servers.radicale(tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture(scope="module")
def principal(server: servers.Server) -> Iterator[Principal]:
    with DAVClient(url=server.url, headers=dict(server.headers)) as client:
        yield client.principal()


@pytest.fixture
def roster(principal: Principal) -> Iterator[Roster]:
    yield Roster(principal)
    for calendar in principal.calendars():
        if calendar.id in {"ST-1", "ST-2"}:
            calendar.delete()


def settings(url: str) -> CalDavSettings:
    return CalDavSettings(
        base_url=url,
        allow_private=True,
        user="planner",
        password=sdk.Secret(servers.SECRET),
        time_zone="Europe/Amsterdam",
        page_size=10,
    )


@pytest.fixture
async def shifts(server: servers.Server, roster: Roster) -> Any:
    async with sdk.opened(CalDav, settings(server.url)) as connector:
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


class Desk:
    """A planner with one calendar, who changes its shifts one by one."""

    def __init__(self, principal: Principal) -> None:
        self._principal = principal
        self._numbers = count()

    @cached_property
    def _calendar(self) -> Any:
        """The calendar; there is none before it is wanted."""
        return self._principal.make_calendar(name="South", cal_id="ST-9")

    def add(self, number: int) -> str:
        uid = f"c-{number}-{next(self._numbers)}"
        self._calendar.save_event(self._text(uid, number))
        return f"ST-9/{uid}"

    def update(self, id_: str) -> None:
        event = self._event(id_)
        event.icalendar_component["SUMMARY"] = f"Shift {next(self._numbers)}"
        event.save()

    def delete(self, id_: str) -> None:
        self._event(id_).delete()

    def spoil(self, id_: str) -> None:
        event = self._event(id_)
        event.data = event.data.replace("T160000", "T070000")  # it ends before it begins
        event.save()

    def _event(self, id_: str) -> Any:
        return self._calendar.event_by_uid(id_.partition("/")[2])

    def _text(self, uid: str, number: int) -> str:
        text = shift(uid, number, f"COMMENT:Note {number}")
        return text.replace("mailto:bob@", f"mailto:person{number}@")


@pytest.fixture(scope="module", autouse=True)
def upstream(server: servers.Server, principal: Principal) -> None:
    """Let the laws find the server."""
    desk = Desk(principal)
    added = Added(desk.add, anew={0})  # what the laws write makes it like another

    def gone(act: Any) -> Any:
        def acting(id_: str) -> None:
            act(id_)
            added.forget(id_)

        return acting

    hand = Hand(add=added, update=desk.update, delete=gone(desk.delete), spoil=gone(desk.spoil))
    PLACE.upstream = Upstream(
        application=Proxy(server.url),
        settings=settings(server.url),
        hands={WorkAssignment: hand},
    )


TestRadicale = conformance(CalDav, PLACE, live=True)
