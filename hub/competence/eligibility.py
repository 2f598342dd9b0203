"""Whether a person may and can do planned work, judged at its beginning."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.competence import rules
from hub.competence.facts import AssignmentFact, CredentialFact, Moment, RequirementFact
from hub.competence.gap import meets, proven_rank
from hub.models.evidence import AssignmentEligibility, CompetenceState
from hub.models.kinds import EligibilityVerdict, Enforcement, StateStatus
from hub.models.shared import Reason

StateOf = Callable[[str, str], CompetenceState | None]
ORDER = (
    EligibilityVerdict.NOT_ELIGIBLE,
    EligibilityVerdict.UNKNOWN,
    EligibilityVerdict.WARN,
    EligibilityVerdict.WITH_SUPERVISION,
    EligibilityVerdict.ELIGIBLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An assignment with what is known of it at its beginning.

    Attributes:
        requirements: What its process asks on that day.
        state_of: The state of a person's competence at its beginning; None: nothing known.
        credentials: Credentials by holder.
        moment: Its beginning; which systems had not answered.
    """

    assignment: AssignmentFact
    requirements: Sequence[RequirementFact]
    state_of: StateOf
    moment: Moment
    credentials: Mapping[str, Sequence[CredentialFact]] = field(default_factory=dict)

    def met(self, person: str, asked: RequirementFact) -> bool:
        """Say whether `person` meets what is asked."""
        state = self.state_of(person, asked.competence_id)
        return meets(asked, state, self.credentials.get(person, ()), self.moment.at)


def eligibility(shift: Shift, person: str) -> AssignmentEligibility:
    """Return the verdict on `person` for `shift`, with what is missing and why.

    The worst verdict of any requirement stands; one that only informs changes nothing.
    """
    missing = [each for each in shift.requirements if not shift.met(person, each)]
    judged = [_judge(shift, person, each) for each in missing]
    counted = [verdict for verdict, _, _ in judged if verdict is not None]
    verdict = min(counted, key=ORDER.index, default=EligibilityVerdict.ELIGIBLE)
    supervised = verdict is EligibilityVerdict.WITH_SUPERVISION
    supervisors = (each for _, each, _ in judged if each is not None)
    expiring, ends = _ending(shift, person)
    reasons = [*(reason for _, _, reason in judged), *ends] or [
        Reason(code="ALL_MET", text="All that the work asks is met.")
    ]
    return AssignmentEligibility(
        person_id=person,
        assignment_id=shift.assignment.id,
        verdict=verdict,
        supervisor_id=next(supervisors, None) if supervised else None,
        missing_ids=tuple(each.id for each in missing),
        expiring_before_ids=expiring,
        reasons=tuple(reasons[: rules.EXPLAINED_AT_MOST]),
        rule_version=rules.RULE_VERSION,
        computed_at=shift.moment.computed_at,
        complete=not shift.moment.missing_systems,
        missing_systems=shift.moment.missing_systems,
    )


def replacements(shift: Shift, candidates: Iterable[str]) -> Iterator[str]:
    """Yield who of `candidates`, not on the shift, could do it as it is asked, in their order.

    Each is judged when it is their turn: whoever wants but a few pays for no more.
    """
    taken = set(shift.assignment.assignee_ids)
    for each in dict.fromkeys(candidates):
        if each not in taken and eligibility(shift, each).verdict is EligibilityVerdict.ELIGIBLE:
            yield each


Judged = tuple[EligibilityVerdict | None, str | None, Reason]


def _judge(shift: Shift, person: str, asked: RequirementFact) -> Judged:
    """Return what one unmet requirement means: a verdict, who could be alongside, and why."""
    state = shift.state_of(person, asked.competence_id)
    unknown = state is None or state.status is StateStatus.UNKNOWN
    if asked.enforcement is Enforcement.INFORM:
        return None, None, Reason(code="INFORMED", text="Something that is only shown is lacking.")
    if unknown and shift.moment.missing_systems:
        return EligibilityVerdict.UNKNOWN, None, Reason(code="INCOMPLETE", text=_silent(shift))
    if asked.blocks:
        text = f"{_lacking(state, asked)} is missing, and asked by law: {asked.legal_basis}."
        return EligibilityVerdict.NOT_ELIGIBLE, None, Reason(code="BLOCKED", text=text)
    alongside = _alongside(shift, person, asked)
    if alongside is not None:
        text = "One level is missing; a colleague on the same shift has it."
        return (
            EligibilityVerdict.WITH_SUPERVISION,
            alongside,
            Reason(code="SUPERVISED", text=text),
        )
    if unknown and (asked.enforcement is Enforcement.BLOCK or _said(state)):
        text = "Too little is known to say whether it is met."
        return EligibilityVerdict.UNKNOWN, None, Reason(code="UNKNOWN", text=text)
    text = f"{_lacking(state, asked)} is asked and missing."
    return EligibilityVerdict.WARN, None, Reason(code="LACKING", text=text)


def _lacking(state: CompetenceState | None, asked: RequirementFact) -> str:
    held = (proven_rank(state) or 0) >= asked.required_rank
    return "A valid credential" if held else f"Level {asked.required_rank}"


def _silent(shift: Shift) -> str:
    return f"Nothing is known, and had not answered: {', '.join(shift.moment.missing_systems)}."


def _said(state: CompetenceState | None) -> bool:
    return state is not None and any(each.evidence_id for each in state.explanation)


def _alongside(shift: Shift, person: str, asked: RequirementFact) -> str | None:
    """Return the first colleague who meets what `person` is one level short of."""
    rank = proven_rank(shift.state_of(person, asked.competence_id)) or 0
    if asked.required_rank - rank != 1:
        return None
    colleagues = sorted(set(shift.assignment.assignee_ids) - {person})
    return next((each for each in colleagues if shift.met(each, asked)), None)


def _ending(shift: Shift, person: str) -> tuple[tuple[str, ...], list[Reason]]:
    """Return the credentials that are asked, end before the work does and are not renewed."""
    ends_at = shift.assignment.ends_at or shift.assignment.starts_at
    held = [each for each in shift.credentials.get(person, ()) if each.stands]
    wanted = {each.competence_id for each in shift.requirements}
    ending = {each.id: each for each in held if _before(each, ends_at)}
    lasting = {
        competence for each in held if each.id not in ending for competence in each.competence_ids
    }
    found = [
        each
        for _, each in sorted(ending.items())
        if (wanted - lasting).intersection(each.competence_ids)
    ]
    reasons = [
        Reason(code="CREDENTIAL_ENDS", text=f"{each.name} ends before the work does.")
        for each in found
    ]
    return tuple(each.id for each in found), reasons


def _before(credential: CredentialFact, moment: datetime) -> bool:
    return credential.valid_until is not None and credential.valid_until <= moment
