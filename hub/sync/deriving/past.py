"""What followed, or will follow, from the records at another moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hub.competence.intake import Evidence
from hub.engine.scope import Derived
from hub.models.evidence import (
    AssignmentEligibility,
    CompetenceEvidence,
    CompetenceState,
    Fulfilment,
)
from hub.store import Asks, concept
from hub.store.statements import columns
from hub.store.writer import chunks
from hub.sync.deriving import records
from hub.sync.deriving.due import judged_since
from hub.sync.deriving.people import derived
from hub.sync.deriving.shifts import ground, judged
from hub.sync.deriving.states import taken

PEOPLE = "SELECT id FROM person ORDER BY id"
SHIFTS = "SELECT id FROM work_assignment WHERE starts_at >= :since ORDER BY id"


async def derived_at(asks: Asks, as_of: datetime) -> Derived:
    """Return all rows that `derive` would store if it ran at `as_of`.

    Planned work before `as_of` counts as done. How the sources stand is how they stand at present.

    Cost: what deriving for the whole organisation costs, and memory for all of it.

    Args:
        asks: The mirror, as it was at `as_of`.
        as_of: The moment.
    """
    people = [id_ for (id_,) in await asks.rows(PEOPLE)]
    evidence: Evidence = {}
    states: dict[str, CompetenceState] = {}
    fulfilments: dict[str, Fulfilment] = {}
    for some in chunks(people):
        found = await derived(asks, some, as_of)
        evidence |= found.evidence
        states |= found.states
        fulfilments |= found.fulfilments
    return {
        **_rows(CompetenceEvidence, evidence),
        **_rows(CompetenceState, states),
        **_rows(Fulfilment, fulfilments),
        **_rows(AssignmentEligibility, await _verdicts(asks, people, evidence, as_of)),
    }


async def _verdicts(
    asks: Asks, people: Sequence[str], evidence: Evidence, as_of: datetime
) -> dict[str, AssignmentEligibility]:
    ids = await asks.rows(SHIFTS, {"since": judged_since(as_of)})
    known = await records.assignments(asks, [id_ for (id_,) in ids])
    found = await ground(asks, known, people, list(taken(evidence)), as_of)
    return await judged(found.shift(each) for each in known)


def _rows(of: type, found: Mapping[str, Any]) -> Mapping[str, list[list[Any]]]:
    """Return the rows of a table for records by id."""
    described = concept(of)
    names = columns(described.table)
    rows = ({"id": id_, **described.row(record)} for id_, record in found.items())
    return {described.table: [[row[name] for name in names] for row in rows]}
