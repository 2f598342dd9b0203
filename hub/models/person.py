"""People and their employments."""

from datetime import date

from hub.models.kinds import PrivacyClass, SystemKind
from hub.models.record import Sourced, record, says
from hub.models.ref import Ref


@record(
    owner=SystemKind.HRIS,
    keys=(
        "employee_number",
        "scim_external_id",
        "work_email",
    ),
)
class Person(Sourced):
    """Someone who works, worked or will work for the organisation. Never matched by name."""

    display_name: str = says("Name to show.")
    employee_number: str | None = says("Number in the personnel system.", default=None)
    work_email: str | None = says("Work email.", default=None, owner=SystemKind.IDENTITY)
    scim_external_id: str | None = says(
        "Identifier that the personnel system gave to the account.",
        default=None,
        owner=SystemKind.IDENTITY,
        privacy=PrivacyClass.TEAM,
    )
    manager: Ref | None = says("Line manager on `asOf`.", default=None, target="Person")


@record(owner=SystemKind.HRIS)
class Employment(Sourced):
    """A position held for a time."""

    person: Ref = says("Who.", target="Person", required=True)
    unit: Ref | None = says("Where.", default=None, target="OrganisationUnit")
    job_profile: Ref | None = says("As what.", default=None, target="JobProfile")
    title: str | None = says("Title in the contract.", default=None)
    fte: float | None = says(
        "Share of full time, 0 to 1.5.",
        default=None,
        unit="share of full time",
        minimum=0,
        maximum=1.5,
    )
    valid_from: date = says("First day.")
    valid_until: date | None = says(
        "Day after the last day of work; null while it has no end.",
        default=None,
    )
