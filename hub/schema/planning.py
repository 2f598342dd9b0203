"""Planned work, and whether it is covered."""

import json

from hub.engine.origins import Children, Column, Computed
from hub.models.evidence import AssignmentEligibility
from hub.models.kinds import PrivacyClass
from hub.models.planning import WorkAssignment
from hub.schema.computed import levels, planning
from hub.schema.declare import Argument, Field, Object, node, of_model, table
from hub.schema.narrowing import VALID
from hub.schema.shared import SOURCED, labelled

WORK_ASSIGNMENT = node(
    WorkAssignment,
    {
        **SOURCED,
        "label": labelled("title"),
        **of_model(WorkAssignment, "title kind startsAt endsAt process unit"),
        "requirements": Field(
            type="[CompetenceRequirement!]!",
            says="What it asks. Bounded: 100.",
            origin=Children(
                type="CompetenceRequirement",
                on=(
                    f"r.subject_id = (SELECT w.process_id FROM work_assignment w WHERE w.id ="
                    f" {{parent}}) AND {VALID}"
                ),
            ),
        ),
        **of_model(WorkAssignment, "assignees learningPurpose"),
        "verdict": Field(
            type="EligibilityVerdict!",
            says="Whether it is covered, at the time of the work; the worst among its assignees.",
            origin=Computed(function=planning.verdict, needs=("id",)),
        ),
        "eligibility": Field(
            type="[AssignmentEligibility!]!",
            says="Per assignee, at the time of the work. Bounded: 50.",
            origin=Children(
                type="AssignmentEligibility",
                on="r.assignment_id = {parent}",
                about="WorkAssignment",
            ),
        ),
        "replacements": Field(
            type="[AssignmentEligibility!]!",
            says="Who else could, free at that time. Bounded: `limit`.",
            origin=Computed(function=planning.replacements, needs=("id",)),
            arguments={
                "limit": Argument(
                    type="Int!", says="At most this many, best first; 1 to 20.", default=5
                )
            },
        ),
    },
    interfaces="Sourced Labelled RequirementSubject",
    keys=("id",),
)

ASSIGNMENT_ELIGIBILITY = Object(
    name="AssignmentEligibility",
    says=(
        "Whether a person may and can do an assignment, judged at the time of the work."
        " Colleagues see the verdict, not why."
    ),
    fields={
        **of_model(AssignmentEligibility, "person assignment verdict supervisor"),
        "missing": Field(
            type="[CompetenceGap!]",
            says="What is lacking; null: not for the viewer. Bounded: 100.",
            origin=Computed(function=planning.missing, needs=planning.JUDGED),
            privacy=PrivacyClass.TEAM,
        ),
        "expiringBefore": Field(
            type="[Credential!]",
            says="Credentials that end before the work; null: not for the viewer. Bounded: 50.",
            origin=Computed(function=planning.expiring_before, needs=("expiring_before_ids",)),
            privacy=PrivacyClass.TEAM,
        ),
        "reasons": Field(
            type="[Reason!]",
            says="Why; null: not for the viewer. Bounded: 50.",
            origin=Column("reasons", json.loads),
            privacy=PrivacyClass.TEAM,
        ),
        "derivation": Field(
            type="Derivation!",
            says="How it came about.",
            origin=Computed(function=levels.derivation, needs=levels.DERIVED),
        ),
    },
    table=table(AssignmentEligibility),
)

DECLARED = (
    WORK_ASSIGNMENT,
    ASSIGNMENT_ELIGIBILITY,
)
