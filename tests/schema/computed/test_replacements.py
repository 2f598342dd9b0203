"""Who is asked whether they could take over, where there are more than can be asked."""

from hub.models.ref import Ref
from hub.schema.computed.planning import CANDIDATES
from hub.store import Store
from tests.conftest import Clock
from tests.sync.organisation import (
    BASE,
    Organisation,
    employed,
    person,
    person_id,
    requirement,
    shift,
)

TEAM = Ref.code("OrganisationUnit", "team")
COLLEAGUES = tuple(f"colleague {number}" for number in range(9))


async def asked(hub: Organisation, most: int) -> list[str]:
    """Return who is asked about the shift to come, in order."""
    now = hub.clock().isoformat()
    ((id_,),) = await hub.rows("SELECT id FROM work_assignment WHERE title = 'to come'")
    rows = await hub.rows(CANDIDATES, ids=[id_], now=now, most=most)
    return [who for _, who in rows]


async def test_who_has_shown_what_it_asks_is_asked_before_colleagues_who_have_not(
    store: Store, clock: Clock
) -> None:
    hub = Organisation(store, clock)
    await hub.tell(*BASE, requirement(), person("far"), employed("far", "other"))
    await hub.tell(*map(person, COLLEAGUES), *map(employed, COLLEAGUES))
    await hub.tell(
        *(shift(f"done by {who}", -10, who) for who in ("ada", "far")),
        shift("to come", 5, unit=TEAM),
    )
    await hub.derive()
    able = [person_id("ada"), person_id("far")]
    assert able[:1] == await asked(hub, 1)
    assert able == await asked(hub, 2)
    everyone = await asked(hub, 100)
    assert able[1] == everyone[-1]  # not of its unit
    assert {*map(person_id, COLLEAGUES), *able} <= set(everyone)


async def test_who_works_then_is_not_asked(store: Store, clock: Clock) -> None:
    hub = Organisation(store, clock)
    await hub.tell(*BASE, requirement(), shift("to come", 5, unit=TEAM), shift("other", 5, "ada"))
    await hub.derive()
    assert person_id("ada") not in await asked(hub, 100)
    assert person_id("ben") in await asked(hub, 100)
