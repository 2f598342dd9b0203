"""Values that records of several subjects are made of."""

from datetime import datetime
from decimal import Decimal

from hub.models.record import Nature, record, says


@record(Nature.VALUE)
class Money:
    """An amount in a currency."""

    amount: Decimal = says("The amount.")
    currency: str = says("ISO 4217 code, e.g. EUR.")


@record(Nature.VALUE)
class Reason:
    """One step of an explanation: why a derived value is what it is. Same input, same reasons."""

    code: str = says(
        "Stable code of the step, e.g. EVIDENCE_COUNTED, for clients that write their own text.",
    )
    text: str = says("The reason in words, in English.")
    evidence_id: str | None = says(
        "The evidence it rests on.",
        default=None,
        target="CompetenceEvidence",
    )


@record(Nature.VALUE)
class AuditEntry:
    """One entry in the history of a decision."""

    at: datetime = says("When.")
    actor_id: str | None = says("Who; null for the hub itself.", default=None, target="Person")
    action: str = says("What was done, e.g. CONFIRMED.")
    note: str | None = says("The reason given.", default=None)
