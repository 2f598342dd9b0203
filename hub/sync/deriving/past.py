"""What followed, or will follow, from the records at another moment."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from hub.competence.intake import Evidence
from hub.engine.moment import DERIVED, About, Derived
from hub.models.evidence import (
    AssignmentEligibility,
    CompetenceEvidence,
    CompetenceState,
    Fulfilment,
)
from hub.store import Asks, among, concept, listed
from hub.store.statements import columns
from hub.store.writer import chunks
from hub.sync.deriving import records
from hub.sync.deriving.due import judged_since
from hub.sync.deriving.people import derived, shown
from hub.sync.deriving.shifts import ground, judged
from hub.sync.deriving.states import taken
from hub.sync.deriving.touching import ASSIGNMENT, PERSON

REQUIREMENT = "CompetenceRequirement"
PEOPLE = "SELECT p.id FROM person p"
ASKED = f"""
WITH RECURSIVE below(id) AS (
    SELECT COALESCE(w.unit_id, q.subject_id) FROM competence_requirement q
    LEFT JOIN work_process w ON w.id = q.subject_id WHERE {among("q.id", "ids")}
    UNION SELECT c.id FROM organisation_unit c JOIN below b ON c.parent_id = b.id
)
SELECT e.person_id FROM employment e WHERE e.unit_id IN (SELECT b.id FROM below b)
UNION SELECT e.person_id FROM employment e WHERE e.job_profile_id IN
    (SELECT q.subject_id FROM competence_requirement q WHERE {among("q.id", "ids")})
"""
"""Whoever is, was or will be employed where requirements ask something."""

SHIFTS = "SELECT id FROM work_assignment WHERE starts_at >= :since"
THEIRS = f"""{SHIFTS} AND id IN (
    SELECT a.owner_id FROM work_assignment__assignees a WHERE {among("a.target_id", "ids")})
"""
CHOSEN = f"{SHIFTS} AND {among('id', 'ids')}"
ASSIGNED = f"""
SELECT a.target_id FROM work_assignment__assignees a
WHERE {among("a.owner_id", "ids")} AND a.target_id IS NOT NULL
"""

WHOM = {PERSON: f"SELECT value FROM {listed('ids')}", REQUIREMENT: ASKED, ASSIGNMENT: ASSIGNED}
"""For what rows are about, the people whom they concern."""

EVIDENCE = concept(CompetenceEvidence).table
VERDICTS = concept(AssignmentEligibility).table


async def derived_at(
    asks: Asks,
    as_of: datetime,
    about: About | None = None,
    tables: AbstractSet[str] = DERIVED,
) -> Derived:
    """Return the rows that `derive` would store if it ran at `as_of`.

    Planned work before `as_of` counts as done. How the sources stand is how they stand at present.
    The day of their next change is left out of states: nobody asks that of another moment.

    Cost: what deriving costs for those whom the rows are about, and memory for all of it.

    Args:
        asks: The mirror, as it was at `as_of`.
        as_of: The moment.
        about: Which rows are asked for; more may be among them. None: all.
        tables: In which tables; others may come along.
    """
    people = sorted(await _whom(asks, about))
    found: dict[str, list[list[Any]]] = {}
    if tables - {VERDICTS, EVIDENCE}:
        chosen = about.ids if about is not None and about.concept == REQUIREMENT else None
        for some in chunks(people):
            made = await derived(asks, some, as_of, dated=False, requirements=chosen)
            _add(found, CompetenceState, made.states)
            _add(found, Fulfilment, made.fulfilments)
            if EVIDENCE in tables or chosen is None:
                _add(found, CompetenceEvidence, made.evidence)
    elif EVIDENCE in tables:
        _add(found, CompetenceEvidence, await _shown(asks, people, as_of))
    if VERDICTS in tables:
        ids = await _shifts(asks, about, people, as_of)
        _add(found, AssignmentEligibility, await _verdicts(asks, ids, as_of))
    return found


async def _whom(asks: Asks, about: About | None) -> set[str]:
    """Return the people whom rows are about."""
    if about is None:
        return {id_ for (id_,) in await asks.rows(PEOPLE)}
    statement = f"{PEOPLE} WHERE p.id IN ({WHOM[about.concept]})"
    return {id_ for (id_,) in await asks.rows(statement, {"ids": sorted(about.ids)})}


async def _shown(asks: Asks, people: Iterable[str], as_of: datetime) -> Evidence:
    evidence: Evidence = {}
    for some in chunks(people):
        evidence |= await shown(asks, some, as_of)
    return evidence


async def _shifts(
    asks: Asks, about: About | None, people: Iterable[str], as_of: datetime
) -> list[str]:
    """Return the ids of the planned work that is judged."""
    since = {"since": judged_since(as_of)}
    if about is None:
        rows = await asks.rows(SHIFTS, since)
    elif about.concept == ASSIGNMENT:
        rows = await asks.rows(CHOSEN, {**since, "ids": sorted(about.ids)})
    else:
        rows = await asks.rows(THEIRS, {**since, "ids": list(people)})
    return [id_ for (id_,) in rows]


async def _verdicts(
    asks: Asks, ids: Iterable[str], as_of: datetime
) -> dict[str, AssignmentEligibility]:
    known = await records.assignments(asks, ids)
    people = sorted({each for one in known for each in one.assignee_ids})
    evidence = await _shown(asks, people, as_of)
    found = await ground(asks, known, people, list(taken(evidence)), as_of)
    return await judged(found.shift(each) for each in known)


def _add(found: dict[str, list[list[Any]]], of: type, made: Mapping[str, Any]) -> None:
    """Add the rows of a table for records by id."""
    described = concept(of)
    names = columns(described.table)
    rows = ({"id": id_, **described.row(record)} for id_, record in made.items())
    found.setdefault(described.table, []).extend([row[name] for name in names] for row in rows)
