"""Who a viewer is, read from the roles, units and line of today."""

from datetime import datetime

from hub.engine.memory import Memory
from hub.models.kinds import Role, ViewerKind
from hub.policy.viewer import ADVISING, MANAGING, Grant, Viewer
from hub.store import Asks, Snapshot, canonical_ids

PERSON = "SELECT id FROM person WHERE employee_number = :number ORDER BY id"

STAYS = """
SELECT count(*), count(CASE WHEN e.valid_from <= :today
AND (e.valid_until IS NULL OR e.valid_until > :today) THEN 1 END)
FROM employment e WHERE e.person_id = :person
"""

GRANTS = """
SELECT r.role, r.unit_id FROM role_assignment r
WHERE r.person_id = :person AND r.valid_from <= :today
AND (r.valid_until IS NULL OR r.valid_until > :today)
"""

BELOW = """
WITH RECURSIVE below(top, id) AS (
    SELECT u.id, u.id FROM organisation_unit u WHERE u.id IN (SELECT value FROM json_each(:units))
    UNION SELECT b.top, u.id FROM organisation_unit u JOIN below b ON u.parent_id = b.id
) SELECT top, id FROM below
"""

REPORTS = """
WITH RECURSIVE line(id) AS (
    SELECT p.id FROM person p WHERE p.manager_id = :person
    UNION SELECT p.id FROM person p JOIN line l ON p.manager_id = l.id
) SELECT id FROM line
"""

PEOPLE = """
SELECT DISTINCT e.person_id FROM employment e
WHERE e.unit_id IN (SELECT value FROM json_each(:units)) AND e.valid_from <= :today
AND (e.valid_until IS NULL OR e.valid_until > :today)
"""


async def person_of(asks: Asks, employee_number: str) -> str | None:
    """Return the hub id of the person with an employee number; None for nobody."""
    rows = await asks.rows(PERSON, {"number": employee_number})
    return rows[0][0] if rows else None


async def load_viewer(
    asks: Asks, person_id: str, now: datetime, *, kind: ViewerKind, purpose: str | None = None
) -> Viewer:
    """Return a person as viewer; whoever is employed no longer, or not yet, cares for nobody.

    Cost: grows with the people in the person's care, in the line and by roles; see `remembered`.
    """
    merged = await canonical_ids(asks, [person_id])
    person = merged.get(person_id, person_id)
    today = now.date().isoformat()
    ((told, holding),) = await asks.rows(STAYS, {"person": person, "today": today})
    if told and not holding:
        return Viewer(kind=kind, person_id=person, purpose=purpose)
    held = await asks.rows(GRANTS, {"person": person, "today": today})
    below: dict[str, set[str]] = {}
    tops = sorted({unit for _, unit in held if unit})
    for top, unit in await asks.rows(BELOW, {"units": tops}) if tops else ():
        below.setdefault(top, set()).add(unit)
    grants = tuple(
        Grant(role=Role[role], unit_ids=frozenset(below.get(unit, ())) if unit else None)
        for role, unit in held
    )
    return Viewer(
        kind=kind,
        person_id=person,
        grants=grants,
        purpose=purpose,
        reports=frozenset(id_ for (id_,) in await asks.rows(REPORTS, {"person": person})),
        team=await _people(asks, grants, MANAGING, today),
        advised=await _people(asks, grants, ADVISING, today),
    )


async def remembered(
    memory: Memory, snapshot: Snapshot, person_id: str, now: datetime, *, kind: ViewerKind
) -> Viewer:
    """Return a person as viewer, read anew only on another day or when a role or a line moved.

    Cost: a look-up while that stands, else what `load_viewer` costs.
    """

    async def work(asks: Asks) -> Viewer:
        return await load_viewer(asks, person_id, now, kind=kind)

    key = ("viewer", person_id, kind, now.date())
    return await memory.recall(key, snapshot, work, weight=_care)


def _care(viewer: Viewer) -> int:
    """Return how many people a viewer's care holds, once for each reason."""
    return 1 + sum(len(each or ()) for each in (viewer.reports, viewer.team, viewer.advised))


async def _people(
    asks: Asks, grants: tuple[Grant, ...], roles: frozenset[Role], today: str
) -> frozenset[str] | None:
    held = [grant.unit_ids for grant in grants if grant.role in roles]
    if None in held:
        return None
    units = sorted({unit for each in held for unit in each or ()})
    if not units:
        return frozenset()
    rows = await asks.rows(PEOPLE, {"units": units, "today": today})
    return frozenset(person for (person,) in rows)
