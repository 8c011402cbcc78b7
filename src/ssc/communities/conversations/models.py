"""Titled conversations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class Conversation(Identified, Dated, Base):
    """A conversation that somebody opened in a chapter or group; who follows it is in its thread."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index("ix_conversation_community", "community", "created_at"),
        Index("ix_conversation_author_id", "author_id"),
    )

    community: Mapped[str] = mapped_column(String(80), comment="the subject of the community's thread: chapter:<XX>")
    title: Mapped[str] = mapped_column(String(100))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    closed_by: Mapped[UUID | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[UUID | None]

    @property
    def subject(self) -> str:
        """For what its thread is owned."""
        return f"conversation:{self.id}"
