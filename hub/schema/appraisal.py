"""Appraisal cycles, appraisals, ratings and goals."""

from hub.engine.origins import Children, Computed, Order
from hub.models.appraisal import Appraisal, AppraisalCycle, CompetenceRating, PerformanceGoal
from hub.models.kinds import PrivacyClass
from hub.schema import filters, orders
from hub.schema.computed import appraisals
from hub.schema.declare import Field, Object, connection, node, of_model
from hub.schema.shared import SOURCED, labelled

APPRAISAL_CYCLE = node(
    AppraisalCycle,
    {
        **SOURCED,
        "label": labelled("name"),
        **of_model(AppraisalCycle, "name startsOn endsOn"),
        "appraisals": connection(
            "Appraisal",
            "Its appraisals, by employee.",
            Children(type="Appraisal", on="r.cycle_id = {parent}", order=orders.EMPLOYEE),
            filtered=filters.APPRAISAL_FILTER,
            privacy=PrivacyClass.SENSITIVE,
        ),
    },
    interfaces="Sourced Labelled",
)

APPRAISAL = node(
    Appraisal,
    {
        **SOURCED,
        **of_model(Appraisal, "employee reviewer cycle status completedAt"),
        "ratings": Field(
            type="[CompetenceRating!]!",
            says="Ratings. Bounded: 50.",
            origin=Computed(function=appraisals.ratings, needs=("id", "ratings")),
        ),
        "goals": Field(
            type="[PerformanceGoal!]!",
            says="Goals. Bounded: 50.",
            origin=Children(
                type="PerformanceGoal",
                on=(
                    "r.id IN (SELECT g.id FROM performance_goal g JOIN appraisal a ON"
                    " a.employee_id = g.employee_id AND a.cycle_id = g.cycle_id WHERE a.id ="
                    " {parent})"
                ),
                order=Order.up("r.title"),
            ),
        ),
    },
    interfaces="Sourced",
)

COMPETENCE_RATING = Object(
    name="CompetenceRating",
    says="A rating at selection or appraisal.",
    fields={
        **of_model(CompetenceRating, "competence"),
        "level": Field(
            type="ProficiencyLevel",
            says="After mapping.",
            origin=Computed(function=appraisals.level),
        ),
        **of_model(CompetenceRating, "rawScore rawScale comment by"),
    },
)

PERFORMANCE_GOAL = node(
    PerformanceGoal,
    {**SOURCED, **of_model(PerformanceGoal, "title weight progress competence")},
    interfaces="Sourced",
)

DECLARED = (
    APPRAISAL_CYCLE,
    APPRAISAL,
    COMPETENCE_RATING,
    PERFORMANCE_GOAL,
)
