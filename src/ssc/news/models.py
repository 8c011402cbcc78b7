"""Items of news, when they were put before the public, and which kinds need a second person for that."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ssc.core.db import Base, Dated, Identified
from ssc.writing.models import Writing

KIND_CHECK = "kind IN ('news', 'reunion-report', 'opportunity', 'notice')"


class NewsItem(Identified, Dated, Base):
    """Something the club has to say, in one language. Those with the same `original` are translations of each other."""

    __tablename__ = "news_item"
    __table_args__ = (
        UniqueConstraint("slug"),
        UniqueConstraint("writing_id"),
        Index("ix_news_item_original", "original"),
        Index("ix_news_item_author_id", "author_id"),
        CheckConstraint(KIND_CHECK, name="kind"),
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
    """That an item is to be before the public from an instant on, until it is withdrawn.

    Nothing appears before `approved_at`; where a kind needs no second person, that is when it was asked.
    """

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
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Text, default="", comment="to who handed it in, when it was given back")
    appeared_at: Mapped[datetime | None] = mapped_column(comment="when what follows from its appearing was asked for")
    mail_to: Mapped[dict[str, Any] | None] = mapped_column(comment="the audience to which it goes as mail magazine")


class KindRule(Base):
    """How the editors treat a kind; a kind without a row is published by one person alone."""

    __tablename__ = "news_kind_rule"
    __table_args__ = (CheckConstraint(KIND_CHECK, name="kind"),)

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    needs_second: Mapped[bool] = mapped_column(comment="whether a second person must approve")
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
