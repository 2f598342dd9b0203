"""Work processes, which competence requirements hang on first."""

from datetime import date

from hub.models.kinds import SystemKind
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.QMS, keys=("code",))
class WorkProcess(Sourced):
    """A work process, procedure or step."""

    code: str = says("Procedure code.")
    name: str = says("Name.")
    owner: Ref | None = says("Process owner.", default=None, target="Person")
    unit: Ref | None = says("Who runs it.", default=None, target="OrganisationUnit")
    parent: Ref | None = says("The process it is a step of.", default=None, target="WorkProcess")
    revision: str | None = says("Current revision.", default=None)
    revised_on: date | None = says("When that took effect.", default=None)
