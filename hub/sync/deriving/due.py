"""What must be derived anew although no record changed: a day began, or a source fell silent."""

import json
from datetime import date, datetime, timedelta

from hub.clock import start_of_day
from hub.competence.rules import RULE_VERSION
from hub.store import HUB, Transaction
from hub.sync.deriving.standing import Stood, stood
from hub.sync.deriving.touching import ASSIGNMENT, EVERYONE, PERSON, touch

STREAM = "deriving"
RECENT = timedelta(days=7)
"""How long work that began stays judged."""

PEOPLE = """
SELECT person_id FROM competence_state WHERE next_change_on <= :today
UNION SELECT a.target_id FROM work_assignment w
    JOIN work_assignment__assignees a ON a.owner_id = w.id
    WHERE (w.starts_at >= :before AND w.starts_at <= :now)
    OR (w.ends_at >= :before AND w.ends_at <= :now)
UNION SELECT performed_by_id FROM inspection
    WHERE inspected_at >= :before AND inspected_at <= :now
UNION SELECT i.performed_by_id FROM nonconformity n JOIN inspection i ON i.id = n.inspection_id
    WHERE n.raised_at >= :before AND n.raised_at <= :now
UNION SELECT employee_id FROM appraisal WHERE completed_at >= :before AND completed_at <= :now
UNION SELECT person_id FROM learning_record WHERE completed_at >= :before AND completed_at <= :now
UNION SELECT holder_id FROM credential
    WHERE (valid_from >= :before AND valid_from <= :now)
    OR (valid_until >= :before AND valid_until <= :now)
UNION SELECT person_id FROM employment
    WHERE (valid_from >= :yesterday AND valid_from <= :today)
    OR (valid_until >= :yesterday AND valid_until <= :today)
"""
REQUIREMENTS = """
SELECT id FROM competence_requirement WHERE (valid_from >= :yesterday AND valid_from <= :today)
OR (valid_until >= :yesterday AND valid_until <= :today)
"""
PAST = """
SELECT DISTINCT e.assignment_id FROM assignment_eligibility e
JOIN work_assignment w ON w.id = e.assignment_id WHERE w.starts_at < :since
"""
EVERYBODY = """
SELECT id FROM person
UNION SELECT person_id FROM competence_evidence
UNION SELECT person_id FROM fulfilment
UNION SELECT person_id FROM assignment_eligibility
"""


def judged_since(now: datetime) -> datetime:
    """Return the moment from which on planned work is judged."""
    return start_of_day(now) - RECENT


async def notice(tx: Transaction, now: datetime) -> None:
    """Put on the list of `derive` what the time and the sources make due.

    Where another rule stands or another source is silent than when it was last looked, that is
    everyone. Once a day it reads the times of all records; else it costs the look at the sources.
    """
    told = _told(await stood(tx, now))
    text = await tx.position(HUB.key, STREAM)
    if text == told:
        return
    before = json.loads(text) if text else {}
    if {**json.loads(told), "day": None} != {**before, "day": None} or before["day"] > today(now):
        await tx.touch(EVERYONE, [""])
    else:
        await _passed(tx, date.fromisoformat(before["day"]), now)
    await tx.checkpoint(HUB.key, STREAM, told)


async def expand(tx: Transaction) -> None:
    """Put everyone on the list, where that was asked for. Costs the people there are."""
    if await tx.take(EVERYONE):
        people = await tx.rows(EVERYBODY)
        await tx.touch(PERSON, sorted(id_ for (id_,) in people if id_))


def today(now: datetime) -> str:
    """Return the UTC day of a moment."""
    return start_of_day(now).date().isoformat()


def _told(standing: Stood) -> str:
    """Return what makes everything due when it changes."""
    return json.dumps(
        {
            "day": today(standing.now),
            "missing": list(standing.missing),
            "rules": RULE_VERSION,
        }
    )


async def _passed(tx: Transaction, last: date, now: datetime) -> None:
    """Put on the list what the days since `last` bring."""
    start = start_of_day(now)
    days = {"yesterday": last, "today": start.date()}
    times = {"before": datetime.combine(last, start.timetz()), "now": start}
    people = await tx.rows(PEOPLE, {**days, **times})
    asked = await tx.rows(REQUIREMENTS, days)
    past = await tx.rows(PAST, {"since": judged_since(now)})
    await touch(
        tx,
        {
            PERSON: {id_ for (id_,) in people if id_},
            "CompetenceRequirement": {id_ for (id_,) in asked},
        },
    )
    await tx.touch(ASSIGNMENT, sorted(id_ for (id_,) in past))
