"""What clients name records by, and what lists can be narrowed to."""

from hub.schema.declare import Argument, Input
from hub.schema.narrowing import (
    CONTESTED,
    CONTRADICTED,
    EMPLOYED,
    SCOPE,
    VALID,
    about,
    aiming_at,
    among_ids,
    asked_in,
    asking,
    assigned,
    at_least,
    attesting,
    caused_by,
    developing,
    during,
    employed_in,
    equal,
    for_process,
    for_profile,
    hanging_on_one,
    having_role,
    holding_profile,
    identified,
    idle,
    in_conflict,
    in_unit,
    judged,
    named,
    needing,
    no_less_severe,
    of_area,
    of_intervention,
    of_key,
    of_process,
    of_rule,
    of_system,
    of_type,
    one_of,
    only,
    part_of,
    promised_in,
    required_in,
    searched,
    under,
    unless,
    whether,
    with_cause,
    with_status,
    within,
)

DATE_WINDOW = Input(
    name="DateWindow",
    says="Days from `from` up to, not including, `until`.",
    fields={
        "from": Argument(type="Date", says="First day; left out: no beginning."),
        "until": Argument(type="Date", says="First day after; left out: no end."),
    },
)

TIME_WINDOW = Input(
    name="TimeWindow",
    says="Instants from `from` up to, not including, `until`.",
    fields={
        "from": Argument(type="DateTime", says="Beginning; left out: none."),
        "until": Argument(type="DateTime", says="End, not included; left out: none."),
    },
)

EXTERNAL_KEY = Input(
    name="ExternalKey",
    says="An object by its id in an outside system.",
    fields={
        "system": Argument(type="String!", says="Key of the source system."),
        "externalId": Argument(type="String!", says="Its id there."),
        "stream": Argument(
            type="String", says="Stream, where ids are not unique within the system."
        ),
    },
)

PERSON_KEY = Input(
    name="PersonKey",
    says="A person, by exactly one key.",
    fields={
        "id": Argument(type="ID", says="Global id."),
        "employeeNumber": Argument(type="String", says="Employee number."),
        "workEmail": Argument(type="String", says="Work email, case ignored."),
        "external": Argument(type="ExternalKey", says="Id in an outside system."),
    },
    one_of=True,
)

CODE_KEY = Input(
    name="CodeKey",
    says="A unit, area, job profile, process or indicator, by exactly one key.",
    fields={
        "id": Argument(type="ID", says="Global id."),
        "code": Argument(type="String", says="Its code in the organisation."),
        "external": Argument(type="ExternalKey", says="Id in an outside system."),
    },
    one_of=True,
)

COMPETENCE_KEY = Input(
    name="CompetenceKey",
    says="A competence, by exactly one key.",
    fields={
        "id": Argument(type="ID", says="Global id."),
        "uri": Argument(type="URL", says="Its URI, e.g. of ESCO."),
        "code": Argument(type="String", says="Its code in the organisation."),
    },
    one_of=True,
)

RECORD_KEY = Input(
    name="RecordKey",
    says="A record of an outside system, by exactly one key.",
    fields={
        "id": Argument(type="ID", says="Global id."),
        "number": Argument(type="String", says="The number people know it by, where it has one."),
        "external": Argument(type="ExternalKey", says="Id in an outside system."),
    },
    one_of=True,
)

CONFIG_KEY = Input(
    name="ConfigKey",
    says="Something configured in the hub, by exactly one key.",
    fields={
        "id": Argument(type="ID", says="Global id."),
        "key": Argument(type="String", says="Its key, e.g. C09 or frappe-hr."),
    },
    one_of=True,
)

PERSON_FILTER = Input(
    name="PersonFilter",
    says="Which people.",
    fields={
        "ids": Argument(
            type="[ID!]", says="One of these ids; at most 100.", narrows=among_ids("r.id")
        ),
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.display_name", "COALESCE(r.employee_number, '')"),
        ),
        "unit": Argument(
            type="CodeKey", says="In this unit or any unit below it.", narrows=employed_in("r.id")
        ),
        "manager": Argument(
            type="PersonKey",
            says="Reporting directly to this manager.",
            narrows=named("person", "r.manager_id"),
        ),
        "jobProfile": Argument(
            type="CodeKey", says="Holding this job profile.", narrows=holding_profile
        ),
        "role": Argument(type="Role", says="Holding this role.", narrows=having_role),
        "includeFormer": Argument(
            type="Boolean!",
            says="Also people no longer employed on `asOf`.",
            default=False,
            narrows=unless(f"r.id IN ({EMPLOYED})"),
        ),
    },
)

UNIT_FILTER = Input(
    name="UnitFilter",
    says="Which units.",
    fields={
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.name", "r.code"),
        ),
        "kinds": Argument(
            type="[UnitKind!]", says="Of one of these kinds.", narrows=one_of("r.kind")
        ),
        "under": Argument(type="CodeKey", says="Below this unit.", narrows=under),
    },
)

ROLE_FILTER = Input(
    name="RoleFilter",
    says="Which role assignments.",
    fields={
        "roles": Argument(type="[Role!]", says="One of these roles.", narrows=one_of("r.role")),
        "person": Argument(
            type="PersonKey", says="Held by this person.", narrows=named("person", "r.person_id")
        ),
        "unit": Argument(
            type="CodeKey", says="For this unit or any below it.", narrows=in_unit("r.unit_id")
        ),
        "area": Argument(
            type="CodeKey",
            says="In this competence area.",
            narrows=named("competence_area", "r.area_id"),
        ),
        "includePast": Argument(
            type="Boolean!",
            says="Also those that ended before `asOf`.",
            default=False,
            narrows=unless(VALID),
        ),
    },
)

COMPETENCE_FILTER = Input(
    name="CompetenceFilter",
    says="Which competences.",
    fields={
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.name", "COALESCE(r.code, '')"),
        ),
        "area": Argument(
            type="CodeKey",
            says="In this competence area.",
            narrows=named("competence_area", "r.area_id"),
        ),
        "frameworkId": Argument(
            type="ID", says="Of this framework.", narrows=identified("r.framework_id")
        ),
        "core": Argument(
            type="Boolean", says="Core or not.", narrows=whether("COALESCE(r.core, 0) = 1")
        ),
        "scope": Argument(type="CompetenceScope", says="With this scope.", narrows=equal(SCOPE)),
        "kinds": Argument(
            type="[CompetenceKind!]",
            says="Of one of these kinds.",
            narrows=one_of("COALESCE(r.kind, 'SKILL')"),
        ),
        "requiredIn": Argument(
            type="CodeKey", says="Asked for in this unit or below.", narrows=required_in
        ),
    },
)

REQUIREMENT_FILTER = Input(
    name="RequirementFilter",
    says="Which requirements.",
    fields={
        "subjectId": Argument(
            type="ID",
            says=(
                "Asked by this goal, profile, process, vacancy, assignment, system, change or rule."
            ),
            narrows=identified("r.subject_id"),
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="About this competence or a narrower one.",
            narrows=about("r.competence_id"),
        ),
        "unit": Argument(
            type="CodeKey", says="Holding for people of this unit or below.", narrows=asked_in
        ),
        "criticality": Argument(
            type="[Severity!]", says="With one of these.", narrows=one_of("r.criticality")
        ),
        "enforcement": Argument(
            type="[Enforcement!]", says="With one of these.", narrows=one_of("r.enforcement")
        ),
        "unconfirmedOnly": Argument(
            type="Boolean",
            says="Not yet confirmed by owner and practitioner.",
            narrows=only("(r.owner_confirmed_at IS NULL OR r.practitioner_confirmed_at IS NULL)"),
        ),
        "includePast": Argument(
            type="Boolean!",
            says="Also those that ended before `asOf`.",
            default=False,
            narrows=unless(VALID),
        ),
    },
)

STATE_FILTER = Input(
    name="StateFilter",
    says="Which competence states.",
    fields={
        "person": Argument(
            type="PersonKey", says="About this person.", narrows=named("person", "r.person_id")
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="About this competence or a narrower one.",
            narrows=about("r.competence_id"),
        ),
        "area": Argument(type="CodeKey", says="In this competence area.", narrows=of_area),
        "unit": Argument(
            type="CodeKey",
            says="In this unit or any unit below it.",
            narrows=employed_in("r.person_id"),
        ),
        "process": Argument(type="CodeKey", says="Asked by this process.", narrows=of_process),
        "statuses": Argument(
            type="[StateStatus!]", says="With one of these statuses.", narrows=one_of("r.status")
        ),
        "minRank": Argument(
            type="Int",
            says="At this rank of the competence's own scale or above.",
            narrows=at_least("r.rank"),
        ),
        "contradictory": Argument(
            type="Boolean",
            says="With or without contradiction.",
            narrows=whether("r.contradictory = 1"),
        ),
        "contested": Argument(
            type="Boolean",
            says="With or without open objection.",
            narrows=whether("r.contested = 1"),
        ),
        "ends": Argument(
            type="DateWindow", says="Expiring in this window.", narrows=within("r.valid_until")
        ),
        "idleFor": Argument(
            type="Duration", says="Not used in work for at least this long.", narrows=idle
        ),
    },
)

GAP_FILTER = Input(
    name="GapFilter",
    says="Which gaps.",
    fields={
        "person": Argument(
            type="PersonKey", says="About this person.", narrows=named("person", "r.person_id")
        ),
        "unit": Argument(
            type="CodeKey",
            says="In this unit or any unit below it.",
            narrows=employed_in("r.person_id"),
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="About this competence or a narrower one.",
            narrows=about("r.competence_id"),
        ),
        "area": Argument(type="CodeKey", says="In this competence area.", narrows=of_area),
        "process": Argument(
            type="CodeKey",
            says="For this work process or a step of it.",
            narrows=for_process,
        ),
        "jobProfile": Argument(type="CodeKey", says="For this job profile.", narrows=for_profile),
        "minSeverity": Argument(
            type="Severity", says="At least this severe.", narrows=no_less_severe
        ),
        "uncoveredOnly": Argument(
            type="Boolean", says="Without an agreement.", narrows=only("r.covered_by_id IS NULL")
        ),
        "needed": Argument(
            type="DateWindow", says="Needed in this window.", narrows=within("r.needed_by")
        ),
    },
)

EVIDENCE_FILTER = Input(
    name="EvidenceFilter",
    says="Which evidence.",
    fields={
        "person": Argument(
            type="PersonKey", says="About this person.", narrows=named("person", "r.person_id")
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="About this competence or a narrower one.",
            narrows=about("r.competence_id"),
        ),
        "kinds": Argument(
            type="[EvidenceKind!]", says="Of one of these kinds.", narrows=one_of("r.kind")
        ),
        "polarity": Argument(
            type="Polarity", says="For, against or neutral.", narrows=equal("r.polarity")
        ),
        "observed": Argument(
            type="TimeWindow", says="Observed in this window.", narrows=within("r.observed_at")
        ),
        "contest": Argument(
            type="[ContestOutcome!]",
            says="With an objection that stands so.",
            narrows=one_of(CONTESTED),
        ),
        "system": Argument(
            type="ConfigKey", says="From this source system.", narrows=of_system("r.system")
        ),
        "countedOnly": Argument(
            type="Boolean", says="That counts on `asOf`.", narrows=only("r.counted = 1")
        ),
    },
)

CREDENTIAL_FILTER = Input(
    name="CredentialFilter",
    says="Which credentials.",
    fields={
        "person": Argument(
            type="PersonKey", says="Held by this person.", narrows=named("person", "r.holder_id")
        ),
        "unit": Argument(
            type="CodeKey",
            says="In this unit or any unit below it.",
            narrows=employed_in("r.holder_id"),
        ),
        "competence": Argument(
            type="CompetenceKey", says="About this competence or a narrower one.", narrows=attesting
        ),
        "statuses": Argument(
            type="[CredentialStatus!]", says="With one of these statuses.", narrows=with_status
        ),
        "ends": Argument(
            type="DateWindow", says="Ending in this window.", narrows=within("r.valid_until")
        ),
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.name"),
        ),
    },
)

PROCESS_FILTER = Input(
    name="ProcessFilter",
    says="Which work processes.",
    fields={
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.name", "r.code"),
        ),
        "unit": Argument(
            type="CodeKey", says="In this unit or any unit below it.", narrows=in_unit("r.unit_id")
        ),
        "competence": Argument(
            type="CompetenceKey", says="Asking for this competence.", narrows=asking
        ),
        "singlePointOfFailure": Argument(
            type="Boolean", says="Hanging on one person somewhere.", narrows=hanging_on_one
        ),
    },
)

INTERVENTION_FILTER = Input(
    name="InterventionFilter",
    says="Which interventions.",
    fields={
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.title"),
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="Leading to this competence or a narrower one.",
            narrows=aiming_at,
        ),
        "forms": Argument(
            type="[InterventionForm!]", says="Of one of these forms.", narrows=one_of("r.form")
        ),
        "loci": Argument(
            type="[Locus!]", says="In one of these places.", narrows=one_of("r.locus")
        ),
        "formality": Argument(
            type="Formality", says="Formal or informal.", narrows=equal("r.formality")
        ),
        "providers": Argument(
            type="[Provider!]", says="By one of these.", narrows=one_of("r.provider")
        ),
    },
)

LEARNING_FILTER = Input(
    name="LearningFilter",
    says="Which learning records.",
    fields={
        "person": Argument(
            type="PersonKey", says="About this person.", narrows=named("person", "r.person_id")
        ),
        "unit": Argument(
            type="CodeKey",
            says="In this unit or any unit below it.",
            narrows=employed_in("r.person_id"),
        ),
        "interventionId": Argument(
            type="ID", says="About this intervention.", narrows=identified("r.intervention_id")
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="About this competence or a narrower one.",
            narrows=about("r.competence_id"),
        ),
        "forms": Argument(
            type="[InterventionForm!]",
            says="Of one of these forms.",
            narrows=of_intervention("form"),
        ),
        "providers": Argument(
            type="[Provider!]", says="By one of these.", narrows=of_intervention("provider")
        ),
        "statuses": Argument(
            type="[LearningStatus!]", says="With one of these statuses.", narrows=one_of("r.status")
        ),
        "completed": Argument(
            type="DateWindow", says="Completed in this window.", narrows=within("r.completed_at")
        ),
    },
)

AGREEMENT_FILTER = Input(
    name="AgreementFilter",
    says="Which agreements.",
    fields={
        "employee": Argument(
            type="PersonKey", says="Of this employee.", narrows=named("person", "r.employee_id")
        ),
        "manager": Argument(
            type="PersonKey", says="With this manager.", narrows=named("person", "r.manager_id")
        ),
        "unit": Argument(
            type="CodeKey",
            says="In this unit or any unit below it.",
            narrows=employed_in("r.employee_id"),
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="About this competence or a narrower one.",
            narrows=developing,
        ),
        "statuses": Argument(
            type="[AgreementStatus!]",
            says="With one of these statuses.",
            narrows=one_of("r.status"),
        ),
        "horizon": Argument(
            type="AgreementHorizon", says="For this horizon.", narrows=equal("r.horizon")
        ),
        "review": Argument(
            type="DateWindow", says="With review in this window.", narrows=within("r.review_on")
        ),
    },
)

FACILITY_FILTER = Input(
    name="FacilityFilter",
    says="Which facilities.",
    fields={
        "unit": Argument(
            type="CodeKey", says="In this unit or any unit below it.", narrows=promised_in
        ),
        "promisedBy": Argument(
            type="PersonKey",
            says="Owed by this person.",
            narrows=named("person", "r.promised_by_id"),
        ),
        "kinds": Argument(
            type="[FacilityKind!]", says="Of one of these kinds.", narrows=one_of("r.kind")
        ),
        "due": Argument(type="DateWindow", says="Due in this window.", narrows=within("r.due_on")),
        "delivered": Argument(
            type="Boolean", says="Delivered or not.", narrows=whether("r.delivered_on IS NOT NULL")
        ),
        "overdueOnly": Argument(
            type="Boolean",
            says="Past due and not delivered.",
            narrows=only("(r.delivered_on IS NULL AND r.due_on < :today)"),
        ),
    },
)

APPRAISAL_FILTER = Input(
    name="AppraisalFilter",
    says="Which appraisals.",
    fields={
        "cycleId": Argument(type="ID", says="In this cycle.", narrows=identified("r.cycle_id")),
        "employee": Argument(
            type="PersonKey", says="Of this employee.", narrows=named("person", "r.employee_id")
        ),
        "unit": Argument(
            type="CodeKey",
            says="In this unit or any unit below it.",
            narrows=employed_in("r.employee_id"),
        ),
        "statuses": Argument(
            type="[AppraisalStatus!]",
            says="With one of these statuses.",
            narrows=one_of("r.status"),
        ),
        "contradictoryOnly": Argument(
            type="Boolean",
            says="With a rating that evidence contradicts.",
            narrows=only(CONTRADICTED),
        ),
    },
)

NONCONFORMITY_FILTER = Input(
    name="NonconformityFilter",
    says="Which nonconformities.",
    fields={
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.number", "r.title"),
        ),
        "unit": Argument(
            type="CodeKey", says="In this unit or any unit below it.", narrows=in_unit("r.unit_id")
        ),
        "process": Argument(
            type="CodeKey",
            says="For this work process or a step of it.",
            narrows=part_of("r.process_id"),
        ),
        "competence": Argument(
            type="CompetenceKey",
            says="With this competence as suggested or confirmed cause.",
            narrows=caused_by,
        ),
        "causes": Argument(
            type="[CauseStatus!]",
            says="With a competence cause that stands so.",
            narrows=with_cause,
        ),
        "severities": Argument(
            type="[Severity!]", says="With one of these severities.", narrows=one_of("r.severity")
        ),
        "statuses": Argument(
            type="[NonconformityStatus!]",
            says="With one of these statuses.",
            narrows=one_of("r.status"),
        ),
        "raised": Argument(
            type="DateWindow", says="Raised in this window.", narrows=within("r.raised_at")
        ),
    },
)

ASSIGNMENT_FILTER = Input(
    name="AssignmentFilter",
    says="Which work assignments.",
    fields={
        "unit": Argument(
            type="CodeKey", says="In this unit or any unit below it.", narrows=in_unit("r.unit_id")
        ),
        "person": Argument(type="PersonKey", says="Assigned to this person.", narrows=assigned),
        "process": Argument(
            type="CodeKey",
            says="For this work process or a step of it.",
            narrows=part_of("r.process_id"),
        ),
        "competence": Argument(
            type="CompetenceKey", says="Asking for this competence.", narrows=needing
        ),
        "kinds": Argument(
            type="[AssignmentKind!]", says="Of one of these kinds.", narrows=one_of("r.kind")
        ),
        "during": Argument(type="TimeWindow", says="Overlapping this window.", narrows=during),
        "verdicts": Argument(
            type="[EligibilityVerdict!]",
            says="Covered so, at the time of the work.",
            narrows=judged,
        ),
        "learningPurpose": Argument(
            type="Boolean", says="For learning or not.", narrows=whether("r.learning_purpose = 1")
        ),
    },
)

COUPLING_ACTION_FILTER = Input(
    name="CouplingActionFilter",
    says="Which coupling actions.",
    fields={
        "rule": Argument(
            type="ConfigKey", says="Of this rule.", narrows=of_key("coupling_rule", "r.rule")
        ),
        "from": Argument(type="SystemKind", says="Listening there.", narrows=of_rule("from_")),
        "to": Argument(type="SystemKind", says="Acting there.", narrows=of_rule("to")),
        "statuses": Argument(
            type="[ActionStatus!]", says="With one of these statuses.", narrows=one_of("r.status")
        ),
        "subjectId": Argument(
            type="ID", says="About this object.", narrows=identified("r.subject_id")
        ),
        "created": Argument(
            type="TimeWindow", says="Proposed in this window.", narrows=within("r.created_at")
        ),
    },
)

EVENT_FILTER = Input(
    name="EventFilter",
    says="Which events.",
    fields={
        "types": Argument(
            type="[String!]",
            says="Of one of these types; * at the end matches any.",
            narrows=of_type,
        ),
        "system": Argument(
            type="ConfigKey", says="From this source system.", narrows=of_system("r.system")
        ),
        "subjectId": Argument(
            type="ID", says="About this object.", narrows=identified("r.subject_id")
        ),
        "occurred": Argument(
            type="TimeWindow", says="In this window.", narrows=within("r.occurred_at")
        ),
    },
)

IDENTITY_LINK_FILTER = Input(
    name="IdentityLinkFilter",
    says="Which identity links.",
    fields={
        "system": Argument(
            type="ConfigKey", says="From this source system.", narrows=of_system("r.system")
        ),
        "person": Argument(
            type="PersonKey", says="About this person.", narrows=named("person", "r.person_id")
        ),
        "externalId": Argument(
            type="String", says="With this outside id.", narrows=equal("r.external_id")
        ),
        "statuses": Argument(
            type="[LinkStatus!]", says="With one of these statuses.", narrows=one_of("r.status")
        ),
    },
)

TERM_LINK_FILTER = Input(
    name="TermLinkFilter",
    says="Which term links.",
    fields={
        "system": Argument(
            type="ConfigKey", says="From this source system.", narrows=of_system("r.system")
        ),
        "termKind": Argument(
            type="String", says="Of this kind there.", narrows=equal("r.term_kind")
        ),
        "statuses": Argument(
            type="[LinkStatus!]", says="With one of these statuses.", narrows=one_of("r.status")
        ),
    },
)

QUARANTINE_FILTER = Input(
    name="QuarantineFilter",
    says="Which quarantined records.",
    fields={
        "system": Argument(
            type="ConfigKey", says="From this source system.", narrows=of_system("r.system")
        ),
        "stream": Argument(type="String", says="From this stream.", narrows=equal("r.stream")),
        "kinds": Argument(
            type="[QuarantineReason!]", says="With one of these faults.", narrows=one_of("r.kind")
        ),
        "statuses": Argument(
            type="[QuarantineStatus!]",
            says="With one of these statuses.",
            narrows=one_of("r.status"),
        ),
        "received": Argument(
            type="TimeWindow", says="Received in this window.", narrows=within("r.received_at")
        ),
    },
)

CONFLICT_FILTER = Input(
    name="ConflictFilter",
    says="Which conflicts.",
    fields={
        "system": Argument(
            type="ConfigKey", says="In which this source takes part.", narrows=in_conflict
        ),
        "statuses": Argument(
            type="[ConflictStatus!]", says="With one of these statuses.", narrows=one_of("r.status")
        ),
        "subjectId": Argument(
            type="ID", says="About this object.", narrows=identified("r.subject_id")
        ),
    },
)

NAME_FILTER = Input(
    name="NameFilter",
    says="By words in the name, title or code.",
    fields={
        "search": Argument(
            type="String",
            says="Words in the name, title, code or number; accents and case are ignored.",
            narrows=searched("r.title", "r.code"),
        )
    },
)

DECLARED = (
    DATE_WINDOW,
    TIME_WINDOW,
    EXTERNAL_KEY,
    PERSON_KEY,
    CODE_KEY,
    COMPETENCE_KEY,
    RECORD_KEY,
    CONFIG_KEY,
    PERSON_FILTER,
    UNIT_FILTER,
    ROLE_FILTER,
    COMPETENCE_FILTER,
    REQUIREMENT_FILTER,
    STATE_FILTER,
    GAP_FILTER,
    EVIDENCE_FILTER,
    CREDENTIAL_FILTER,
    PROCESS_FILTER,
    INTERVENTION_FILTER,
    LEARNING_FILTER,
    AGREEMENT_FILTER,
    FACILITY_FILTER,
    APPRAISAL_FILTER,
    NONCONFORMITY_FILTER,
    ASSIGNMENT_FILTER,
    COUPLING_ACTION_FILTER,
    EVENT_FILTER,
    IDENTITY_LINK_FILTER,
    TERM_LINK_FILTER,
    QUARANTINE_FILTER,
    CONFLICT_FILTER,
    NAME_FILTER,
)
