"""What editors corrected in the guide, and who waits for a call to open."""

from typing import Any
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class GuideEdition(Identified, Dated, Base):
    """A page's text in one language, or a programme's facts, as an editor left them. The highest number holds.

    Where there is none, what came with the release holds (`frontend/guide`, `programmes.courses`).
    """

    __tablename__ = "guide_edition"
    __table_args__ = (UniqueConstraint("slug", "lang", "number"),)

    slug: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(12), comment="empty: the facts, which need no language")
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    by_id: Mapped[UUID | None] = mapped_column(comment="the member who wrote it")


class GuideWatch(Identified, Dated, Base):
    """That a confirmed address is to hear once when a programme's call opens. Deleted with that letter."""

    __tablename__ = "guide_watch"
    __table_args__ = (UniqueConstraint("slug", "key"),)

    slug: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(320))
    key: Mapped[str] = mapped_column(String(320), comment="accounts.addresses.key_of the address")
    language: Mapped[str] = mapped_column(String(12))
