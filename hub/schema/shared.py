"""What many types have in common: interfaces, and values of several subjects."""

from collections.abc import Mapping

from hub.engine.origins import Children, Column, Computed, Origin, Reference
from hub.schema.computed import provenance
from hub.schema.declare import ID, Argument, Field, Object
from hub.schema.values import exact

LABEL = "Short name for lists and links, in the viewer's language."
ASKS = "What it asks. Bounded: 100."
PROVENANCE = (
    "The outside records this was built from, the authoritative one first. Bounded: one per stream."
)
FRESHNESS = "How old the oldest part of it is."
CONFLICTS = "Fields on which sources disagree. Bounded: one per field."
OTHERWISE = "Wanted language; the organisation's own where there is no translation."


def labelled(by: str | Origin) -> Field:
    """Return the field `label` of a type, the text of a column or of another origin."""
    origin = Column(by) if isinstance(by, str) else by
    return Field(type="String!", says=LABEL, origin=origin)


def from_source(type_: str = "SourceSystem!", says: str = "The source.") -> Field:
    """Return the field `system` of what names a source by its key."""
    return Field(type=type_, says=says, origin=Reference("system", "SourceSystem", keyed=True))


VERSION = Field(
    type="Int!",
    says="Rises with each change; give it back as `expectedVersion`.",
    origin=Column("version"),
)

TRANSLATED: Mapping[str, Argument] = {"language": Argument(type="Language", says=OTHERWISE)}

SOURCED: Mapping[str, Field] = {
    "provenance": Field(
        type="[SourceRecord!]!",
        says=PROVENANCE,
        origin=Computed(function=provenance.records, needs=("id",)),
    ),
    "freshness": Field(
        type="Freshness!",
        says=FRESHNESS,
        origin=Computed(function=provenance.freshness, needs=("id", "recorded_at")),
    ),
    "conflicts": Field(
        type="[DataConflict!]!",
        says=CONFLICTS,
        origin=Children(type="DataConflict", on="r.subject_id = {parent}"),
    ),
}

NODE = Object(
    name="Node",
    says="Anything that can be fetched again by its id.",
    fields={"id": Field(type="ID!", says=ID)},
    is_interface=True,
)

SOURCED_INTERFACE = Object(
    name="Sourced",
    says=(
        "Anything that came from, or was matched with, an outside system; what is the hub's own"
        " names the hub as its source."
    ),
    fields={
        "id": Field(type="ID!", says=ID),
        "provenance": Field(type="[SourceRecord!]!", says=PROVENANCE),
        "freshness": Field(type="Freshness!", says=FRESHNESS),
        "conflicts": Field(type="[DataConflict!]!", says=CONFLICTS),
    },
    interfaces=("Node",),
    is_interface=True,
)

LABELLED = Object(
    name="Labelled",
    says="Anything that can be shown as one line.",
    fields={"id": Field(type="ID!", says=ID), "label": Field(type="String!", says=LABEL)},
    interfaces=("Node",),
    is_interface=True,
)

REQUIREMENT_SUBJECT = Object(
    name="RequirementSubject",
    says="Anything that can ask for competence.",
    fields={
        "id": Field(type="ID!", says=ID),
        "label": Field(type="String!", says=LABEL),
        "requirements": Field(type="[CompetenceRequirement!]!", says=ASKS),
    },
    interfaces=("Node", "Labelled"),
    is_interface=True,
)

GROUP = Object(
    name="Group",
    says=(
        "One group of an aggregate. Groups below the smallest size are listed as SUPPRESSED with"
        " null figures, never left out, never zero."
    ),
    fields={
        "keys": Field(
            type="[GroupKey!]!",
            says="The value on each dimension asked for, in that order. Bounded: at most 3.",
        ),
        "disclosure": Field(
            type="Disclosure!", says="Whether the figures are exact, rounded or withheld."
        ),
    },
    is_interface=True,
)

MONEY = Object(
    name="Money",
    says="An amount in a currency.",
    fields={
        "amount": Field(type="Decimal!", says="The amount.", origin=Column("amount", exact)),
        "currency": Field(
            type="String!", says="ISO 4217 code, e.g. EUR.", origin=Column("currency")
        ),
    },
)

REASON = Object(
    name="Reason",
    says="One step of an explanation: why a derived value is what it is. Same input, same reasons.",
    fields={
        "code": Field(
            type="String!",
            says=(
                "Stable code of the step, e.g. EVIDENCE_COUNTED, for clients that write their"
                " own text."
            ),
            origin=Column("code"),
        ),
        "text": Field(
            type="String!",
            says="The step in plain words.",
            origin=Column("text"),
            arguments=TRANSLATED,
        ),
        "evidence": Field(
            type="CompetenceEvidence",
            says="The evidence it speaks of, if any and if the viewer may see it.",
            origin=Reference("evidence_id", "CompetenceEvidence"),
        ),
    },
)

DERIVATION = Object(
    name="Derivation",
    says="How a derived value came about.",
    fields={
        "ruleVersion": Field(
            type="String!",
            says=(
                "Version of the rule used; old versions stay available so that answers can be"
                " reproduced."
            ),
            origin=Column("rule_version"),
        ),
        "computedAt": Field(
            type="DateTime!", says="When it was computed.", origin=Column("computed_at")
        ),
        "oldestInputAt": Field(
            type="DateTime",
            says="Age of the oldest input used; null when there was none.",
            origin=Column("oldest_input_at"),
        ),
        "complete": Field(
            type="Boolean!",
            says=(
                "False when a source that could have contributed did not answer or is stale"
                " beyond its limit."
            ),
            origin=Column("complete"),
        ),
        "missingSources": Field(
            type="[SourceSystem!]!",
            says="The sources that did not contribute. Bounded: configured sources.",
            origin=Column("missing"),
        ),
    },
)

AUDIT_ENTRY = Object(
    name="AuditEntry",
    says="One entry in the history of a decision.",
    fields={
        "at": Field(type="DateTime!", says="When.", origin=Column("at")),
        "actor": Field(
            type="Person",
            says="Who; null for the hub itself.",
            origin=Reference("actor_id", "Person"),
        ),
        "action": Field(
            type="String!", says="What was done, e.g. CONFIRMED.", origin=Column("action")
        ),
        "note": Field(type="String", says="The reason given.", origin=Column("note")),
    },
)

GROUP_KEY = Object(
    name="GroupKey",
    says="The value of one dimension of a group.",
    fields={
        "dimension": Field(
            type="String!",
            says="The dimension's enum value, e.g. COMPETENCE.",
            origin=Column("dimension"),
        ),
        "value": Field(
            type="String!",
            says='Natural key, e.g. a code, or 2026-11 for a month; empty for "none".',
            origin=Column("value"),
        ),
        "label": Field(type="String!", says="Name to show.", origin=Column("label")),
        "node": Field(
            type="Node", says="The object it stands for, where it is one.", origin=Column("node")
        ),
    },
)

AS_OF: Mapping[str, Argument] = {
    "asOf": Argument(
        type="DateTime",
        says="What was true at this moment, for everything below this field. Left out: now.",
    )
}

DECLARED = (
    NODE,
    SOURCED_INTERFACE,
    LABELLED,
    REQUIREMENT_SUBJECT,
    GROUP,
    MONEY,
    REASON,
    DERIVATION,
    AUDIT_ENTRY,
    GROUP_KEY,
)
