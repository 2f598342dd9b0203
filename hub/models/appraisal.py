"""Appraisal cycles, appraisals, their ratings and goals."""

from datetime import date, datetime

from hub.models.kinds import AppraisalStatus, PrivacyClass, SystemKind
from hub.models.record import Nature, Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.APPRAISAL)
class AppraisalCycle(Sourced):
    """A round of appraisals."""

    name: str = says("Name.")
    starts_on: date = says("First day.")
    ends_on: date = says("Last day.")


@record(Nature.VALUE)
class CompetenceRating:
    """A rating at selection or appraisal."""

    competence: Ref | None = says("What; null when not aligned.", default=None, target="Competence")
    raw_score: str | None = says("As the source has it.", default=None)
    raw_scale: str | None = says("The source's scale.", default=None)
    comment: str | None = says("Remark.", default=None)
    by: Ref | None = says("Who rated.", default=None, target="Person")


@record(owner=SystemKind.APPRAISAL, privacy=PrivacyClass.SENSITIVE)
class Appraisal(Sourced):
    """One review or appraisal talk."""

    employee: Ref = says("Whom it is about.", target="Person", required=True)
    reviewer: Ref | None = says("Who holds it.", default=None, target="Person")
    cycle: Ref | None = says("In which round.", default=None, target="AppraisalCycle")
    status: AppraisalStatus = says("Status.")
    completed_at: datetime | None = says("When completed.", default=None)
    ratings: tuple[CompetenceRating, ...] = says("Ratings. Bounded: 50.", default=())


@record(owner=SystemKind.APPRAISAL, privacy=PrivacyClass.SENSITIVE)
class PerformanceGoal(Sourced):
    """A goal in an appraisal."""

    employee: Ref = says("Whose goal it is.", target="Person", required=True)
    cycle: Ref | None = says("The cycle it belongs to.", default=None, target="AppraisalCycle")
    title: str = says("Goal.")
    weight: float | None = says("Weight, 0 to 1.", default=None, unit="share 0..1")
    progress: float | None = says(
        "Progress, 0 to 1.",
        default=None,
        unit="share 0..1",
        minimum=0,
        maximum=1,
    )
    competence: Ref | None = says("What it develops.", default=None, target="Competence")
