"""Keep objections."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "contest",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("told_by", TEXT, nullable=False),
        sa.Column("told_by_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("raised_at", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("settled_by", TEXT, nullable=True),
        sa.Column("settled_by_id", TEXT, nullable=True),
        sa.Column("settled_at", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
    )
    op.create_index("ix_contest_competence_id", "contest", ["competence_id"], unique=False)
    op.create_index("ix_contest_person_id", "contest", ["person_id"], unique=False)
    op.create_index("ix_contest_settled_by_id", "contest", ["settled_by_id"], unique=False)
    op.create_index("ix_contest_told_by_id", "contest", ["told_by_id"], unique=False)
    op.create_table(
        "contest_history",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=True),
        sa.Column("competence", TEXT, nullable=False),
        sa.Column("competence_id", TEXT, nullable=True),
        sa.Column("told_by", TEXT, nullable=False),
        sa.Column("told_by_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("raised_at", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("settled_by", TEXT, nullable=True),
        sa.Column("settled_by_id", TEXT, nullable=True),
        sa.Column("settled_at", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", TEXT, nullable=False),
        sa.Column("recorded_until", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_contest_history")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("contest_history")
    op.drop_index("ix_contest_told_by_id", table_name="contest")
    op.drop_index("ix_contest_settled_by_id", table_name="contest")
    op.drop_index("ix_contest_person_id", table_name="contest")
    op.drop_index("ix_contest_competence_id", table_name="contest")
    op.drop_table("contest")
