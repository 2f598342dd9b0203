"""What must be derived anew although no record changed: a day began, or a source fell silent."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Self

from hub.clock import start_of_day
from hub.competence.rules import RULE_VERSION
from hub.store import HUB, Transaction, canonical
from hub.store.values import digest
from hub.sync.deriving.silence import silence
from hub.sync.deriving.standing import stood
from hub.sync.deriving.touching import ASSIGNMENT, EVERYONE, PERSON, RATED, touch

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
LEVELS = "SELECT id, levels FROM term_link WHERE levels <> '[]' ORDER BY id"
EVERYBODY = """
SELECT id FROM person
UNION SELECT person_id FROM competence_evidence
UNION SELECT person_id FROM fulfilment
UNION SELECT person_id FROM assignment_eligibility
"""


def judged_since(now: datetime) -> datetime:
    """Return the moment from which on planned work is judged."""
    return start_of_day(now) - RECENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What decides what follows, besides the records; kept from one derivation to the next.

    Attributes:
        day: The UTC day.
        missing: Sources that did not answer.
        rules: Version of the rules.
        levels: Hash of what scores stand for by the links of words.
    """

    day: str
    missing: list[str]
    rules: str
    levels: str

    def text(self) -> str:
        """Return it as it is kept."""
        return canonical(asdict(self))

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Return what was kept; None where nothing was, or something else."""
        told = json.loads(text) if text else {}
        return cls(**told) if told.keys() == {each.name for each in fields(cls)} else None


async def notice(tx: Transaction, now: datetime) -> None:
    """Put on the list of `derive` what has become due since it was last called.

    Where another rule stands, that is everyone; where another source is silent, the planned work of
    which something is lacking (`silence`); where the words of sources stand for other levels,
    everybody who was appraised. Once a day it reads the times of all records; else it costs the
    look at the sources and at the links of words.
    """
    here = await _standpoint(tx, now)
    text = await tx.position(HUB.key, STREAM)
    if text == here.text():
        return
    last = Standpoint.read(text)
    if last is None or last.rules != here.rules or last.day > here.day:
        await tx.touch(EVERYONE, [""])
    else:
        if last.missing != here.missing:
            await silence(tx, await stood(tx, now))
        await touch(tx, {} if last.levels == here.levels else {RATED: set()})
        await _passed(tx, date.fromisoformat(last.day), now)
    await tx.checkpoint(HUB.key, STREAM, here.text())


async def expand(tx: Transaction) -> None:
    """Put everyone on the list, where that was asked for. Costs the people there are."""
    if await tx.take(EVERYONE):
        people = await tx.rows(EVERYBODY)
        await tx.touch(PERSON, sorted(id_ for (id_,) in people if id_))


async def _standpoint(tx: Transaction, now: datetime) -> Standpoint:
    levels = [list(row) for row in await tx.rows(LEVELS)]
    return Standpoint(
        day=start_of_day(now).date().isoformat(),
        missing=list((await stood(tx, now)).missing),
        rules=RULE_VERSION,
        levels=digest(canonical(levels)),
    )


async def _passed(tx: Transaction, last: date, now: datetime) -> None:
    """Put on the list what the days since `last` bring."""
    start = start_of_day(now)
    if start.date() == last:
        return
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
