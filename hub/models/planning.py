"""Planned work, and whether it is covered."""

from datetime import datetime

from hub.models.kinds import AssignmentKind, SystemKind
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.PLANNING)
class WorkAssignment(Sourced):
    """Planned work: a shift, work package or task."""

    title: str = says("Title.")
    kind: AssignmentKind = says("What kind.")
    starts_at: datetime = says("Beginning.")
    ends_at: datetime | None = says("End.", default=None)
    process: Ref | None = says("Which process.", default=None, target="WorkProcess")
    unit: Ref | None = says("For which unit.", default=None, target="OrganisationUnit")
    assignees: tuple[Ref, ...] = says("Who. Bounded: 50.", default=(), target="Person")
    learning_purpose: bool = says("Planned (also) for learning.", default=False)
    comment: str | None = says("Note for whoever plans.", default=None)
