"""Evidence of competence and what is derived from it: states, gaps; and credentials."""

from hub.engine.origins import Children, Column, Computed, Reference
from hub.models.credential import Credential
from hub.models.evidence import CompetenceEvidence, CompetenceState, Fulfilment
from hub.schema import filters, orders
from hub.schema.computed import evidence, levels, provenance
from hub.schema.declare import Field, Object, Union, connection, node, of_model
from hub.schema.narrowing import COUNTING_FOR
from hub.schema.shared import SOURCED, labelled

COMPETENCE_EVIDENCE = node(
    CompetenceEvidence,
    {
        "provenance": Field(
            type="[SourceRecord!]!",
            says=(
                "The outside records this was built from, the authoritative one first. Bounded:"
                " one per stream."
            ),
            origin=Computed(function=provenance.of_evidence, needs=provenance.EVIDENCE),
        ),
        "freshness": Field(
            type="Freshness!",
            says="How old the oldest part of it is.",
            origin=Computed(
                function=provenance.freshness_of_evidence, needs=("record_id", "observed_at")
            ),
        ),
        "conflicts": Field(
            type="[DataConflict!]!",
            says="Fields on which sources disagree. Bounded: one per field.",
            origin=Children(type="DataConflict", of="record_id", on="r.subject_id = {parent}"),
        ),
        **of_model(CompetenceEvidence, "person competence kind polarity"),
        "level": Field(
            type="ProficiencyLevel",
            says="Level it speaks for, after mapping.",
            origin=Computed(
                function=levels.level("competence_id", "rank"), needs=("competence_id", "rank")
            ),
        ),
        **of_model(CompetenceEvidence, "rawScore rawScale weight observedAt expiresAt assessor"),
        "record": Field(
            type="EvidenceRecord",
            says="The record it came from.",
            origin=Reference("record_id", type_column="record_type"),
        ),
        **of_model(CompetenceEvidence, "note"),
        "contest": Field(
            type="Contest",
            says="The person's objection; while open the evidence counts for nothing.",
            origin=Computed(function=evidence.contest, needs=evidence.CONTESTED),
        ),
        "counted": Field(
            type="Boolean!", says="Whether it counts on `asOf`.", origin=Column("counted")
        ),
        "privacyClass": Field(
            type="PrivacyClass!",
            says=(
                "Class of this piece: PERSONAL for self-assessments; SENSITIVE for interview"
                " scores, appraisal ratings and negative quality records; else TEAM."
            ),
            origin=Computed(function=evidence.privacy_class, needs=("kind", "polarity")),
        ),
        "viewerCanContest": Field(
            type="Boolean!",
            says="Whether the viewer may object.",
            origin=Computed(function=evidence.viewer_can_contest, needs=("person_id",)),
        ),
    },
    interfaces="Sourced",
)

EVIDENCE_RECORD = Union(
    name="EvidenceRecord",
    says="What evidence can come from.",
    types=("LearningRecord", "Appraisal", "Nonconformity", "WorkAssignment", "Credential"),
)

CONTEST = Object(
    name="Contest",
    says="A person's objection to evidence about them.",
    fields={
        "reason": Field(type="String!", says="Why.", origin=Column("reason")),
        "raisedAt": Field(type="DateTime!", says="When.", origin=Column("raised_at")),
        "outcome": Field(type="ContestOutcome!", says="How it stands.", origin=Column("outcome")),
        "settledBy": Field(
            type="Person",
            says="Who settled it, never the assessor.",
            origin=Reference("settled_by_id", "Person"),
        ),
        "settledAt": Field(type="DateTime", says="When.", origin=Column("settled_at")),
        "note": Field(type="String", says="Why so.", origin=Column("note")),
    },
)

COMPETENCE_STATE = node(
    CompetenceState,
    {
        **of_model(CompetenceState, "person competence"),
        "level": Field(
            type="ProficiencyLevel",
            says="Highest level supported; null while UNKNOWN.",
            origin=Computed(
                function=levels.level("competence_id", "rank"), needs=("competence_id", "rank")
            ),
        ),
        **of_model(
            CompetenceState,
            "status confidence contradictory contested asOf lastUsedAt validUntil decaysOn"
            " explanation",
        ),
        "derivation": Field(
            type="Derivation!",
            says="How it came about.",
            origin=Computed(function=levels.derivation, needs=(*levels.DERIVED, "oldest_input_at")),
        ),
        "evidence": connection(
            "CompetenceEvidence",
            "What it rests on, strongest first.",
            Children(
                type="CompetenceEvidence",
                on=(
                    "r.person_id = (SELECT s.person_id FROM competence_state s WHERE s.id ="
                    " {parent})"
                    f" AND r.competence_id IN ({COUNTING_FOR})"
                ),
                order=orders.STRONGEST,
                about="CompetenceState",
            ),
            filtered=filters.EVIDENCE_FILTER,
        ),
    },
)

COMPETENCE_GAP = node(
    Fulfilment,
    {
        "person": Field(type="Person!", says="Who.", origin=Reference("person_id", type="Person")),
        **of_model(Fulfilment, "requirement"),
        "current": Field(
            type="ProficiencyLevel",
            says="Where the person stands; null: unknown.",
            origin=Computed(
                function=levels.level("competence_id", "current_rank"),
                needs=("competence_id", "current_rank"),
            ),
        ),
        "delta": Field(type="Int!", says="Levels short, at least 1.", origin=Column("delta")),
        "severity": Field(
            type="Severity!",
            says="Criticality, distance and time together.",
            origin=Column("severity"),
        ),
        **of_model(Fulfilment, "neededBy since"),
        "coveredBy": Field(
            type="DevelopmentAgreement",
            says="The agreement that covers it.",
            origin=Reference("covered_by_id", type="DevelopmentAgreement"),
        ),
        "derivation": Field(
            type="Derivation!",
            says="How it came about.",
            origin=Computed(function=levels.derivation, needs=levels.DERIVED),
        ),
    },
    name="CompetenceGap",
    says="A requirement on a person that is not met.",
    condition="r.met = 0",
)

CREDENTIAL = node(
    Credential,
    {
        **SOURCED,
        "label": labelled("name"),
        **of_model(Credential, "holder name kind issuer validFrom validUntil"),
        "status": Field(
            type="CredentialStatus!",
            says="Whether it holds on `asOf`.",
            origin=Computed(function=evidence.credential_status, needs=("status", "valid_until")),
        ),
        **of_model(Credential, "competences"),
    },
    interfaces="Sourced Labelled",
)

DECLARED = (
    COMPETENCE_EVIDENCE,
    EVIDENCE_RECORD,
    CONTEST,
    COMPETENCE_STATE,
    COMPETENCE_GAP,
    CREDENTIAL,
)
