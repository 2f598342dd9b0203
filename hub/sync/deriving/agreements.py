"""Which agreement works on what somebody lacks."""

from collections.abc import Mapping, Sequence

from hub.models.kinds import AgreementStatus
from hub.store import Asks, among

WORKING = (AgreementStatus.AGREED, AgreementStatus.IN_REVIEW)
AGREED = f"""
SELECT g.employee_id, r.competence_id, g.id
FROM development_agreement g JOIN agreed_result r ON r.agreement_id = g.id
WHERE {among("g.employee_id", "ids")} AND {among("g.status", "working")}
AND r.competence_id IS NOT NULL AND (r.met IS NULL OR r.met = 0)
ORDER BY g.review_on DESC, g.id DESC
"""

Agreed = Mapping[tuple[str, str], str]
"""For a person and a competence, the agreement that works on it."""


async def agreed(asks: Asks, people: Sequence[str]) -> Agreed:
    """Return what agreements with single people work on; of several, the one reviewed first.

    Cost: the agreements of these people.
    """
    rows = await asks.rows(AGREED, {"ids": people, "working": WORKING})
    return {(person, competence): id_ for person, competence, id_ in rows}
