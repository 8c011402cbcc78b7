"""Items of news, and when they were put before the public."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ssc.core.db import Base, Dated, Identified
from ssc.writing.models import Writing


class NewsItem(Identified, Dated, Base):
    """Something the club has to say, in one language. Those with the same `original` are translations of each other."""

    __tablename__ = "news_item"
    __table_args__ = (
        UniqueConstraint("slug"),
        UniqueConstraint("writing_id"),
        Index("ix_news_item_original", "original"),
        CheckConstraint("kind IN ('news', 'reunion-report', 'opportunity', 'notice')", name="kind"),
        CheckConstraint("closes_on IS NULL OR kind = 'opportunity'", name="closes_on"),
    )

    slug: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    countries: Mapped[list[str]] = mapped_column(ARRAY(String(2)), default=list, comment="none: all")
    pinned: Mapped[bool] = mapped_column(default=False)
    closes_on: Mapped[date | None] = mapped_column(comment="the last day on which an opportunity is one, in Japan")
    original: Mapped[UUID] = mapped_column(comment="the item it is a translation of, or its own id")
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    author_name: Mapped[str] = mapped_column(String(120), comment="as it is signed")
    writing_id: Mapped[UUID] = mapped_column(ForeignKey("writing.id"))

    writing: Mapped[Writing] = relationship(lazy="raise", innerjoin=True)


class Publication(Identified, Dated, Base):
    """That an item is before the public from an instant on, until it is withdrawn; in the future, it is scheduled."""

    __tablename__ = "news_publication"
    __table_args__ = (
        Index(
            "uq_news_publication_standing",
            "item_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_news_publication_at", "at", "item_id"),
    )

    item_id: Mapped[UUID] = mapped_column(ForeignKey("news_item.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
