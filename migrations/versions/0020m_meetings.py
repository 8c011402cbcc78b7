"""Decisions about wide invitations; pictures of texts that somebody in them took down."""

import sqlalchemy as sa
from alembic import op

revision = "0020m"
down_revision = "0021a"
branch_labels = None
depends_on = None

ROUND = "event_invitation_round"
WAITED = "None: waits for a second person"
# What went to a second person before this was noted: what she confirmed, and what was too wide to leave by itself.
WAIT = """
UPDATE event_invitation_round
SET waits = true, decided_at = CASE WHEN confirmed_by IS NULL THEN NULL ELSE created_at END
WHERE confirmed_by IS NOT NULL OR (persons > 500 AND sent_at IS NULL)
"""


def upgrade() -> None:
    _rounds()
    op.create_table(
        "writing_picture_take_down",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="who; shown to nobody, in the audit log for staff"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["writing_picture.id"],
            name=op.f("fk_writing_picture_take_down_picture_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
            name=op.f("fk_writing_picture_take_down_member_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_writing_picture_take_down")),
    )
    op.create_index("ix_writing_picture_take_down_member_id", "writing_picture_take_down", ["member_id"])


def _rounds() -> None:
    waits: sa.Column[bool] = sa.Column(
        "waits", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment="a second person decides it"
    )
    op.add_column(ROUND, waits)
    op.add_column(ROUND, sa.Column("declined_by", sa.Uuid(), nullable=True))
    op.add_column(ROUND, sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    note: sa.Column[str] = sa.Column(
        "note", sa.Text(), server_default="", nullable=False, comment="why it was declined, for who asked"
    )
    op.add_column(ROUND, note)
    op.alter_column(
        ROUND,
        "sent_at",
        existing_type=sa.DateTime(timezone=True),
        comment=None,
        existing_comment=WAITED,
        existing_nullable=True,
    )
    op.execute(WAIT)
    op.create_index(
        "ix_event_invitation_round_waiting",
        ROUND,
        ["created_at"],
        postgresql_where=sa.text("waits AND decided_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("writing_picture_take_down")
    op.alter_column(
        ROUND,
        "sent_at",
        existing_type=sa.DateTime(timezone=True),
        comment=WAITED,
        existing_comment=None,
        existing_nullable=True,
    )
    op.drop_index("ix_event_invitation_round_waiting", ROUND)
    for name in ("note", "decided_at", "declined_by", "waits"):
        op.drop_column(ROUND, name)
