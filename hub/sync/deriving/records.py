"""Facts out of the mirror: what records say about some people.

Every loader takes the people asked for and costs one look-up in an index for each of them and each
of their records; nothing here grows with the organisation.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from hub.competence.contesting import ContestFact
from hub.competence.facts import (
    AssignmentFact,
    CauseFact,
    CredentialFact,
    EmploymentFact,
    InspectionFact,
    LearningFact,
)
from hub.competence.rules import NO_RANK
from hub.models.kinds import (
    CauseStatus,
    ContestOutcome,
    CredentialStatus,
    LearningStatus,
    Severity,
)
from hub.store import Asks, among, moment_of
from hub.sync.deriving.told import day, moment, parts, systems

EMPLOYMENTS = f"""
SELECT person_id, valid_from, unit_id, job_profile_id, valid_until FROM employment
WHERE {among("person_id", "ids")} ORDER BY person_id, valid_from, id
"""
WORK = f"""
SELECT w.id, w.starts_at, w.ends_at, w.process_id, w.unit_id, w.learning_purpose, a.target_id
FROM work_assignment__assignees a JOIN work_assignment w ON w.id = a.owner_id
WHERE {among("a.target_id", "ids")} AND w.process_id IS NOT NULL ORDER BY w.id, a.position
"""
SHIFTS = f"""
SELECT w.id, w.starts_at, w.ends_at, w.process_id, w.unit_id, w.learning_purpose, a.target_id
FROM work_assignment w LEFT JOIN work_assignment__assignees a ON a.owner_id = w.id
WHERE {among("w.id", "ids")} AND w.process_id IS NOT NULL ORDER BY w.id, a.position
"""
INSPECTIONS = f"""
SELECT id, passed, inspected_at, performed_by_id, process_id FROM inspection
WHERE {among("performed_by_id", "ids")} ORDER BY id
"""
CAUSES = f"""
SELECT c.id, n.id, c.competence_id, n.raised_at, i.performed_by_id, n.process_id, n.severity,
    n.in_learning_work, c.note
FROM inspection i JOIN nonconformity n ON n.inspection_id = i.id
JOIN competence_cause c ON c.nonconformity_id = n.id
WHERE {among("i.performed_by_id", "ids")} AND c.status = :status AND c.competence_id IS NOT NULL
ORDER BY c.id
"""
CREDENTIALS = f"""
SELECT id, holder_id, name, status, valid_from, valid_until, rank FROM credential
WHERE {among("holder_id", "ids")} ORDER BY id
"""
ATTESTED = f"""
SELECT owner_id, target_id FROM credential__competences
WHERE {among("owner_id", "ids")} AND target_id IS NOT NULL ORDER BY owner_id, position
"""
CONTESTS = f"""
SELECT person_id, competence_id, told_by_id, raised_at, outcome, settled_at FROM contest
WHERE {among("person_id", "ids")} AND competence_id IS NOT NULL AND told_by_id IS NOT NULL
ORDER BY id
"""
LEARNED = f"""
SELECT l.id, l.person_id, l.status, l.completed_at, l.competence_id, i.targets
FROM learning_record l LEFT JOIN intervention i ON i.id = l.intervention_id
WHERE {among("l.person_id", "ids")} ORDER BY l.id
"""


async def employments(asks: Asks, people: Sequence[str]) -> list[EmploymentFact]:
    """Return the employments of people, past and future ones too."""
    return [
        EmploymentFact(
            person_id=person,
            valid_from=date.fromisoformat(first),
            unit_id=unit,
            job_profile_id=profile,
            valid_until=day(after),
        )
        for person, first, unit, profile, after in await asks.rows(EMPLOYMENTS, {"ids": people})
    ]


async def work(asks: Asks, people: Sequence[str]) -> list[AssignmentFact]:
    """Return all planned work of known processes that people do or did.

    Of each, only the assignees among `people` are named.
    """
    return await _assignments(asks, WORK, people)


async def assignments(asks: Asks, ids: Iterable[str]) -> list[AssignmentFact]:
    """Return planned work by id, with everybody who does it; work of no known process is left out.

    Cost: the assignments and their assignees.
    """
    return await _assignments(asks, SHIFTS, sorted(ids))


async def inspections(asks: Asks, people: Sequence[str]) -> list[InspectionFact]:
    """Return the inspections of work that people did."""
    rows = await asks.rows(INSPECTIONS, {"ids": people})
    told_by = await systems(asks, [id_ for id_, *_ in rows])
    return [
        InspectionFact(
            id=id_,
            system=told_by[id_],
            passed=None if passed is None else bool(passed),
            inspected_at=moment(at),
            performed_by_id=person,
            process_id=process,
        )
        for id_, passed, at, person, process in rows
    ]


async def causes(asks: Asks, people: Sequence[str]) -> list[CauseFact]:
    """Return the confirmed causes of what went wrong in inspected work that people did."""
    rows = await asks.rows(CAUSES, {"ids": people, "status": CauseStatus.CONFIRMED})
    told_by = await systems(asks, [nonconformity for _, nonconformity, *_ in rows])
    return [
        CauseFact(
            id=id_,
            nonconformity_id=nonconformity,
            system=told_by[nonconformity],
            competence_id=competence,
            raised_at=moment_of(raised),
            performed_by_id=person,
            process_id=process,
            severity=Severity[severity] if severity else None,
            in_learning_work=bool(learning),
            note=note,
        )
        for (
            id_,
            nonconformity,
            competence,
            raised,
            person,
            process,
            severity,
            learning,
            note,
        ) in rows
    ]


async def credentials(asks: Asks, people: Sequence[str]) -> list[CredentialFact]:
    """Return the credentials that people hold or held."""
    rows = await asks.rows(CREDENTIALS, {"ids": people})
    ids = [id_ for id_, *_ in rows]
    told_by = await systems(asks, ids)
    attested: dict[str, list[str]] = {}
    for id_, competence in await asks.rows(ATTESTED, {"ids": ids}):
        attested.setdefault(id_, []).append(competence)
    return [
        CredentialFact(
            id=id_,
            holder_id=holder,
            name=name,
            status=CredentialStatus[status],
            valid_from=moment_of(first),
            system=told_by[id_],
            valid_until=moment(until),
            competence_ids=tuple(dict.fromkeys(attested.get(id_, ()))),
            rank=rank,
        )
        for id_, holder, name, status, first, until, rank in rows
    ]


async def contests(asks: Asks, people: Sequence[str]) -> list[ContestFact]:
    """Return what people object to, or objected to, in the evidence about them."""
    return [
        ContestFact(
            person_id=person,
            competence_id=competence,
            record_id=record,
            raised_at=moment_of(raised),
            outcome=ContestOutcome[outcome],
            settled_at=moment(settled),
        )
        for person, competence, record, raised, outcome, settled in await asks.rows(
            CONTESTS, {"ids": people}
        )
    ]


async def learned(asks: Asks, people: Sequence[str]) -> list[LearningFact]:
    """Return what people learnt, with what it leads to.

    That is what its intervention aims at; and, where that does not name it, the competence that
    the activity itself is aligned to, at the lowest rank.
    """
    rows = await asks.rows(LEARNED, {"ids": people})
    told_by = await systems(asks, [id_ for id_, *_ in rows])
    return [
        LearningFact(
            id=id_,
            system=told_by[id_],
            person_id=person,
            status=LearningStatus[status],
            completed_at=moment(done),
            targets=_targets(aligned, targets),
        )
        for id_, person, status, done, aligned, targets in rows
    ]


async def _assignments(asks: Asks, statement: str, ids: Sequence[str]) -> list[AssignmentFact]:
    rows = await asks.rows(statement, {"ids": ids})
    assignees: dict[str, list[str]] = {}
    for id_, *_, person in rows:
        if person is not None:
            assignees.setdefault(id_, []).append(person)
    told_by = await systems(asks, list(dict.fromkeys(id_ for id_, *_ in rows)))
    once = {row[0]: row for row in rows}
    return [
        AssignmentFact(
            id=id_,
            starts_at=moment_of(starts),
            system=told_by[id_],
            process_id=process,
            unit_id=unit,
            ends_at=moment(ends),
            assignee_ids=tuple(dict.fromkeys(assignees.get(id_, ()))),
            learning_purpose=bool(learning),
        )
        for id_, starts, ends, process, unit, learning, _ in once.values()
    ]


def _targets(aligned: str | None, told: str | None) -> tuple[tuple[str, int], ...]:
    targets: dict[str, int] = {}
    for each in parts(told):
        if each["competence_id"] is not None:
            targets[each["competence_id"]] = each["rank"]
    if aligned is not None:
        targets.setdefault(aligned, NO_RANK)
    return tuple(targets.items())
