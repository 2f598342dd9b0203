"""What is asked: a competence at a level, of everyone a subject concerns."""

from datetime import date, datetime

from hub.models.kinds import Enforcement, Severity
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record()
class CompetenceRequirement(Sourced):
    """What a subject asks: a competence at a level."""

    subject: Ref = says(
        "What asks.",
        target="WorkProcess|JobProfile",
        required=True,
    )
    competence: Ref = says("Which competence.", target="Competence", required=True)
    required_rank: int = says("Rank of the level that is asked.", minimum=1)
    criticality: Severity = says("How bad its lack is.")
    enforcement: Enforcement = says("What happens on lack.")
    legal_basis: str | None = says("Law or rule; without one nothing is blocked.", default=None)
    min_holders: int | None = says("How many must have it.", default=None)
    credential_required: bool = says("A valid credential is needed.")
    derived_from: Ref | None = says(
        "The wider requirement it carries out, up to a goal.",
        default=None,
        target="CompetenceRequirement",
    )
    owner_confirmed_at: datetime | None = says("When the subject's owner agreed.", default=None)
    practitioner_confirmed_at: datetime | None = says(
        "When someone doing the work agreed.",
        default=None,
    )
    valid_from: date = says("First day.")
    valid_until: date | None = says("First day after; null: open-ended.", default=None)
