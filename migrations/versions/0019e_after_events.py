"""Tickets by mail, quotes with consent, photos of reports, certificates with an approved wording, answers in one go."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019e"
down_revision = "0019t"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outgoing_letter",
        sa.Column(
            "pictures",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="Content-ID → PNG in base64: shown within the letter",
        ),
    )
    op.add_column(
        "event_answer",
        sa.Column(
            "ticket_sent_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the ticket went out by mail, or it was found that it cannot",
        ),
    )
    op.add_column(
        "event",
        sa.Column(
            "removed_at", sa.DateTime(timezone=True), nullable=True, comment="by moderators: nobody finds it any more"
        ),
    )
    op.add_column(
        "event_report",
        sa.Column("writing_id", sa.Uuid(), nullable=True, comment="what its photos hang on, and becomes the news"),
    )
    op.create_foreign_key(
        op.f("fk_event_report_writing_id"), "event_report", "writing", ["writing_id"], ["id"], ondelete="SET NULL"
    )
    _quotes()
    _certificates()


def _quotes() -> None:
    op.create_table(
        "event_quote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False, comment="as proposed, then in her own words"),
        sa.Column("signed", sa.String(length=160), nullable=False, comment="the name under it, as she agreed to it"),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True, comment="or taken back"),
        sa.Column("printed", sa.Text(), nullable=False, comment="exactly as it went into the published report"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("agreed_at IS NULL OR refused_at IS NULL", name=op.f("ck_event_quote_said")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_quote_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_quote_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_quote")),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_event_quote_event_id_member_id")),
    )
    op.create_index("ix_event_quote_member_id", "event_quote", ["member_id"])


def _certificates() -> None:
    op.create_table(
        "certificate_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=14), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="counts the versions of its kind from 1"),
        sa.Column("texts", postgresql.JSONB(), nullable=False, comment="language → words with {name} and {title}"),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('attendance', 'participation')", name=op.f("ck_certificate_wording_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_wording")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_certificate_wording_kind_number")),
    )
    op.alter_column("event_certificate", "event_id", nullable=True)
    op.add_column(
        "event_certificate",
        sa.Column("exchange_id", sa.Uuid(), nullable=True, comment="of participation: what she took part in"),
    )
    op.add_column(
        "event_certificate",
        sa.Column("wording_id", sa.Uuid(), nullable=True, comment="as it was approved on that day"),
    )
    op.create_foreign_key(
        op.f("fk_event_certificate_exchange_id"),
        "event_certificate",
        "exchange",
        ["exchange_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_foreign_key(
        op.f("fk_event_certificate_wording_id"),
        "event_certificate",
        "certificate_wording",
        ["wording_id"],
        ["id"],
    )
    op.create_unique_constraint(
        op.f("uq_event_certificate_exchange_id_member_id"), "event_certificate", ["exchange_id", "member_id"]
    )
    op.create_check_constraint(
        op.f("ck_event_certificate_of_one"), "event_certificate", "(event_id IS NULL) <> (exchange_id IS NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_event_certificate_of_one"), "event_certificate")
    op.execute("DELETE FROM event_certificate WHERE event_id IS NULL")
    op.drop_column("event_certificate", "wording_id")
    op.drop_column("event_certificate", "exchange_id")
    op.alter_column("event_certificate", "event_id", nullable=False)
    op.drop_table("certificate_wording")
    op.drop_table("event_quote")
    op.drop_column("event_report", "writing_id")
    op.drop_column("event", "removed_at")
    op.drop_column("event_answer", "ticket_sent_at")
    op.drop_column("outgoing_letter", "pictures")
