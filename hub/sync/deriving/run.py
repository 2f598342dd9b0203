"""Deriving, in bounded transactions: each takes what is due off the list and writes what follows.

Whatever is stopped goes on from the list, since taking and writing are one transaction. Within a
UTC day the result depends on the records alone, so that deriving again changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from hub.models.evidence import (
    AssignmentEligibility,
    CompetenceEvidence,
    CompetenceState,
    Fulfilment,
)
from hub.store import Store, Transaction, among
from hub.sync import events
from hub.sync.deriving.due import expand, judged_since, notice
from hub.sync.deriving.people import derived
from hub.sync.deriving.shifts import judged, shifts
from hub.sync.deriving.touching import ASSIGNMENT, PERSON

PEOPLE = 200
SHIFTS = 200
COINCIDENTAL = ("computed_at", "as_of", "oldest_input_at")
"""Fields of a state that alone are no change."""

THEIRS = f"""
SELECT w.id FROM work_assignment__assignees a JOIN work_assignment w ON w.id = a.owner_id
WHERE {among("a.target_id", "ids")} AND w.starts_at >= :since
UNION SELECT assignment_id FROM assignment_eligibility WHERE {among("person_id", "ids")}
"""
JUDGED = f"""
SELECT assignment_id, person_id, verdict, supervisor_id FROM assignment_eligibility
WHERE {among("assignment_id", "ids")}
"""


async def derive(store: Store, now: Callable[[], datetime]) -> None:
    """Derive what is due, until nothing is.

    Cost: a look at the sources, and what `people.derived` and `shifts` cost for those touched, in
    transactions of up to 200 people or assignments.
    """
    async with store.transaction() as tx:
        await notice(tx, now())
        await expand(tx)
    while await _some(store, now, PERSON, PEOPLE):
        pass
    while await _some(store, now, ASSIGNMENT, SHIFTS):
        pass


async def _some(store: Store, now: Callable[[], datetime], kind: str, most: int) -> bool:
    """Derive some of what is due; return whether anything was."""
    async with store.transaction() as tx:
        ids = await tx.take(kind, most)
        if ids:
            await (_people if kind == PERSON else _assignments)(tx, ids, now())
    return bool(ids)


async def _people(tx: Transaction, people: Sequence[str], now: datetime) -> None:
    """Write what follows for people, and put the work on the list that they are planned for."""
    found = await derived(tx, people, now)
    await tx.replace(CompetenceEvidence, found.evidence, within="person_id", ids=people)
    await tx.replace(
        CompetenceState, found.states, within="person_id", ids=people, ignoring=COINCIDENTAL
    )
    await tx.replace(Fulfilment, found.fulfilments, within="person_id", ids=people)
    theirs = await tx.rows(THEIRS, {"ids": people, "since": judged_since(now)})
    await tx.touch(ASSIGNMENT, [id_ for (id_,) in theirs])


async def _assignments(tx: Transaction, ids: Sequence[str], now: datetime) -> None:
    """Write the verdicts on planned work, and tell of each that changed."""
    found = await shifts(tx, ids, (), now)
    since = judged_since(now)
    verdicts = await judged(each for each in found.values() if each.assignment.starts_at >= since)
    before = {tuple(row) for row in await tx.rows(JUDGED, {"ids": ids})}
    after = {
        (each.assignment_id, each.person_id, each.verdict.value, each.supervisor_id)
        for each in verdicts.values()
    }
    await tx.replace(AssignmentEligibility, verdicts, within="assignment_id", ids=ids)
    await events.judged(tx, sorted({assignment for assignment, *_ in before ^ after}))
