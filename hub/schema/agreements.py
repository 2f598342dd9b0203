"""What people want and agree."""

from hub.engine.origins import Children, Computed, Order
from hub.models.agreement import AgreedFacility, AgreedResult, Ambition, DevelopmentAgreement
from hub.schema.computed import agreements, levels
from hub.schema.declare import Field, connection, node, of_model
from hub.schema.shared import VERSION, labelled

AMBITION = node(
    Ambition,
    {
        **of_model(
            Ambition,
            "person statement competence targetProfile energy visibleTo sharedWith statedOn",
        ),
        "version": VERSION,
    },
)

DEVELOPMENT_AGREEMENT = node(
    DevelopmentAgreement,
    {
        "label": labelled(
            Computed(function=agreements.label, needs=("employee_id", "team_id", "review_on"))
        ),
        **of_model(DevelopmentAgreement, "employee team manager"),
        "results": Field(
            type="[AgreedResult!]!",
            says="What is owed by the employee. Bounded: 10.",
            origin=Children(
                type="AgreedResult", on="r.agreement_id = {parent}", order=Order.up("r.due_on")
            ),
        ),
        "facilities": Field(
            type="[AgreedFacility!]!",
            says="What is owed by the manager. Bounded: 20.",
            origin=Children(type="AgreedFacility", on="r.agreement_id = {parent}"),
        ),
        **of_model(
            DevelopmentAgreement, "horizon status reviewOn signedByEmployeeAt signedByManagerAt"
        ),
        "version": VERSION,
    },
    interfaces="Labelled",
)

AGREED_RESULT = node(
    AgreedResult,
    {
        **of_model(AgreedResult, "agreement competence"),
        "target": Field(
            type="ProficiencyLevel!",
            says="To which level.",
            origin=Computed(
                function=levels.level("competence_id", "target_rank"),
                needs=("competence_id", "target_rank"),
            ),
        ),
        **of_model(
            AgreedResult, "workOutcome dueOn pausedSince met reviewedBy reviewedAt reviewNote"
        ),
        "evidence": connection(
            "CompetenceEvidence",
            "What shows it, newest first.",
            Children(
                type="CompetenceEvidence",
                on=(
                    "r.id IN (SELECT e.id FROM competence_evidence e JOIN agreed_result x ON"
                    " x.competence_id = e.competence_id JOIN development_agreement a ON a.id ="
                    " x.agreement_id AND a.employee_id = e.person_id WHERE x.id = {parent})"
                ),
                order=Order.down("r.observed_at"),
            ),
        ),
    },
)

AGREED_FACILITY = node(
    AgreedFacility,
    {
        **of_model(AgreedFacility, "agreement kind description promisedBy dueOn deliveredOn"),
        "overdue": Field(
            type="Boolean!",
            says="Past due on `asOf` and not delivered.",
            origin=Computed(function=agreements.overdue, needs=("due_on", "delivered_on")),
        ),
    },
)

DECLARED = (
    AMBITION,
    DEVELOPMENT_AGREEMENT,
    AGREED_RESULT,
    AGREED_FACILITY,
)
