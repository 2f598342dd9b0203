"""People, their employments and what is suggested to them."""

from hub.engine.origins import Children, Column, Computed, Order, Reference
from hub.models.kinds import PrivacyClass
from hub.models.person import Employment, Person
from hub.schema import filters, orders
from hub.schema.computed import people, suggestions
from hub.schema.declare import Argument, Field, Object, Union, connection, node, of_model
from hub.schema.narrowing import EMPLOYED, VALID, unless
from hub.schema.shared import SOURCED, labelled

PERSON = node(
    Person,
    {
        **SOURCED,
        "label": labelled("display_name"),
        **of_model(Person, "displayName"),
        "employeeNumber": Field(
            type="String",
            says="Number in the personnel system.",
            origin=Column("employee_number"),
            semantic=True,
        ),
        **of_model(Person, "workEmail"),
        "active": Field(
            type="Boolean!",
            says="Employed on `asOf`.",
            origin=Computed(function=people.active, needs=("id",)),
        ),
        **of_model(Person, "manager"),
        "version": Field(
            type="Int!", says="Rises with each merge or split.", origin=Column("version")
        ),
        "employments": Field(
            type="[Employment!]!",
            says="Employments held. Bounded: few per person.",
            origin=Children(
                type="Employment",
                on="r.person_id = {parent}",
                narrowed={"includePast": unless(VALID)},
                order=Order.up("r.valid_from"),
            ),
            arguments={
                "includePast": Argument(
                    type="Boolean!", says="Also those that ended before `asOf`.", default=False
                )
            },
        ),
        "directReports": connection(
            "Person",
            "Whose line manager this is.",
            Children(
                type="Person",
                on=f"r.manager_id = {{parent}} AND r.id IN ({EMPLOYED})",
                order=Order.up("r.display_name"),
            ),
        ),
        "roles": Field(
            type="[RoleAssignment!]!",
            says="Roles held. Bounded: few per person.",
            origin=Children(
                type="RoleAssignment",
                on="r.person_id = {parent}",
                narrowed={"includePast": unless(VALID)},
                order=Order.up("r.role"),
            ),
            arguments={
                "includePast": Argument(
                    type="Boolean!", says="Also those that ended before `asOf`.", default=False
                )
            },
        ),
        "identityLinks": Field(
            type="[IdentityLink!]!",
            says="Ids in outside systems. Bounded: few per system.",
            origin=Children(type="IdentityLink", on="r.person_id = {parent}"),
            privacy=PrivacyClass.TEAM,
        ),
        "competences": connection(
            "CompetenceState",
            "What the person can do, derived from evidence.",
            Children(type="CompetenceState", on="r.person_id = {parent}", about="Person"),
            filtered=filters.STATE_FILTER,
            ordered=orders.STATE_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "gaps": connection(
            "CompetenceGap",
            "What the person still lacks for what is asked.",
            Children(type="CompetenceGap", on="r.person_id = {parent}", about="Person"),
            filtered=filters.GAP_FILTER,
            ordered=orders.GAP_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "evidence": connection(
            "CompetenceEvidence",
            "All evidence, counted or not.",
            Children(
                type="CompetenceEvidence",
                on="r.person_id = {parent}",
                order=Order.down("r.observed_at"),
                about="Person",
            ),
            filtered=filters.EVIDENCE_FILTER,
            ordered=orders.EVIDENCE_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "credentials": connection(
            "Credential",
            "Badges, certificates, licences.",
            Children(type="Credential", on="r.holder_id = {parent}"),
            filtered=filters.CREDENTIAL_FILTER,
            ordered=orders.CREDENTIAL_ORDER,
        ),
        "ambitions": Field(
            type="[Ambition!]!",
            says="What the person wants to become good at. Bounded: 20.",
            origin=Children(type="Ambition", on="r.person_id = {parent}"),
            privacy=PrivacyClass.PERSONAL,
        ),
        "agreements": connection(
            "DevelopmentAgreement",
            "Results agreements made with this employee.",
            Children(type="DevelopmentAgreement", on="r.employee_id = {parent}"),
            filtered=filters.AGREEMENT_FILTER,
            ordered=orders.AGREEMENT_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "learning": connection(
            "LearningRecord",
            "Learning chosen, under way and done, newest first.",
            Children(type="LearningRecord", on="r.person_id = {parent}", order=orders.OPEN_FIRST),
            filtered=filters.LEARNING_FILTER,
            privacy=PrivacyClass.TEAM,
        ),
        "appraisals": connection(
            "Appraisal",
            "Appraisals, newest first.",
            Children(
                type="Appraisal",
                on="r.employee_id = {parent}",
                order=orders.OPEN_FIRST,
                about="Person",
            ),
            filtered=filters.APPRAISAL_FILTER,
            privacy=PrivacyClass.SENSITIVE,
        ),
        "assignments": connection(
            "WorkAssignment",
            "Work planned and done, by start.",
            Children(
                type="WorkAssignment",
                on=(
                    "r.id IN (SELECT l.owner_id FROM work_assignment__assignees l WHERE"
                    " l.target_id = {parent})"
                ),
                order=Order.up("r.starts_at"),
                about="Person",
            ),
            filtered=filters.ASSIGNMENT_FILTER,
            privacy=PrivacyClass.TEAM,
        ),
        "suggestions": Field(
            type="[Suggestion!]!",
            says="What is within reach. Bounded: `limit`.",
            origin=Computed(function=suggestions.for_person, needs=("id",)),
            arguments={
                "for": Argument(
                    type="SuggestionPurpose", says="Serving this purpose; left out: all."
                ),
                "limit": Argument(
                    type="Int!", says="At most this many, best first; 1 to 20.", default=5
                ),
            },
            privacy=PrivacyClass.PERSONAL,
        ),
    },
    says="Someone who works, worked or will work for the organisation.",
    interfaces="Sourced Labelled",
    keys=("id", "employeeNumber"),
)

EMPLOYMENT = node(
    Employment,
    {
        **SOURCED,
        **of_model(Employment, "person"),
        "unit": Field(
            type="OrganisationUnit",
            says="Where.",
            origin=Reference("unit_id", type="OrganisationUnit"),
            semantic=True,
        ),
        **of_model(Employment, "jobProfile title fte validFrom"),
        "validUntil": Field(
            type="Date", says="First day after; null: open-ended.", origin=Column("valid_until")
        ),
    },
    interfaces="Sourced",
)

SUGGESTION = Object(
    name="Suggestion",
    says="Something within reach, with why.",
    fields={
        "target": Field(
            type="SuggestionTarget!", says="What is suggested.", origin=Column("target")
        ),
        "competence": Field(
            type="Competence!",
            says="For which competence.",
            origin=Reference("competence_id", "Competence"),
        ),
        "reasons": Field(type="[Reason!]!", says="Why. Bounded: 10.", origin=Column("reasons")),
    },
)

SUGGESTION_TARGET = Union(
    name="SuggestionTarget",
    says="What can be suggested.",
    types=("Intervention", "WorkAssignment", "Person"),
)

DECLARED = (
    PERSON,
    EMPLOYMENT,
    SUGGESTION,
    SUGGESTION_TARGET,
)
