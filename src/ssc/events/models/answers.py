"""Answers to an event's invitation, and what moved them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class Answer(Identified, Dated, Base):
    """What a member said to an event, with how many guests: a party that gets its places together, or waits."""

    __tablename__ = "event_answer"
    __table_args__ = (
        UniqueConstraint("event_id", "member_id"),
        UniqueConstraint("ticket_code"),
        Index("ix_event_answer_member_id", "member_id"),
        Index("ix_event_answer_queue", "event_id", "queue", postgresql_where=text("status = 'waitlisted'")),
        Index("ix_event_answer_offer", "offer_expires_at", postgresql_where=text("offer_expires_at IS NOT NULL")),
        CheckConstraint("status IN ('going', 'maybe', 'declined', 'waitlisted')", name="status"),
        CheckConstraint("(status = 'waitlisted') = (queue IS NOT NULL)", name="queue"),
        CheckConstraint("offer_expires_at IS NULL OR status = 'waitlisted'", name="offer"),
        CheckConstraint("guests >= 0", name="guests"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(String(10))
    guests: Mapped[int] = mapped_column(default=0)
    guest_names: Mapped[list[str]] = mapped_column(ARRAY(String(120)), default=list)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="question's key → answer, not the sensitive")
    queue: Mapped[int | None] = mapped_column(BigInteger, comment="place in the waitlist: who has less is before")
    offer_expires_at: Mapped[datetime | None] = mapped_column(comment="until then free places are held for this party")
    ticket_code: Mapped[str] = mapped_column(String(12))
    ticket_sent_at: Mapped[datetime | None] = mapped_column(
        comment="when the ticket went out by mail, or it was found that it cannot"
    )
    answered_by: Mapped[UUID | None] = mapped_column(comment="the organiser who answered for her; None: herself")
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    checked_in_at: Mapped[datetime | None]
    checked_in_by: Mapped[UUID | None] = mapped_column(comment="the organiser at the door; None: a helper by link")
    known_by: Mapped[UUID | None] = mapped_column(comment="the coordinator who confirms that it was she who came")

    @property
    def party(self) -> int:
        return 1 + self.guests

    @property
    def holds(self) -> bool:
        """Whether its places are taken: it comes, or they are held for it."""
        return self.status == "going" or self.offer_expires_at is not None


class SensitiveAnswer(Base):
    """What was told in confidence (food, health): for named organisers, and forgotten a week after the event."""

    __tablename__ = "event_sensitive_answer"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("event_answer.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[dict[str, Any]]


class Move(Identified, Base):
    """A line of an event's log: what happened to a party, or to the whole (no party), that moved places."""

    __tablename__ = "event_move"
    __table_args__ = (Index("ix_event_move_event_id", "event_id", "id"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    answer_id: Mapped[UUID | None] = mapped_column(ForeignKey("event_answer.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(String(20))
    queue: Mapped[int | None] = mapped_column(BigInteger, comment="the place in the waitlist that it left or took")
    by_organiser: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
