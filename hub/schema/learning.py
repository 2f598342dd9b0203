"""Interventions, and what people did with them."""

from hub.engine.origins import Column, Computed, Reference
from hub.models.learning import Intervention, LearningRecord
from hub.schema.computed import levels
from hub.schema.declare import Field, Object, node, of_model
from hub.schema.shared import SOURCED, labelled

COMPETENCE_LEVEL = Object(
    name="CompetenceLevel",
    says="A competence at a level.",
    fields={
        "competence": Field(
            type="Competence!",
            says="The competence.",
            origin=Reference("competence_id", type="Competence"),
        ),
        "level": Field(
            type="ProficiencyLevel!",
            says="The level.",
            origin=Computed(
                function=levels.level("competence_id", "rank"), needs=("competence_id", "rank")
            ),
        ),
    },
)

INTERVENTION = node(
    Intervention,
    {
        **SOURCED,
        "label": labelled("title"),
        **of_model(
            Intervention,
            "title form locus formality targets provider cost hours leadTimeDays facilitators",
        ),
        "version": Field(
            type="Int!",
            says="Rises with each change of what the hub owns of it.",
            origin=Column("version"),
        ),
    },
    interfaces="Sourced Labelled",
)

LEARNING_RECORD = node(
    LearningRecord,
    {
        **SOURCED,
        **of_model(LearningRecord, "person"),
        "intervention": Field(
            type="Intervention",
            says="What.",
            origin=Reference("intervention_id", type="Intervention"),
            semantic=True,
        ),
        **of_model(LearningRecord, "status score completedAt hours"),
    },
    interfaces="Sourced",
)

DECLARED = (
    COMPETENCE_LEVEL,
    INTERVENTION,
    LEARNING_RECORD,
)
