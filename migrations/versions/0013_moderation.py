"""Reports, what was decided on them, and appeals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _report()
    _complaint()
    _decision()
    _appeal()


def downgrade() -> None:
    for table in ("appeal", "decision", "complaint", "report"):
        op.drop_table(table)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "target_type",
            sa.String(length=20),
            nullable=False,
            comment="member, message …: the kinds that packages register",
        ),
        sa.Column(
            "target_id",
            sa.String(length=120),
            nullable=False,
            comment="as the API addresses it: a handle, an id, a slug",
        ),
        sa.Column(
            "title",
            sa.String(length=200),
            nullable=False,
            comment="how moderators know it: whose it is, or how it is called",
        ),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="whom it concerns; None where she is gone"),
        sa.Column("urgency", sa.SmallInteger(), nullable=False, comment="0: a minor may be in danger; 1: all else"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("urgency IN (0, 1)", name=op.f("ck_report_urgency")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_report_member_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    waiting = sa.text("decided_at IS NULL")
    op.create_index("uq_report_waiting", "report", ["target_type", "target_id"], unique=True, postgresql_where=waiting)
    op.create_index(
        "ix_report_waiting", "report", ["urgency", "created_at", "id"], unique=False, postgresql_where=waiting
    )
    op.create_index("ix_report_created_at", "report", ["created_at", "id"], unique=False)
    op.create_index("ix_report_member_id", "report", ["member_id"], unique=False)


def _complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB(), nullable=False, comment="targets.Found.frozen"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('spam', 'harassment', 'impersonation', 'minor-safety', 'other')",
            name=op.f("ck_complaint_reason"),
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_complaint_member_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_complaint_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("report_id", "member_id", name=op.f("uq_complaint_report_id_member_id")),
    )
    op.create_index("ix_complaint_member_id", "complaint", ["member_id"], unique=False)


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="of a limit or a suspension; None: until it is taken back",
        ),
        sa.Column("note", sa.Text(), nullable=False, comment="the reason, as the person concerned reads it"),
        sa.Column("decided_by", sa.Uuid(), nullable=True, comment="None: from the command line"),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True, comment="when it was taken back"),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('dismiss', 'remove', 'warn', 'limit', 'suspend')", name=op.f("ck_decision_outcome")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_decision_member_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_decision_report_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_report_id", "decision", ["report_id"], unique=False)
    op.create_index("ix_decision_member_id", "decision", ["member_id", "created_at"], unique=False)
    op.create_index("ix_decision_created_at", "decision", ["created_at", "id"], unique=False)


def _appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reversed", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (reversed IS NULL)", name=op.f("ck_appeal_answered")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_appeal")),
    )
    op.create_index(
        "ix_appeal_waiting",
        "appeal",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
