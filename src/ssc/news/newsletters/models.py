"""Issues of the mail magazine, and what each says in a language."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ssc.core.db import Base, Dated, Identified


class Edition(Identified, Base):
    """What an issue says in one language."""

    __tablename__ = "newsletter_edition"
    __table_args__ = (UniqueConstraint("newsletter_id", "lang"),)

    newsletter_id: Mapped[UUID] = mapped_column(ForeignKey("newsletter.id", ondelete="CASCADE"))
    place: Mapped[int] = mapped_column(comment="the first is for readers of no other language of the issue")
    lang: Mapped[str] = mapped_column(String(12), comment="BCP 47")
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, comment="Markdown; the items of news follow it")


class Newsletter(Identified, Dated, Base):
    """An issue. Its readers are found when it leaves: `queued_at`; until then all of it can change."""

    __tablename__ = "newsletter"
    __table_args__ = (Index("ix_newsletter_created_at", "created_at"),)

    items: Mapped[list[UUID]] = mapped_column(
        ARRAY(Uuid()), default=list, comment="items of news in their order, each as in the language of an edition"
    )
    audience: Mapped[dict[str, Any]] = mapped_column(comment="news.forms.Audience")
    rev: Mapped[int] = mapped_column(default=1)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    send_at: Mapped[datetime | None]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    queued_at: Mapped[datetime | None] = mapped_column(comment="when its letters were written, all at once")
    stopped_at: Mapped[datetime | None] = mapped_column(comment="when what had not left was called back")

    editions: Mapped[list[Edition]] = relationship(
        lazy="raise", order_by=Edition.place, cascade="all, delete-orphan", passive_deletes=True
    )
