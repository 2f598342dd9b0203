"""What people want and agree: ambitions, results and facilities."""

from datetime import date, datetime

from hub.models.kinds import (
    AgreementHorizon,
    AgreementStatus,
    AmbitionVisibility,
    FacilityKind,
    PrivacyClass,
)
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record(privacy=PrivacyClass.TEAM)
class DevelopmentAgreement(Sourced):
    """A two-sided agreement: the employee (or team) owes results, the manager owes facilities."""

    employee: Ref | None = says(
        "With whom; null for a team agreement.",
        default=None,
        target="Person",
    )
    team: Ref | None = says(
        "With which team; null for one employee.",
        default=None,
        target="OrganisationUnit",
    )
    manager: Ref = says("The manager.", target="Person", required=True)
    horizon: AgreementHorizon = says("For what work.")
    status: AgreementStatus = says("How it stands.")
    review_on: date = says("When it is reviewed.")
    signed_by_employee_at: datetime | None = says("When the employee agreed.", default=None)
    signed_by_manager_at: datetime | None = says("When the manager agreed.", default=None)


@record(privacy=PrivacyClass.TEAM)
class AgreedResult(Sourced):
    """What shows in work when it has been learned; written before learning starts."""

    agreement: Ref = says("Part of.", target="DevelopmentAgreement", required=True)
    competence: Ref = says("What is learned.", target="Competence", required=True)
    target_rank: int = says("Rank of the level to reach.", minimum=1)
    work_outcome: str = says("How it shows in work.")
    due_on: date = says("By when, pauses included.")
    paused_since: date | None = says("Paused because a facility is late.", default=None)
    met: bool | None = says("Whether it is met; null: not reviewed.", default=None)
    reviewed_by: Ref | None = says("Who reviewed.", default=None, target="Person")
    reviewed_at: datetime | None = says("When.", default=None)
    review_note: str | None = says("Remark.", default=None)


@record(privacy=PrivacyClass.TEAM)
class AgreedFacility(Sourced):
    """What the manager makes possible."""

    agreement: Ref | None = says(
        "Part of; null if hidden from the viewer.",
        default=None,
        target="DevelopmentAgreement",
        required=True,
    )
    kind: FacilityKind = says("What kind.")
    description: str = says("What exactly.")
    promised_by: Ref = says("Who owes it.", target="Person", required=True)
    due_on: date | None = says("By when.", default=None)
    delivered_on: date | None = says("When it was there.", default=None)


@record(privacy=PrivacyClass.PERSONAL)
class Ambition(Sourced):
    """What a person wants; owned by the person, never used in appraisal or reward."""

    person: Ref = says("Who.", target="Person", required=True)
    statement: str = says("In own words.")
    competence: Ref | None = says("To become good at.", default=None, target="Competence")
    target_profile: Ref | None = says("Job aimed at.", default=None, target="JobProfile")
    energy: int | None = says(
        "How much energy it gives, 1 to 5.",
        default=None,
        minimum=1,
        maximum=5,
    )
    visible_to: AmbitionVisibility = says("Who may see it.")
    shared_with: tuple[Ref, ...] = says(
        "Named people who may see it. Bounded: 20.",
        default=(),
        target="Person",
    )
    stated_on: date = says("When.")
