"""What follows from the records: evidence, states, fulfilments, eligibilities; kept up to date.

The rules are pure, in `hub.competence`; here they are given their facts.

    async with store.transaction() as tx:
        folded = await tx.fold(…)
        await note(tx, folded.changes)        # who must be derived anew
    await derive(store, now)                  # derives for them, and for whom it is time

    rows = await derived_at(asks, as_of)      # all of it at another moment

    found = await shifts(asks, assignment_ids, candidates, now)   # {id: Shift}
    eligibility(found[id], person)            # of hub.competence.eligibility: the verdict
    replacements(found[id], candidates)       # who could do it as it is asked
    found[id].state_of(person, competence)    # the state at the beginning of the shift; None

`asks` is a snapshot of any moment or a transaction.
"""

from hub.sync.deriving.past import derived_at
from hub.sync.deriving.run import derive
from hub.sync.deriving.shifts import shifts
from hub.sync.deriving.touching import note

__all__ = ["derive", "derived_at", "note", "shifts"]
