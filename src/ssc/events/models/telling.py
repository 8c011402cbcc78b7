"""What goes out about an event: announcements, invitations to those who may come, reminders, calendars."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class CalendarFeed(Dated, Base):
    """The secret address under which a member's calendar program finds her events. A new one ends the old."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("digest"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256 of the address's secret")


class Announcement(Identified, Dated, Base):
    """What organisers told those who answered, and how many they were."""

    __tablename__ = "event_announcement"
    __table_args__ = (Index("ix_event_announcement_event_id", "event_id"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text)
    to: Mapped[list[str]] = mapped_column(ARRAY(String(10)), comment="going, maybe, waitlisted")
    persons: Mapped[int]
    by_id: Mapped[UUID | None]


class InvitationRound(Identified, Dated, Base):
    """That an organiser asked for members of her region to be invited. A wide one waits for a second person, who
    confirms or declines it."""

    __tablename__ = "event_invitation_round"
    __table_args__ = (
        Index("ix_event_invitation_round_event_id", "event_id"),
        Index(
            "ix_event_invitation_round_waiting",
            "created_at",
            postgresql_where=text("waits AND decided_at IS NULL"),
        ),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    filters: Mapped[dict[str, Any]]
    persons: Mapped[int]
    asked_by: Mapped[UUID]
    waits: Mapped[bool] = mapped_column(
        default=False, server_default=text("false"), comment="a second person decides it"
    )
    confirmed_by: Mapped[UUID | None]
    declined_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="", server_default="", comment="why it was declined, for who asked")
    sent_at: Mapped[datetime | None]

    @property
    def state(self) -> Literal["waiting", "declined", "sent", "on-its-way"]:
        if self.sent_at is not None:
            return "sent"
        if self.declined_by is not None:
            return "declined"
        return "waiting" if self.waits and self.decided_at is None else "on-its-way"


class Invited(Base):
    """That a member was invited to an event: once, and reminded twice at most while she has not answered."""

    __tablename__ = "event_invited"
    __table_args__ = (Index("ix_event_invited_member_id", "member_id"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("event_invitation_round.id", ondelete="CASCADE"))
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    reminders: Mapped[int] = mapped_column(default=0)


class Reminded(Base):
    """That those who come were reminded of an event: a week or a day before the time at which it then began."""

    __tablename__ = "event_reminded"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    what: Mapped[str] = mapped_column(String(10), primary_key=True, comment="week, day")
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
