"""Topic groups and who is in them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified

State = Literal["proposed", "open", "declined", "closed"]


class TopicGroup(Identified, Dated, Base):
    """Members who share a field. Somebody proposed it; it is there for all once the moderators say so."""

    __tablename__ = "topic_group"
    __table_args__ = (
        UniqueConstraint("slug"),
        Index("ix_topic_group_owner_id", "owner_id"),
        CheckConstraint("joining IN ('open', 'request')", name="joining"),
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decision"),
    )

    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(String(120))
    joining: Mapped[str] = mapped_column(String(10), default="open", comment="open, or by request to the owner")
    search_text: Mapped[str] = mapped_column(Text, comment="core.text.plain of title, field and description")
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), comment="who looks after it: at first who proposed it"
    )
    approved: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decision_note: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]

    @property
    def state(self) -> State:
        if self.closed_at is not None:
            return "closed"
        if self.approved is None:
            return "proposed"
        return "open" if self.approved else "declined"

    @property
    def subject(self) -> str:
        """For what its thread is owned, and under which its conversations are kept."""
        return f"group:{self.id}"

    @property
    def url(self) -> str:
        return f"/groups/{self.slug}"


class GroupPlace(Dated, Base):
    """That a member is in a topic group, or has asked to be (`joined_at` None)."""

    __tablename__ = "group_place"
    __table_args__ = (Index("ix_group_place_member_id", "member_id"),)

    group_id: Mapped[UUID] = mapped_column(ForeignKey("topic_group.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    joined_at: Mapped[datetime | None]
