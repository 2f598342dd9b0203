"""For whom something must be derived anew, when records have changed.

A change leads along routes to people: from the thing itself, from what it pointed at before and
from what it points at now. It may lead to more people than need be, never to fewer. What leads
nowhere stands in `INERT`; a type that is neither there nor on a route concerns everyone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.models.kinds import AlignmentType
from hub.store import Change, Transaction, among
from hub.sync.deriving.organisation import EXACT, URIS

PERSON, ASSIGNMENT, EVERYONE = "Person", "WorkAssignment", "Everyone"
SUBJECT, RATED = "Subject", "Rated"

Found = dict[str, set[str]]
"""Ids of things of each type that a change concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How things of one type lead on to others.

    Attributes:
        start: Their type.
        end: The type of what they lead to.
        statement: Gives the ids of these, of the ids in the list `ids`.
    """

    start: str
    end: str
    statement: str


def _route(start: str, end: str, statement: str, column: str) -> Route:
    return Route(start=start, end=end, statement=f"{statement} WHERE {among(column, 'ids')}")


EMPLOYED_BELOW = f"""
WITH RECURSIVE below(id) AS (
    SELECT o.id FROM organisation_unit o WHERE {among("o.id", "ids")}
    UNION SELECT c.id FROM organisation_unit c JOIN below b ON c.parent_id = b.id
) SELECT e.person_id FROM employment e JOIN below b ON b.id = e.unit_id
"""
WORKS = (
    "SELECT a.target_id FROM work_assignment w"
    " JOIN work_assignment__assignees a ON a.owner_id = w.id"
)
WENT_WRONG = (
    "SELECT i.performed_by_id FROM nonconformity n JOIN inspection i ON i.id = n.inspection_id"
)
ASKED = (
    "SELECT f.person_id FROM fulfilment f JOIN competence_requirement q ON q.id = f.requirement_id"
)
ROUTES = (
    _route(
        "CompetenceCause", "Nonconformity", "SELECT nonconformity_id FROM competence_cause", "id"
    ),
    _route("Nonconformity", "Inspection", "SELECT inspection_id FROM nonconformity", "id"),
    _route("Inspection", PERSON, "SELECT performed_by_id FROM inspection", "id"),
    _route("AppraisalCycle", "Appraisal", "SELECT id FROM appraisal", "cycle_id"),
    _route("Appraisal", PERSON, "SELECT employee_id FROM appraisal", "id"),
    _route("Intervention", "LearningRecord", "SELECT id FROM learning_record", "intervention_id"),
    _route("LearningRecord", PERSON, "SELECT person_id FROM learning_record", "id"),
    _route("Credential", PERSON, "SELECT holder_id FROM credential", "id"),
    _route("Contest", PERSON, "SELECT person_id FROM contest", "id"),
    _route("Employment", PERSON, "SELECT person_id FROM employment", "id"),
    _route("AgreedResult", "DevelopmentAgreement", "SELECT agreement_id FROM agreed_result", "id"),
    _route("DevelopmentAgreement", PERSON, "SELECT employee_id FROM development_agreement", "id"),
    _route(ASSIGNMENT, PERSON, WORKS, "w.id"),
    _route("Competence", PERSON, "SELECT person_id FROM competence_state", "competence_id"),
    _route("CompetenceRequirement", PERSON, "SELECT person_id FROM fulfilment", "requirement_id"),
    _route("CompetenceRequirement", SUBJECT, "SELECT subject_id FROM competence_requirement", "id"),
    _route(SUBJECT, PERSON, ASKED, "q.subject_id"),
    _route(SUBJECT, PERSON, WORKS, "w.process_id"),
    _route(SUBJECT, PERSON, "SELECT performed_by_id FROM inspection", "process_id"),
    _route(SUBJECT, PERSON, WENT_WRONG, "n.process_id"),
    _route(SUBJECT, PERSON, "SELECT person_id FROM employment", "job_profile_id"),
    _route(SUBJECT, "OrganisationUnit", "SELECT unit_id FROM work_process", "id"),
    Route(start="OrganisationUnit", end=PERSON, statement=EMPLOYED_BELOW),
)
"""In order: what one leads to, a later one takes up."""

FOLLOWED: Mapping[str, Mapping[str, str]] = {
    "Employment": {"person_id": PERSON},
    "Appraisal": {"employee_id": PERSON},
    "LearningRecord": {"person_id": PERSON},
    "Credential": {"holder_id": PERSON},
    "Contest": {"person_id": PERSON},
    "Inspection": {"performed_by_id": PERSON},
    "Nonconformity": {"inspection_id": "Inspection"},
    "CompetenceCause": {"nonconformity_id": "Nonconformity"},
    "DevelopmentAgreement": {"employee_id": PERSON},
    "AgreedResult": {"agreement_id": "DevelopmentAgreement"},
    "CompetenceRequirement": {"subject_id": SUBJECT},
    ASSIGNMENT: {"assignees": PERSON},
}
"""Relations of a type through which it concerns also what it pointed at before."""

TELLING: Mapping[str, frozenset[str]] = {
    "OrganisationUnit": frozenset({"parent_id"}),
    "WorkProcess": frozenset({"unit_id"}),
    "AppraisalCycle": frozenset({"ends_on"}),
    "Intervention": frozenset({"targets"}),
    "ProficiencyScale": frozenset({"mappings"}),
    "Competence": frozenset({"uri", "broader", "alignments", "scale_id", "decay"}),
}
"""Fields of a type without which nothing is derived otherwise; of other types, all may be."""

STANDS_FOR = {"WorkProcess": SUBJECT, "ProficiencyScale": RATED}

INERT = frozenset(
    {
        "AgreedFacility",
        "Ambition",
        "CompetenceArea",
        "CompetenceCentre",
        "CompetenceFramework",
        "JobProfile",
        "PerformanceGoal",
        "RoleAssignment",
    }
)
"""Types of which no rule looks at any field; what points at them changes by itself."""

KNOWN = frozenset({PERSON, *(each.start for each in ROUTES), *STANDS_FOR})


async def note(tx: Transaction, changes: Sequence[Change]) -> None:
    """Put on the list of `derive` for whom something may follow from `changes`.

    To be called in the transaction of the changes, after they were folded.

    Cost: one statement for each route that the changes take, and the people they lead to. A scale
    leads to everybody who was appraised, a unit that moves to everybody in or below it.
    """
    found = await _concerned(tx, changes)
    await touch(tx, found)


async def touch(tx: Transaction, found: Found) -> None:
    """Put on the list whom things of some types lead to; `found` is added to."""
    if found.pop(RATED, None) is not None:
        rows = await tx.rows("SELECT DISTINCT employee_id FROM appraisal")
        found.setdefault(PERSON, set()).update(id_ for (id_,) in rows if id_)
    for route in ROUTES:
        if found.get(route.start):
            rows = await tx.rows(route.statement, {"ids": sorted(found[route.start])})
            found.setdefault(route.end, set()).update(id_ for (id_,) in rows if id_)
    for kind in (PERSON, ASSIGNMENT, EVERYONE):
        await tx.touch(kind, sorted(found.get(kind, ())))


async def _concerned(tx: Transaction, changes: Sequence[Change]) -> Found:
    """Return what changes concern at first sight."""
    found: Found = {}
    telling = [each for each in changes if _tells(each)]
    for change in telling:
        if change.type not in KNOWN:
            found[EVERYONE] = {""}
            continue
        found.setdefault(STANDS_FOR.get(change.type, change.type), set()).add(change.id)
        for field, type_ in FOLLOWED.get(change.type, {}).items():
            for side in (change.before, change.after):
                found.setdefault(type_, set()).update(_targets(side.get(field)))
    competences = [each for each in telling if each.type == "Competence"]
    if any("scale_id" in {**each.before, **each.after} for each in competences):
        found[RATED] = set()
    if competences:
        found["Competence"].update(await _matching(tx, competences))
    return found


def _tells(change: Change) -> bool:
    if change.type in INERT:
        return False
    fields = TELLING.get(change.type)
    return fields is None or not fields.isdisjoint({*change.before, *change.after})


def _targets(value: Any) -> Iterable[str]:
    """Return the ids that a relation led to, one or many."""
    if isinstance(value, list):
        return [target for _, target in value if target]
    return [value] if value else []


async def _matching(tx: Transaction, changes: Iterable[Change]) -> set[str]:
    """Return the competences that some match exactly, or are matched by, before or after."""
    named: set[str] = set()
    own: set[str] = set()
    for side in (side for each in changes for side in (each.before, each.after)):
        named.update(each["target_uri"] for each in side.get("alignments") or () if _exact(each))
        own.update([side["uri"]] if side.get("uri") else [])
    found = {id_ for id_, _ in await tx.rows(URIS, {"uris": sorted(named)})}
    if own:
        found |= {
            id_
            for id_, text in await tx.rows(EXACT)
            if any(_exact(each) and each["target_uri"] in own for each in json.loads(text))
        }
    return found


def _exact(alignment: Mapping[str, Any]) -> bool:
    return bool(alignment["type"] == AlignmentType.EXACT_MATCH.value)
