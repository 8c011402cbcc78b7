"""What goes out about events, their doors, and what is left of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016b"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the address's secret"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_calendar_feed_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    op.create_table(
        "event_announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("to", postgresql.ARRAY(sa.String(length=10)), nullable=False, comment="going, maybe, waitlisted"),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_announcement_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_announcement")),
    )
    op.create_index("ix_event_announcement_event_id", "event_announcement", ["event_id"], unique=False)
    op.create_table(
        "event_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False, comment="as it was on that day"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_certificate_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_certificate_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_event_certificate_code")),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_event_certificate_event_id_member_id")),
    )
    op.create_table(
        "event_helper_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the link's secret"),
        sa.Column("label", sa.String(length=80), nullable=False, comment="for whom it was made"),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_helper_link_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_helper_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_event_helper_link_digest")),
    )
    op.create_index("ix_event_helper_link_event_id", "event_helper_link", ["event_id"], unique=False)
    op.create_table(
        "event_invitation_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("filters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True, comment="None: waits for a second person"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_invitation_round_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_invitation_round")),
    )
    op.create_index("ix_event_invitation_round_event_id", "event_invitation_round", ["event_id"], unique=False)
    op.create_table(
        "event_reminded",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False, comment="week, day"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_reminded_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "what", "starts_at", name=op.f("pk_event_reminded")),
    )
    op.create_table(
        "event_report",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="Markdown"),
        sa.Column("lang", sa.String(length=12), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("news_slug", sa.String(length=120), nullable=True, comment="under which it is published as news"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_report_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_report")),
    )
    op.create_table(
        "event_survey",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "questions",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="[{key, label, kind, choices, required}]",
        ),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_survey_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_survey")),
    )
    op.create_table(
        "event_survey_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_survey_answer_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_survey_answer")),
    )
    op.create_index("ix_event_survey_answer_event_id", "event_survey_answer", ["event_id"], unique=False)
    op.create_table(
        "event_survey_taken",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_survey_taken_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_survey_taken_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "member_id", name=op.f("pk_event_survey_taken")),
    )
    op.create_table(
        "event_invited",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_invited_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_invited_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["event_invitation_round.id"], name=op.f("fk_event_invited_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "member_id", name=op.f("pk_event_invited")),
    )
    op.create_index("ix_event_invited_member_id", "event_invited", ["member_id"], unique=False)
    op.add_column(
        "event_answer",
        sa.Column(
            "checked_in_by", sa.Uuid(), nullable=True, comment="the organiser at the door; None: a helper by link"
        ),
    )
    op.add_column(
        "event_answer",
        sa.Column(
            "known_by", sa.Uuid(), nullable=True, comment="the coordinator who confirms that it was she who came"
        ),
    )


def downgrade() -> None:
    op.drop_column("event_answer", "known_by")
    op.drop_column("event_answer", "checked_in_by")
    op.drop_index("ix_event_invited_member_id", table_name="event_invited")
    op.drop_table("event_invited")
    op.drop_table("event_survey_taken")
    op.drop_index("ix_event_survey_answer_event_id", table_name="event_survey_answer")
    op.drop_table("event_survey_answer")
    op.drop_table("event_survey")
    op.drop_table("event_report")
    op.drop_table("event_reminded")
    op.drop_index("ix_event_invitation_round_event_id", table_name="event_invitation_round")
    op.drop_table("event_invitation_round")
    op.drop_index("ix_event_helper_link_event_id", table_name="event_helper_link")
    op.drop_table("event_helper_link")
    op.drop_table("event_certificate")
    op.drop_index("ix_event_announcement_event_id", table_name="event_announcement")
    op.drop_table("event_announcement")
    op.drop_table("calendar_feed")
