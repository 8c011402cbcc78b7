"""A cohort's photos, and which of them somebody in the picture took down."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class AlbumPhoto(Identified, Dated, Base):
    """A photo that a member put into the album of an exchange: its pixels in our sizes, nothing of the original."""

    __tablename__ = "album_photo"
    __table_args__ = (
        UniqueConstraint("exchange_id", "member_id", "batch", "place"),
        Index("ix_album_photo_exchange_id", "exchange_id", "batch", "place", "id"),
        Index("ix_album_photo_member_id", "member_id"),
    )

    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id", ondelete="CASCADE"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    batch: Mapped[UUID] = mapped_column(comment="what was brought together: a UUIDv7, so that the latest sorts last")
    place: Mapped[int] = mapped_column(comment="in which order they were chosen")
    caption: Mapped[str] = mapped_column(String(300), default="")
    width: Mapped[int]
    height: Mapped[int]


class AlbumTakeDown(Base):
    """That somebody in a photo took it down: nobody sees it any more. Undone by deleting the row."""

    __tablename__ = "album_take_down"
    __table_args__ = (Index("ix_album_take_down_member_id", "member_id"),)

    photo_id: Mapped[UUID] = mapped_column(ForeignKey("album_photo.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), comment="who; shown to nobody, in the audit log for staff"
    )
    taken_at: Mapped[datetime] = mapped_column(default=clock.now)
