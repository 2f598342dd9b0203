"""Units, job profiles, roles and competence centres."""

from hub.engine.origins import Children, Computed, Order
from hub.models.kinds import PrivacyClass
from hub.models.organisation import (
    CentreSeat,
    CompetenceCentre,
    JobProfile,
    OrganisationUnit,
    RoleAssignment,
)
from hub.schema import filters, orders
from hub.schema.computed import organisation
from hub.schema.declare import Field, Object, connection, node, of_model
from hub.schema.narrowing import BELOW, EMPLOYED, VALID
from hub.schema.shared import SOURCED, VERSION, labelled

ORGANISATION_UNIT = node(
    OrganisationUnit,
    {
        **SOURCED,
        "label": labelled("name"),
        **of_model(OrganisationUnit, "code name kind parent manager"),
        "centre": Field(
            type="CompetenceCentre",
            says="Its region's competence centre.",
            origin=Computed(function=organisation.centre, needs=("id",)),
        ),
        **of_model(OrganisationUnit, "supportedBy"),
        "children": connection(
            "OrganisationUnit",
            "Units directly below it.",
            Children(
                type="OrganisationUnit", on="r.parent_id = {parent}", order=Order.up("r.name")
            ),
        ),
        "people": connection(
            "Person",
            "People employed here or below.",
            Children(
                type="Person",
                on=f"r.id IN ({EMPLOYED} AND e.unit_id IN ({BELOW}))",
                order=Order.up("r.display_name"),
            ),
            filtered=filters.PERSON_FILTER,
            ordered=orders.PERSON_ORDER,
        ),
        "processes": connection(
            "WorkProcess",
            "Processes it runs.",
            Children(type="WorkProcess", on="r.unit_id = {parent}", order=Order.up("r.code")),
        ),
        "roles": connection(
            "RoleAssignment",
            "Roles held for it.",
            Children(type="RoleAssignment", on="r.unit_id = {parent}"),
            filtered=filters.ROLE_FILTER,
        ),
        "facilities": connection(
            "AgreedFacility",
            "Facilities promised to its people; as Query.facilities.",
            Children(
                type="AgreedFacility",
                on=(
                    f"r.agreement_id IN (SELECT a.id FROM development_agreement a WHERE"
                    f" a.team_id IN ({BELOW}) OR a.employee_id IN ({EMPLOYED} AND e.unit_id IN"
                    f" ({BELOW})))"
                ),
                order=orders.DUE,
            ),
            filtered=filters.FACILITY_FILTER,
            privacy=PrivacyClass.TEAM,
        ),
    },
    interfaces="Sourced Labelled",
    keys=("id", "code"),
)

JOB_PROFILE = node(
    JobProfile,
    {
        **SOURCED,
        "label": labelled("title"),
        **of_model(JobProfile, "code title occupationUris"),
        "requirements": Field(
            type="[CompetenceRequirement!]!",
            says="What it asks. Bounded: 100.",
            origin=Children(
                type="CompetenceRequirement", on=f"r.subject_id = {{parent}} AND {VALID}"
            ),
        ),
        "holders": connection(
            "Person",
            "Who holds it.",
            Children(
                type="Person",
                on=f"r.id IN ({EMPLOYED} AND e.job_profile_id = {{parent}})",
                order=Order.up("r.display_name"),
            ),
            filtered=filters.PERSON_FILTER,
            ordered=orders.PERSON_ORDER,
        ),
    },
    interfaces="Sourced Labelled RequirementSubject",
    keys=("id", "code"),
)

ROLE_ASSIGNMENT = node(
    RoleAssignment,
    {
        **of_model(RoleAssignment, "role person unit area expertise share validFrom validUntil"),
        "version": VERSION,
    },
)

COMPETENCE_CENTRE = node(
    CompetenceCentre,
    {
        "label": labelled(Computed(function=organisation.centre_label, needs=("region_id",))),
        **of_model(CompetenceCentre, "region lead seats"),
    },
    interfaces="Labelled",
)

CENTRE_SEAT = Object(
    name="CentreSeat",
    says="One seat of a centre; `area` or `expertise` is set.",
    fields={**of_model(CentreSeat, "axis area expertise holder")},
)

DECLARED = (
    ORGANISATION_UNIT,
    JOB_PROFILE,
    ROLE_ASSIGNMENT,
    COMPETENCE_CENTRE,
    CENTRE_SEAT,
)
