"""What changes when a source falls silent, or answers again, and no record did.

States and fulfilments follow from the records that there are; which sources had not answered is
only said beside them. So that is written, and nobody is derived anew. A verdict may be another,
where something is lacking of which nothing is known: only such work is judged again.
"""

from collections.abc import Iterable

from hub.models.evidence import AssignmentEligibility, CompetenceState, Fulfilment
from hub.store import Transaction, canonical, concept
from hub.sync.deriving.standing import EMPLOYMENT, Stood
from hub.sync.deriving.touching import ASSIGNMENT

WHOLE = "1 = 1"
UNDISPUTED = "missing_ids = '[]'"
DISPUTED = "SELECT DISTINCT assignment_id FROM assignment_eligibility WHERE missing_ids <> '[]'"


async def silence(tx: Transaction, stood: Stood) -> None:
    """Write how the sources stand beside all that was derived.

    Cost: two statements over all rows, and judging the work of which something is lacking.
    """
    shown = stood.today().missing_systems
    await _said(tx, CompetenceState, shown, WHOLE)
    await _said(tx, Fulfilment, stood.today(EMPLOYMENT).missing_systems, WHOLE)
    await _said(tx, AssignmentEligibility, shown, UNDISPUTED)
    await tx.touch(ASSIGNMENT, [id_ for (id_,) in await tx.rows(DISPUTED)])


async def _said(tx: Transaction, of: type, missing: Iterable[str], which: str) -> None:
    table, keys = concept(of).table, sorted(missing)
    await tx.write(
        table,
        f"UPDATE {table} SET missing_systems = :missing, complete = :complete"
        f" WHERE missing_systems <> :missing AND {which}",
        {"missing": canonical(keys), "complete": not keys},
    )
