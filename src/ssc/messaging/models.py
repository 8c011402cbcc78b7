"""Threads, who is in them, and all that is written: numbered without a hole, every change counted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified

KINDS = ("direct", "group", "cohort", "chapter", "topic", "event")
_OWN_MESSAGE = ["message.thread_id", "message.seq"]


class Thread(Identified, Dated, Base):
    """A conversation. Its row's lock puts all changes in it into one order: `last_seq` and `rev` move under it.

    `last_seq` numbers its messages, `rev` counts every change of one (written, edited, deleted, reacted to).
    """

    __tablename__ = "thread"
    __table_args__ = (
        UniqueConstraint("subject"),
        Index("ix_thread_owner_id", "owner_id", postgresql_where=text("owner_id IS NOT NULL")),
        Index("ix_thread_announces", "id", postgresql_where=text("announces")),
        CheckConstraint("kind IN ('direct', 'group', 'cohort', 'chapter', 'topic', 'event')", name="kind"),
        CheckConstraint("history IN ('all', 'since-joining')", name="history"),
        # Every message updates this row: with room in its page, and no index on what moves, that is cheap.
        {"postgresql_with": {"fillfactor": 50}},
    )

    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120), default="", comment="empty for direct threads")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    subject: Mapped[str | None] = mapped_column(
        String(80), comment="what a feature owns it for, e.g. exchange:<id>; None: direct and group"
    )
    history: Mapped[str] = mapped_column(
        String(20), default="all", comment="whether who joins reads what was written before"
    )
    last_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    rev: Mapped[int] = mapped_column(BigInteger, default=0)
    member_count: Mapped[int] = mapped_column(default=0, comment="who is in it and counts: no invited, no mere readers")
    last_message_at: Mapped[datetime] = mapped_column(default=clock.now, comment="for the inbox's order")
    announces: Mapped[bool] = mapped_column(
        default=False, server_default=text("false"), comment="only those named by its owner write; adults all count"
    )
    announced_seq: Mapped[int] = mapped_column(
        BigInteger, default=0, server_default=text("0"), comment="of an announcing one: so far everybody was told"
    )
    closed_at: Mapped[datetime | None] = mapped_column(
        comment="nobody writes any more until it is opened again; read and reacted to it still is"
    )
    closed_note: Mapped[str] = mapped_column(
        String(300),
        default="",
        server_default=text("''"),
        comment="why, as who closed it says; stands where one would write",
    )

    @property
    def channel(self) -> str:
        """Where it is heard live."""
        return f"thread:{self.id}"


class DirectPair(Base):
    """The two of a direct thread, the lower id first: there is one for each pair."""

    __tablename__ = "direct_pair"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        Index("ix_direct_pair_high_id", "high_id"),
        CheckConstraint("low_id < high_id", name="order"),
    )

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    low_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    high_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class ThreadMember(Base):
    """That a member is in a thread, or was; with all that is her own in it: what she read, muted, drafted."""

    __tablename__ = "thread_member"
    __table_args__ = (
        Index("ix_thread_member_member_id", "member_id", postgresql_where=text("left_at IS NULL")),
        CheckConstraint("request IN ('incoming', 'outgoing', 'declined')", name="request"),
        {"postgresql_with": {"fillfactor": 70}},
    )

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    joined_seq: Mapped[int] = mapped_column(BigInteger, default=0, comment="the thread's last message before")
    left_at: Mapped[datetime | None]
    request: Mapped[str | None] = mapped_column(
        String(10), comment="incoming: asked or invited, not yet decided; outgoing: her first message waits; declined"
    )
    posts: Mapped[bool] = mapped_column(
        default=True, comment="False: reads only, and is not counted (minors; all but a few where the thread announces)"
    )
    read_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    muted_until: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    draft: Mapped[str] = mapped_column(Text, default="")
    drafted_at: Mapped[datetime | None]


class Message(Base):
    """What somebody wrote in a thread, or a line about the thread itself (`author_id` and `client_id` None).

    A deleted one keeps its place, emptied. `about_id` is who joined or left, closed the thread or opened it again:
    such a line's body is her name.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("id"),
        # The author first: her messages are found by it too, at erasure.
        UniqueConstraint("author_id", "thread_id", "client_id", name="uq_message_client_id"),
        Index("ix_message_rev", "thread_id", "rev"),
        Index("ix_message_about_id", "about_id", postgresql_where=text("about_id IS NOT NULL")),
        Index("ix_message_tokens", "tokens", postgresql_using="gin"),
        CheckConstraint("kind IN ('text', 'joined', 'left', 'renamed', 'closed', 'opened')", name="kind"),
    )

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    rev: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(10), default="text")
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    client_id: Mapped[str | None] = mapped_column(String(64))
    sent: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="digest of what was sent under the client_id: whether a repetition is one"
    )
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[int | None] = mapped_column(BigInteger, comment="the seq of what it answers, in this thread")
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[UUID | None]
    tokens: Mapped[str] = mapped_column(TSVECTOR, comment="messaging.words.tokens of the body, and of its thread")


class MessageVersion(Base):
    """What a message said before an edit. Gone when the message is deleted."""

    __tablename__ = "message_version"
    __table_args__ = (ForeignKeyConstraint(["thread_id", "seq"], _OWN_MESSAGE, ondelete="CASCADE"),)

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="1 is as it was first sent")
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class Reaction(Dated, Base):
    """That a member answered a message with a single emoji."""

    __tablename__ = "reaction"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], _OWN_MESSAGE, ondelete="CASCADE"),
        Index("ix_reaction_member_id", "member_id"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    emoji: Mapped[str] = mapped_column(String(40), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class Mention(Base):
    """That a message names a member of its thread."""

    __tablename__ = "mention"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], _OWN_MESSAGE, ondelete="CASCADE"),
        Index("ix_mention_member_id", "member_id", "thread_id", "seq"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class Pin(Dated, Base):
    """That a message is kept in view at the head of its thread."""

    __tablename__ = "pin"
    __table_args__ = (ForeignKeyConstraint(["thread_id", "seq"], _OWN_MESSAGE, ondelete="CASCADE"),)

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    pinned_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class Upload(Identified, Dated, Base):
    """A file that a member brought; her own until a message carries it, then its readers'. Unused ones are swept."""

    __tablename__ = "upload"
    __table_args__ = (
        ForeignKeyConstraint(["thread_id", "seq"], _OWN_MESSAGE, ondelete="CASCADE"),
        Index("ix_upload_message", "thread_id", "seq", postgresql_where=text("seq IS NOT NULL")),
        Index("ix_upload_unused", "created_at", postgresql_where=text("seq IS NULL")),
        Index("ix_upload_member_id", "member_id"),
        CheckConstraint("kind IN ('image', 'file')", name="kind"),
        CheckConstraint("(thread_id IS NULL) = (seq IS NULL)", name="message"),
    )

    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200), comment="as its owner called it, made safe")
    media_type: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    blob: Mapped[str] = mapped_column(String(200), comment="where core.blobs keeps it; of images the folder of sizes")
    thread_id: Mapped[UUID | None]
    seq: Mapped[int | None] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(SmallInteger, default=0, comment="its place among the message's files")
