"""Processes and what is asked: requirements and the matrix of who meets them."""

from hub.engine.origins import Children, Computed, Order, Reference
from hub.models.kinds import PrivacyClass
from hub.models.process import WorkProcess
from hub.models.requirement import CompetenceRequirement
from hub.schema import filters, orders
from hub.schema.computed import coverage, levels, requirements
from hub.schema.declare import Argument, Field, Object, connection, node, of_model
from hub.schema.narrowing import MASTERS, VALID
from hub.schema.shared import SOURCED, VERSION, labelled

WORK_PROCESS = node(
    WorkProcess,
    {
        **SOURCED,
        "label": labelled("name"),
        **of_model(WorkProcess, "code name owner unit parent"),
        "steps": Field(
            type="[WorkProcess!]!",
            says="Its steps, in order. Bounded: 100.",
            origin=Children(
                type="WorkProcess", on="r.parent_id = {parent}", order=Order.up("r.code")
            ),
        ),
        **of_model(WorkProcess, "revision revisedOn"),
        "requirements": Field(
            type="[CompetenceRequirement!]!",
            says="What it asks. Bounded: 100.",
            origin=Children(
                type="CompetenceRequirement", on=f"r.subject_id = {{parent}} AND {VALID}"
            ),
        ),
        "matrix": Field(
            type="[MatrixRow!]!",
            says="Who masters what, one row per requirement. Bounded: 100.",
            origin=Computed(function=requirements.matrix, needs=("id",)),
        ),
        "nonconformities": connection(
            "Nonconformity",
            "What went wrong in it.",
            Children(type="Nonconformity", on="r.process_id = {parent}"),
            filtered=filters.NONCONFORMITY_FILTER,
            ordered=orders.NONCONFORMITY_ORDER,
        ),
    },
    interfaces="Sourced Labelled RequirementSubject",
    keys=("id", "code"),
)

MATRIX_ROW = Object(
    name="MatrixRow",
    says="One requirement and how people stand to it.",
    fields={
        "requirement": Field(
            type="CompetenceRequirement!",
            says="The requirement.",
            origin=Reference("id", "CompetenceRequirement"),
        ),
        "coverage": Field(
            type="Coverage!",
            says="In figures.",
            origin=Computed(function=coverage.of_requirement, needs=("id",)),
        ),
        "masters": connection(
            "CompetenceState",
            "Who meets it.",
            Children(type="CompetenceState", on=MASTERS, about="CompetenceRequirement"),
            ordered=orders.STATE_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "notYet": connection(
            "CompetenceGap",
            "Who does not yet.",
            Children(
                type="CompetenceGap",
                on="r.requirement_id = {parent}",
                about="CompetenceRequirement",
            ),
            ordered=orders.GAP_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "expiring": connection(
            "CompetenceState",
            "Who meets it now, not in 90 days, soonest first.",
            Children(
                type="CompetenceState",
                on=f"{MASTERS} AND r.status = 'EXPIRING'",
                order=orders.ENDING,
                about="CompetenceRequirement",
            ),
            privacy=PrivacyClass.TEAM,
        ),
    },
)

COMPETENCE_REQUIREMENT = node(
    CompetenceRequirement,
    {
        "subject": Field(
            type="RequirementSubject!",
            says="What asks.",
            origin=Computed(function=requirements.subject, needs=("subject", "subject_id")),
        ),
        **of_model(CompetenceRequirement, "competence"),
        "required": Field(
            type="ProficiencyLevel!",
            says="At which level.",
            origin=Computed(
                function=levels.level("competence_id", "required_rank"),
                needs=("competence_id", "required_rank"),
            ),
        ),
        **of_model(
            CompetenceRequirement,
            "criticality enforcement legalBasis minHolders credentialRequired derivedFrom"
            " ownerConfirmedAt practitionerConfirmedAt validFrom validUntil",
        ),
        "coverage": Field(
            type="Coverage!",
            says="How far it is met.",
            origin=Computed(function=coverage.of_requirement, needs=("id",)),
            arguments={
                "unit": Argument(type="CodeKey", says="Only this unit and the units below it.")
            },
        ),
        "version": VERSION,
    },
)

DECLARED = (
    WORK_PROCESS,
    MATRIX_ROW,
    COMPETENCE_REQUIREMENT,
)
