"""What lists can be ordered by."""

from hub.engine.origins import Order
from hub.schema.declare import Choice
from hub.schema.narrowing import PERSON_NAME, SEVERITY

PERSON_ORDER = Choice(
    name="PersonOrder",
    says="How a list of people is ordered; ties fall to the id, so paging is stable.",
    values={
        "NAME_ASC": "By name, ascending; nulls last.",
        "NAME_DESC": "By name, descending; nulls last.",
        "EMPLOYEE_NUMBER_ASC": "By employee number, ascending; nulls last.",
        "EMPLOYEE_NUMBER_DESC": "By employee number, descending; nulls last.",
    },
    orders={
        "NAME_ASC": Order.up("r.display_name"),
        "NAME_DESC": Order.down("r.display_name"),
        "EMPLOYEE_NUMBER_ASC": Order.up("COALESCE(r.employee_number, '')"),
        "EMPLOYEE_NUMBER_DESC": Order.down("COALESCE(r.employee_number, '')"),
    },
)

COMPETENCE_ORDER = Choice(
    name="CompetenceOrder",
    says="How a list of competences is ordered; ties fall to the id, so paging is stable.",
    values={
        "NAME_ASC": "By name, ascending; nulls last.",
        "NAME_DESC": "By name, descending; nulls last.",
        "CODE_ASC": "By code, ascending; nulls last.",
        "CODE_DESC": "By code, descending; nulls last.",
    },
    orders={
        "NAME_ASC": Order.up("r.name"),
        "NAME_DESC": Order.down("r.name"),
        "CODE_ASC": Order.up("COALESCE(r.code, '')"),
        "CODE_DESC": Order.down("COALESCE(r.code, '')"),
    },
)

STATE_ORDER = Choice(
    name="StateOrder",
    says="How a list of States is ordered; ties fall to the id, so paging is stable.",
    values={
        "PERSON_ASC": "By the person's name, ascending; nulls last.",
        "PERSON_DESC": "By the person's name, descending; nulls last.",
        "RANK_ASC": "By level, on the normalised axis, ascending; nulls last.",
        "RANK_DESC": "By level, on the normalised axis, descending; nulls last.",
        "CONFIDENCE_ASC": "By confidence, ascending; nulls last.",
        "CONFIDENCE_DESC": "By confidence, descending; nulls last.",
        "LAST_USED_ASC": "By last use in work, ascending; nulls last.",
        "LAST_USED_DESC": "By last use in work, descending; nulls last.",
        "EXPIRES_ASC": "By end of validity, ascending; nulls last.",
        "EXPIRES_DESC": "By end of validity, descending; nulls last.",
    },
    orders={
        "PERSON_ASC": Order.up(PERSON_NAME),
        "PERSON_DESC": Order.down(PERSON_NAME),
        "RANK_ASC": Order.up("COALESCE(r.rank, 0)"),
        "RANK_DESC": Order.down("COALESCE(r.rank, 0)"),
        "CONFIDENCE_ASC": Order.up("r.confidence"),
        "CONFIDENCE_DESC": Order.down("r.confidence"),
        "LAST_USED_ASC": Order.up("COALESCE(r.last_used_at, '')"),
        "LAST_USED_DESC": Order.down("COALESCE(r.last_used_at, '')"),
        "EXPIRES_ASC": Order.up("COALESCE(r.valid_until, '9999')"),
        "EXPIRES_DESC": Order.down("COALESCE(r.valid_until, '9999')"),
    },
)

GAP_ORDER = Choice(
    name="GapOrder",
    says="How a list of Gaps is ordered; ties fall to the id, so paging is stable.",
    values={
        "SEVERITY_ASC": "By severity, ascending; nulls last.",
        "SEVERITY_DESC": "By severity, descending; nulls last.",
        "DELTA_ASC": "By distance to the required level, ascending; nulls last.",
        "DELTA_DESC": "By distance to the required level, descending; nulls last.",
        "NEEDED_BY_ASC": "By the day it is needed, ascending; nulls last.",
        "NEEDED_BY_DESC": "By the day it is needed, descending; nulls last.",
        "PERSON_ASC": "By the person's name, ascending; nulls last.",
        "PERSON_DESC": "By the person's name, descending; nulls last.",
    },
    orders={
        "SEVERITY_ASC": Order.up(SEVERITY),
        "SEVERITY_DESC": Order.down(SEVERITY),
        "DELTA_ASC": Order.up("r.delta"),
        "DELTA_DESC": Order.down("r.delta"),
        "NEEDED_BY_ASC": Order.up("COALESCE(r.needed_by, '9999')"),
        "NEEDED_BY_DESC": Order.down("COALESCE(r.needed_by, '9999')"),
        "PERSON_ASC": Order.up(PERSON_NAME),
        "PERSON_DESC": Order.down(PERSON_NAME),
    },
)

EVIDENCE_ORDER = Choice(
    name="EvidenceOrder",
    says="How a list of Evidences is ordered; ties fall to the id, so paging is stable.",
    values={
        "OBSERVED_ASC": "By moment observed, ascending; nulls last.",
        "OBSERVED_DESC": "By moment observed, descending; nulls last.",
    },
    orders={
        "OBSERVED_ASC": Order.up("r.observed_at"),
        "OBSERVED_DESC": Order.down("r.observed_at"),
    },
)

CREDENTIAL_ORDER = Choice(
    name="CredentialOrder",
    says="How a list of credentials is ordered; ties fall to the id, so paging is stable.",
    values={
        "EXPIRES_ASC": "By end of validity, ascending; nulls last.",
        "EXPIRES_DESC": "By end of validity, descending; nulls last.",
        "NAME_ASC": "By name, ascending; nulls last.",
        "NAME_DESC": "By name, descending; nulls last.",
    },
    orders={
        "EXPIRES_ASC": Order.up("COALESCE(r.valid_until, '9999')"),
        "EXPIRES_DESC": Order.down("COALESCE(r.valid_until, '9999')"),
        "NAME_ASC": Order.up("r.name"),
        "NAME_DESC": Order.down("r.name"),
    },
)

INTERVENTION_ORDER = Choice(
    name="InterventionOrder",
    says="How a list of interventions is ordered; ties fall to the id, so paging is stable.",
    values={
        "TITLE_ASC": "By title, ascending; nulls last.",
        "TITLE_DESC": "By title, descending; nulls last.",
    },
    orders={"TITLE_ASC": Order.up("r.title"), "TITLE_DESC": Order.down("r.title")},
)

AGREEMENT_ORDER = Choice(
    name="AgreementOrder",
    says="How a list of Agreements is ordered; ties fall to the id, so paging is stable.",
    values={
        "REVIEW_ASC": "By review date, ascending; nulls last.",
        "REVIEW_DESC": "By review date, descending; nulls last.",
        "CHANGED_ASC": "By moment of last change, ascending; nulls last.",
        "CHANGED_DESC": "By moment of last change, descending; nulls last.",
    },
    orders={
        "REVIEW_ASC": Order.up("r.review_on"),
        "REVIEW_DESC": Order.down("r.review_on"),
        "CHANGED_ASC": Order.up("r.recorded_at"),
        "CHANGED_DESC": Order.down("r.recorded_at"),
    },
)

NONCONFORMITY_ORDER = Choice(
    name="NonconformityOrder",
    says="How a list of nonconformities is ordered; ties fall to the id, so paging is stable.",
    values={
        "RAISED_ASC": "By day raised, ascending; nulls last.",
        "RAISED_DESC": "By day raised, descending; nulls last.",
        "SEVERITY_ASC": "By severity, ascending; nulls last.",
        "SEVERITY_DESC": "By severity, descending; nulls last.",
    },
    orders={
        "RAISED_ASC": Order.up("r.raised_at"),
        "RAISED_DESC": Order.down("r.raised_at"),
        "SEVERITY_ASC": Order.up(SEVERITY),
        "SEVERITY_DESC": Order.down(SEVERITY),
    },
)

ASSIGNMENT_ORDER = Choice(
    name="AssignmentOrder",
    says="How a list of Assignments is ordered; ties fall to the id, so paging is stable.",
    values={
        "STARTS_ASC": "By start, ascending; nulls last.",
        "STARTS_DESC": "By start, descending; nulls last.",
    },
    orders={"STARTS_ASC": Order.up("r.starts_at"), "STARTS_DESC": Order.down("r.starts_at")},
)

COUPLING_ACTION_ORDER = Choice(
    name="CouplingActionOrder",
    says="How a list of coupling actions is ordered; ties fall to the id, so paging is stable.",
    values={
        "CREATED_ASC": "By moment of creation, ascending; nulls last.",
        "CREATED_DESC": "By moment of creation, descending; nulls last.",
        "EXPIRES_ASC": "By end of validity, ascending; nulls last.",
        "EXPIRES_DESC": "By end of validity, descending; nulls last.",
    },
    orders={
        "CREATED_ASC": Order.up("r.created_at"),
        "CREATED_DESC": Order.down("r.created_at"),
        "EXPIRES_ASC": Order.up("COALESCE(r.expires_at, '9999')"),
        "EXPIRES_DESC": Order.down("COALESCE(r.expires_at, '9999')"),
    },
)

DECLARED = (
    PERSON_ORDER,
    COMPETENCE_ORDER,
    STATE_ORDER,
    GAP_ORDER,
    EVIDENCE_ORDER,
    CREDENTIAL_ORDER,
    INTERVENTION_ORDER,
    AGREEMENT_ORDER,
    NONCONFORMITY_ORDER,
    ASSIGNMENT_ORDER,
    COUPLING_ACTION_ORDER,
)
