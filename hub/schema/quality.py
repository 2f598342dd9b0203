"""Nonconformities, their causes, and groups of them."""

from hub.engine.origins import Children, Column, Computed
from hub.models.quality import CompetenceCause, Nonconformity
from hub.schema import orders
from hub.schema.computed import quality
from hub.schema.declare import Choice, Field, Object, connection, node, of_model, table
from hub.schema.shared import SOURCED, VERSION, labelled

NONCONFORMITY = node(
    Nonconformity,
    {
        **SOURCED,
        "label": labelled("title"),
        **of_model(
            Nonconformity, "number title severity status raisedAt closedAt process unit causes"
        ),
        "competenceCauses": Field(
            type="[CompetenceCause!]!",
            says="Lacking competence as a cause. Bounded: 10.",
            origin=Children(type="CompetenceCause", on="r.nonconformity_id = {parent}"),
        ),
        **of_model(Nonconformity, "inLearningWork"),
        "recurred": Field(
            type="Boolean",
            says="The same came back within 180 days of closing; null: too early.",
            origin=Computed(function=quality.recurred, needs=("id",)),
        ),
        "version": VERSION,
    },
    interfaces="Sourced Labelled",
)

COMPETENCE_CAUSE = Object(
    name="CompetenceCause",
    says="A competence whose lack (partly) caused it. Only confirmed causes count.",
    fields={
        **of_model(CompetenceCause, "competence share status"),
        "reasons": Field(
            type="[Reason!]!",
            says="Why suggested. Bounded: 10.",
            origin=Computed(function=quality.cause_reasons, needs=("status",)),
        ),
        **of_model(CompetenceCause, "decidedBy decidedAt"),
    },
    table=table(CompetenceCause),
)

NONCONFORMITY_DIMENSION = Choice(
    name="NonconformityDimension",
    says="What nonconformities can be grouped by.",
    values={
        "COMPETENCE": "Confirmed competence cause.",
        "UNIT": "Unit.",
        "PROCESS": "Work process.",
        "SEVERITY": "Severity.",
        "MONTH": "Month raised.",
    },
)

NONCONFORMITY_GROUP = Object(
    name="NonconformityGroup",
    says="Nonconformities in one group.",
    fields={
        "keys": Field(
            type="[GroupKey!]!",
            says="The value on each dimension asked for, in that order. Bounded: at most 3.",
            origin=Column("keys"),
        ),
        "disclosure": Field(
            type="Disclosure!",
            says="Whether the figures are exact, rounded or withheld.",
            origin=Column("disclosure"),
        ),
        "count": Field(type="Int", says="How many.", origin=Column("count")),
        "per1000Hours": Field(
            type="Float", says="Per 1,000 hours of work.", origin=Column("per_1000_hours")
        ),
        "changeVsPrevious": Field(
            type="Float",
            says="Relative change against the window before of the same length.",
            origin=Column("change"),
        ),
        "recurred": Field(
            type="Int", says="That came back within 180 days.", origin=Column("recurred")
        ),
        "items": connection(
            "Nonconformity",
            "The nonconformities themselves, as far as the viewer may see.",
            Children(type="Nonconformity", of="ids", members=True),
            ordered=orders.NONCONFORMITY_ORDER,
        ),
    },
    interfaces=("Group",),
)

DECLARED = (
    NONCONFORMITY,
    COMPETENCE_CAUSE,
    NONCONFORMITY_DIMENSION,
    NONCONFORMITY_GROUP,
)
