"""What lists can be ordered by."""

from collections.abc import Mapping

from hub.engine.origins import Order
from hub.schema.declare import Choice
from hub.schema.narrowing import PERSON_NAME, SEVERITY

Keys = Mapping[str, tuple[str, str]]
"""For each value, without its direction: what it is by, in words, and the expression."""


def ordered(name: str, of: str, keys: Keys) -> Choice:
    """Return the orders of a list of `of`: by each key, up and down."""
    values, orders = {}, {}
    for key, (by, expression) in keys.items():
        # what is never null stands first, so that nulls are last both ways
        absent = (f"CASE WHEN {expression} IS NULL THEN 1 ELSE 0 END", False)
        empty = "0" if expression in NUMBERS else "''"
        known = f"COALESCE({expression}, {empty})"
        for suffix, direction, down in (("ASC", "ascending", False), ("DESC", "descending", True)):
            values[f"{key}_{suffix}"] = f"By {by}, {direction}; nulls last."
            orders[f"{key}_{suffix}"] = Order((absent, (known, down)))
    return Choice(
        name=name,
        says=f"How a list of {of} is ordered; ties fall to the id, so paging is stable.",
        values=values,
        orders=orders,
    )


NUMBERS = ("r.rank", "r.confidence", "r.delta", SEVERITY)
NAME = ("name", "r.name")
PERSON = ("the person's name", PERSON_NAME)
EXPIRES = ("end of validity", "r.valid_until")

OPEN_FIRST = Order.down("COALESCE(r.completed_at, '9999')")
"""What is completed, the last first; what is not yet, before it."""

DUE = Order.up("COALESCE(r.due_on, '9999')")
ENDING = Order.up("COALESCE(r.valid_until, '9999')")
STRONGEST = Order.down("r.weight", "r.observed_at")
EMPLOYEE = Order.up("(SELECT p.display_name FROM person p WHERE p.id = r.employee_id)")
DISPUTED = Order.down(
    "COALESCE((SELECT MAX(x.recorded_at) FROM source_record x WHERE x.entity_id = r.subject_id),"
    " '')"
)
"""What sources disagree on, by when one of them last said something."""

PERSON_ORDER = ordered(
    "PersonOrder",
    "people",
    {
        "NAME": ("name", "r.display_name"),
        "EMPLOYEE_NUMBER": ("employee number", "r.employee_number"),
    },
)

COMPETENCE_ORDER = ordered(
    "CompetenceOrder", "competences", {"NAME": NAME, "CODE": ("code", "r.code")}
)

STATE_ORDER = ordered(
    "StateOrder",
    "States",
    {
        "PERSON": PERSON,
        "RANK": ("level, on the normalised axis", "r.rank"),
        "CONFIDENCE": ("confidence", "r.confidence"),
        "LAST_USED": ("last use in work", "r.last_used_at"),
        "EXPIRES": EXPIRES,
    },
)

GAP_ORDER = ordered(
    "GapOrder",
    "Gaps",
    {
        "SEVERITY": ("severity", SEVERITY),
        "DELTA": ("distance to the required level", "r.delta"),
        "NEEDED_BY": ("the day it is needed", "r.needed_by"),
        "PERSON": PERSON,
    },
)

EVIDENCE_ORDER = ordered(
    "EvidenceOrder", "Evidences", {"OBSERVED": ("moment observed", "r.observed_at")}
)

CREDENTIAL_ORDER = ordered("CredentialOrder", "credentials", {"EXPIRES": EXPIRES, "NAME": NAME})

INTERVENTION_ORDER = ordered("InterventionOrder", "interventions", {"TITLE": ("title", "r.title")})

AGREEMENT_ORDER = ordered(
    "AgreementOrder",
    "Agreements",
    {
        "REVIEW": ("review date", "r.review_on"),
        "CHANGED": ("moment of last change", "r.recorded_at"),
    },
)

NONCONFORMITY_ORDER = ordered(
    "NonconformityOrder",
    "nonconformities",
    {"RAISED": ("day raised", "r.raised_at"), "SEVERITY": ("severity", SEVERITY)},
)

ASSIGNMENT_ORDER = ordered("AssignmentOrder", "Assignments", {"STARTS": ("start", "r.starts_at")})

COUPLING_ACTION_ORDER = ordered(
    "CouplingActionOrder",
    "coupling actions",
    {
        "CREATED": ("moment of creation", "r.created_at"),
        "EXPIRES": ("end of validity", "r.expires_at"),
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
