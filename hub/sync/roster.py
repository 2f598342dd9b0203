"""What C13 looks at: shifts with who is on them, and who could take over, out of the mirror."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from hub.competence.eligibility import replacements
from hub.competence.facts import AssignmentFact
from hub.couplings.c13 import UNSAID, Assignee, Candidate, Roster
from hub.models.kinds import AssignmentKind, EligibilityVerdict, Enforcement, StateStatus
from hub.models.ref import Ref
from hub.store import Asks, among, moment_of, text_of
from hub.store.values import digest
from hub.sync.deriving import records, shifts
from hub.sync.deriving.organisation import requirements_of

MOST_HOLDERS = 500  # people looked at who have shown what a shift asks, those nearby first
MOST_JUDGED = 50  # of them, those free, whose states at its beginning are derived
SURE = (StateStatus.PROVEN, StateStatus.EXPIRING)

TOLD = f"""
SELECT w.id, w.kind, w.title, w.comment, w.version, s.external_id,
    coalesce(s.source_version, s.hash)
FROM work_assignment w JOIN source_record s ON s.entity_id = w.id AND s.deleted_at IS NULL
WHERE {among("w.id", "ids")}
"""
ATTENDING = f"""
SELECT a.owner_id, a.ref, p.id, p.display_name, e.verdict, e.supervisor_id
FROM work_assignment__assignees a LEFT JOIN person p ON p.id = a.target_id
LEFT JOIN assignment_eligibility e
    ON e.assignment_id = a.owner_id AND e.person_id = a.target_id
WHERE {among("a.owner_id", "ids")} ORDER BY a.owner_id, a.position
"""
NEAR = """
WITH RECURSIVE near(id) AS (
    SELECT coalesce(w.unit_id, p.unit_id)
    FROM work_assignment w LEFT JOIN work_process p ON p.id = w.process_id WHERE w.id = :shift
    UNION SELECT u.id FROM organisation_unit u JOIN near n ON u.parent_id = n.id
) SELECT id FROM near WHERE id IS NOT NULL
"""
HOLDERS = f"""
SELECT s.person_id FROM competence_state s JOIN employment e ON e.person_id = s.person_id
WHERE {among("s.competence_id", "asked")} AND {among("s.status", "sure")}
    AND e.valid_from <= :day AND (e.valid_until IS NULL OR e.valid_until > :day)
GROUP BY s.person_id HAVING count(DISTINCT s.competence_id) = :count
ORDER BY min(CASE WHEN {among("e.unit_id", "near")} THEN 0 ELSE 1 END), s.person_id LIMIT :most
"""
NAMED = f"""
SELECT id, display_name, work_email, employee_number, scim_external_id FROM person
WHERE {among("id", "ids")}
"""
BUSY = f"""
SELECT a.target_id, w.starts_at, w.ends_at
FROM work_assignment__assignees a JOIN work_assignment w ON w.id = a.owner_id
WHERE {among("a.target_id", "ids")} AND w.starts_at < :ends
    AND (w.ends_at > :begins OR (w.ends_at IS NULL AND w.starts_at > :unsaid))
ORDER BY w.starts_at, w.id
"""


@dataclass(kw_only=True)
class Attendance:
    """Who is on a shift."""

    refs: list[Ref] = field(default_factory=list)
    known: list[Assignee] = field(default_factory=list)


async def rosters(asks: Asks, ids: Iterable[str], now: datetime) -> dict[str, Roster]:
    """Return shifts by id with all that C13 looks at; one that is not planned is left out.

    Cost: a few statements, which read the shifts and who is on them. For each that is not covered
    some more, which read those who have shown what it asks, up to a limit.
    """
    known = {each.id: each for each in await records.assignments(asks, ids)}
    attending = await _attending(asks, list(known))
    found = {}
    for row in await asks.rows(TOLD, {"ids": list(known)}):
        roster = _roster(known[row[0]], row, attending.get(row[0], Attendance()), now)
        needed = roster.open and roster.uncovered()
        found[row[0]] = await _with_candidates(asks, roster) if needed else roster
    return found


def _roster(
    assignment: AssignmentFact, row: Sequence[Any], there: Attendance, now: datetime
) -> Roster:
    _, kind, title, comment, version, external_id, told = row
    return Roster(
        assignment=assignment,
        kind=AssignmentKind[kind],
        external_id=external_id,
        version=f"{version}-{digest(told)[:8]}",
        title=title,
        comment=comment,
        attendees=tuple(there.refs),
        assignees=tuple(there.known),
        now=now,
    )


async def _attending(asks: Asks, ids: Sequence[str]) -> Mapping[str, Attendance]:
    found: dict[str, Attendance] = {}
    for id_, told, person, name, verdict, alongside in await asks.rows(ATTENDING, {"ids": ids}):
        there = found.setdefault(id_, Attendance())
        there.refs.append(Ref.parse(told))
        if person is not None:
            assignee = Assignee(
                person_id=person,
                name=name,
                ref=there.refs[-1],
                verdict=EligibilityVerdict[verdict] if verdict else None,
                supervisor_id=alongside,
            )
            there.known.append(assignee)
    return found


async def _with_candidates(asks: Asks, roster: Roster) -> Roster:
    """Return a shift with those who can do it as it is asked, and are free."""
    near = await asks.rows(NEAR, {"shift": roster.assignment.id})
    near_by = replace(roster, near=frozenset(id_ for (id_,) in near))
    holders = await _holders(asks, near_by)
    if not holders:
        return near_by
    free = replace(near_by, candidates=await _candidates(asks, near_by, holders)).free()
    asked = [each.person_id for each in free[:MOST_JUDGED]]
    judged = await shifts(asks, [roster.assignment.id], asked, roster.now)
    able = set(replacements(judged[roster.assignment.id], asked))
    return replace(near_by, candidates=tuple(each for each in free if each.person_id in able))


async def _holders(asks: Asks, roster: Roster) -> list[str]:
    """Return who, by today's states, has shown all that a shift asks, those nearby first."""
    day = roster.begins.astimezone(UTC).date()
    asked = {
        each.competence_id
        for each in await requirements_of(asks, [roster.assignment.process_id or ""])
        if each.holds(day) and each.enforcement is not Enforcement.INFORM
    }
    parameters = {
        "asked": sorted(asked),
        "sure": SURE,
        "day": day,
        "count": len(asked),
        "near": sorted(roster.near),
        "most": MOST_HOLDERS,
    }
    return [id_ for (id_,) in await asks.rows(HOLDERS, parameters)]


async def _candidates(asks: Asks, roster: Roster, people: Sequence[str]) -> tuple[Candidate, ...]:
    busy: dict[str, list[tuple[datetime, datetime]]] = {}
    span = {
        "begins": text_of(roster.begins),
        "ends": text_of(roster.ends),
        "unsaid": text_of(roster.begins - UNSAID),
    }
    for id_, begins, ends in await asks.rows(BUSY, {"ids": people, **span}):
        since = moment_of(begins)
        until = moment_of(ends) if ends else since + UNSAID
        busy.setdefault(id_, []).append((since, until))
    employments = await records.employments(asks, people)
    return tuple(
        Candidate(
            person_id=id_,
            name=name,
            named={by: value for by, value in _names(*names) if value},
            employments=tuple(each for each in employments if each.person_id == id_),
            busy=tuple(busy.get(id_, ())),
        )
        for id_, name, *names in await asks.rows(NAMED, {"ids": people})
    )


def _names(
    email: str | None, number: str | None, external: str | None
) -> tuple[tuple[str, str | None], ...]:
    return ("email", email), ("employee_number", number), ("scim_external_id", external)
