"""What is written, and how it read before. What it is for is known by the packages above, which point here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class Writing(Identified, Dated, Base):
    """A text as it reads now. `rev` grows with every change, so that nobody writes over what she has not seen."""

    __tablename__ = "writing"

    lang: Mapped[str] = mapped_column(String(35), comment="BCP 47")
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    body: Mapped[str] = mapped_column(Text, comment="Markdown")
    rev: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class Version(Identified, Base):
    """How a text read up to revision `rev`: what one person made of it within ten minutes is one version."""

    __tablename__ = "writing_version"
    __table_args__ = (UniqueConstraint("writing_id", "rev"),)

    writing_id: Mapped[UUID] = mapped_column(ForeignKey("writing.id", ondelete="CASCADE"))
    rev: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500))
    body: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
