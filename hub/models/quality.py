"""Quality records: inspections, nonconformities and their causes."""

from datetime import datetime

from hub.models.kinds import CauseStatus, NonconformityStatus, PrivacyClass, Severity, SystemKind
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.QMS, privacy=PrivacyClass.SENSITIVE)
class Inspection(Sourced):
    """A check of work done, with its outcome."""

    number: str = says("Number in the quality system.")
    passed: bool | None = says("Outcome; null while it is open.", default=None)
    inspected_at: datetime | None = says("When the outcome was known (UTC).", default=None)
    performed_by: Ref | None = says("Who did the work inspected.", default=None, target="Person")
    process: Ref | None = says(
        "Which process, as a term of the source.",
        default=None,
        target="WorkProcess",
    )
    unit: Ref | None = says(
        "In which unit, as a term of the source.",
        default=None,
        target="OrganisationUnit",
    )


@record(owner=SystemKind.QMS)
class Nonconformity(Sourced):
    """Something that went wrong (ISO 9001, 10.2)."""

    number: str = says("Number.")
    title: str = says("Title.")
    severity: Severity | None = says("How bad.", default=None)
    status: NonconformityStatus = says("Status.")
    raised_at: datetime = says("When raised.")
    closed_at: datetime | None = says("When closed.", default=None)
    process: Ref | None = says("In which process.", default=None, target="WorkProcess")
    unit: Ref | None = says("In which unit.", default=None, target="OrganisationUnit")
    causes: tuple[str, ...] = says("Causes, in the source's words. Bounded: 20.", default=())
    in_learning_work: bool = says(
        "Arose in a learning assignment: below HIGH it never counts against a person.",
        default=False,
    )
    inspection: Ref | None = says(
        "The inspection that raised it.",
        default=None,
        target="Inspection",
    )


@record()
class CompetenceCause(Sourced):
    """A competence whose lack (partly) caused it. Only confirmed causes count."""

    nonconformity: Ref = says(
        "The nonconformity it explains.",
        target="Nonconformity",
        required=True,
    )
    competence: Ref = says("Which.", target="Competence", required=True)
    share: float = says("Share in the cause, 0 to 1.", unit="share 0..1", minimum=0, maximum=1)
    status: CauseStatus = says("How sure.")
    decided_by: Ref | None = says("Who decided.", default=None, target="Person")
    decided_at: datetime | None = says("When.", default=None)
    note: str | None = says("Why it was decided so.", default=None, privacy=PrivacyClass.SENSITIVE)
