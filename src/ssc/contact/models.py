"""What people wrote to the secretariat."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class ContactMessage(Identified, Dated, Base):
    """A message to the secretariat. Once it is answered or laid aside it is forgotten after a while."""

    __tablename__ = "contact_message"
    __table_args__ = (Index("ix_contact_message_closed_at", "closed_at", "created_at", "id"),)

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(320), comment="as typed: nobody has proven it")
    topic: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None]
    answer: Mapped[str] = mapped_column(Text, default="", comment="empty: laid aside without one")

    @property
    def state(self) -> str:
        if self.closed_at is None:
            return "waiting"
        return "answered" if self.answer else "closed"
