"""Who would like to coordinate a chapter, and what coordinators leave to those who follow."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class Candidacy(Dated, Base):
    """That a member puts herself forward as coordinator of her chapter; gone once she is appointed or steps back."""

    __tablename__ = "candidacy"
    __table_args__ = (Index("ix_candidacy_country", "country"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    note: Mapped[str] = mapped_column(Text, default="", comment="why, in her words; for the secretariat")


class HandOverNote(Identified, Dated, Base):
    """What a coordinator leaves to whoever follows: contacts, habits, what was promised."""

    __tablename__ = "hand_over_note"
    __table_args__ = (
        Index("ix_hand_over_note_country", "country", "created_at"),
        Index("ix_hand_over_note_author_id", "author_id"),
    )

    country: Mapped[str] = mapped_column(String(2))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    body: Mapped[str] = mapped_column(Text)
