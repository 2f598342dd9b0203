"""Quality control of the demo organisation: inspections, what went wrong, and why."""

from datetime import timedelta

from hub.demo.organisation.draft import Draft
from hub.demo.organisation.facts import Alert, Cause
from hub.demo.organisation.model import Process, Requirement
from hub.demo.organisation.people import head_of
from hub.demo.organisation.volume import (
    CHECKED_SHARE,
    FAILED_SHARE,
    OLD_SHARE,
    PASSED_SHARE,
    some,
)

WHAT = ("left half done", "done twice", "late", "not written down", "parts missing")
STATUSES = ("CONFIRMED", "SUGGESTED", "REJECTED", None)


def blame(
    draft: Draft, alert: Alert, competence: str, *, by: str | None, status: str = "CONFIRMED"
) -> Cause:
    """Put an alert down to the lack of a competence; without somebody who decided, perhaps."""
    made = Cause(
        id=f"CC-{draft.next('cause'):04}",
        alert=alert.number,
        competence=competence,
        status=status if by else "SUGGESTED",
        decided_by=by,
        decided_at=alert.raised + timedelta(days=2) if by else None,
    )
    draft.causes.append(made)
    return made


def check(draft: Draft, process: Process, asked: list[Requirement]) -> None:
    """Let the work of those who master a process be checked, and find fault with some of it."""
    crew = draft.masters[process.code]
    for _ in range(some(CHECKED_SHARE, len(crew))):
        day, performer = draft.day(-80, -3), draft.rng.choice(crew)
        outcome = draft.rng.random()
        if not draft.people[performer].employed(day) or outcome > PASSED_SHARE + FAILED_SHARE:
            draft.pending(process, day)
        elif outcome < PASSED_SHARE:
            draft.inspection(process, day, performer, passed=True)
        else:
            _find_fault(draft, process, performer, asked)


def remember(draft: Draft) -> None:
    """Find faults of long ago in some work, all of them mended; nobody is known any more."""
    checked = [each for each in draft.processes.values() if each.control]
    for process in draft.rng.sample(checked, some(OLD_SHARE, len(checked))):
        inspection = draft.inspection(process, draft.day(-420, -300), None, passed=False)
        draft.alert(inspection, f"{process.name}: {draft.rng.choice(WHAT)}", state="resolved")


def _find_fault(draft: Draft, process: Process, performer: str, asked: list[Requirement]) -> None:
    """Raise an alert; nothing is confirmed twice in a unit, nor of somebody who is known."""
    competence = draft.rng.choice(asked).competence
    status = draft.rng.choice(STATUSES)
    if status == "CONFIRMED" and competence in draft.blamed[process.unit]:
        status = "SUGGESTED"
    confirmed = status == "CONFIRMED"
    day = draft.day(-80, -6)
    who = None if confirmed or not draft.people[performer].employed(day) else performer
    inspection = draft.inspection(process, day, who, passed=False)
    alert = draft.alert(inspection, f"{process.name}: {draft.rng.choice(WHAT)}")
    adviser = head_of(draft, draft.units[process.unit].supported_by or "CD")
    if status is not None:
        by = None if status == "SUGGESTED" else adviser
        blame(draft, alert, competence, by=by, status=status)
    if confirmed:
        draft.blamed[process.unit].add(competence)
