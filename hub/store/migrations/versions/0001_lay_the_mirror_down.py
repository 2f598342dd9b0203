"""Lay the mirror down."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:  # noqa: PLR0915, one statement per table
    """Take the step."""
    op.create_table(
        "agreed_facility",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("agreement", TEXT, nullable=True),
        sa.Column("agreement_id", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("promised_by", TEXT, nullable=False),
        sa.Column("promised_by_id", TEXT, nullable=True),
        sa.Column("due_on", TEXT, nullable=True),
        sa.Column("delivered_on", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_facility")),
    )
    op.create_index(
        "ix_agreed_facility_agreement_id", "agreed_facility", ["agreement_id"], unique=False
    )
    op.create_index(
        "ix_agreed_facility_promised_by_id", "agreed_facility", ["promised_by_id"], unique=False
    )
    op.create_table(
        "agreed_facility_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("agreement", TEXT, nullable=True),
        sa.Column("agreement_id", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("promised_by", TEXT, nullable=False),
        sa.Column("promised_by_id", TEXT, nullable=True),
        sa.Column("due_on", TEXT, nullable=True),
        sa.Column("delivered_on", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_agreed_facility_history")),
    )
    op.create_table(
        "agreed_result",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("agreement", TEXT, nullable=False),
        sa.Column("agreement_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("target_rank", sa.BigInteger(), nullable=False),
        sa.Column("work_outcome", TEXT, nullable=False),
        sa.Column("due_on", TEXT, nullable=False),
        sa.Column("paused_since", TEXT, nullable=True),
        sa.Column("met", sa.SmallInteger(), nullable=True),
        sa.Column("reviewed_by", TEXT, nullable=True),
        sa.Column("reviewed_by_id", TEXT, nullable=True),
        sa.Column("reviewed_at", TEXT, nullable=True),
        sa.Column("review_note", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_result")),
    )
    op.create_index(
        "ix_agreed_result_agreement_id", "agreed_result", ["agreement_id"], unique=False
    )
    op.create_index(
        "ix_agreed_result_competence_id", "agreed_result", ["competence_id"], unique=False
    )
    op.create_index(
        "ix_agreed_result_reviewed_by_id", "agreed_result", ["reviewed_by_id"], unique=False
    )
    op.create_table(
        "agreed_result_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("agreement", TEXT, nullable=False),
        sa.Column("agreement_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("target_rank", sa.BigInteger(), nullable=False),
        sa.Column("work_outcome", TEXT, nullable=False),
        sa.Column("due_on", TEXT, nullable=False),
        sa.Column("paused_since", TEXT, nullable=True),
        sa.Column("met", sa.SmallInteger(), nullable=True),
        sa.Column("reviewed_by", TEXT, nullable=True),
        sa.Column("reviewed_by_id", TEXT, nullable=True),
        sa.Column("reviewed_at", TEXT, nullable=True),
        sa.Column("review_note", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_agreed_result_history")),
    )
    op.create_table(
        "alias",
        sa.Column("merged_id", TEXT, nullable=False),
        sa.Column("kept_id", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("merged_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("merged_id", name=op.f("pk_alias")),
        comment="An entity that was merged into another.",
    )
    op.create_index(op.f("ix_alias_kept_id"), "alias", ["kept_id"], unique=False)
    op.create_table(
        "ambition",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("competence", TEXT, nullable=True),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("target_profile", TEXT, nullable=True),
        sa.Column("target_profile_id", TEXT, nullable=True),
        sa.Column("energy", sa.BigInteger(), nullable=True),
        sa.Column("visible_to", TEXT, nullable=False),
        sa.Column("stated_on", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ambition")),
    )
    op.create_index("ix_ambition_competence_id", "ambition", ["competence_id"], unique=False)
    op.create_index("ix_ambition_person_id", "ambition", ["person_id"], unique=False)
    op.create_index(
        "ix_ambition_target_profile_id", "ambition", ["target_profile_id"], unique=False
    )
    op.create_table(
        "ambition__shared_with",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name=op.f("pk_ambition__shared_with")),
    )
    op.create_index(
        "ix_ambition__shared_with_target_id", "ambition__shared_with", ["target_id"], unique=False
    )
    op.create_table(
        "ambition__shared_with_history",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
    )
    op.create_index(
        "ix_ambition__shared_with_history_owner_id",
        "ambition__shared_with_history",
        ["owner_id"],
        unique=False,
    )
    op.create_table(
        "ambition_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("statement", TEXT, nullable=False),
        sa.Column("competence", TEXT, nullable=True),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("target_profile", TEXT, nullable=True),
        sa.Column("target_profile_id", TEXT, nullable=True),
        sa.Column("energy", sa.BigInteger(), nullable=True),
        sa.Column("visible_to", TEXT, nullable=False),
        sa.Column("stated_on", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_ambition_history")),
    )
    op.create_table(
        "appraisal",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("employee", TEXT, nullable=False),
        sa.Column("employee_id", TEXT, nullable=True),
        sa.Column("reviewer", TEXT, nullable=True),
        sa.Column("reviewer_id", TEXT, nullable=True),
        sa.Column("cycle", TEXT, nullable=True),
        sa.Column("cycle_id", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("completed_at", TEXT, nullable=True),
        sa.Column("ratings", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
    )
    op.create_index("ix_appraisal_cycle_id", "appraisal", ["cycle_id"], unique=False)
    op.create_index("ix_appraisal_employee_id", "appraisal", ["employee_id"], unique=False)
    op.create_index("ix_appraisal_reviewer_id", "appraisal", ["reviewer_id"], unique=False)
    op.create_table(
        "appraisal_cycle",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("starts_on", TEXT, nullable=False),
        sa.Column("ends_on", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_cycle")),
    )
    op.create_table(
        "appraisal_cycle_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("starts_on", TEXT, nullable=False),
        sa.Column("ends_on", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_appraisal_cycle_history")),
    )
    op.create_table(
        "appraisal_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("employee", TEXT, nullable=False),
        sa.Column("employee_id", TEXT, nullable=True),
        sa.Column("reviewer", TEXT, nullable=True),
        sa.Column("reviewer_id", TEXT, nullable=True),
        sa.Column("cycle", TEXT, nullable=True),
        sa.Column("cycle_id", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("completed_at", TEXT, nullable=True),
        sa.Column("ratings", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_appraisal_history")),
    )
    op.create_table(
        "assignment_eligibility",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("assignment_id", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("supervisor_id", TEXT, nullable=True),
        sa.Column("missing_ids", TEXT, nullable=False),
        sa.Column("expiring_before_ids", TEXT, nullable=False),
        sa.Column("reasons", TEXT, nullable=False),
        sa.Column("rule_version", TEXT, nullable=False),
        sa.Column("computed_at", TEXT, nullable=False),
        sa.Column("complete", sa.SmallInteger(), nullable=False),
        sa.Column("missing_systems", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_eligibility")),
    )
    op.create_index(
        "ix_assignment_eligibility_assignment_id",
        "assignment_eligibility",
        ["assignment_id"],
        unique=False,
    )
    op.create_index(
        "ix_assignment_eligibility_person_id", "assignment_eligibility", ["person_id"], unique=False
    )
    op.create_index(
        "ix_assignment_eligibility_supervisor_id",
        "assignment_eligibility",
        ["supervisor_id"],
        unique=False,
    )
    op.create_table(
        "audit",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=True),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject_type", TEXT, nullable=True),
        sa.Column("subject_id", TEXT, nullable=True),
        sa.Column("purpose", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        comment="A decision, or a read that must be accounted for.",
    )
    op.create_index(op.f("ix_audit_actor_id"), "audit", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_subject_id"), "audit", ["subject_id"], unique=False)
    op.create_table(
        "checkpoint",
        sa.Column("system", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("position", TEXT, nullable=False),
        sa.Column("moved_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("system", "stream", name=op.f("pk_checkpoint")),
        comment="Where the reading of a stream stands.",
    )
    op.create_table(
        "claim",
        sa.Column("record_id", TEXT, nullable=False),
        sa.Column("lookup", TEXT, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "lookup", name=op.f("pk_claim")),
        comment="A key by which a live record can be found; level 0 is its type's strongest.",
    )
    op.create_index("ix_claim_lookup", "claim", ["lookup"], unique=False)
    op.create_table(
        "competence",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("uri", TEXT, nullable=True),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("scope", TEXT, nullable=True),
        sa.Column("core", sa.SmallInteger(), nullable=True),
        sa.Column("framework", TEXT, nullable=True),
        sa.Column("framework_id", TEXT, nullable=True),
        sa.Column("area", TEXT, nullable=True),
        sa.Column("area_id", TEXT, nullable=True),
        sa.Column("alignments", TEXT, nullable=False),
        sa.Column("scale", TEXT, nullable=True),
        sa.Column("scale_id", TEXT, nullable=True),
        sa.Column("decay", TEXT, nullable=True),
        sa.Column("retired", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence")),
    )
    op.create_index("ix_competence_area_id", "competence", ["area_id"], unique=False)
    op.create_index("ix_competence_code", "competence", ["code"], unique=False)
    op.create_index("ix_competence_framework_id", "competence", ["framework_id"], unique=False)
    op.create_index("ix_competence_scale_id", "competence", ["scale_id"], unique=False)
    op.create_index("ix_competence_uri", "competence", ["uri"], unique=False)
    op.create_table(
        "competence__broader",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name=op.f("pk_competence__broader")),
    )
    op.create_index(
        "ix_competence__broader_target_id", "competence__broader", ["target_id"], unique=False
    )
    op.create_table(
        "competence__broader_history",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
    )
    op.create_index(
        "ix_competence__broader_history_owner_id",
        "competence__broader_history",
        ["owner_id"],
        unique=False,
    )
    op.create_table(
        "competence_area",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_area")),
    )
    op.create_index("ix_competence_area_code", "competence_area", ["code"], unique=False)
    op.create_table(
        "competence_area_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_competence_area_history")),
    )
    op.create_table(
        "competence_cause",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("nonconformity", TEXT, nullable=False),
        sa.Column("nonconformity_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("decided_by_id", TEXT, nullable=True),
        sa.Column("decided_at", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_cause")),
    )
    op.create_index(
        "ix_competence_cause_competence_id", "competence_cause", ["competence_id"], unique=False
    )
    op.create_index(
        "ix_competence_cause_decided_by_id", "competence_cause", ["decided_by_id"], unique=False
    )
    op.create_index(
        "ix_competence_cause_nonconformity_id",
        "competence_cause",
        ["nonconformity_id"],
        unique=False,
    )
    op.create_table(
        "competence_cause_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("nonconformity", TEXT, nullable=False),
        sa.Column("nonconformity_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("decided_by_id", TEXT, nullable=True),
        sa.Column("decided_at", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_competence_cause_history")),
    )
    op.create_table(
        "competence_centre",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("region", TEXT, nullable=False),
        sa.Column("region_id", TEXT, nullable=True),
        sa.Column("lead", TEXT, nullable=True),
        sa.Column("lead_id", TEXT, nullable=True),
        sa.Column("seats", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_centre")),
    )
    op.create_index("ix_competence_centre_lead_id", "competence_centre", ["lead_id"], unique=False)
    op.create_index(
        "ix_competence_centre_region_id", "competence_centre", ["region_id"], unique=False
    )
    op.create_table(
        "competence_centre_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("region", TEXT, nullable=False),
        sa.Column("region_id", TEXT, nullable=True),
        sa.Column("lead", TEXT, nullable=True),
        sa.Column("lead_id", TEXT, nullable=True),
        sa.Column("seats", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_competence_centre_history")),
    )
    op.create_table(
        "competence_evidence",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("polarity", TEXT, nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("raw_score", TEXT, nullable=True),
        sa.Column("raw_scale", TEXT, nullable=True),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("observed_at", TEXT, nullable=False),
        sa.Column("expires_at", TEXT, nullable=True),
        sa.Column("assessor_id", TEXT, nullable=True),
        sa.Column("record_type", TEXT, nullable=True),
        sa.Column("record_id", TEXT, nullable=True),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("counted", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_evidence")),
    )
    op.create_index(
        "ix_competence_evidence_assessor_id", "competence_evidence", ["assessor_id"], unique=False
    )
    op.create_index(
        "ix_competence_evidence_competence_id",
        "competence_evidence",
        ["competence_id"],
        unique=False,
    )
    op.create_index(
        "ix_competence_evidence_person_id", "competence_evidence", ["person_id"], unique=False
    )
    op.create_index(
        "ix_competence_evidence_record_id", "competence_evidence", ["record_id"], unique=False
    )
    op.create_table(
        "competence_framework",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("uri", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("release", TEXT, nullable=True),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("licence", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_framework")),
    )
    op.create_index("ix_competence_framework_uri", "competence_framework", ["uri"], unique=False)
    op.create_table(
        "competence_framework_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("uri", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("release", TEXT, nullable=True),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("licence", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_competence_framework_history")),
    )
    op.create_table(
        "competence_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("uri", TEXT, nullable=True),
        sa.Column("code", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("scope", TEXT, nullable=True),
        sa.Column("core", sa.SmallInteger(), nullable=True),
        sa.Column("framework", TEXT, nullable=True),
        sa.Column("framework_id", TEXT, nullable=True),
        sa.Column("area", TEXT, nullable=True),
        sa.Column("area_id", TEXT, nullable=True),
        sa.Column("alignments", TEXT, nullable=False),
        sa.Column("scale", TEXT, nullable=True),
        sa.Column("scale_id", TEXT, nullable=True),
        sa.Column("decay", TEXT, nullable=True),
        sa.Column("retired", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_competence_history")),
    )
    op.create_table(
        "competence_requirement",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("required_rank", sa.BigInteger(), nullable=False),
        sa.Column("criticality", TEXT, nullable=False),
        sa.Column("enforcement", TEXT, nullable=False),
        sa.Column("legal_basis", TEXT, nullable=True),
        sa.Column("min_holders", sa.BigInteger(), nullable=True),
        sa.Column("credential_required", sa.SmallInteger(), nullable=False),
        sa.Column("derived_from", TEXT, nullable=True),
        sa.Column("derived_from_id", TEXT, nullable=True),
        sa.Column("owner_confirmed_at", TEXT, nullable=True),
        sa.Column("practitioner_confirmed_at", TEXT, nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_requirement")),
    )
    op.create_index(
        "ix_competence_requirement_competence_id",
        "competence_requirement",
        ["competence_id"],
        unique=False,
    )
    op.create_index(
        "ix_competence_requirement_derived_from_id",
        "competence_requirement",
        ["derived_from_id"],
        unique=False,
    )
    op.create_index(
        "ix_competence_requirement_subject_id",
        "competence_requirement",
        ["subject_id"],
        unique=False,
    )
    op.create_table(
        "competence_requirement_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("required_rank", sa.BigInteger(), nullable=False),
        sa.Column("criticality", TEXT, nullable=False),
        sa.Column("enforcement", TEXT, nullable=False),
        sa.Column("legal_basis", TEXT, nullable=True),
        sa.Column("min_holders", sa.BigInteger(), nullable=True),
        sa.Column("credential_required", sa.SmallInteger(), nullable=False),
        sa.Column("derived_from", TEXT, nullable=True),
        sa.Column("derived_from_id", TEXT, nullable=True),
        sa.Column("owner_confirmed_at", TEXT, nullable=True),
        sa.Column("practitioner_confirmed_at", TEXT, nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_competence_requirement_history")),
    )
    op.create_table(
        "competence_state",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("contradictory", sa.SmallInteger(), nullable=False),
        sa.Column("contested", sa.SmallInteger(), nullable=False),
        sa.Column("as_of", TEXT, nullable=False),
        sa.Column("last_used_at", TEXT, nullable=True),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("decays_on", TEXT, nullable=True),
        sa.Column("explanation", TEXT, nullable=False),
        sa.Column("next_change_on", TEXT, nullable=True),
        sa.Column("rule_version", TEXT, nullable=False),
        sa.Column("computed_at", TEXT, nullable=False),
        sa.Column("oldest_input_at", TEXT, nullable=True),
        sa.Column("complete", sa.SmallInteger(), nullable=False),
        sa.Column("missing_systems", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence_state")),
    )
    op.create_index(
        "ix_competence_state_competence_id", "competence_state", ["competence_id"], unique=False
    )
    op.create_index(
        "ix_competence_state_person_id", "competence_state", ["person_id"], unique=False
    )
    op.create_table(
        "coupling_action",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("summary", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=True),
        sa.Column("event_id", TEXT, nullable=True),
        sa.Column("proposed_by_id", TEXT, nullable=True),
        sa.Column("subject_type", TEXT, nullable=True),
        sa.Column("subject_id", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("reasons", TEXT, nullable=False),
        sa.Column("changes", TEXT, nullable=False),
        sa.Column("approvals", TEXT, nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.Column("expires_at", TEXT, nullable=True),
        sa.Column("executed_at", TEXT, nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("superseded_by_id", TEXT, nullable=True),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupling_action")),
    )
    op.create_index("ix_coupling_action_event_id", "coupling_action", ["event_id"], unique=False)
    op.create_index("ix_coupling_action_key", "coupling_action", ["key"], unique=False)
    op.create_index(
        "ix_coupling_action_proposed_by_id", "coupling_action", ["proposed_by_id"], unique=False
    )
    op.create_index(
        "ix_coupling_action_subject_id", "coupling_action", ["subject_id"], unique=False
    )
    op.create_index(
        "ix_coupling_action_superseded_by_id", "coupling_action", ["superseded_by_id"], unique=False
    )
    op.create_table(
        "coupling_rule",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("trigger", TEXT, nullable=False),
        sa.Column("condition", TEXT, nullable=False),
        sa.Column("effect", TEXT, nullable=False),
        sa.Column("from_", TEXT, nullable=False),
        sa.Column("to", TEXT, nullable=False),
        sa.Column("mode", TEXT, nullable=False),
        sa.Column("highest_mode", TEXT, nullable=False),
        sa.Column("approvers", TEXT, nullable=False),
        sa.Column("enabled", sa.SmallInteger(), nullable=False),
        sa.Column("data_used", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("history", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupling_rule")),
    )
    op.create_index("ix_coupling_rule_key", "coupling_rule", ["key"], unique=False)
    op.create_table(
        "credential",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("holder_id", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("issuer", TEXT, nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
    )
    op.create_index("ix_credential_holder_id", "credential", ["holder_id"], unique=False)
    op.create_table(
        "credential__competences",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name=op.f("pk_credential__competences")),
    )
    op.create_index(
        "ix_credential__competences_target_id",
        "credential__competences",
        ["target_id"],
        unique=False,
    )
    op.create_table(
        "credential__competences_history",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
    )
    op.create_index(
        "ix_credential__competences_history_owner_id",
        "credential__competences_history",
        ["owner_id"],
        unique=False,
    )
    op.create_table(
        "credential_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("holder_id", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("issuer", TEXT, nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_credential_history")),
    )
    op.create_table(
        "data_conflict",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("subject_type", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("chosen", TEXT, nullable=True),
        sa.Column("values", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("history", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_conflict")),
    )
    op.create_index("ix_data_conflict_subject_id", "data_conflict", ["subject_id"], unique=False)
    op.create_table(
        "development_agreement",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("employee", TEXT, nullable=True),
        sa.Column("employee_id", TEXT, nullable=True),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("team_id", TEXT, nullable=True),
        sa.Column("manager", TEXT, nullable=False),
        sa.Column("manager_id", TEXT, nullable=True),
        sa.Column("horizon", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("review_on", TEXT, nullable=False),
        sa.Column("signed_by_employee_at", TEXT, nullable=True),
        sa.Column("signed_by_manager_at", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_agreement")),
    )
    op.create_index(
        "ix_development_agreement_employee_id",
        "development_agreement",
        ["employee_id"],
        unique=False,
    )
    op.create_index(
        "ix_development_agreement_manager_id", "development_agreement", ["manager_id"], unique=False
    )
    op.create_index(
        "ix_development_agreement_team_id", "development_agreement", ["team_id"], unique=False
    )
    op.create_table(
        "development_agreement_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("employee", TEXT, nullable=True),
        sa.Column("employee_id", TEXT, nullable=True),
        sa.Column("team", TEXT, nullable=True),
        sa.Column("team_id", TEXT, nullable=True),
        sa.Column("manager", TEXT, nullable=False),
        sa.Column("manager_id", TEXT, nullable=True),
        sa.Column("horizon", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("review_on", TEXT, nullable=False),
        sa.Column("signed_by_employee_at", TEXT, nullable=True),
        sa.Column("signed_by_manager_at", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_development_agreement_history")),
    )
    op.create_table(
        "domain_event",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=True),
        sa.Column("subject_type", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("changes", TEXT, nullable=False),
        sa.Column("occurred_at", TEXT, nullable=False),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("caused_by_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_domain_event")),
    )
    op.create_index("ix_domain_event_caused_by_id", "domain_event", ["caused_by_id"], unique=False)
    op.create_index("ix_domain_event_key", "domain_event", ["key"], unique=False)
    op.create_index("ix_domain_event_subject_id", "domain_event", ["subject_id"], unique=False)
    op.create_table(
        "employment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("job_profile", TEXT, nullable=True),
        sa.Column("job_profile_id", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("fte", sa.Double(), nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
    )
    op.create_index("ix_employment_job_profile_id", "employment", ["job_profile_id"], unique=False)
    op.create_index("ix_employment_person_id", "employment", ["person_id"], unique=False)
    op.create_index("ix_employment_unit_id", "employment", ["unit_id"], unique=False)
    op.create_table(
        "employment_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("job_profile", TEXT, nullable=True),
        sa.Column("job_profile_id", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("fte", sa.Double(), nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_employment_history")),
    )
    op.create_table(
        "epoch",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_epoch")),
        comment="How often a table was changed.",
    )
    op.create_table(
        "fulfilment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("requirement_id", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=False),
        sa.Column("current_rank", sa.BigInteger(), nullable=True),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("met", sa.SmallInteger(), nullable=False),
        sa.Column("severity", TEXT, nullable=False),
        sa.Column("needed_by", TEXT, nullable=True),
        sa.Column("since", TEXT, nullable=False),
        sa.Column("covered_by_id", TEXT, nullable=True),
        sa.Column("rule_version", TEXT, nullable=False),
        sa.Column("computed_at", TEXT, nullable=False),
        sa.Column("complete", sa.SmallInteger(), nullable=False),
        sa.Column("missing_systems", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fulfilment")),
    )
    op.create_index("ix_fulfilment_competence_id", "fulfilment", ["competence_id"], unique=False)
    op.create_index("ix_fulfilment_covered_by_id", "fulfilment", ["covered_by_id"], unique=False)
    op.create_index("ix_fulfilment_person_id", "fulfilment", ["person_id"], unique=False)
    op.create_index("ix_fulfilment_requirement_id", "fulfilment", ["requirement_id"], unique=False)
    op.create_table(
        "idempotency",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("input_hash", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency")),
        comment="An input that had its effect, with its answer.",
    )
    op.create_table(
        "identity_link",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("external_id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("rule", TEXT, nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("attributes", TEXT, nullable=True),
        sa.Column("history", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pinned_id", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_link")),
    )
    op.create_index("ix_identity_link_external_id", "identity_link", ["external_id"], unique=False)
    op.create_index("ix_identity_link_person_id", "identity_link", ["person_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("headers", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("done_at", TEXT, nullable=True),
        sa.Column("error", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        comment="A delivery from a source, as received.",
    )
    op.create_index(op.f("ix_inbox_done_at"), "inbox", ["done_at"], unique=False)
    op.create_table(
        "inspection",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("passed", sa.SmallInteger(), nullable=True),
        sa.Column("inspected_at", TEXT, nullable=True),
        sa.Column("performed_by", TEXT, nullable=True),
        sa.Column("performed_by_id", TEXT, nullable=True),
        sa.Column("process", TEXT, nullable=True),
        sa.Column("process_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index("ix_inspection_number", "inspection", ["number"], unique=False)
    op.create_index(
        "ix_inspection_performed_by_id", "inspection", ["performed_by_id"], unique=False
    )
    op.create_index("ix_inspection_process_id", "inspection", ["process_id"], unique=False)
    op.create_index("ix_inspection_unit_id", "inspection", ["unit_id"], unique=False)
    op.create_table(
        "inspection_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("passed", sa.SmallInteger(), nullable=True),
        sa.Column("inspected_at", TEXT, nullable=True),
        sa.Column("performed_by", TEXT, nullable=True),
        sa.Column("performed_by_id", TEXT, nullable=True),
        sa.Column("process", TEXT, nullable=True),
        sa.Column("process_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_inspection_history")),
    )
    op.create_table(
        "intervention",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("locus", TEXT, nullable=False),
        sa.Column("formality", TEXT, nullable=False),
        sa.Column("targets", TEXT, nullable=False),
        sa.Column("provider", TEXT, nullable=False),
        sa.Column("cost", TEXT, nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("lead_time_days", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention")),
    )
    op.create_table(
        "intervention__facilitators",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name=op.f("pk_intervention__facilitators")),
    )
    op.create_index(
        "ix_intervention__facilitators_target_id",
        "intervention__facilitators",
        ["target_id"],
        unique=False,
    )
    op.create_table(
        "intervention__facilitators_history",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
    )
    op.create_index(
        "ix_intervention__facilitators_history_owner_id",
        "intervention__facilitators_history",
        ["owner_id"],
        unique=False,
    )
    op.create_table(
        "intervention_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("locus", TEXT, nullable=False),
        sa.Column("formality", TEXT, nullable=False),
        sa.Column("targets", TEXT, nullable=False),
        sa.Column("provider", TEXT, nullable=False),
        sa.Column("cost", TEXT, nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("lead_time_days", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_intervention_history")),
    )
    op.create_table(
        "job_profile",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("occupation_uris", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_profile")),
    )
    op.create_index("ix_job_profile_code", "job_profile", ["code"], unique=False)
    op.create_table(
        "job_profile_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("occupation_uris", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_job_profile_history")),
    )
    op.create_table(
        "learning_record",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("intervention", TEXT, nullable=True),
        sa.Column("intervention_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=True),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("completed_at", TEXT, nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("activity_uri", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_record")),
    )
    op.create_index(
        "ix_learning_record_competence_id", "learning_record", ["competence_id"], unique=False
    )
    op.create_index(
        "ix_learning_record_intervention_id", "learning_record", ["intervention_id"], unique=False
    )
    op.create_index("ix_learning_record_person_id", "learning_record", ["person_id"], unique=False)
    op.create_table(
        "learning_record_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("intervention", TEXT, nullable=True),
        sa.Column("intervention_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=True),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("completed_at", TEXT, nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("activity_uri", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_learning_record_history")),
    )
    op.create_table(
        "nonconformity",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("severity", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("raised_at", TEXT, nullable=False),
        sa.Column("closed_at", TEXT, nullable=True),
        sa.Column("process", TEXT, nullable=True),
        sa.Column("process_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("causes", TEXT, nullable=False),
        sa.Column("in_learning_work", sa.SmallInteger(), nullable=False),
        sa.Column("inspection", TEXT, nullable=True),
        sa.Column("inspection_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nonconformity")),
    )
    op.create_index(
        "ix_nonconformity_inspection_id", "nonconformity", ["inspection_id"], unique=False
    )
    op.create_index("ix_nonconformity_number", "nonconformity", ["number"], unique=False)
    op.create_index("ix_nonconformity_process_id", "nonconformity", ["process_id"], unique=False)
    op.create_index("ix_nonconformity_unit_id", "nonconformity", ["unit_id"], unique=False)
    op.create_table(
        "nonconformity_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("severity", TEXT, nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("raised_at", TEXT, nullable=False),
        sa.Column("closed_at", TEXT, nullable=True),
        sa.Column("process", TEXT, nullable=True),
        sa.Column("process_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("causes", TEXT, nullable=False),
        sa.Column("in_learning_work", sa.SmallInteger(), nullable=False),
        sa.Column("inspection", TEXT, nullable=True),
        sa.Column("inspection_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_nonconformity_history")),
    )
    op.create_table(
        "organisation_unit",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("parent_id", TEXT, nullable=True),
        sa.Column("manager", TEXT, nullable=True),
        sa.Column("manager_id", TEXT, nullable=True),
        sa.Column("supported_by", TEXT, nullable=True),
        sa.Column("supported_by_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_unit")),
    )
    op.create_index("ix_organisation_unit_code", "organisation_unit", ["code"], unique=False)
    op.create_index(
        "ix_organisation_unit_manager_id", "organisation_unit", ["manager_id"], unique=False
    )
    op.create_index(
        "ix_organisation_unit_parent_id", "organisation_unit", ["parent_id"], unique=False
    )
    op.create_index(
        "ix_organisation_unit_supported_by_id",
        "organisation_unit",
        ["supported_by_id"],
        unique=False,
    )
    op.create_table(
        "organisation_unit_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("parent_id", TEXT, nullable=True),
        sa.Column("manager", TEXT, nullable=True),
        sa.Column("manager_id", TEXT, nullable=True),
        sa.Column("supported_by", TEXT, nullable=True),
        sa.Column("supported_by_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_organisation_unit_history")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=True),
        sa.Column("action_id", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", TEXT, nullable=False),
        sa.Column("due_at", TEXT, nullable=True),
        sa.Column("done_at", TEXT, nullable=True),
        sa.Column("error", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        comment="A write that waits for its turn; done or given up when nothing is due.",
    )
    op.create_index(op.f("ix_outbox_action_id"), "outbox", ["action_id"], unique=False)
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"], unique=False)
    op.create_table(
        "performance_goal",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("employee", TEXT, nullable=False),
        sa.Column("employee_id", TEXT, nullable=True),
        sa.Column("cycle", TEXT, nullable=True),
        sa.Column("cycle_id", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("progress", sa.Double(), nullable=True),
        sa.Column("competence", TEXT, nullable=True),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_goal")),
    )
    op.create_index(
        "ix_performance_goal_competence_id", "performance_goal", ["competence_id"], unique=False
    )
    op.create_index("ix_performance_goal_cycle_id", "performance_goal", ["cycle_id"], unique=False)
    op.create_index(
        "ix_performance_goal_employee_id", "performance_goal", ["employee_id"], unique=False
    )
    op.create_table(
        "performance_goal_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("employee", TEXT, nullable=False),
        sa.Column("employee_id", TEXT, nullable=True),
        sa.Column("cycle", TEXT, nullable=True),
        sa.Column("cycle_id", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("weight", sa.Double(), nullable=True),
        sa.Column("progress", sa.Double(), nullable=True),
        sa.Column("competence", TEXT, nullable=True),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_performance_goal_history")),
    )
    op.create_table(
        "person",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("display_name", TEXT, nullable=False),
        sa.Column("employee_number", TEXT, nullable=True),
        sa.Column("work_email", TEXT, nullable=True),
        sa.Column("scim_external_id", TEXT, nullable=True),
        sa.Column("manager", TEXT, nullable=True),
        sa.Column("manager_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_employee_number", "person", ["employee_number"], unique=False)
    op.create_index("ix_person_manager_id", "person", ["manager_id"], unique=False)
    op.create_index("ix_person_scim_external_id", "person", ["scim_external_id"], unique=False)
    op.create_index("ix_person_work_email", "person", ["work_email"], unique=False)
    op.create_table(
        "person_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("display_name", TEXT, nullable=False),
        sa.Column("employee_number", TEXT, nullable=True),
        sa.Column("work_email", TEXT, nullable=True),
        sa.Column("scim_external_id", TEXT, nullable=True),
        sa.Column("manager", TEXT, nullable=True),
        sa.Column("manager_id", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_person_history")),
    )
    op.create_table(
        "proficiency_scale",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("mappings", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proficiency_scale")),
    )
    op.create_index("ix_proficiency_scale_key", "proficiency_scale", ["key"], unique=False)
    op.create_table(
        "proficiency_scale_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("mappings", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_proficiency_scale_history")),
    )
    op.create_table(
        "quarantined_record",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("external_id", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("raw", TEXT, nullable=True),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("parked", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_record")),
    )
    op.create_index(
        "ix_quarantined_record_external_id", "quarantined_record", ["external_id"], unique=False
    )
    op.create_table(
        "reference",
        sa.Column("record_id", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", TEXT, nullable=False),
        sa.Column("lookup", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.PrimaryKeyConstraint(
            "record_id", "field", "position", "part", name=op.f("pk_reference")
        ),
        comment="A relation of a live record and the entity that it resolves to.",
    )
    op.create_index(op.f("ix_reference_lookup"), "reference", ["lookup"], unique=False)
    op.create_index(op.f("ix_reference_target_id"), "reference", ["target_id"], unique=False)
    op.create_table(
        "role_assignment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("area", TEXT, nullable=True),
        sa.Column("area_id", TEXT, nullable=True),
        sa.Column("expertise", TEXT, nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    op.create_index("ix_role_assignment_area_id", "role_assignment", ["area_id"], unique=False)
    op.create_index("ix_role_assignment_person_id", "role_assignment", ["person_id"], unique=False)
    op.create_index("ix_role_assignment_unit_id", "role_assignment", ["unit_id"], unique=False)
    op.create_table(
        "role_assignment_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("area", TEXT, nullable=True),
        sa.Column("area_id", TEXT, nullable=True),
        sa.Column("expertise", TEXT, nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("valid_from", TEXT, nullable=False),
        sa.Column("valid_until", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_role_assignment_history")),
    )
    op.create_table(
        "source_record",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("external_id", TEXT, nullable=False),
        sa.Column("entity_id", TEXT, nullable=True),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("source_version", TEXT, nullable=True),
        sa.Column("changed_at", TEXT, nullable=True),
        sa.Column("fetched_at", TEXT, nullable=False),
        sa.Column("external_url", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=True),
        sa.Column("deleted_at", TEXT, nullable=True),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("lookup", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_record")),
        comment="What one source says about one thing, or that it no longer does.",
    )
    op.create_index("ix_source_record_entity_id", "source_record", ["entity_id"], unique=False)
    op.create_index(op.f("ix_source_record_lookup"), "source_record", ["lookup"], unique=False)
    op.create_index(
        "ix_source_record_stream",
        "source_record",
        ["system", "stream", "type", "generation"],
        unique=False,
    )
    op.create_table(
        "source_record_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("external_id", TEXT, nullable=False),
        sa.Column("entity_id", TEXT, nullable=True),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("source_version", TEXT, nullable=True),
        sa.Column("changed_at", TEXT, nullable=True),
        sa.Column("fetched_at", TEXT, nullable=False),
        sa.Column("external_url", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=True),
        sa.Column("deleted_at", TEXT, nullable=True),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        comment="What a source said before.",
    )
    op.create_index(
        "ix_source_record_history_entity_id", "source_record_history", ["entity_id"], unique=False
    )
    op.create_index("ix_source_record_history_id", "source_record_history", ["id"], unique=False)
    op.create_table(
        "source_system",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("connector", TEXT, nullable=False),
        sa.Column("tier", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_system")),
    )
    op.create_index("ix_source_system_key", "source_system", ["key"], unique=False)
    op.create_table(
        "sync_run",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("stream", TEXT, nullable=True),
        sa.Column("trigger", TEXT, nullable=False),
        sa.Column("full", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", TEXT, nullable=False),
        sa.Column("finished_at", TEXT, nullable=True),
        sa.Column("read", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_run")),
    )
    op.create_table(
        "term_link",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("system", TEXT, nullable=False),
        sa.Column("term_kind", TEXT, nullable=False),
        sa.Column("external_id", TEXT, nullable=False),
        sa.Column("term", TEXT, nullable=False),
        sa.Column("target_type", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("levels", TEXT, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("history", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_link")),
    )
    op.create_index("ix_term_link_external_id", "term_link", ["external_id"], unique=False)
    op.create_index("ix_term_link_target_id", "term_link", ["target_id"], unique=False)
    op.create_table(
        "touched",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_touched")),
        comment="Something whose derived values may have changed.",
    )
    op.create_table(
        "work_assignment",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("starts_at", TEXT, nullable=False),
        sa.Column("ends_at", TEXT, nullable=True),
        sa.Column("process", TEXT, nullable=True),
        sa.Column("process_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("learning_purpose", sa.SmallInteger(), nullable=False),
        sa.Column("comment", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_assignment")),
    )
    op.create_index(
        "ix_work_assignment_process_id", "work_assignment", ["process_id"], unique=False
    )
    op.create_index("ix_work_assignment_unit_id", "work_assignment", ["unit_id"], unique=False)
    op.create_table(
        "work_assignment__assignees",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name=op.f("pk_work_assignment__assignees")),
    )
    op.create_index(
        "ix_work_assignment__assignees_target_id",
        "work_assignment__assignees",
        ["target_id"],
        unique=False,
    )
    op.create_table(
        "work_assignment__assignees_history",
        sa.Column("owner_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", TEXT, nullable=False),
        sa.Column("target_id", TEXT, nullable=True),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
    )
    op.create_index(
        "ix_work_assignment__assignees_history_owner_id",
        "work_assignment__assignees_history",
        ["owner_id"],
        unique=False,
    )
    op.create_table(
        "work_assignment_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("starts_at", TEXT, nullable=False),
        sa.Column("ends_at", TEXT, nullable=True),
        sa.Column("process", TEXT, nullable=True),
        sa.Column("process_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("learning_purpose", sa.SmallInteger(), nullable=False),
        sa.Column("comment", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_work_assignment_history")),
    )
    op.create_table(
        "work_process",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=True),
        sa.Column("owner_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("parent_id", TEXT, nullable=True),
        sa.Column("revision", TEXT, nullable=True),
        sa.Column("revised_on", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_process")),
    )
    op.create_index("ix_work_process_code", "work_process", ["code"], unique=False)
    op.create_index("ix_work_process_owner_id", "work_process", ["owner_id"], unique=False)
    op.create_index("ix_work_process_parent_id", "work_process", ["parent_id"], unique=False)
    op.create_index("ix_work_process_unit_id", "work_process", ["unit_id"], unique=False)
    op.create_table(
        "work_process_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("owner", TEXT, nullable=True),
        sa.Column("owner_id", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("parent", TEXT, nullable=True),
        sa.Column("parent_id", TEXT, nullable=True),
        sa.Column("revision", TEXT, nullable=True),
        sa.Column("revised_on", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_work_process_history")),
    )


def downgrade() -> None:  # noqa: PLR0915, the same
    """Take it back."""
    op.drop_table("work_process_history")
    op.drop_index("ix_work_process_unit_id", table_name="work_process")
    op.drop_index("ix_work_process_parent_id", table_name="work_process")
    op.drop_index("ix_work_process_owner_id", table_name="work_process")
    op.drop_index("ix_work_process_code", table_name="work_process")
    op.drop_table("work_process")
    op.drop_table("work_assignment_history")
    op.drop_index(
        "ix_work_assignment__assignees_history_owner_id",
        table_name="work_assignment__assignees_history",
    )
    op.drop_table("work_assignment__assignees_history")
    op.drop_index(
        "ix_work_assignment__assignees_target_id", table_name="work_assignment__assignees"
    )
    op.drop_table("work_assignment__assignees")
    op.drop_index("ix_work_assignment_unit_id", table_name="work_assignment")
    op.drop_index("ix_work_assignment_process_id", table_name="work_assignment")
    op.drop_table("work_assignment")
    op.drop_table("touched")
    op.drop_index("ix_term_link_target_id", table_name="term_link")
    op.drop_index("ix_term_link_external_id", table_name="term_link")
    op.drop_table("term_link")
    op.drop_table("sync_run")
    op.drop_index("ix_source_system_key", table_name="source_system")
    op.drop_table("source_system")
    op.drop_index("ix_source_record_history_id", table_name="source_record_history")
    op.drop_index("ix_source_record_history_entity_id", table_name="source_record_history")
    op.drop_table("source_record_history")
    op.drop_index("ix_source_record_stream", table_name="source_record")
    op.drop_index(op.f("ix_source_record_lookup"), table_name="source_record")
    op.drop_index("ix_source_record_entity_id", table_name="source_record")
    op.drop_table("source_record")
    op.drop_table("role_assignment_history")
    op.drop_index("ix_role_assignment_unit_id", table_name="role_assignment")
    op.drop_index("ix_role_assignment_person_id", table_name="role_assignment")
    op.drop_index("ix_role_assignment_area_id", table_name="role_assignment")
    op.drop_table("role_assignment")
    op.drop_index(op.f("ix_reference_target_id"), table_name="reference")
    op.drop_index(op.f("ix_reference_lookup"), table_name="reference")
    op.drop_table("reference")
    op.drop_index("ix_quarantined_record_external_id", table_name="quarantined_record")
    op.drop_table("quarantined_record")
    op.drop_table("proficiency_scale_history")
    op.drop_index("ix_proficiency_scale_key", table_name="proficiency_scale")
    op.drop_table("proficiency_scale")
    op.drop_table("person_history")
    op.drop_index("ix_person_work_email", table_name="person")
    op.drop_index("ix_person_scim_external_id", table_name="person")
    op.drop_index("ix_person_manager_id", table_name="person")
    op.drop_index("ix_person_employee_number", table_name="person")
    op.drop_table("person")
    op.drop_table("performance_goal_history")
    op.drop_index("ix_performance_goal_employee_id", table_name="performance_goal")
    op.drop_index("ix_performance_goal_cycle_id", table_name="performance_goal")
    op.drop_index("ix_performance_goal_competence_id", table_name="performance_goal")
    op.drop_table("performance_goal")
    op.drop_index(op.f("ix_outbox_due_at"), table_name="outbox")
    op.drop_index(op.f("ix_outbox_action_id"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("organisation_unit_history")
    op.drop_index("ix_organisation_unit_supported_by_id", table_name="organisation_unit")
    op.drop_index("ix_organisation_unit_parent_id", table_name="organisation_unit")
    op.drop_index("ix_organisation_unit_manager_id", table_name="organisation_unit")
    op.drop_index("ix_organisation_unit_code", table_name="organisation_unit")
    op.drop_table("organisation_unit")
    op.drop_table("nonconformity_history")
    op.drop_index("ix_nonconformity_unit_id", table_name="nonconformity")
    op.drop_index("ix_nonconformity_process_id", table_name="nonconformity")
    op.drop_index("ix_nonconformity_number", table_name="nonconformity")
    op.drop_index("ix_nonconformity_inspection_id", table_name="nonconformity")
    op.drop_table("nonconformity")
    op.drop_table("learning_record_history")
    op.drop_index("ix_learning_record_person_id", table_name="learning_record")
    op.drop_index("ix_learning_record_intervention_id", table_name="learning_record")
    op.drop_index("ix_learning_record_competence_id", table_name="learning_record")
    op.drop_table("learning_record")
    op.drop_table("job_profile_history")
    op.drop_index("ix_job_profile_code", table_name="job_profile")
    op.drop_table("job_profile")
    op.drop_table("intervention_history")
    op.drop_index(
        "ix_intervention__facilitators_history_owner_id",
        table_name="intervention__facilitators_history",
    )
    op.drop_table("intervention__facilitators_history")
    op.drop_index(
        "ix_intervention__facilitators_target_id", table_name="intervention__facilitators"
    )
    op.drop_table("intervention__facilitators")
    op.drop_table("intervention")
    op.drop_table("inspection_history")
    op.drop_index("ix_inspection_unit_id", table_name="inspection")
    op.drop_index("ix_inspection_process_id", table_name="inspection")
    op.drop_index("ix_inspection_performed_by_id", table_name="inspection")
    op.drop_index("ix_inspection_number", table_name="inspection")
    op.drop_table("inspection")
    op.drop_index(op.f("ix_inbox_done_at"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_index("ix_identity_link_person_id", table_name="identity_link")
    op.drop_index("ix_identity_link_external_id", table_name="identity_link")
    op.drop_table("identity_link")
    op.drop_table("idempotency")
    op.drop_index("ix_fulfilment_requirement_id", table_name="fulfilment")
    op.drop_index("ix_fulfilment_person_id", table_name="fulfilment")
    op.drop_index("ix_fulfilment_covered_by_id", table_name="fulfilment")
    op.drop_index("ix_fulfilment_competence_id", table_name="fulfilment")
    op.drop_table("fulfilment")
    op.drop_table("epoch")
    op.drop_table("employment_history")
    op.drop_index("ix_employment_unit_id", table_name="employment")
    op.drop_index("ix_employment_person_id", table_name="employment")
    op.drop_index("ix_employment_job_profile_id", table_name="employment")
    op.drop_table("employment")
    op.drop_index("ix_domain_event_subject_id", table_name="domain_event")
    op.drop_index("ix_domain_event_key", table_name="domain_event")
    op.drop_index("ix_domain_event_caused_by_id", table_name="domain_event")
    op.drop_table("domain_event")
    op.drop_table("development_agreement_history")
    op.drop_index("ix_development_agreement_team_id", table_name="development_agreement")
    op.drop_index("ix_development_agreement_manager_id", table_name="development_agreement")
    op.drop_index("ix_development_agreement_employee_id", table_name="development_agreement")
    op.drop_table("development_agreement")
    op.drop_index("ix_data_conflict_subject_id", table_name="data_conflict")
    op.drop_table("data_conflict")
    op.drop_table("credential_history")
    op.drop_index(
        "ix_credential__competences_history_owner_id", table_name="credential__competences_history"
    )
    op.drop_table("credential__competences_history")
    op.drop_index("ix_credential__competences_target_id", table_name="credential__competences")
    op.drop_table("credential__competences")
    op.drop_index("ix_credential_holder_id", table_name="credential")
    op.drop_table("credential")
    op.drop_index("ix_coupling_rule_key", table_name="coupling_rule")
    op.drop_table("coupling_rule")
    op.drop_index("ix_coupling_action_superseded_by_id", table_name="coupling_action")
    op.drop_index("ix_coupling_action_subject_id", table_name="coupling_action")
    op.drop_index("ix_coupling_action_proposed_by_id", table_name="coupling_action")
    op.drop_index("ix_coupling_action_key", table_name="coupling_action")
    op.drop_index("ix_coupling_action_event_id", table_name="coupling_action")
    op.drop_table("coupling_action")
    op.drop_index("ix_competence_state_person_id", table_name="competence_state")
    op.drop_index("ix_competence_state_competence_id", table_name="competence_state")
    op.drop_table("competence_state")
    op.drop_table("competence_requirement_history")
    op.drop_index("ix_competence_requirement_subject_id", table_name="competence_requirement")
    op.drop_index("ix_competence_requirement_derived_from_id", table_name="competence_requirement")
    op.drop_index("ix_competence_requirement_competence_id", table_name="competence_requirement")
    op.drop_table("competence_requirement")
    op.drop_table("competence_history")
    op.drop_table("competence_framework_history")
    op.drop_index("ix_competence_framework_uri", table_name="competence_framework")
    op.drop_table("competence_framework")
    op.drop_index("ix_competence_evidence_record_id", table_name="competence_evidence")
    op.drop_index("ix_competence_evidence_person_id", table_name="competence_evidence")
    op.drop_index("ix_competence_evidence_competence_id", table_name="competence_evidence")
    op.drop_index("ix_competence_evidence_assessor_id", table_name="competence_evidence")
    op.drop_table("competence_evidence")
    op.drop_table("competence_centre_history")
    op.drop_index("ix_competence_centre_region_id", table_name="competence_centre")
    op.drop_index("ix_competence_centre_lead_id", table_name="competence_centre")
    op.drop_table("competence_centre")
    op.drop_table("competence_cause_history")
    op.drop_index("ix_competence_cause_nonconformity_id", table_name="competence_cause")
    op.drop_index("ix_competence_cause_decided_by_id", table_name="competence_cause")
    op.drop_index("ix_competence_cause_competence_id", table_name="competence_cause")
    op.drop_table("competence_cause")
    op.drop_table("competence_area_history")
    op.drop_index("ix_competence_area_code", table_name="competence_area")
    op.drop_table("competence_area")
    op.drop_index(
        "ix_competence__broader_history_owner_id", table_name="competence__broader_history"
    )
    op.drop_table("competence__broader_history")
    op.drop_index("ix_competence__broader_target_id", table_name="competence__broader")
    op.drop_table("competence__broader")
    op.drop_index("ix_competence_uri", table_name="competence")
    op.drop_index("ix_competence_scale_id", table_name="competence")
    op.drop_index("ix_competence_framework_id", table_name="competence")
    op.drop_index("ix_competence_code", table_name="competence")
    op.drop_index("ix_competence_area_id", table_name="competence")
    op.drop_table("competence")
    op.drop_index("ix_claim_lookup", table_name="claim")
    op.drop_table("claim")
    op.drop_table("checkpoint")
    op.drop_index(op.f("ix_audit_subject_id"), table_name="audit")
    op.drop_index(op.f("ix_audit_actor_id"), table_name="audit")
    op.drop_table("audit")
    op.drop_index("ix_assignment_eligibility_supervisor_id", table_name="assignment_eligibility")
    op.drop_index("ix_assignment_eligibility_person_id", table_name="assignment_eligibility")
    op.drop_index("ix_assignment_eligibility_assignment_id", table_name="assignment_eligibility")
    op.drop_table("assignment_eligibility")
    op.drop_table("appraisal_history")
    op.drop_table("appraisal_cycle_history")
    op.drop_table("appraisal_cycle")
    op.drop_index("ix_appraisal_reviewer_id", table_name="appraisal")
    op.drop_index("ix_appraisal_employee_id", table_name="appraisal")
    op.drop_index("ix_appraisal_cycle_id", table_name="appraisal")
    op.drop_table("appraisal")
    op.drop_table("ambition_history")
    op.drop_index(
        "ix_ambition__shared_with_history_owner_id", table_name="ambition__shared_with_history"
    )
    op.drop_table("ambition__shared_with_history")
    op.drop_index("ix_ambition__shared_with_target_id", table_name="ambition__shared_with")
    op.drop_table("ambition__shared_with")
    op.drop_index("ix_ambition_target_profile_id", table_name="ambition")
    op.drop_index("ix_ambition_person_id", table_name="ambition")
    op.drop_index("ix_ambition_competence_id", table_name="ambition")
    op.drop_table("ambition")
    op.drop_index(op.f("ix_alias_kept_id"), table_name="alias")
    op.drop_table("alias")
    op.drop_table("agreed_result_history")
    op.drop_index("ix_agreed_result_reviewed_by_id", table_name="agreed_result")
    op.drop_index("ix_agreed_result_competence_id", table_name="agreed_result")
    op.drop_index("ix_agreed_result_agreement_id", table_name="agreed_result")
    op.drop_table("agreed_result")
    op.drop_table("agreed_facility_history")
    op.drop_index("ix_agreed_facility_promised_by_id", table_name="agreed_facility")
    op.drop_index("ix_agreed_facility_agreement_id", table_name="agreed_facility")
    op.drop_table("agreed_facility")
