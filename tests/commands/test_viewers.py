"""Who a viewer is, remembered for as long as nothing that decides it moves."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from hub.commands.viewers import remembered
from hub.engine.memory import Memory
from hub.models.kinds import Role, ViewerKind
from hub.models.organisation import RoleAssignment
from hub.models.person import Employment
from hub.models.ref import Ref
from hub.policy import Viewer
from hub.store import Store
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    Organisation,
    at,
    employed,
    known,
    on,
    person,
    person_id,
    shift,
)


@dataclass(frozen=True)
class Staff(Organisation):
    """An organisation whose people ask one after another."""

    memory: Memory = field(default_factory=Memory)

    async def viewer(self, number: str, days: int = 0) -> Viewer:
        async with self.store.snapshot() as snapshot:
            return await remembered(
                self.memory, snapshot, person_id(number), at(days), kind=ViewerKind.DEMO
            )


def planner(until: date | None = None) -> RoleAssignment:
    return RoleAssignment(
        id="planner",
        person=known("ada"),
        role=Role.PLANNER,
        unit=Ref.code("OrganisationUnit", "unit"),
        valid_from=on(-9),
        valid_until=until,
    )


@pytest.fixture
async def staff(store: Store, clock: Clock) -> Staff:
    made = Staff(store, clock)
    await made.tell(*BASE, planner())
    return made


async def test_two_viewers_are_two(staff: Staff) -> None:
    ada, ben = await staff.viewer("ada"), await staff.viewer("ben")
    assert (ada.person_id, ben.person_id) == (person_id("ada"), person_id("ben"))
    assert (frozenset({person_id("ada"), person_id("ben")}), frozenset()) == (ada.team, ben.team)
    assert ada is await staff.viewer("ada")


async def test_what_decides_nothing_leaves_them_as_they_were(staff: Staff) -> None:
    before = await staff.viewer("ada")
    await staff.tell(shift("w1", -5, "ada"))
    assert before is await staff.viewer("ada")


async def test_who_joins_or_leaves_is_seen_at_once(staff: Staff) -> None:
    await staff.viewer("ada")
    await staff.tell(person("cy", manager=known("ada")), employed("cy", "other"))
    assert frozenset({person_id("cy")}) == (await staff.viewer("ada")).reports
    await staff.tell(employed("ben", valid_until=on(0)))
    assert frozenset({person_id("ada")}) == (await staff.viewer("ada")).team


async def test_a_role_that_ends_is_gone_at_once(staff: Staff) -> None:
    await staff.viewer("ada")
    await staff.tell(planner(on(0)))
    assert () == (await staff.viewer("ada")).grants


async def test_a_role_ends_on_its_day_though_nothing_is_written(staff: Staff) -> None:
    await staff.tell(planner(on(3)))
    assert [1, 1, 0] == [len((await staff.viewer("ada", day)).grants) for day in (0, 2, 3)]


@pytest.mark.parametrize(
    "place",
    [employed("ada", valid_until=on(0)), employed("ada", valid_from=on(1))],
    ids=["employed no longer", "not employed yet"],
)
async def test_who_does_not_work_here_cares_for_nobody(staff: Staff, place: Employment) -> None:
    await staff.tell(person("cy", manager=known("ada")), employed("cy", "other"))
    before = await staff.viewer("ada")
    assert before.grants
    assert before.reports
    await staff.tell(place)
    after = await staff.viewer("ada")
    assert person_id("ada") == after.person_id
    assert ((), frozenset(), frozenset()) == (after.grants, after.reports, after.team)
