"""Competences, frameworks, areas and scales."""

import json

from hub.engine.origins import Children, Column, Computed, Order, Reference
from hub.models.competence import (
    Competence,
    CompetenceAlignment,
    CompetenceArea,
    CompetenceFramework,
    DecayPolicy,
    ProficiencyLevel,
    ProficiencyScale,
    ScaleMapping,
)
from hub.models.kinds import PrivacyClass
from hub.schema import filters, orders
from hub.schema.computed import competences, coverage, levels
from hub.schema.declare import Argument, Field, Object, connection, node, of_model
from hub.schema.narrowing import VALID
from hub.schema.shared import SOURCED, TRANSLATED, VERSION, from_source, labelled
from hub.schema.values import exact

COMPETENCE_FRAMEWORK = node(
    CompetenceFramework,
    {
        **SOURCED,
        "label": labelled("name"),
        **of_model(CompetenceFramework, "uri name release publisher licence"),
    },
    interfaces="Sourced Labelled",
)

COMPETENCE_AREA = node(
    CompetenceArea,
    {
        "label": labelled("name"),
        **of_model(CompetenceArea, "code name"),
        "owners": Field(
            type="[RoleAssignment!]!",
            says="Area owners. Bounded: one per region.",
            origin=Children(
                type="RoleAssignment",
                on=f"r.area_id = {{parent}} AND r.role = 'AREA_OWNER' AND {VALID}",
            ),
        ),
        "competences": connection(
            "Competence",
            "What it holds.",
            Children(type="Competence", on="r.area_id = {parent}", order=Order.up("r.name")),
            filtered=filters.COMPETENCE_FILTER,
            ordered=orders.COMPETENCE_ORDER,
        ),
        "coverage": Field(
            type="Coverage!",
            says="How the area stands.",
            origin=Computed(function=coverage.of_area, needs=("id",)),
            arguments={
                "unit": Argument(type="CodeKey", says="Only this unit and the units below it.")
            },
        ),
    },
    interfaces="Labelled",
)

COMPETENCE = node(
    Competence,
    {
        **SOURCED,
        "label": labelled("name"),
        **of_model(Competence, "uri"),
        "code": Field(type="String", says="Code in the organisation.", origin=Column("code")),
        "name": Field(
            type="String!",
            says="Name.",
            origin=Column("name"),
            arguments=TRANSLATED,
        ),
        "description": Field(
            type="String",
            says="What it means.",
            origin=Column("description"),
            arguments=TRANSLATED,
        ),
        "kind": Field(
            type="CompetenceKind!", says="What kind.", origin=Column("kind", absent="SKILL")
        ),
        "scope": Field(
            type="CompetenceScope!",
            says="Derived from the units that require it, unless set.",
            origin=Computed(function=competences.scope, needs=("id", "scope")),
        ),
        "core": Field(
            type="Boolean!", says="Named by a strategic goal.", origin=Column("core", absent=False)
        ),
        **of_model(Competence, "framework"),
        "area": Field(
            type="CompetenceArea",
            says="Its area.",
            origin=Reference("area_id", type="CompetenceArea"),
        ),
        **of_model(Competence, "broader"),
        "narrower": connection(
            "Competence",
            "More specific ones.",
            Children(
                type="Competence",
                on=(
                    "r.id IN (SELECT l.owner_id FROM competence__broader l WHERE l.target_id ="
                    " {parent})"
                ),
                order=Order.up("r.name"),
            ),
        ),
        **of_model(Competence, "alignments"),
        "scale": Field(
            type="ProficiencyScale!",
            says="Levels it is measured on.",
            origin=Computed(function=competences.scale, needs=("scale_id",)),
        ),
        "decay": Field(
            type="DecayPolicy!",
            says="How it fades without use.",
            origin=Column("decay", json.loads, absent=competences.NO_DECAY),
        ),
        "requirements": connection(
            "CompetenceRequirement",
            "What asks for it.",
            Children(type="CompetenceRequirement", on="r.competence_id = {parent}"),
            filtered=filters.REQUIREMENT_FILTER,
        ),
        "holders": connection(
            "CompetenceState",
            "Who has it; with `idleFor`, who has it unused in the shed.",
            Children(
                type="CompetenceState", on="r.competence_id = {parent} AND r.rank IS NOT NULL"
            ),
            filtered=filters.STATE_FILTER,
            ordered=orders.STATE_ORDER,
            privacy=PrivacyClass.TEAM,
        ),
        "coverage": Field(
            type="Coverage!",
            says="Demand and supply.",
            origin=Computed(function=coverage.of_competence, needs=("id",)),
            arguments={
                "unit": Argument(type="CodeKey", says="Only this unit and the units below it.")
            },
        ),
        "interventions": connection(
            "Intervention",
            "Ways to develop it.",
            Children(
                type="Intervention",
                on="r.targets LIKE '%' || {parent} || '%'",
                order=Order.up("r.title"),
            ),
            filtered=filters.INTERVENTION_FILTER,
            ordered=orders.INTERVENTION_ORDER,
        ),
        "version": Field(
            type="Int!",
            says="Rises with each change of what the hub owns of it.",
            origin=Column("version"),
        ),
    },
    interfaces="Sourced Labelled",
    keys=("id", "uri"),
)

COMPETENCE_ALIGNMENT = Object(
    name="CompetenceAlignment",
    says="A relation to a competence elsewhere.",
    fields={**of_model(CompetenceAlignment, "type targetUri targetName framework confidence")},
)

PROFICIENCY_SCALE = node(
    ProficiencyScale,
    {
        "label": labelled("name"),
        **of_model(ProficiencyScale, "key name levels"),
        "mappings": Field(
            type="[ScaleMapping!]!",
            says="How sources' ratings land on it. Bounded: 20 per source.",
            origin=Computed(function=levels.mappings, needs=("levels", "mappings")),
        ),
        "version": VERSION,
    },
    interfaces="Labelled",
)

PROFICIENCY_LEVEL = Object(
    name="ProficiencyLevel",
    says="One level of a scale.",
    fields={
        **of_model(ProficiencyLevel, "rank"),
        "label": Field(
            type="String!",
            says="Name.",
            origin=Column("label"),
            arguments=TRANSLATED,
        ),
        "descriptor": Field(
            type="String",
            says="How it shows in work.",
            origin=Column("descriptor"),
            arguments=TRANSLATED,
        ),
        **of_model(ProficiencyLevel, "normalised"),
    },
)

SCALE_MAPPING = Object(
    name="ScaleMapping",
    says="How a source's raw rating lands on a scale.",
    fields={
        "system": from_source(),
        **of_model(ScaleMapping, "rawScale"),
        "rawFrom": Field(
            type="Decimal!", says="Lowest raw value.", origin=Column("raw_from", exact)
        ),
        "rawUntil": Field(
            type="Decimal!", says="First raw value above.", origin=Column("raw_until", exact)
        ),
        "level": Field(
            type="ProficiencyLevel!", says="The level it means.", origin=Column("level")
        ),
    },
)

DECAY_POLICY = Object(
    name="DecayPolicy",
    says="How a competence fades.",
    fields={**of_model(DecayPolicy, "kind halfLife validity refreshOnUse")},
)

COVERAGE = Object(
    name="Coverage",
    says="Demand and supply of competence, in people. Figures are null where withheld.",
    fields={
        "disclosure": Field(
            type="Disclosure!", says="Whether the figures are shown.", origin=Column("disclosure")
        ),
        "required": Field(type="Int", says="People asked for.", origin=Column("required")),
        "qualified": Field(
            type="Int", says="Of those, people who meet it.", origin=Column("qualified")
        ),
        "missing": Field(type="Int", says="Not met at all.", origin=Column("missing")),
        "expiringIn90Days": Field(
            type="Int", says="Qualified now, not in 90 days.", origin=Column("expiring")
        ),
        "openGaps": Field(
            type="Int", says="Gaps without an agreement.", origin=Column("open_gaps")
        ),
        "singlePointOfFailure": Field(
            type="Boolean", says="It hangs on one person.", origin=Column("single_point_of_failure")
        ),
        "derivation": Field(
            type="Derivation!", says="How it came about.", origin=Column("derivation")
        ),
    },
)

DECLARED = (
    COMPETENCE_FRAMEWORK,
    COMPETENCE_AREA,
    COMPETENCE,
    COMPETENCE_ALIGNMENT,
    PROFICIENCY_SCALE,
    PROFICIENCY_LEVEL,
    SCALE_MAPPING,
    DECAY_POLICY,
    COVERAGE,
)
