"""A stream is read page by page, goes on where it was stopped, and leaves no ghosts."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import sdk
from hub.errors import GuardError, TimedOutError, UnavailableError, UpstreamError
from hub.store import Store
from hub.sync.position import Position
from hub.sync.pull import Reading, Stream
from hub.sync.report import StreamReport
from tests.conftest import FILE, Clock
from tests.sync.pretending import HR, Dying, KilledError, Mark, People, Silent

LIVE = "SELECT employee_number, display_name FROM person ORDER BY employee_number"
STANDING = "SELECT position FROM checkpoint WHERE system = 'hr' AND stream = 'person'"


class Hub:
    """A store and a way to read people into it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.dying = Dying()

    async def read(self, people: Any, **how: Any) -> StreamReport:
        self.dying.seen = 0
        reading = Reading(
            Stream(
                store=self.store,
                source=HR,
                resource=people,
                now=self.clock,
                touching=self.dying,
                **how,
            )
        )
        try:
            await reading.run()
        finally:
            self.report = reading.report
        return reading.report

    async def people(self) -> dict[str, str]:
        async with self.store.snapshot() as snapshot:
            return dict(await snapshot.rows(LIVE))

    async def standing(self) -> Position:
        async with self.store.snapshot() as snapshot:
            ((text,),) = await snapshot.rows(STANDING)
        return Position.read(text)


@pytest.fixture
def hub(store: Store, clock: Clock) -> Hub:
    return Hub(store, clock)


def crowd(size: int) -> dict[str, str]:
    return {f"{number:03}": f"Person {number}" for number in range(size)}


async def test_all_that_is_there_is_read_once_and_then_only_what_changes(hub: Hub) -> None:
    people = People(there=crowd(5))
    first = await hub.read(people)
    assert (5, 5, 0, 0) == (first.read, first.created, first.changed, first.deleted)
    people.write("003", "Renamed")
    people.write("004", None)
    second = await hub.read(people)
    assert (1, 0, 1, 1) == (second.read, second.created, second.changed, second.deleted)
    assert people.there == await hub.people()


async def test_a_second_reading_changes_nothing(hub: Hub) -> None:
    people = People(there=crowd(5))
    await hub.read(people)
    assert StreamReport(source="hr", stream="person", read=5) == await hub.read(people, full=True)


async def test_what_a_full_pass_does_not_meet_is_gone(hub: Hub) -> None:
    people = People(there=crowd(7))
    await hub.read(people)
    del people.there["003"]  # of which the log says nothing
    assert 1 == (await hub.read(people, full=True)).deleted
    assert people.there == await hub.people()


async def test_an_interrupted_pass_goes_on_from_its_last_page(hub: Hub) -> None:
    people = People(there=crowd(7), fails_at=2)
    with pytest.raises(UnavailableError):
        await hub.read(people)
    assert 4 == hub.report.created
    people.fails_at = None
    assert 3 == (await hub.read(people)).read
    assert (people.there, 4) == (await hub.people(), people.fetched)


async def test_a_checkpoint_that_expired_leads_to_a_full_pass(hub: Hub) -> None:
    people = People(there=crowd(5))
    await hub.read(people)
    people.write("001", None)
    people.write("002", "Renamed")
    people.forgets = 1
    report = await hub.read(people)
    assert (4, 1, 1) == (report.read, report.changed, report.deleted)
    assert people.there == await hub.people()
    assert (
        Position(cursor=Mark(log=2, after="004", listed=True).text(), generation=2)
        == await hub.standing()
    )


async def test_who_left_a_silent_source_is_missed(hub: Hub) -> None:
    people = Silent(there=crowd(9))
    await hub.read(people)
    people.write("003", None)
    people.hides = {"007"}
    assert 1 == (await hub.read(people)).deleted
    assert people.there == await hub.people()


@pytest.mark.parametrize("of", [People, Silent])
@pytest.mark.parametrize("full", [True, False])
async def test_a_source_that_lost_nearly_everything_is_not_believed(
    hub: Hub, of: type[People], *, full: bool
) -> None:
    people = of(there=crowd(20))
    await hub.read(people)
    for id_ in crowd(12):
        people.write(id_, None)
    with pytest.raises(GuardError):
        await hub.read(people, full=full)
    assert (await hub.standing()).passing
    assert {"010", "019"} <= (await hub.people()).keys()
    await hub.read(people, most_percent=100)
    assert people.there == await hub.people()


async def test_a_source_found_out_to_have_lied_is_read_anew(hub: Hub) -> None:
    people = People(there=crowd(20))
    await hub.read(people)
    people.there = {}
    with pytest.raises(GuardError):
        await hub.read(people, full=True)
    people.there = crowd(20) | {"007": "Renamed"}
    assert (20, 1, 0) == ((r := await hub.read(people)).read, r.changed, r.deleted)
    assert people.there == await hub.people()


async def test_a_source_that_repeats_itself_is_stopped(hub: Hub) -> None:
    class Repeating(People):
        def _listed(self, mark: Mark) -> Any:
            return mark, sdk.Page([self.person("000")], mark.text())

    with pytest.raises(UpstreamError, match="same page"):
        await hub.read(Repeating(there=crowd(1)))


async def test_a_page_that_never_comes_is_not_waited_for(hub: Hub) -> None:
    class Hanging(People):
        async def pull(self, since: str | None) -> AsyncIterator[Any]:
            await asyncio.Event().wait()
            yield

    with pytest.raises(TimedOutError, match=r"longer than 0\.01 s"):
        await hub.read(Hanging(), page_s=0.01)


@dataclass(frozen=True)
class Write:
    """Somebody changes a person at the source, or deletes them."""

    id: str
    name: str | None


@dataclass(frozen=True)
class Sync:
    """A sync, which may be cut off."""

    full: bool
    down_at: int | None
    dies_at: int | None


writes = st.builds(
    Write, id=st.sampled_from("abcde"), name=st.none() | st.sampled_from(("Jan", "Piet"))
)
cuts = st.none() | st.integers(0, 3)
syncs = st.builds(Sync, full=st.booleans(), down_at=cuts, dies_at=cuts)


@asynccontextmanager
async def empty(template: Path) -> AsyncIterator[Hub]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, path := Path(folder) / "hub.sqlite")
        clock = Clock()
        store = await Store.open(f"{FILE}{path}", now=clock)
        yield Hub(store, clock)
        await store.close()


async def cut_off(hub: Hub, people: People, order: Sync) -> bool:
    """Sync as ordered; return whether it came to its end."""
    people.fails_at, hub.dying.dies_at = order.down_at, order.dies_at
    try:
        await hub.read(people, full=order.full)
    except (UnavailableError, KilledError):
        return False
    finally:
        people.fails_at = hub.dying.dies_at = None
    return True


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(story=st.lists(writes | writes | syncs, max_size=14), silent=st.booleans())
async def test_whatever_cuts_it_off_the_end_is_the_same(
    template: Path, story: list[Write | Sync], *, silent: bool
) -> None:
    people = (Silent if silent else People)(there={"a": "Ada", "b": "Bob"})
    async with empty(template) as hub:
        for event in story:
            if isinstance(event, Write):
                people.write(event.id, event.name)
            else:
                await cut_off(hub, people, event)
        await hub.read(people)
        await hub.read(people)  # what was deleted while a pass was open
        assert people.there == await hub.people()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(size=st.integers(0, 9), cuts=st.lists(st.builds(Sync, st.just(False), cuts, cuts)))
async def test_no_page_is_read_twice_but_the_one_that_was_cut_off(
    template: Path, size: int, cuts: list[Sync]
) -> None:
    people, died = People(there=crowd(size)), 0
    async with empty(template) as hub:
        for order in cuts:
            if await cut_off(hub, people, order):
                break
            died += order.dies_at is not None
        else:
            await hub.read(people)
        assert people.there == await hub.people()
    assert size // 2 + 1 <= people.fetched <= size // 2 + 1 + died
