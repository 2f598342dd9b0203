"""Where every question begins."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.engine.origins import Children, Computed, Order
from hub.models.kinds import PrivacyClass
from hub.schema import filters, orders
from hub.schema.computed import hub_itself, lookups, quality
from hub.schema.declare import Argument, Field, Object, connection
from hub.schema.narrowing import equal, whether
from hub.schema.shared import AS_OF


def one(of: str, key: str, says: str, more: Mapping[str, Argument] = MappingProxyType({})) -> Field:
    """Return a field that looks up one record by a key."""
    return Field(
        type=of,
        says=says,
        origin=Computed(function=lookups.by_key(of)),
        arguments={"by": Argument(type=f"{key}!", says="Which one: exactly one key."), **more},
    )


QUERY = Object(
    name="Query",
    says="Questions. A look-up answers null for what is not there or not to be seen.",
    fields={
        "hub": Field(
            type="HubInfo!",
            says="The hub and its limits.",
            origin=Computed(function=hub_itself.info),
            public=True,
        ),
        "viewer": Field(
            type="Viewer!",
            says="Who is asking, what they may do and what waits for them.",
            origin=Computed(function=hub_itself.viewer),
        ),
        "me": Field(
            type="Person",
            says="The person asking; null for a system.",
            origin=Computed(function=hub_itself.me),
            arguments=AS_OF,
        ),
        "node": Field(
            type="Node",
            says="Anything by its id.",
            origin=Computed(function=lookups.never),
            arguments={"id": Argument(type="ID!", says="Global id.")},
        ),
        "nodes": Field(
            type="[Node]!",
            says="Up to 100 by id, in that order, null for what is not there.",
            origin=Computed(function=lookups.never),
            arguments={"ids": Argument(type="[ID!]!", says="Global ids, at most 100.")},
        ),
        "sourced": Field(
            type="[Sourced!]!",
            says="What the hub holds for an id of an outside system. Bounded: few per id.",
            origin=Computed(function=lookups.sourced),
            arguments={"by": Argument(type="ExternalKey!", says="Which one: exactly one key.")},
        ),
        "person": one("Person", "PersonKey", "One person.", AS_OF),
        "people": connection(
            "Person",
            "People.",
            Children(type="Person", of=None),
            filtered=filters.PERSON_FILTER,
            ordered=orders.PERSON_ORDER,
            order="NAME_ASC",
            arguments=AS_OF,
        ),
        "unit": one("OrganisationUnit", "CodeKey", "One unit.", AS_OF),
        "units": connection(
            "OrganisationUnit",
            "Units, by code.",
            Children(type="OrganisationUnit", of=None, order=Order.up("r.code")),
            filtered=filters.UNIT_FILTER,
            arguments=AS_OF,
        ),
        "jobProfile": one("JobProfile", "CodeKey", "One job profile.", AS_OF),
        "jobProfiles": connection(
            "JobProfile",
            "Job profiles, by code.",
            Children(type="JobProfile", of=None, order=Order.up("r.code")),
            filtered=filters.NAME_FILTER,
            arguments=AS_OF,
        ),
        "roles": connection(
            "RoleAssignment",
            "Who holds which role.",
            Children(type="RoleAssignment", of=None, order=Order.up("r.role")),
            filtered=filters.ROLE_FILTER,
            arguments=AS_OF,
        ),
        "centres": Field(
            type="[CompetenceCentre!]!",
            says="Competence centres. Bounded: one per region.",
            origin=Children(type="CompetenceCentre", of=None),
            arguments=AS_OF,
        ),
        "frameworks": Field(
            type="[CompetenceFramework!]!",
            says="Competence frameworks in use. Bounded: configured.",
            origin=Children(type="CompetenceFramework", of=None, order=Order.up("r.name")),
        ),
        "scales": Field(
            type="[ProficiencyScale!]!",
            says="Scales and how sources' ratings land on them. Bounded: configured.",
            origin=Children(type="ProficiencyScale", of=None, order=Order.up("r.name")),
        ),
        "areas": Field(
            type="[CompetenceArea!]!",
            says="Competence areas. Bounded: configured.",
            origin=Children(type="CompetenceArea", of=None, order=Order.up("r.name")),
            arguments=AS_OF,
        ),
        "competence": one("Competence", "CompetenceKey", "One competence.", AS_OF),
        "competences": connection(
            "Competence",
            "Competences.",
            Children(type="Competence", of=None),
            filtered=filters.COMPETENCE_FILTER,
            ordered=orders.COMPETENCE_ORDER,
            order="NAME_ASC",
            arguments=AS_OF,
        ),
        "process": one("WorkProcess", "CodeKey", "One work process.", AS_OF),
        "processes": connection(
            "WorkProcess",
            "Work processes, by code.",
            Children(type="WorkProcess", of=None, order=Order.up("r.code")),
            filtered=filters.PROCESS_FILTER,
            arguments=AS_OF,
        ),
        "requirements": connection(
            "CompetenceRequirement",
            "What is asked, everywhere.",
            Children(type="CompetenceRequirement", of=None),
            filtered=filters.REQUIREMENT_FILTER,
            arguments=AS_OF,
        ),
        "competenceStates": connection(
            "CompetenceState",
            "What people can do.",
            Children(type="CompetenceState", of=None),
            filtered=filters.STATE_FILTER,
            ordered=orders.STATE_ORDER,
            order="PERSON_ASC",
            arguments=AS_OF,
            privacy=PrivacyClass.TEAM,
        ),
        "gaps": connection(
            "CompetenceGap",
            "What people still lack.",
            Children(type="CompetenceGap", of=None),
            filtered=filters.GAP_FILTER,
            ordered=orders.GAP_ORDER,
            order="SEVERITY_DESC",
            arguments=AS_OF,
            privacy=PrivacyClass.TEAM,
        ),
        "evidence": connection(
            "CompetenceEvidence",
            "Evidence, e.g. all open objections.",
            Children(type="CompetenceEvidence", of=None),
            filtered=filters.EVIDENCE_FILTER,
            ordered=orders.EVIDENCE_ORDER,
            order="OBSERVED_DESC",
            arguments=AS_OF,
            privacy=PrivacyClass.TEAM,
        ),
        "credentials": connection(
            "Credential",
            "Credentials.",
            Children(type="Credential", of=None),
            filtered=filters.CREDENTIAL_FILTER,
            ordered=orders.CREDENTIAL_ORDER,
            order="EXPIRES_ASC",
            arguments=AS_OF,
        ),
        "interventions": connection(
            "Intervention",
            "Ways to develop competence.",
            Children(type="Intervention", of=None),
            filtered=filters.INTERVENTION_FILTER,
            ordered=orders.INTERVENTION_ORDER,
            order="TITLE_ASC",
            arguments=AS_OF,
        ),
        "learningRecords": connection(
            "LearningRecord",
            "Learning done and under way, newest first.",
            Children(type="LearningRecord", of=None, order=orders.OPEN_FIRST),
            filtered=filters.LEARNING_FILTER,
            arguments=AS_OF,
            privacy=PrivacyClass.TEAM,
        ),
        "agreements": connection(
            "DevelopmentAgreement",
            "Results agreements.",
            Children(type="DevelopmentAgreement", of=None),
            filtered=filters.AGREEMENT_FILTER,
            ordered=orders.AGREEMENT_ORDER,
            order="REVIEW_ASC",
            arguments=AS_OF,
            privacy=PrivacyClass.TEAM,
        ),
        "facilities": connection(
            "AgreedFacility",
            "What managers owe, by due date.",
            Children(type="AgreedFacility", of=None, order=orders.DUE),
            filtered=filters.FACILITY_FILTER,
            arguments=AS_OF,
            privacy=PrivacyClass.TEAM,
        ),
        "appraisalCycle": one("AppraisalCycle", "RecordKey", "One appraisal cycle.", AS_OF),
        "appraisalCycles": connection(
            "AppraisalCycle",
            "Appraisal cycles, newest first.",
            Children(type="AppraisalCycle", of=None, order=Order.down("r.starts_on")),
            arguments=AS_OF,
        ),
        "appraisals": connection(
            "Appraisal",
            "Appraisals, newest first.",
            Children(type="Appraisal", of=None, order=orders.OPEN_FIRST),
            filtered=filters.APPRAISAL_FILTER,
            arguments=AS_OF,
            privacy=PrivacyClass.SENSITIVE,
        ),
        "nonconformity": one("Nonconformity", "RecordKey", "One nonconformity.", AS_OF),
        "nonconformities": connection(
            "Nonconformity",
            "Nonconformities.",
            Children(type="Nonconformity", of=None),
            filtered=filters.NONCONFORMITY_FILTER,
            ordered=orders.NONCONFORMITY_ORDER,
            order="RAISED_DESC",
            arguments=AS_OF,
        ),
        "workAssignment": one("WorkAssignment", "RecordKey", "One work assignment.", AS_OF),
        "workAssignments": connection(
            "WorkAssignment",
            "Planned work; with `verdicts`, what is not well covered.",
            Children(type="WorkAssignment", of=None),
            filtered=filters.ASSIGNMENT_FILTER,
            ordered=orders.ASSIGNMENT_ORDER,
            order="STARTS_ASC",
            arguments=AS_OF,
        ),
        "nonconformityGroups": Field(
            type="[NonconformityGroup!]!",
            says="Nonconformities in groups. Bounded: 1,000 groups.",
            origin=Computed(function=quality.groups),
            arguments={
                "where": Argument(type="NonconformityFilter", says="Only what meets all of these."),
                "groupBy": Argument(
                    type="[NonconformityDimension!]!",
                    says="Published dimensions to group by, 1 to 3.",
                ),
                "unitKind": Argument(
                    type="UnitKind",
                    says="With UNIT: group at this kind of unit; left out: the lowest.",
                ),
                **AS_OF,
            },
        ),
        "couplingRule": one("CouplingRule", "ConfigKey", "One rule."),
        "couplingRules": Field(
            type="[CouplingRule!]!",
            says="The register of rules. Bounded: configured.",
            origin=Children(
                type="CouplingRule",
                of=None,
                narrowed={
                    "from": equal("r.from_"),
                    "to": equal('r."to"'),
                    "enabled": whether("r.enabled = 1"),
                },
                order=Order.up("r.key"),
            ),
            arguments={
                "from": Argument(type="SystemKind", says="Listening there."),
                "to": Argument(type="SystemKind", says="Acting there."),
                "enabled": Argument(type="Boolean", says="Running or not."),
            },
        ),
        "couplingActions": connection(
            "CouplingAction",
            "Proposed and executed actions.",
            Children(type="CouplingAction", of=None),
            filtered=filters.COUPLING_ACTION_FILTER,
            ordered=orders.COUPLING_ACTION_ORDER,
            order="CREATED_DESC",
        ),
        "events": connection(
            "DomainEvent",
            "What happened, newest first.",
            Children(type="DomainEvent", of=None, order=Order.down("r.occurred_at")),
            filtered=filters.EVENT_FILTER,
        ),
        "sourceSystem": one("SourceSystem", "ConfigKey", "One source."),
        "sourceSystems": Field(
            type="[SourceSystem!]!",
            says="Connected systems: health and register of processing. Bounded: configured.",
            origin=Children(
                type="SourceSystem",
                of=None,
                narrowed={"kind": equal("r.kind")},
                order=Order.up("r.key"),
            ),
            arguments={"kind": Argument(type="SystemKind", says="Only of this kind.")},
        ),
        "termLinks": connection(
            "TermLink",
            "What the sources' own words mean; the unmapped wait here.",
            Children(type="TermLink", of=None, order=Order.up("r.system", "r.term")),
            filtered=filters.TERM_LINK_FILTER,
        ),
        "identityLinks": connection(
            "IdentityLink",
            "Outside ids and whom they are matched to.",
            Children(type="IdentityLink", of=None, order=Order.up("r.system", "r.external_id")),
            filtered=filters.IDENTITY_LINK_FILTER,
            privacy=PrivacyClass.TEAM,
        ),
        "quarantinedRecords": connection(
            "QuarantinedRecord",
            "Records set aside, newest first.",
            Children(type="QuarantinedRecord", of=None, order=Order.down("r.received_at")),
            filtered=filters.QUARANTINE_FILTER,
            privacy=PrivacyClass.SENSITIVE,
        ),
        "dataConflicts": connection(
            "DataConflict",
            "Where sources disagree, newest first.",
            Children(type="DataConflict", of=None, order=orders.DISPUTED),
            filtered=filters.CONFLICT_FILTER,
        ),
    },
)

DECLARED = (QUERY,)
