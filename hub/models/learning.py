"""Interventions that let people learn, and what they did with them."""

from datetime import datetime

from hub.models.kinds import (
    Formality,
    InterventionForm,
    LearningStatus,
    Locus,
    PrivacyClass,
    Provider,
    SystemKind,
)
from hub.models.record import Nature, Sourced, record, says
from hub.models.ref import Ref
from hub.models.shared import Money


@record(Nature.VALUE)
class CompetenceLevel:
    """A competence at a level."""

    competence: Ref = says("The competence.", target="Competence")
    rank: int = says("Rank of the level aimed at.")


@record(owner=SystemKind.LMS)
class Intervention(Sourced):
    """A way to develop competence, in or outside work.

    Formal ones come from the LMS, informal ones are the hub's own.
    """

    title: str = says("Title.")
    form: InterventionForm = says("Form.")
    locus: Locus = says("Where in relation to work.")
    formality: Formality = says("Formal or informal.")
    targets: tuple[CompetenceLevel, ...] = says("What it leads to. Bounded: 20.", default=())
    provider: Provider = says("Who provides it.")
    cost: Money | None = says("Cost per participant.", default=None)
    hours: float | None = says("Hours per participant.", default=None, unit="h", minimum=0)
    lead_time_days: int | None = says(
        "Days from request to start.",
        default=None,
        unit="d",
        minimum=0,
    )
    facilitators: tuple[Ref, ...] = says(
        "Who facilitates it. Bounded: 50.",
        default=(),
        target="Person",
    )


@record(owner=SystemKind.LMS, privacy=PrivacyClass.TEAM)
class LearningRecord(Sourced):
    """One person's learning (xAPI statement, course completion)."""

    person: Ref = says("Who.", target="Person", required=True)
    intervention: Ref | None = says("What.", default=None, target="Intervention")
    competence: Ref | None = says(
        "What the activity is aligned to, as a term of the source.",
        default=None,
        target="Competence",
    )
    status: LearningStatus = says("How far.")
    score: float | None = says(
        "Scaled score, -1 to 1.",
        default=None,
        unit="share -1..1",
        minimum=-1,
        maximum=1,
    )
    completed_at: datetime | None = says("When completed.", default=None)
    hours: float | None = says("Hours spent.", default=None, unit="h", minimum=0)
    activity_uri: str | None = says(
        "Identifier of the activity in the learning system.",
        default=None,
    )
