"""What follows of planned work: whether it is covered, what is lacking, and who else could do it.

Shifts are judged as wherever else verdicts are made (`hub.sync.deriving`), by all that is known;
what the viewer may not see of a person is left out of the answer.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from itertools import islice
from typing import Any

from hub.competence import eligibility
from hub.competence.eligibility import ORDER, Shift
from hub.competence.gap import Holding, fulfilment
from hub.engine.interpreter import AS_OF, TYPE
from hub.engine.loading import Row, flag
from hub.engine.origins import Key
from hub.engine.scope import Scope
from hub.errors import InputError
from hub.models.evidence import AssignmentEligibility, Fulfilment
from hub.models.kinds import EligibilityVerdict, PrivacyClass
from hub.policy import mask
from hub.store import among, concept, identifier
from hub.sync.deriving.shifts import shifts

JUDGED = ("person_id", "assignment_id", "missing_ids")
GAP = "CompetenceGap"
MOST = 20
MOST_CANDIDATES = 100

VERDICTS = """
SELECT j.assignment_id, j.verdict FROM assignment_eligibility j WHERE {chosen}
"""
CANDIDATES = f"""
WITH RECURSIVE below(root, id) AS (
    SELECT u.id, u.id FROM organisation_unit u WHERE u.id IN
        (SELECT v.unit_id FROM work_assignment v WHERE {among("v.id", "ids")})
    UNION SELECT b.root, c.id FROM organisation_unit c JOIN below b ON c.parent_id = b.id
), able AS (
    SELECT w.id, e.person_id, 1 AS near, NULL AS shown
    FROM work_assignment w JOIN below n ON n.root = w.unit_id
    JOIN employment e ON e.unit_id = n.id AND {{then}}
    WHERE {among("w.id", "ids")} AND w.starts_at > :now
    UNION ALL
    SELECT w.id, e.person_id, 0 AS near, q.id AS shown FROM work_assignment w
    JOIN competence_requirement q ON q.subject_id = w.process_id
    JOIN competence_state s ON s.competence_id = q.competence_id AND s.rank >= q.required_rank
    JOIN employment e ON e.person_id = s.person_id AND {{then}}
    WHERE {among("w.id", "ids")} AND w.starts_at > :now
), known AS (
    SELECT able.id, able.person_id, MAX(able.near) AS near, COUNT(DISTINCT able.shown) AS shown
    FROM able GROUP BY able.id, able.person_id
), numbered AS (
    SELECT known.id, known.person_id, known.near, ROW_NUMBER() OVER (
        PARTITION BY known.id ORDER BY known.shown DESC, known.near DESC, known.person_id
    ) AS place
    FROM known JOIN work_assignment w ON w.id = known.id WHERE NOT EXISTS (
        SELECT 1 FROM work_assignment__assignees l JOIN work_assignment o ON o.id = l.owner_id
        WHERE l.target_id = known.person_id AND (o.starts_at = w.starts_at OR (
            o.starts_at < COALESCE(w.ends_at, w.starts_at)
            AND COALESCE(o.ends_at, o.starts_at) > w.starts_at)))
) SELECT id, person_id FROM numbered WHERE place <= :most ORDER BY id, near DESC, person_id
""".format(
    then="e.valid_from <= SUBSTR(w.starts_at, 1, 10)"
    " AND (e.valid_until IS NULL OR e.valid_until > SUBSTR(w.starts_at, 1, 10))"
)
SEEN = "SELECT p.id FROM person p WHERE {chosen} AND {seen}"


async def verdict(scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]) -> list[str]:
    """Return the worst verdict on any assignee of each; UNKNOWN where nobody was judged."""
    found: dict[str, EligibilityVerdict] = {}
    ids = [row["id"] for row in rows]
    for id_, told in await scope.about("WorkAssignment", ids).rows(
        VERDICTS.format(chosen=among("j.assignment_id", "ids")), {"ids": ids}
    ):
        one = EligibilityVerdict[told]
        found[id_] = min(one, found.get(id_, one), key=ORDER.index)
    return [found.get(row["id"], EligibilityVerdict.UNKNOWN).value for row in rows]


async def missing(
    scope: Scope, rows: Sequence[Row], _: Mapping[str, Any]
) -> list[list[dict[str, Any]]]:
    """Return what each person lacks for their work when it begins, as gaps of that moment."""
    known = await shifts(
        scope.asks,
        sorted({row["assignment_id"] for row in rows}),
        sorted({row["person_id"] for row in rows}),
        scope.moment,
    )
    return [
        _gaps(known[row["assignment_id"]], row["person_id"], json.loads(row["missing_ids"]))
        if row["assignment_id"] in known
        else []
        for row in rows
    ]


def _gaps(shift: Shift, person: str, missing_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the gaps of a person when a shift begins, which their ids lead back to."""
    begins = shift.assignment.starts_at.astimezone(UTC)
    found = []
    for each in shift.requirements:
        if each.id not in missing_ids:
            continue
        holding = Holding(
            state=shift.state_of(person, each.competence_id),
            credentials=shift.credentials.get(person, ()),
            needed_by=begins.date(),
        )
        gap = fulfilment(person, each, holding, shift.moment)
        found.append(
            {
                **concept(Fulfilment).row(gap),
                "id": identifier("Fulfilment", person, each.id),
                TYPE: GAP,
                AS_OF: begins,
            }
        )
    return found


async def expiring_before(_: Scope, rows: Sequence[Row], __: Mapping[str, Any]) -> list[list[Key]]:
    """Return the credentials of each that end before the work does."""
    return [
        [Key("Credential", id_) for id_ in json.loads(row["expiring_before_ids"])] for row in rows
    ]


async def replacements(
    scope: Scope, rows: Sequence[Row], arguments: Mapping[str, Any]
) -> list[list[dict[str, Any]]]:
    """Return who could do each, is employed then and free, best first: those of its unit.

    Work that has begun has nobody any more.

    Of each are asked 100 people at most: who has shown most of what it asks, of its unit first.

    Raises:
        InputError: the limit is none from 1 to 20.
    """
    limit = arguments["limit"]
    if not 1 <= limit <= MOST:
        raise InputError(f"Ask for 1 to {MOST} replacements.")
    ids = [row["id"] for row in rows]
    free: dict[str, list[str]] = {}
    values = {**scope.times, "ids": ids, "most": MOST_CANDIDATES}
    for id_, person in await scope.asks.rows(CANDIDATES, values):
        free.setdefault(id_, []).append(person)
    people = sorted({person for each in free.values() for person in each})
    known = await shifts(scope.asks, ids, people, scope.moment)
    able = {
        id_: list(islice(eligibility.replacements(shift, free.get(id_, ())), limit))
        for id_, shift in known.items()
    }
    seen = await _seen(scope, sorted({person for each in able.values() for person in each}))
    return [
        [_answered(known[id_], person, seen=person in seen) for person in able.get(id_, ())]
        for id_ in ids
    ]


async def _seen(scope: Scope, people: Sequence[str]) -> set[str]:
    """Return of whom the viewer may see more than the verdict."""
    policy = mask("Person", PrivacyClass.OPEN, PrivacyClass.TEAM, scope.viewer)
    statement = SEEN.format(chosen=among("p.id", "ids"), seen=policy.on("p"))
    found = await scope.asks.rows(statement, {"ids": people, **policy.parameters})
    return {id_ for (id_,) in found}


def _answered(shift: Shift, person: str, *, seen: bool) -> dict[str, Any]:
    """Return the verdict on somebody who is not on a shift, without the why for who may not."""
    row = concept(AssignmentEligibility).row(eligibility.eligibility(shift, person))
    if not seen:
        row |= {"missing_ids": None, "expiring_before_ids": None, "reasons": None}
    return {**row, flag(PrivacyClass.TEAM): int(seen)}
