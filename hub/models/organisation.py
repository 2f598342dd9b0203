"""The organisation: units, job profiles, roles and competence centres."""

from datetime import date

from hub.models.kinds import Expertise, Role, SeatAxis, SystemKind, UnitKind
from hub.models.record import Nature, Sourced, record, says
from hub.models.ref import Ref


@record(owner=SystemKind.HRIS, keys=("code",))
class OrganisationUnit(Sourced):
    """A part of the organisation."""

    code: str = says("Code in the organisation.")
    name: str = says("Name.")
    kind: UnitKind = says("What kind of unit.")
    parent: Ref | None = says("The unit it belongs to.", default=None, target="OrganisationUnit")
    manager: Ref | None = says("Its head.", default=None, target="Person")
    supported_by: Ref | None = says(
        "The unit whose process support it uses, e.g. for a station.",
        default=None,
        target="OrganisationUnit",
    )


@record(owner=SystemKind.HRIS, keys=("code",))
class JobProfile(Sourced):
    """A job and what it asks."""

    code: str = says("Code.")
    title: str = says("Title.")
    occupation_uris: tuple[str, ...] = says("ESCO or ISCO occupations. Bounded: 20.", default=())


@record()
class RoleAssignment(Sourced):
    """A role someone holds for a unit, an area or a project; one person may hold several."""

    role: Role = says("The role.")
    person: Ref = says("Who.", target="Person", required=True)
    unit: Ref | None = says(
        "For this unit and below; null: not bound to one.",
        default=None,
        target="OrganisationUnit",
    )
    area: Ref | None = says("For this area.", default=None, target="CompetenceArea")
    expertise: Expertise | None = says("For this expertise.", default=None)
    share: float | None = says(
        "Share of working time, 0 to 1.",
        default=None,
        unit="share 0..1",
        minimum=0,
        maximum=1,
    )
    valid_from: date = says("First day.")
    valid_until: date | None = says("First day after; null: open-ended.", default=None)


@record(Nature.VALUE)
class CentreSeat:
    """One seat of a centre; `area` or `expertise` is set."""

    axis: SeatAxis = says("What or how.")
    area: Ref | None = says("The area, on the what axis.", default=None, target="CompetenceArea")
    expertise: Expertise | None = says("The expertise, on the how axis.", default=None)
    holder: Ref | None = says("Who sits there; null: vacant.", default=None, target="Person")


@record()
class CompetenceCentre(Sourced):
    """A region's competence centre: area seats (the what) and expertise seats (the how)."""

    region: Ref = says("The region.", target="OrganisationUnit", required=True)
    lead: Ref | None = says("Regional director.", default=None, target="Person")
    seats: tuple[CentreSeat, ...] = says(
        "All seats, empty ones too. Bounded: areas plus expertises.",
        default=(),
    )
