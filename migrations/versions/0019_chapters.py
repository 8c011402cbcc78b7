"""Chapters' candidates and notes, topic groups, titled conversations, threads that announce."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0020ho"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _threads()
    op.create_index("ix_member_lives_in", "member", ["lives_in"], postgresql_where=sa.text("lives_in IS NOT NULL"))
    _chapters()
    _groups()
    op.create_table(
        "conversation",
        sa.Column("community", sa.String(length=80), nullable=False, comment=SUBJECT),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _member("conversation", "author_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    op.create_index("ix_conversation_community", "conversation", ["community", "created_at"])
    op.create_index("ix_conversation_author_id", "conversation", ["author_id"])


SUBJECT = "the subject of the community's thread: chapter:<XX>"
READS = "False: reads only, and is not counted (minors; all but a few where the thread announces)"
READ = "False: reads only, and is not counted (minors)"


def _threads() -> None:
    op.add_column(
        "thread",
        sa.Column(
            "announces",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="only those named by its owner write; adults all count",
        ),
    )
    op.add_column(
        "thread",
        sa.Column(
            "announced_seq",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="of an announcing one: so far everybody was told",
        ),
    )
    op.create_index("ix_thread_announces", "thread", ["id"], postgresql_where=sa.text("announces"))
    op.alter_column("thread_member", "posts", existing_type=sa.Boolean(), comment=READS, existing_comment=READ)


def _chapters() -> None:
    op.create_table(
        "candidacy",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="why, in her words; for the secretariat"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _member("candidacy", "member_id", "CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "country", name=op.f("pk_candidacy")),
    )
    op.create_index("ix_candidacy_country", "candidacy", ["country"])
    op.create_table(
        "hand_over_note",
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _member("hand_over_note", "author_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_note")),
    )
    op.create_index("ix_hand_over_note_country", "hand_over_note", ["country", "created_at"])
    op.create_index("ix_hand_over_note_author_id", "hand_over_note", ["author_id"])


def _groups() -> None:
    op.create_table(
        "topic_group",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=False),
        sa.Column("joining", sa.String(length=10), nullable=False, comment="open, or by request to the owner"),
        sa.Column("search_text", sa.Text(), nullable=False, comment="core.text.plain of title, field and description"),
        sa.Column("owner_id", sa.Uuid(), nullable=True, comment="who looks after it: at first who proposed it"),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("joining IN ('open', 'request')", name=op.f("ck_topic_group_joining")),
        sa.CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name=op.f("ck_topic_group_decision")),
        _member("topic_group", "owner_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_topic_group_slug")),
    )
    op.create_index("ix_topic_group_owner_id", "topic_group", ["owner_id"])
    op.create_table(
        "group_place",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["topic_group.id"], name=op.f("fk_group_place_group_id"), ondelete="CASCADE"
        ),
        _member("group_place", "member_id", "CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_group_place")),
    )
    op.create_index("ix_group_place_member_id", "group_place", ["member_id"])


def _member(table: str, column: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["member.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def downgrade() -> None:
    for table in ("conversation", "group_place", "topic_group", "hand_over_note", "candidacy"):
        op.drop_table(table)
    op.drop_index("ix_member_lives_in", "member")
    op.alter_column("thread_member", "posts", existing_type=sa.Boolean(), comment=READ, existing_comment=READS)
    op.drop_index("ix_thread_announces", "thread")
    op.drop_column("thread", "announced_seq")
    op.drop_column("thread", "announces")
