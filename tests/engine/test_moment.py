"""Another moment: for whom it is derived, and for how long that is remembered."""

from collections.abc import Set as AbstractSet
from datetime import datetime

import pytest

from hub.engine.memory import Memory
from hub.engine.moment import About, Derived, Moment
from hub.store import Asks, Store
from hub.sync.deriving import derived_at
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    Organisation,
    at,
    employed,
    person,
    person_id,
    requirement,
    shift,
    unit,
)

ASKED = (
    "SELECT person_id, met FROM fulfilment WHERE requirement_id IN"
    " (SELECT value FROM json_each(:ids)) ORDER BY person_id"
)
OF_ROWS = "SELECT person_id FROM fulfilment WHERE id IN (SELECT value FROM json_each(:ids))"
LATER = at(20)


class Then:
    """An organisation that is asked about another moment; tells for whom it was derived."""

    def __init__(self, hub: Organisation) -> None:
        self.hub = hub
        self.memory = Memory()
        self.derived: list[About | None] = []

    async def _derive(
        self, asks: Asks, as_of: datetime, about: About | None, tables: AbstractSet[str]
    ) -> Derived:
        self.derived.append(about)
        return await derived_at(asks, as_of, about, tables)

    async def met(self, moment: datetime) -> dict[str, bool]:
        """Return whether all whom the one requirement asks meet it."""
        async with self.hub.store.snapshot() as snapshot:
            ids = [id_ for (id_,) in await snapshot.rows("SELECT id FROM competence_requirement")]
            then = Moment(snapshot, moment, self.hub.clock(), self._derive, self.memory)
            about = then.about(About("CompetenceRequirement", frozenset(ids)))
            return {who: bool(met) for who, met in await about.rows(ASKED, {"ids": ids})}

    async def people_of(self, *ids: str) -> list[str]:
        """Return whom some fulfilments are about, asked by their ids alone."""
        async with self.hub.store.snapshot() as snapshot:
            then = Moment(snapshot, LATER, self.hub.clock(), self._derive, self.memory)
            about = then.about(About("Fulfilment", frozenset(ids)))
            return [who for (who,) in await about.rows(OF_ROWS, {"ids": list(ids)})]


@pytest.fixture
async def then(store: Store, clock: Clock) -> Then:
    hub = Organisation(store, clock)
    await hub.tell(*BASE, unit("far"), person("dot"), employed("dot", "far"))
    await hub.tell(requirement(), shift("w1", -10, "ada"))
    return Then(hub)


async def test_of_those_who_are_not_asked_nothing_is_derived(then: Then) -> None:
    assert {person_id("ada"): True, person_id("ben"): False} == await then.met(LATER)
    async with then.hub.store.snapshot() as snapshot:
        (about,) = then.derived
        states = (await derived_at(snapshot, LATER, about))["fulfilment"]
    assert {person_id("ada"), person_id("ben")} == {row[1] for row in states}


async def test_the_same_moment_is_derived_once(then: Then) -> None:
    assert await then.met(LATER) == await then.met(LATER)
    assert 1 == len(then.derived)


async def test_another_moment_is_another(then: Then) -> None:
    await then.hub.tell(employed("ada", valid_until=LATER.date()))
    assert person_id("ada") not in await then.met(LATER)
    assert person_id("ada") in await then.met(at(19))


@pytest.mark.parametrize(
    ("moment", "after"), [(LATER, {"ben": False}), (at(-1), {"ada": True, "ben": False})]
)
async def test_what_changed_since_is_seen_wherever_it_holds(
    then: Then, moment: datetime, after: dict[str, bool]
) -> None:
    """A change is no part of a past in which it was not known."""
    assert 2 == len(await then.met(moment))
    then.hub.clock.wait(hours=1)
    await then.hub.tell(employed("ada", valid_until=at(-2).date()))
    assert {person_id(name): met for name, met in after.items()} == await then.met(moment)


async def test_rows_that_stand_at_present_are_derived_for_those_they_are_about(then: Then) -> None:
    await then.hub.derive()
    rows = await then.hub.rows("SELECT id, person_id FROM fulfilment ORDER BY id")
    ((id_, who), *_) = rows
    assert [who] == await then.people_of(id_)
    assert [About("Person", frozenset({who}))] == then.derived


async def test_rows_that_do_not_are_looked_for_among_all(then: Then) -> None:
    assert [] == await then.people_of("forged")
    assert [None] == then.derived
