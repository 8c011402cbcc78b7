"""Threads, messages, and what hangs on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False, comment="empty for direct threads"),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "subject",
            sa.String(length=80),
            nullable=True,
            comment="what a feature owns it for, e.g. exchange:<id>; None: direct and group",
        ),
        sa.Column(
            "history", sa.String(length=20), nullable=False, comment="whether who joins reads what was written before"
        ),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column(
            "member_count", sa.Integer(), nullable=False, comment="who is in it and counts: no invited, no mere readers"
        ),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False, comment="for the inbox's order"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("history IN ('all', 'since-joining')", name=op.f("ck_thread_history")),
        sa.CheckConstraint(
            "kind IN ('direct', 'group', 'cohort', 'chapter', 'topic', 'event')", name=op.f("ck_thread_kind")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_thread_owner_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("subject", name=op.f("uq_thread_subject")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_index(
        "ix_thread_owner_id", "thread", ["owner_id"], unique=False, postgresql_where=sa.text("owner_id IS NOT NULL")
    )
    op.create_table(
        "direct_pair",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("low_id", sa.Uuid(), nullable=True),
        sa.Column("high_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("low_id < high_id", name=op.f("ck_direct_pair_order")),
        sa.ForeignKeyConstraint(["high_id"], ["member.id"], name=op.f("fk_direct_pair_high_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["low_id"], ["member.id"], name=op.f("fk_direct_pair_low_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_direct_pair_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_direct_pair")),
        sa.UniqueConstraint("low_id", "high_id", name=op.f("uq_direct_pair_low_id_high_id")),
    )
    op.create_index("ix_direct_pair_high_id", "direct_pair", ["high_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column(
            "sent",
            sa.LargeBinary(),
            nullable=True,
            comment="digest of what was sent under the client_id: whether a repetition is one",
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.BigInteger(), nullable=True, comment="the seq of what it answers, in this thread"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.Column(
            "tokens",
            postgresql.TSVECTOR(),
            nullable=False,
            comment="messaging.words.tokens of the body, and of its thread",
        ),
        sa.CheckConstraint("kind IN ('text', 'joined', 'left', 'renamed')", name=op.f("ck_message_kind")),
        sa.ForeignKeyConstraint(["about_id"], ["member.id"], name=op.f("fk_message_about_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["author_id"], ["member.id"], name=op.f("fk_message_author_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_message_thread_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "seq", name=op.f("pk_message")),
        sa.UniqueConstraint("author_id", "thread_id", "client_id", name="uq_message_client_id"),
        sa.UniqueConstraint("id", name=op.f("uq_message_id")),
    )
    op.create_index(
        "ix_message_about_id", "message", ["about_id"], unique=False, postgresql_where=sa.text("about_id IS NOT NULL")
    )
    op.create_index("ix_message_rev", "message", ["thread_id", "rev"], unique=False)
    op.create_index("ix_message_tokens", "message", ["tokens"], unique=False, postgresql_using="gin")
    op.create_table(
        "thread_member",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_seq", sa.BigInteger(), nullable=False, comment="the thread's last message before"),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "request",
            sa.String(length=10),
            nullable=True,
            comment="incoming: asked or invited, not yet decided; outgoing: her first message waits; declined",
        ),
        sa.Column("posts", sa.Boolean(), nullable=False, comment="False: reads only, and is not counted (minors)"),
        sa.Column("read_seq", sa.BigInteger(), nullable=False),
        sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("request IN ('incoming', 'outgoing', 'declined')", name=op.f("ck_thread_member_request")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_thread_member_member_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_member_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("thread_id", "member_id", name=op.f("pk_thread_member")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_index(
        "ix_thread_member_member_id",
        "thread_member",
        ["member_id"],
        unique=False,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "mention",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_mention_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"],
            ["message.thread_id", "message.seq"],
            name=op.f("fk_mention_thread_id_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "seq", "member_id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_member_id", "mention", ["member_id", "thread_id", "seq"], unique=False)
    op.create_table(
        "message_version",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False, comment="1 is as it was first sent"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"],
            ["message.thread_id", "message.seq"],
            name=op.f("fk_message_version_thread_id_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "seq", "version", name=op.f("pk_message_version")),
    )
    op.create_table(
        "pin",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pinned_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pinned_by"], ["member.id"], name=op.f("fk_pin_pinned_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"],
            ["message.thread_id", "message.seq"],
            name=op.f("fk_pin_thread_id_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "seq", name=op.f("pk_pin")),
    )
    op.create_table(
        "reaction",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("emoji", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reaction_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"],
            ["message.thread_id", "message.seq"],
            name=op.f("fk_reaction_thread_id_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("thread_id", "seq", "emoji", "member_id", name=op.f("pk_reaction")),
    )
    op.create_index("ix_reaction_member_id", "reaction", ["member_id"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False, comment="as its owner called it, made safe"),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column(
            "blob",
            sa.String(length=200),
            nullable=False,
            comment="where core.blobs keeps it; of images the folder of sizes",
        ),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False, comment="its place among the message's files"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('image', 'file')", name=op.f("ck_upload_kind")),
        sa.CheckConstraint("(thread_id IS NULL) = (seq IS NULL)", name=op.f("ck_upload_message")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_upload_member_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["thread_id", "seq"],
            ["message.thread_id", "message.seq"],
            name=op.f("fk_upload_thread_id_seq"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index("ix_upload_member_id", "upload", ["member_id"], unique=False)
    op.create_index(
        "ix_upload_message", "upload", ["thread_id", "seq"], unique=False, postgresql_where=sa.text("seq IS NOT NULL")
    )
    op.create_index("ix_upload_unused", "upload", ["created_at"], unique=False, postgresql_where=sa.text("seq IS NULL"))


def downgrade() -> None:
    op.drop_index("ix_upload_unused", table_name="upload", postgresql_where=sa.text("seq IS NULL"))
    op.drop_index("ix_upload_message", table_name="upload", postgresql_where=sa.text("seq IS NOT NULL"))
    op.drop_index("ix_upload_member_id", table_name="upload")
    op.drop_table("upload")
    op.drop_index("ix_reaction_member_id", table_name="reaction")
    op.drop_table("reaction")
    op.drop_table("pin")
    op.drop_table("message_version")
    op.drop_index("ix_mention_member_id", table_name="mention")
    op.drop_table("mention")
    op.drop_index("ix_thread_member_member_id", table_name="thread_member", postgresql_where=sa.text("left_at IS NULL"))
    op.drop_table("thread_member")
    op.drop_index("ix_message_tokens", table_name="message", postgresql_using="gin")
    op.drop_index("ix_message_rev", table_name="message")
    op.drop_index("ix_message_about_id", table_name="message", postgresql_where=sa.text("about_id IS NOT NULL"))
    op.drop_table("message")
    op.drop_index("ix_direct_pair_high_id", table_name="direct_pair")
    op.drop_table("direct_pair")
    op.drop_index("ix_thread_owner_id", table_name="thread", postgresql_where=sa.text("owner_id IS NOT NULL"))
    op.drop_table("thread")
