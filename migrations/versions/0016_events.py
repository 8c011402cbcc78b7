"""Events, who organises them, who answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("theme", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("description", sa.Text(), nullable=False, comment="Markdown"),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("venue", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=400), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("online_url", sa.String(length=500), nullable=True, comment="for organisers and those who are going"),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "time_zone", sa.String(length=60), nullable=False, comment="IANA: the clock on the wall of the venue"
        ),
        sa.Column("hosts", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="[{name, kind}]"),
        sa.Column("agenda", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="[{at, title, speaker}]"),
        sa.Column(
            "questions",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="[{key, label, kind, choices, required, sensitive}]",
        ),
        sa.Column("capacity", sa.Integer(), nullable=True, comment="persons, guests included; None: no limit"),
        sa.Column("guests_per_person", sa.Integer(), nullable=False),
        sa.Column(
            "places",
            sa.String(length=10),
            nullable=False,
            comment="a freed place goes to the head at once, or is offered for a time",
        ),
        sa.Column("rsvp_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False, comment="core.text.plain of its words"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="grows with each change; who saves an older is told"
        ),
        sa.Column(
            "sequence",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="of the calendar entry: grows when its time or place changes",
        ),
        sa.Column("going", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="persons with guests"),
        sa.Column(
            "waitlisted", sa.Integer(), server_default=sa.text("0"), nullable=False, comment="persons with guests"
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience IN ('public', 'members', 'chapter')", name=op.f("ck_event_audience")),
        sa.CheckConstraint("places IN ('direct', 'timed')", name=op.f("ck_event_places")),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_event_point")),
        sa.CheckConstraint("capacity IS NULL OR capacity > 0", name=op.f("ck_event_capacity")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_index("ix_event_country", "event", ["country"], unique=False)
    op.create_index("ix_event_ends_at", "event", ["ends_at"], unique=False)
    op.create_index("ix_event_starts_at", "event", ["starts_at", "id"], unique=False)
    op.create_table(
        "event_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=False),
        sa.Column("guest_names", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column(
            "answers",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="question's key → answer, not the sensitive",
        ),
        sa.Column("queue", sa.BigInteger(), nullable=True, comment="place in the waitlist: who has less is before"),
        sa.Column(
            "offer_expires_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="until then free places are held for this party",
        ),
        sa.Column("ticket_code", sa.String(length=12), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True, comment="the organiser who answered for her; None: herself"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'waitlisted') = (queue IS NOT NULL)", name=op.f("ck_event_answer_queue")),
        sa.CheckConstraint("offer_expires_at IS NULL OR status = 'waitlisted'", name=op.f("ck_event_answer_offer")),
        sa.CheckConstraint(
            "status IN ('going', 'maybe', 'declined', 'waitlisted')", name=op.f("ck_event_answer_status")
        ),
        sa.CheckConstraint("guests >= 0", name=op.f("ck_event_answer_guests")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_answer_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_answer_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_answer")),
        sa.UniqueConstraint("event_id", "member_id", name=op.f("uq_event_answer_event_id_member_id")),
        sa.UniqueConstraint("ticket_code", name=op.f("uq_event_answer_ticket_code")),
    )
    op.create_index("ix_event_answer_member_id", "event_answer", ["member_id"], unique=False)
    op.create_index(
        "ix_event_answer_offer",
        "event_answer",
        ["offer_expires_at"],
        unique=False,
        postgresql_where=sa.text("offer_expires_at IS NOT NULL"),
    )
    op.create_index(
        "ix_event_answer_queue",
        "event_answer",
        ["event_id", "queue"],
        unique=False,
        postgresql_where=sa.text("status = 'waitlisted'"),
    )
    op.create_table(
        "event_organiser",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "by_office", sa.Boolean(), nullable=False, comment="as coordinator or staff: her rights end with the office"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_organiser_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_event_organiser_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "member_id", name=op.f("pk_event_organiser")),
    )
    op.create_index("ix_event_organiser_member_id", "event_organiser", ["member_id"], unique=False)
    op.create_table(
        "event_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("queue", sa.BigInteger(), nullable=True, comment="the place in the waitlist that it left or took"),
        sa.Column("by_organiser", sa.Boolean(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["event_answer.id"], name=op.f("fk_event_move_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_move_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_move")),
    )
    op.create_index("ix_event_move_event_id", "event_move", ["event_id", "id"], unique=False)
    op.create_table(
        "event_sensitive_answer",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["event_answer.id"], name=op.f("fk_event_sensitive_answer_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_event_sensitive_answer")),
    )


def downgrade() -> None:
    op.drop_table("event_sensitive_answer")
    op.drop_index("ix_event_move_event_id", table_name="event_move")
    op.drop_table("event_move")
    op.drop_index("ix_event_organiser_member_id", table_name="event_organiser")
    op.drop_table("event_organiser")
    op.drop_index("ix_event_answer_queue", table_name="event_answer", postgresql_where=sa.text("status = 'waitlisted'"))
    op.drop_index(
        "ix_event_answer_offer", table_name="event_answer", postgresql_where=sa.text("offer_expires_at IS NOT NULL")
    )
    op.drop_index("ix_event_answer_member_id", table_name="event_answer")
    op.drop_table("event_answer")
    op.drop_index("ix_event_starts_at", table_name="event")
    op.drop_index("ix_event_ends_at", table_name="event")
    op.drop_index("ix_event_country", table_name="event")
    op.drop_table("event")
