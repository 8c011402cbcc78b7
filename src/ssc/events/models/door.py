"""The door of an event: who may let people in for a day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class HelperLink(Identified, Dated, Base):
    """A link that opens an event's door and nothing else, until the day is over or it is taken back."""

    __tablename__ = "event_helper_link"
    __table_args__ = (UniqueConstraint("digest"), Index("ix_event_helper_link_event_id", "event_id"))

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256 of the link's secret")
    label: Mapped[str] = mapped_column(String(80), default="", comment="for whom it was made")
    made_by: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
