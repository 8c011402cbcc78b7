"""What editors corrected in the guide, who waits for a call to open, and which hosts are to be reached how."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
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


class HostContact(Dated, Base):
    """How a host wants to be reached by applicants' institutions. There only because the host said so."""

    __tablename__ = "guide_host_contact"

    organisation_id: Mapped[UUID] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True, sort_order=-10
    )
    contact: Mapped[str] = mapped_column(String(300), comment="an https address or a mail address")
    consented_on: Mapped[date]
    consent: Mapped[str] = mapped_column(String(500), comment="who said so, and how")
    by_id: Mapped[UUID | None] = mapped_column(comment="who of the secretariat noted it")
