"""C13: a rostered shift on which somebody may not or cannot do the work when it begins.

Proposes who could take over, with a note for whoever plans. Colleagues may see that a shift is not
covered, never why; so no text here says more than that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.competence.facts import AssignmentFact, EmploymentFact
from hub.couplings.rule import Proposal, Rule, place
from hub.models.coupling import CouplingAction, FieldChange, ProposedChange
from hub.models.kinds import (
    AssignmentKind,
    ChangeOperation,
    CouplingMode,
    EligibilityVerdict,
    Role,
    SystemKind,
)
from hub.models.ref import Ref
from hub.models.shared import Reason

KEY = "C13"
ENTITY = "WorkAssignment"
UNSAID = timedelta(hours=8)  # how long work is taken to last that does not say
ROSTERED = frozenset({AssignmentKind.SHIFT, AssignmentKind.ON_CALL})
NOT_COVERED = Reason(
    code="NOT_COVERED", text="Not all that this shift asks is covered when it begins."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """Somebody on the shift.

    Attributes:
        person_id: Who.
        name: Their name.
        ref: How the roster names them.
        verdict: Whether they can do the work; None: not judged yet.
        supervisor_id: Who on the shift could be alongside.
    """

    person_id: str
    name: str
    ref: Ref
    verdict: EligibilityVerdict | None
    supervisor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who can do the work of a shift as it is asked.

    Attributes:
        person_id: Who.
        name: Their name.
        named: How systems name people, and what they call this one, e.g. by `email`.
        employments: Their places in the organisation.
        busy: When they work otherwise: from, and until.
    """

    person_id: str
    name: str
    named: Mapping[str, str]
    employments: tuple[EmploymentFact, ...] = ()
    busy: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """What is known of one shift.

    Attributes:
        assignment: The shift.
        kind: What kind of work it is.
        external_id: Its id in the planning system.
        version: Which version of it this is.
        title: Its title.
        comment: What its note says.
        attendees: How the roster names everybody on it, in order.
        assignees: Those of them whom the hub knows.
        candidates: Who else can do the work as it is asked.
        near: Its unit, or that of its process where it names none, and those below it.
        now: This moment.
    """

    assignment: AssignmentFact
    kind: AssignmentKind
    external_id: str
    version: str
    title: str
    comment: str | None
    attendees: tuple[Ref, ...]
    assignees: tuple[Assignee, ...]
    candidates: tuple[Candidate, ...] = ()
    near: frozenset[str] = frozenset()
    now: datetime

    @property
    def begins(self) -> datetime:
        """When it begins."""
        return self.assignment.starts_at

    @property
    def ends(self) -> datetime:
        """When it ends, or is taken to end."""
        return self.assignment.ends_at or self.begins + UNSAID

    @property
    def open(self) -> bool:
        """Whether anything can still be proposed for it."""
        return self.kind in ROSTERED and self.now < self.begins

    def key(self, person_id: str) -> str:
        """Return the idempotency key of what is proposed for a person on it."""
        return f"{KEY}:{self.assignment.system}:{self.external_id}:{self.version}:{person_id}"

    def uncovered(self) -> list[Assignee]:
        """Return who on it does not cover it; who learns on it beside a colleague does."""
        passed = {EligibilityVerdict.ELIGIBLE, None}
        if self.assignment.learning_purpose:
            passed.add(EligibilityVerdict.WITH_SUPERVISION)
        found = [each for each in self.assignees if each.verdict not in passed]
        return sorted(found, key=lambda each: each.person_id)

    def free(self) -> list[Candidate]:
        """Return who could take over, best first: of its unit or one below it, then the others."""
        on_it = {each.person_id for each in self.assignees}
        found = [e for e in self.candidates if e.person_id not in on_it and self._free(e)]
        return sorted(found, key=lambda each: (not self._near(each), each.person_id))

    def _free(self, candidate: Candidate) -> bool:
        return bool(self._places(candidate)) and not any(
            begins < self.ends and self.begins < ends for begins, ends in candidate.busy
        )

    def _near(self, candidate: Candidate) -> bool:
        return any(each.unit_id in self.near for each in self._places(candidate))

    def _places(self, candidate: Candidate) -> list[EmploymentFact]:
        return [each for each in candidate.employments if each.holds(self.begins.date())]


def propose(roster: Roster | None) -> list[Proposal]:
    """Return what is proposed for a shift; None is one that is no more.

    Each who does not cover it gets somebody of their own in their place, as far as there are any.
    """
    if roster is None or not roster.open:
        return []
    return list(_proposals(roster))


def _proposals(roster: Roster) -> Iterator[Proposal]:
    uncovered = roster.uncovered()
    free = roster.free() if uncovered else []
    for assignee in uncovered:
        instead = next((each for each in free if assignee.ref.by in each.named), None)
        if instead is not None:
            free.remove(instead)
            yield _replacement(roster, assignee, instead)
        else:
            yield from _supervision(roster, assignee)


def _replacement(roster: Roster, assignee: Assignee, instead: Candidate) -> Proposal:
    gone, come = assignee.ref.value, instead.named[assignee.ref.by]
    before = [each.value for each in roster.attendees]
    who = FieldChange(
        field="assignees",
        label="Who works",
        before=before,
        after=[come if each == gone else each for each in before],
    )
    text = f"{instead.name} takes over from {assignee.name}."
    able = f"{instead.name} can do the work as it is asked, and is free at that time."
    reason = Reason(code="REPLACEMENT", text=able)
    note = _note(roster, f"Was not covered: {text}")
    change = _change(roster, ChangeOperation.UPDATE, text, (who, note))
    return _proposal(roster, assignee, reason, change)


def _supervision(roster: Roster, assignee: Assignee) -> Iterator[Proposal]:
    """Yield the proposal of a note where a colleague can be alongside, unless it is there."""
    names = {each.person_id: each.name for each in roster.assignees}
    supervisor = names.get(assignee.supervisor_id or "")
    if supervisor is None:
        return
    text = f"{assignee.name} works beside {supervisor}."
    said = f"Covered with supervision: {text}"
    if said in (roster.comment or "").splitlines():
        return
    alone = "Nobody who can do the work as it is asked is free; a colleague can be alongside."
    reason = Reason(code="SUPERVISED", text=alone)
    change = _change(roster, ChangeOperation.ANNOTATE, text, (_note(roster, said),))
    yield _proposal(roster, assignee, reason, change)


def _note(roster: Roster, said: str) -> FieldChange:
    after = f"{roster.comment}\n{said}" if roster.comment else said
    return FieldChange(field="comment", label="Note", before=roster.comment, after=after)


def _change(
    roster: Roster, operation: ChangeOperation, text: str, fields: tuple[FieldChange, ...]
) -> ProposedChange:
    return ProposedChange(
        operation=operation,
        system=roster.assignment.system,
        target_id=roster.assignment.id,
        entity=ENTITY,
        fields=fields,
        text=f"{roster.title}, {roster.begins:%Y-%m-%d %H:%M} UTC: {text}",
    )


def _proposal(
    roster: Roster, assignee: Assignee, reason: Reason, change: ProposedChange
) -> Proposal:
    return Proposal(
        key=roster.key(assignee.person_id),
        summary=change.text,
        subject_type=ENTITY,
        subject_id=roster.assignment.id,
        reasons=(NOT_COVERED, reason),
        changes=(change,),
        expires_at=roster.begins,
    )


def objection(action: CouplingAction, roster: Roster | None) -> str | None:
    """Return why an approved action must not be done after all, in words."""
    if roster is None:
        return "The shift is no longer planned."
    if not roster.open:
        return "The shift has begun."
    uncovered = {each.person_id: each for each in roster.uncovered()}
    assignee = uncovered.get(place(action.key))
    if assignee is None:
        return "The shift is covered by now."
    coming = set(_coming(action))
    free = {each.named.get(assignee.ref.by) for each in roster.free()} if coming else set()
    if coming - free:
        return "Who was to take over cannot any more."
    return None


def _coming(action: CouplingAction) -> Iterator[str]:
    """Yield how those are called whom an action puts on the shift."""
    for change in action.changes:
        for each in change.fields:
            if each.field == "assignees":
                yield from (name for name in each.after or () if name not in (each.before or ()))


RULE: Rule[Roster | None] = Rule(
    key=KEY,
    title="Cover a shift that somebody on it may not or cannot do",
    hears=(
        "hub.work-assignment.created",
        "hub.work-assignment.changed",
        "hub.work-assignment.deleted",
        "hub.eligibility.changed",
    ),
    condition=(
        "A shift that has not begun has somebody on it who, judged at its beginning, is not"
        " eligible. Who works beside a colleague on a shift planned for learning is left alone."
    ),
    effect=(
        "Somebody takes over who can do the work as it is asked, is employed on that day and free"
        " at that time, those of the same unit or one below it first, and a note says so. Where"
        " there is nobody, but a colleague on the shift can be alongside, only the note. The note"
        " never says why."
    ),
    from_=SystemKind.PLANNING,
    to=SystemKind.PLANNING,
    mode=CouplingMode.APPROVE,
    highest_mode=CouplingMode.APPROVE,
    approvers=(Role.PLANNER,),
    data_used=(
        "WorkAssignment.kind",
        "WorkAssignment.startsAt",
        "WorkAssignment.endsAt",
        "WorkAssignment.process",
        "WorkAssignment.unit",
        "WorkAssignment.assignees",
        "WorkAssignment.learningPurpose",
        "WorkAssignment.comment",
        "AssignmentEligibility.verdict",
        "AssignmentEligibility.supervisor",
        "CompetenceRequirement",
        "CompetenceState",
        "Credential",
        "Employment.unit",
        "Employment.validFrom",
        "Employment.validUntil",
        "Person.displayName",
        "Person.workEmail",
    ),
    origin=("Q5", "Q10d"),
    propose=propose,
    objection=objection,
)
