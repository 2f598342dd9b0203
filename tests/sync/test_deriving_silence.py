"""A source that falls silent: what is said beside what was derived, without deriving it anew."""

from itertools import permutations

import pytest

from hub.store import Store
from tests.conftest import Clock
from tests.sync.organisation import BASE, LAW, Organisation, requirement, shift

SOURCES = ("planning", "learning", "hr")
DOWN = "UPSTREAM_UNAVAILABLE: down"
ALL = "SELECT id FROM competence_evidence"


@pytest.fixture
async def hub(store: Store, clock: Clock) -> Organisation:
    made = Organisation(store, clock)
    for key in SOURCES:
        await made.read(key)
    await made.tell(*BASE, requirement(), requirement("r2", asks="signals", **LAW))
    await made.tell(shift("w1", -10, "ada"), shift("w2", 5, "ada", "ben"), shift("w3", 6, "ben"))
    await made.derive()
    return made


@pytest.mark.parametrize("order", [*permutations(SOURCES, 2)], ids="-".join)
async def test_it_leaves_what_deriving_anew_would(
    hub: Organisation, order: tuple[str, str]
) -> None:
    for error in (DOWN, None):
        for key in order:
            await hub.read(key, error=error)
            await hub.derive()
            found = await hub.stored()
            assert await hub.from_scratch() == found


async def test_nobody_is_derived_anew(hub: Organisation) -> None:
    """Evidence that is not there any more, for want of a record, is not missed."""
    async with hub.store.transaction() as tx:
        await tx.delete("competence_evidence", [id_ for (id_,) in await tx.rows(ALL)])
    await hub.read("learning", error=DOWN)
    await hub.derive()
    assert [] == await hub.rows(ALL)
