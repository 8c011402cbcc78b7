"""Notices, choices of mail, and letters that are handed over once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_sent",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_digest_sent_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_digest_sent")),
    )
    op.create_table(
        "mail_stop",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False, comment="how the letters called it"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_mail_stop_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "subject", name=op.f("pk_mail_stop")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False, comment="what it is about, e.g. thread:<id>"),
        sa.Column("url", sa.String(length=300), nullable=False, comment="the path that shows it"),
        sa.Column(
            "data", postgresql.JSONB(), nullable=False, comment="what the kind's sentence needs; no private text"
        ),
        sa.Column("by_id", sa.Uuid(), nullable=True, comment="who did it last"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False, comment="in the app; else it waits only for mail or digest"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, comment="of what came last"),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_at", sa.DateTime(timezone=True), nullable=True, comment="when the letter about it is due"),
        sa.Column(
            "mailed_at", sa.DateTime(timezone=True), nullable=True, comment="when the last letter about it was written"
        ),
        sa.Column("mails", sa.SmallInteger(), nullable=False, comment="letters about it so far"),
        sa.Column(
            "push_at", sa.DateTime(timezone=True), nullable=True, comment="when it is due to ring on her devices"
        ),
        sa.Column("pushed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_notice_by_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_notice_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_by_id", "notice", ["by_id"], unique=False, postgresql_where=sa.text("by_id IS NOT NULL"))
    op.create_index(
        "ix_notice_mail_at", "notice", ["mail_at"], unique=False, postgresql_where=sa.text("mail_at IS NOT NULL")
    )
    op.create_index("ix_notice_member_id", "notice", ["member_id", "id"], unique=False)
    op.create_index(
        "ix_notice_push_at", "notice", ["push_at"], unique=False, postgresql_where=sa.text("push_at IS NOT NULL")
    )
    op.create_index(
        "ix_notice_subject", "notice", ["subject"], unique=False, postgresql_where=sa.text("read_at IS NULL")
    )
    op.create_index(
        "uq_notice_unread",
        "notice",
        ["member_id", "kind", "subject"],
        unique=True,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "session_id", sa.Uuid(), nullable=True, comment="the browser's session: signed out, it rings no more"
        ),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=100), nullable=False),
        sa.Column("auth", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_push_subscription_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
    )
    op.create_index("ix_push_subscription_member_id", "push_subscription", ["member_id"], unique=False)
    op.add_column(
        "member",
        sa.Column(
            "mail_quotes",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="whether letters may quote private text",
        ),
    )
    op.add_column(
        "member",
        sa.Column(
            "digest",
            sa.String(length=10),
            server_default=sa.text("'monthly'"),
            nullable=False,
            comment="never, weekly or monthly",
        ),
    )
    op.add_column(
        "outgoing_letter",
        sa.Column("about", sa.String(length=120), server_default="", nullable=False, comment="what may withdraw it"),
    )
    op.add_column("outgoing_letter", sa.Column("by_id", sa.Uuid(), nullable=True, comment="the member who caused it"))
    op.add_column(
        "outgoing_letter",
        sa.Column(
            "priority",
            sa.SmallInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="0 somebody waits for it, 1 a notice, 2 many at once",
        ),
    )
    op.add_column(
        "outgoing_letter", sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "outgoing_letter",
        sa.Column("due_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.add_column("outgoing_letter", sa.Column("claim", sa.Uuid(), nullable=True, comment="which delivery has it"))
    op.add_column(
        "outgoing_letter",
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.create_index(
        "ix_outgoing_letter_due_at",
        "outgoing_letter",
        ["priority", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "ix_outgoing_letter_state",
        "outgoing_letter",
        ["state"],
        unique=False,
        postgresql_where=sa.text("state IN ('claimed', 'handing')"),
    )
    op.create_index(
        "ix_outgoing_letter_to_address", "outgoing_letter", [sa.text("lower(to_address)"), "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_outgoing_letter_to_address", table_name="outgoing_letter")
    op.drop_index(
        "ix_outgoing_letter_state",
        table_name="outgoing_letter",
        postgresql_where=sa.text("state IN ('claimed', 'handing')"),
    )
    op.drop_index(
        "ix_outgoing_letter_due_at", table_name="outgoing_letter", postgresql_where=sa.text("state = 'queued'")
    )
    op.drop_column("outgoing_letter", "changed_at")
    op.drop_column("outgoing_letter", "claim")
    op.drop_column("outgoing_letter", "due_at")
    op.drop_column("outgoing_letter", "attempts")
    op.drop_column("outgoing_letter", "priority")
    op.drop_column("outgoing_letter", "by_id")
    op.drop_column("outgoing_letter", "about")
    op.drop_column("member", "digest")
    op.drop_column("member", "mail_quotes")
    op.drop_index("ix_push_subscription_member_id", table_name="push_subscription")
    op.drop_table("push_subscription")
    op.drop_index("uq_notice_unread", table_name="notice", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index("ix_notice_subject", table_name="notice", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index("ix_notice_push_at", table_name="notice", postgresql_where=sa.text("push_at IS NOT NULL"))
    op.drop_index("ix_notice_member_id", table_name="notice")
    op.drop_index("ix_notice_mail_at", table_name="notice", postgresql_where=sa.text("mail_at IS NOT NULL"))
    op.drop_index("ix_notice_by_id", table_name="notice", postgresql_where=sa.text("by_id IS NOT NULL"))
    op.drop_table("notice")
    op.drop_table("mail_stop")
    op.drop_table("digest_sent")
