"""For whom a thing matters: the units and the people that roles are held for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hub.engine.origins import Key
from hub.models.kinds import Role
from hub.policy import Viewer
from hub.store import Asks, among

IN_FORCE = "e.valid_from <= :today AND (e.valid_until IS NULL OR e.valid_until > :today)"

UNITS: Mapping[str, str] = {
    "OrganisationUnit": f"SELECT u.id, u.id FROM organisation_unit u WHERE {among('u.id', 'ids')}",
    "WorkProcess": f"SELECT w.id, w.unit_id FROM work_process w WHERE {among('w.id', 'ids')}",
    "WorkAssignment": (
        "SELECT a.id, COALESCE(a.unit_id, w.unit_id) FROM work_assignment a"
        f" LEFT JOIN work_process w ON w.id = a.process_id WHERE {among('a.id', 'ids')}"
    ),
    "AssignmentEligibility": (
        "SELECT e.id, COALESCE(a.unit_id, w.unit_id) FROM assignment_eligibility e"
        " JOIN work_assignment a ON a.id = e.assignment_id"
        f" LEFT JOIN work_process w ON w.id = a.process_id WHERE {among('e.id', 'ids')}"
    ),
    "Nonconformity": (
        "SELECT n.id, COALESCE(n.unit_id, w.unit_id) FROM nonconformity n"
        f" LEFT JOIN work_process w ON w.id = n.process_id WHERE {among('n.id', 'ids')}"
    ),
    "CompetenceRequirement": (
        "SELECT q.id, w.unit_id FROM competence_requirement q"
        f" JOIN work_process w ON w.id = q.subject_id WHERE {among('q.id', 'ids')}"
    ),
    "Person": (
        "SELECT e.person_id, e.unit_id FROM employment e"
        f" WHERE {among('e.person_id', 'ids')} AND {IN_FORCE}"
    ),
}
"""For each type: the units of some records, as (id, unit)."""

PEOPLE: Mapping[str, str] = {
    "Person": f"SELECT p.id, p.id FROM person p WHERE {among('p.id', 'ids')}",
    "WorkAssignment": (
        "SELECT l.owner_id, l.target_id FROM work_assignment__assignees l"
        f" WHERE {among('l.owner_id', 'ids')}"
    ),
    "AssignmentEligibility": (
        f"SELECT e.id, e.person_id FROM assignment_eligibility e WHERE {among('e.id', 'ids')}"
    ),
}
"""For each type: the people whom some records are about, as (id, person)."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom a thing matters to.

    Attributes:
        units: Its units; empty for what belongs to no unit in particular.
        people: The people whom it is about.
    """

    units: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


async def concerned(asks: Asks, things: Iterable[Key], today: str) -> dict[Key, Concerned]:
    """Return whom each of some things matters to; two statements for each type among them."""
    found = {key: Concerned() for key in things}
    for type_ in sorted({key.type for key in found}):
        ids = [key.id for key in found if key.type == type_]
        for id_, unit in await _asked(asks, UNITS.get(type_), ids, today):
            found[Key(type_, id_)].units.add(unit)
        for id_, person in await _asked(asks, PEOPLE.get(type_), ids, today):
            found[Key(type_, id_)].people.add(person)
    return found


async def _asked(
    asks: Asks, statement: str | None, ids: list[str], today: str
) -> list[tuple[str, str]]:
    if statement is None:
        return []
    rows = await asks.rows(statement, {"ids": ids, "today": today})
    return [(id_, other) for id_, other in rows if other is not None]


def holds(viewer: Viewer, roles: Iterable[Role], units: Iterable[str]) -> bool:
    """Whether a viewer holds one of some roles for one of some units.

    For what belongs to no unit the role must be held for the whole organisation.
    """
    wanted = frozenset(roles)
    everywhere = any(grant.role in wanted and grant.unit_ids is None for grant in viewer.grants)
    return everywhere or any(viewer.has_any(wanted, unit) for unit in units)
