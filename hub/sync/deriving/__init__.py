"""What follows from the records: evidence, states, fulfilments, eligibilities; kept up to date.

The rules are pure, in `hub.competence`; here they are given their facts. For others:

    found = await shifts(asks, assignment_ids, candidates, now)   # {id: Shift}
    eligibility(found[id], person)            # of hub.competence.eligibility: the verdict
    replacements(found[id], candidates)       # who could do it as it is asked
    found[id].state_of(person, competence)    # the state at the beginning of the shift; None

`asks` is a snapshot of any moment or a transaction.
"""

from hub.sync.deriving.shifts import shifts

__all__ = ["shifts"]
