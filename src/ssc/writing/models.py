"""What is written, how it read before, and who is at it. What it is for is known above, where rows point here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
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


class Editing(Base):
    """That somebody has the text open to change it, and what she typed and has not saved, if anything."""

    __tablename__ = "writing_editing"

    writing_id: Mapped[UUID] = mapped_column(ForeignKey("writing.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[datetime]
    rev: Mapped[int] = mapped_column(comment="the revision that she began from")
    typed: Mapped[dict[str, Any] | None] = mapped_column(comment="the form's fields, not yet saved")
    typed_at: Mapped[datetime | None]


class PreviewLink(Identified, Dated, Base):
    """A secret address at which somebody without an account reads the text before its time."""

    __tablename__ = "writing_preview"
    __table_args__ = (UniqueConstraint("digest"), Index("ix_writing_preview_writing_id", "writing_id"))

    writing_id: Mapped[UUID] = mapped_column(ForeignKey("writing.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(comment="SHA-256 of the token")
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime]


class Picture(Identified, Dated, Base):
    """A picture for a text, with the words for who does not see it. In the text: `![words](picture:ID)`."""

    __tablename__ = "writing_picture"
    __table_args__ = (Index("ix_writing_picture_writing_id", "writing_id"),)

    writing_id: Mapped[UUID] = mapped_column(ForeignKey("writing.id", ondelete="CASCADE"))
    alt: Mapped[str] = mapped_column(String(300), comment="what it shows, in words")
    width: Mapped[int]
    height: Mapped[int]
    brought_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class PictureTakeDown(Base):
    """That somebody in a picture took it down: nobody sees it any more. Undone by deleting the row."""

    __tablename__ = "writing_picture_take_down"
    __table_args__ = (Index("ix_writing_picture_take_down_member_id", "member_id"),)

    picture_id: Mapped[UUID] = mapped_column(ForeignKey("writing_picture.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), comment="who; shown to nobody, in the audit log for staff"
    )
    taken_at: Mapped[datetime] = mapped_column(default=clock.now)
