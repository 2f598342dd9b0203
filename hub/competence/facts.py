"""What the rules look at: small facts with hub ids, taken out of records by whoever derives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hub.models.competence import DecayPolicy
from hub.models.kinds import CredentialStatus, Enforcement, LearningStatus, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a question is asked and what had answered by then.

    Attributes:
        at: The moment it is about (UTC).
        computed_at: When it is answered.
        missing_systems: Keys of the sources that had not answered.
        oldest_input_at: When the source that was read longest ago was read.
    """

    at: datetime
    computed_at: datetime
    missing_systems: tuple[str, ...] = ()
    oldest_input_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose state of which competence is derived, and how that competence fades."""

    person_id: str
    competence_id: str
    policy: DecayPolicy | None = None
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementFact:
    """What a subject asks; the days are as in `CompetenceRequirement`."""

    id: str
    subject_type: str
    subject_id: str
    competence_id: str
    required_rank: int
    criticality: Severity
    enforcement: Enforcement
    valid_from: date
    legal_basis: str | None = None
    min_holders: int | None = None
    credential_required: bool = False
    valid_until: date | None = None

    @property
    def blocks(self) -> bool:
        """Whether nobody may be assigned who does not meet it."""
        return self.enforcement is Enforcement.BLOCK and bool(self.legal_basis)

    def holds(self, day: date) -> bool:
        """Say whether it is in force on `day`."""
        return within(day, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentFact:
    """Somebody's place in the organisation for a while."""

    person_id: str
    valid_from: date
    unit_id: str | None = None
    job_profile_id: str | None = None
    valid_until: date | None = None

    def holds(self, day: date) -> bool:
        """Say whether it is in force on `day`."""
        return within(day, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFact:
    """Planned work, and who does it."""

    id: str
    starts_at: datetime
    system: str
    process_id: str | None = None
    unit_id: str | None = None
    ends_at: datetime | None = None
    assignee_ids: tuple[str, ...] = ()
    learning_purpose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFact:
    """A certificate, licence or badge."""

    id: str
    holder_id: str
    name: str
    status: CredentialStatus
    valid_from: datetime
    system: str
    valid_until: datetime | None = None
    competence_ids: tuple[str, ...] = ()
    rank: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it says anything: not withdrawn, verified, and with an end once it ended."""
        if self.status is CredentialStatus.EXPIRED:
            return self.valid_until is not None
        return self.status in {CredentialStatus.VALID, CredentialStatus.EXPIRING}

    def holds(self, moment: datetime) -> bool:
        """Say whether it is valid at `moment`."""
        return (
            self.stands
            and self.valid_from <= moment
            and (self.valid_until is None or moment < self.valid_until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionFact:
    """A check of work done."""

    id: str
    system: str
    passed: bool | None
    inspected_at: datetime | None
    performed_by_id: str | None
    process_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseFact:
    """A confirmed cause, with what its nonconformity says; its record is the nonconformity."""

    id: str
    nonconformity_id: str
    system: str
    competence_id: str
    raised_at: datetime
    performed_by_id: str | None
    process_id: str | None = None
    severity: Severity | None = None
    in_learning_work: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFact:
    """One rating, read on the scale of its competence."""

    competence_id: str
    rank: int
    raw_score: str | None = None
    raw_scale: str | None = None
    by_id: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalFact:
    """A completed appraisal with the ratings that could be read."""

    id: str
    system: str
    person_id: str
    completed_at: datetime
    cycle_ends_on: date | None = None
    reviewer_id: str | None = None
    ratings: tuple[RatingFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningFact:
    """What somebody learned: each competence it leads to with the rank aimed at."""

    id: str
    system: str
    person_id: str
    status: LearningStatus
    completed_at: datetime | None = None
    targets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The tree of the organisation: each unit with the unit it belongs to."""

    parents: Mapping[str, str | None] = field(default_factory=dict)

    def within(self, unit: str | None, ancestor: str | None) -> bool:
        """Say whether `unit` is `ancestor` or below it; a loop in the records ends the search."""
        return ancestor is not None and ancestor in self.upwards(unit)

    def upwards(self, unit: str | None) -> tuple[str, ...]:
        """Return `unit` and all units above it, nearest first."""
        met: list[str] = []
        while unit is not None and unit not in met:
            met.append(unit)
            unit = self.parents.get(unit)
        return tuple(met)


Processes = Mapping[str, str | None]
"""Each process with the unit that runs it."""


def within(day: date, first: date, after: date | None) -> bool:
    """Say whether `day` is from `first` on and before `after`."""
    return first <= day and (after is None or day < after)
