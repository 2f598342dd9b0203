"""Evidence taken from records: which record says what about whom.

Each function returns evidence by id. Ids come from the record, so the same record gives the same
evidence again. Only what was observed by the moment of the ground is taken.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from hub.clock import span
from hub.competence import rules
from hub.competence.facts import (
    AppraisalFact,
    AssignmentFact,
    CauseFact,
    CredentialFact,
    InspectionFact,
    LearningFact,
    RequirementFact,
)
from hub.models.competence import DecayPolicy
from hub.models.evidence import CompetenceEvidence
from hub.models.kinds import DecayKind, EvidenceKind, LearningStatus, Polarity

Evidence = dict[str, CompetenceEvidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What records are read against.

    Attributes:
        moment: What was observed later is not taken.
        identify: Makes an id of parts; the same parts give the same id.
        requirements: What each process asks, by the id of the process.
        policies: How each competence fades, where it does.
    """

    moment: datetime
    identify: Callable[..., str]
    requirements: Mapping[str, tuple[RequirementFact, ...]] = field(default_factory=dict)
    policies: Mapping[str, DecayPolicy | None] = field(default_factory=dict)

    def asked(self, process: str | None, moment: datetime) -> tuple[RequirementFact, ...]:
        """Return what `process` asks on the UTC day of `moment`."""
        day = moment.astimezone(UTC).date()
        known = self.requirements.get(process or "", ())
        return tuple(each for each in known if each.holds(day))


def from_work(assignments: Iterable[AssignmentFact], ground: Ground) -> Evidence:
    """Take work that was finished: it shows what its process asks, of each who did it."""
    made: Evidence = {}
    for work in assignments:
        ended = work.ends_at
        if work.learning_purpose or ended is None or ended > ground.moment:
            continue
        for asked in ground.asked(work.process_id, ended):
            for person in work.assignee_ids:
                key = ground.identify("WorkAssignment", work.id, person, asked.id)
                made[key] = _piece(
                    EvidenceKind.WORK_RESULT,
                    person,
                    asked.competence_id,
                    ended,
                    rank=asked.required_rank,
                    expires_at=work_ends(ended, ground.policies.get(asked.competence_id)),
                    record=("WorkAssignment", work.id, work.system),
                )
    return made


def from_inspections(inspections: Iterable[InspectionFact], ground: Ground) -> Evidence:
    """Take inspections that were passed: they show what their process asks."""
    made: Evidence = {}
    for check in inspections:
        seen, person = check.inspected_at, check.performed_by_id
        if not check.passed or seen is None or seen > ground.moment or person is None:
            continue
        for asked in ground.asked(check.process_id, seen):
            made[ground.identify("Inspection", check.id, person, asked.id)] = _piece(
                EvidenceKind.QUALITY_RECORD,
                person,
                asked.competence_id,
                seen,
                rank=asked.required_rank,
                record=("Inspection", check.id, check.system),
            )
    return made


def from_causes(causes: Iterable[CauseFact], ground: Ground) -> Evidence:
    """Take confirmed causes: they speak against whoever did the work that was inspected."""
    made: Evidence = {}
    for cause in causes:
        person = cause.performed_by_id
        if person is None or cause.raised_at > ground.moment or _spared(cause):
            continue
        ranks = [
            each.required_rank
            for each in ground.asked(cause.process_id, cause.raised_at)
            if each.competence_id == cause.competence_id
        ]
        made[ground.identify("CompetenceCause", cause.id, person)] = _piece(
            EvidenceKind.QUALITY_RECORD,
            person,
            cause.competence_id,
            cause.raised_at,
            rank=max(ranks, default=rules.NO_RANK),
            polarity=Polarity.NEGATIVE,
            record=("Nonconformity", cause.nonconformity_id, cause.system),
            note=cause.note,
        )
    return made


def from_appraisals(appraisals: Iterable[AppraisalFact], ground: Ground) -> Evidence:
    """Take the ratings of completed appraisals, each at the rank that it stands for.

    A rating counts until 15 months after the end of the cycle, or after the appraisal if no
    cycle is known. Whether it speaks against higher levels is for the state to say.
    """
    made: Evidence = {}
    for talk in appraisals:
        if talk.completed_at > ground.moment:
            continue
        life = rules.KINDS[EvidenceKind.APPRAISAL_RATING].life
        start = midnight(talk.cycle_ends_on) if talk.cycle_ends_on else talk.completed_at
        for at, rating in enumerate(talk.ratings):
            key = ground.identify("Appraisal", talk.id, rating.competence_id, str(at))
            made[key] = _piece(
                EvidenceKind.APPRAISAL_RATING,
                talk.person_id,
                rating.competence_id,
                talk.completed_at,
                rank=rating.rank,
                expires_at=later(start, life),
                raw=(rating.raw_score, rating.raw_scale),
                assessor=rating.by_id or talk.reviewer_id,
                record=("Appraisal", talk.id, talk.system),
                note=rating.comment,
            )
    return made


def from_credentials(credentials: Iterable[CredentialFact], ground: Ground) -> Evidence:
    """Take credentials that stand: each shows what it attests until it ends."""
    made: Evidence = {}
    for paper in credentials:
        if not paper.stands or paper.valid_from > ground.moment:
            continue
        for competence in paper.competence_ids:
            made[ground.identify("Credential", paper.id, competence)] = _piece(
                EvidenceKind.CREDENTIAL,
                paper.holder_id,
                competence,
                paper.valid_from,
                rank=paper.rank or rules.NO_RANK,
                expires_at=paper.valid_until,
                record=("Credential", paper.id, paper.system),
            )
    return made


def from_learning(learned: Iterable[LearningFact], ground: Ground) -> Evidence:
    """Take learning that was completed or passed: by itself it never proves."""
    made: Evidence = {}
    for course in learned:
        done = course.completed_at
        finished = course.status in {LearningStatus.COMPLETED, LearningStatus.PASSED}
        if not finished or done is None or done > ground.moment:
            continue
        for competence, rank in course.targets:
            made[ground.identify("LearningRecord", course.id, competence)] = _piece(
                EvidenceKind.LEARNING_COMPLETION,
                course.person_id,
                competence,
                done,
                rank=rank,
                record=("LearningRecord", course.id, course.system),
            )
    return made


def work_ends(ended: datetime, policy: DecayPolicy | None) -> datetime | None:
    """Return when a result of work stops counting; None: it fades, or it never does.

    A validity that is missing or unreadable is that of a competence without a policy.
    """
    if policy is None:
        return later(ended, rules.WORK_LIFE)
    if policy.kind is not DecayKind.EXPIRY:
        return None
    try:
        return later(ended, span(policy.validity or ""))
    except ValueError:
        return later(ended, rules.WORK_LIFE)


def later(moment: datetime, life: timedelta | None) -> datetime | None:
    """Return the end of a life that began at `moment`; None: it has none within the calendar."""
    if life is None:
        return None
    try:
        return moment.astimezone(UTC) + life
    except OverflowError:
        return None


def midnight(day: date) -> datetime:
    """Return the start of `day` in UTC."""
    return datetime.combine(day, time(), tzinfo=UTC)


def _spared(cause: CauseFact) -> bool:
    if not cause.in_learning_work:
        return False
    order = rules.SEVERITIES.index
    severity = cause.severity
    return severity is None or order(severity) < order(rules.LEARNING_SPARED_BELOW)


def _piece(  # noqa: PLR0913, a piece of evidence says this much
    kind: EvidenceKind,
    person: str,
    competence: str,
    observed: datetime,
    *,
    rank: int,
    record: tuple[str, str, str],
    polarity: Polarity = Polarity.POSITIVE,
    expires_at: datetime | None = None,
    raw: tuple[str | None, str | None] = (None, None),
    assessor: str | None = None,
    note: str | None = None,
) -> CompetenceEvidence:
    rule = rules.KINDS[kind]
    type_, id_, system = record
    return CompetenceEvidence(
        person_id=person,
        competence_id=competence,
        kind=kind,
        polarity=polarity,
        rank=rank,
        raw_score=raw[0],
        raw_scale=raw[1],
        weight=rule.weight,
        observed_at=observed,
        expires_at=expires_at or later(observed, rule.life),
        assessor_id=assessor,
        record_type=type_,
        record_id=id_,
        system=system,
        note=note,
        counted=True,
    )
