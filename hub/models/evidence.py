"""Evidence of competence and objections to it; states, fulfilments, eligibility, all derived."""

from datetime import date, datetime

from hub.models.kinds import (
    ContestOutcome,
    EligibilityVerdict,
    EvidenceKind,
    Polarity,
    PrivacyClass,
    Severity,
    StateStatus,
)
from hub.models.record import Nature, Sourced, record, says
from hub.models.ref import Ref
from hub.models.shared import Reason


@record(Nature.DERIVED, privacy=PrivacyClass.TEAM)
class CompetenceEvidence:
    """Something observed that says what a person can do."""

    person_id: str = says("Whom it is about.", target="Person")
    competence_id: str = says("What it is about.", target="Competence")
    kind: EvidenceKind = says("What was observed.")
    polarity: Polarity = says("For or against.")
    rank: int | None = says(
        "Rank of the level that it speaks for; null when it names none.",
        default=None,
    )
    raw_score: str | None = says("Score as the source has it.", default=None)
    raw_scale: str | None = says("The source's scale.", default=None)
    weight: float = says("Weight in the derivation, 0 to 1.", minimum=0, maximum=1)
    observed_at: datetime = says("When it was observed.")
    expires_at: datetime | None = says("When it stops counting.", default=None)
    assessor_id: str | None = says("Who assessed.", default=None, target="Person")
    record_type: str | None = says("Type of the record that it was taken from.", default=None)
    record_id: str | None = says(
        "The record that it was taken from.",
        default=None,
        target="LearningRecord|Appraisal|Nonconformity|WorkAssignment|Credential|Inspection",
    )
    system: str = says("Key of the source whose record it was taken from.")
    note: str | None = says("Remark.", default=None, privacy=PrivacyClass.SENSITIVE)
    counted: bool = says(
        "Whether the state counts it: false while contested, withdrawn or superseded.",
    )


@record(privacy=PrivacyClass.TEAM)
class Contest(Sourced):
    """A person's objection to evidence about them; while it is open the evidence does not count."""

    person: Ref = says("Whose evidence it is.", target="Person", required=True)
    competence: Ref = says("What the evidence is about.", target="Competence", required=True)
    told_by: Ref = says(
        "The record that the evidence was taken from.",
        target="LearningRecord|Appraisal|Nonconformity|WorkAssignment|Credential|Inspection",
        required=True,
    )
    reason: str = says("Why.")
    raised_at: datetime = says("When.")
    outcome: ContestOutcome = says("How it stands.")
    settled_by: Ref | None = says(
        "Who settled it, never the assessor.", default=None, target="Person"
    )
    settled_at: datetime | None = says("When it was settled.", default=None)
    note: str | None = says("Why it was settled so.", default=None)


@record(Nature.DERIVED, privacy=PrivacyClass.TEAM)
class CompetenceState:
    """What one person can do: derived, dated, explained, contestable."""

    person_id: str = says("Who.", target="Person")
    competence_id: str = says("What.", target="Competence")
    rank: int | None = says(
        "Rank of the highest level supported; null while unknown.",
        default=None,
    )
    status: StateStatus = says("How sure.")
    confidence: float = says("Share of support, 0 to 1, after decay.", minimum=0, maximum=1)
    contradictory: bool = says("Strong evidence both for and against.")
    contested: bool = says("An objection is open.")
    as_of: datetime = says("The moment it speaks of.")
    last_used_at: datetime | None = says("Last use in work.", default=None)
    valid_until: datetime | None = says("When it expires.", default=None)
    decays_on: date | None = says("Without use it becomes DECAYED on this day.", default=None)
    explanation: tuple[Reason, ...] = says("Each step in words. Bounded: 50.", default=())
    next_change_on: date | None = says(
        "First day on which the same evidence gives another answer.",
        default=None,
    )
    rule_version: str = says("Version of the rule that derived it.")
    computed_at: datetime = says("When it was derived.")
    oldest_input_at: datetime | None = says("Age of its oldest input.", default=None)
    complete: bool = says("Whether all its sources had answered.")
    missing_systems: tuple[str, ...] = says("Keys of the sources that had not.", default=())


@record(Nature.DERIVED, privacy=PrivacyClass.TEAM)
class Fulfilment:
    """One person asked for one requirement: met, or a gap."""

    person_id: str = says("Who is asked.", target="Person")
    requirement_id: str = says("What is asked.", target="CompetenceRequirement")
    competence_id: str = says("The competence that is asked.", target="Competence")
    current_rank: int | None = says("Rank held and proven; null when none is.", default=None)
    delta: int = says("Levels still missing; 0 when it is met.", minimum=0)
    met: bool = says("Whether a proven state reaches the level asked.")
    severity: Severity = says("How much the gap matters.")
    needed_by: date | None = says("When it is needed.", default=None)
    since: date = says("Since when it is open.")
    covered_by_id: str | None = says(
        "The agreement that works on it.",
        default=None,
        target="DevelopmentAgreement",
    )
    rule_version: str = says("Version of the rule that derived it.")
    computed_at: datetime = says("When it was derived.")
    complete: bool = says("Whether all its sources had answered.")
    missing_systems: tuple[str, ...] = says("Keys of the sources that had not.", default=())


@record(Nature.DERIVED)
class AssignmentEligibility:
    """Whether a person may and can do an assignment, judged at the time of the work.

    Colleagues see the verdict, not why.
    """

    person_id: str = says("Who.", target="Person")
    assignment_id: str = says("What.", target="WorkAssignment")
    verdict: EligibilityVerdict = says("Conclusion.")
    supervisor_id: str | None = says("Who could be alongside.", default=None, target="Person")
    missing_ids: tuple[str, ...] = says(
        "Requirements not met at that time.",
        default=(),
        target="CompetenceRequirement",
        privacy=PrivacyClass.TEAM,
    )
    expiring_before_ids: tuple[str, ...] = says(
        "Credentials that end before the work does.",
        default=(),
        target="Credential",
        privacy=PrivacyClass.TEAM,
    )
    reasons: tuple[Reason, ...] = says(
        "Why; null: not for the viewer. Bounded: 50.",
        default=(),
        privacy=PrivacyClass.TEAM,
    )
    rule_version: str = says("Version of the rule that derived it.")
    computed_at: datetime = says("When it was derived.")
    complete: bool = says("Whether all its sources had answered.")
    missing_systems: tuple[str, ...] = says("Keys of the sources that had not.", default=())
