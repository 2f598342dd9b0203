"""What is derived for another moment than the present."""

from datetime import datetime
from typing import Any

import pytest

from hub.models.evidence import CompetenceEvidence, Fulfilment
from hub.models.person import Employment
from hub.models.planning import WorkAssignment
from hub.store import Store, concept
from hub.store.statements import columns
from hub.sync.deriving import derived_at
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    Organisation,
    at,
    employed,
    on,
    person_id,
    requirement,
    shift,
)


@pytest.fixture
async def hub(store: Store, clock: Clock) -> Organisation:
    made = Organisation(store, clock)
    await made.tell(*BASE, requirement(), shift("w1", -10, "ada"), shift("w2", 4, "ada", "ben"))
    return made


async def seen(hub: Organisation, moment: datetime, of: type) -> list[Any]:
    async with hub.store.snapshot(as_of=moment) as snapshot:
        rows = (await derived_at(snapshot, moment))[concept(of).table]
    names = columns(concept(of).table)
    return [concept(of).decode(dict(zip(names, row, strict=True))) for row in rows]


async def test_the_past_is_seen_as_it_was_known_then(hub: Organisation, clock: Clock) -> None:
    """Who told of what is gone is still known."""
    then = clock()
    clock.wait(days=2)
    await hub.tell(requirement(rank=3))
    await hub.gone(WorkAssignment, "w1")
    (piece,) = await seen(hub, then, CompetenceEvidence)
    assert ("planning", 2) == (piece.system, piece.rank)
    assert [] == await seen(hub, clock(), CompetenceEvidence)
    found = {each.person_id: each for each in await seen(hub, then, Fulfilment)}
    assert {person_id("ada"): True, person_id("ben"): False} == {
        id_: each.met for id_, each in found.items()
    }


async def test_after_the_last_day_of_the_one_who_masters_it_nobody_does(hub: Organisation) -> None:
    await hub.tell(employed("ada", valid_until=on(30)))
    before, after = at(29), at(31)
    assert [True, True] == [each.met for each in await seen(hub, before, Fulfilment)]
    await hub.gone(WorkAssignment, "w2")
    assert {True, False} == {each.met for each in await seen(hub, before, Fulfilment)}
    assert [person_id("ben")] == [each.person_id for each in await seen(hub, after, Fulfilment)]


async def test_before_the_hub_was_there_what_held_then_is_seen(store: Store, clock: Clock) -> None:
    """Whoever was employed then, what was asked then, and what had been done by then."""
    hub = Organisation(store, clock)
    await hub.tell(
        *(each for each in BASE if not isinstance(each, Employment)),
        employed("ada", valid_from=on(-30)),
        employed("ben", valid_from=on(-300), valid_until=on(-20)),
        requirement(valid_from=on(-200)),
        shift("w1", -25, "ada"),
        shift("w2", -40, "ben"),
    )
    for day, expected in {
        -250: {},
        -100: {"ben": False},
        -39: {"ben": True},
        -28: {"ada": False, "ben": True},
        -24: {"ada": True, "ben": True},
        -10: {"ada": True},
    }.items():
        found = {each.person_id: each.met for each in await seen(hub, at(day), Fulfilment)}
        assert {person_id(name): met for name, met in expected.items()} == found, day
