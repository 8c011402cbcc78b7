"""The event and its organisers."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified

Status = Literal["draft", "published", "cancelled", "past"]


class Event(Identified, Dated, Base):
    """A meeting of the club: drafted, published, then past, or cancelled with a reason."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("slug"),
        Index("ix_event_starts_at", "starts_at", "id"),
        Index("ix_event_ends_at", "ends_at"),
        Index("ix_event_country", "country"),
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        CheckConstraint("audience IN ('public', 'members', 'chapter')", name="audience"),
        CheckConstraint("places IN ('direct', 'timed')", name="places"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
    )

    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(160))
    theme: Mapped[str] = mapped_column(String(200), default="")
    summary: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[str] = mapped_column(Text, default="", comment="Markdown")
    country: Mapped[str] = mapped_column(String(2))
    venue: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    online: Mapped[bool] = mapped_column(default=False)
    online_url: Mapped[str | None] = mapped_column(String(500), comment="for organisers and those who are going")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(60), comment="IANA: the clock on the wall of the venue")
    hosts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, comment="[{name, kind}]")
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, comment="[{at, title, speaker}]")
    questions: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, default=list, comment="[{key, label, kind, choices, required, sensitive}]"
    )
    capacity: Mapped[int | None] = mapped_column(comment="persons, guests included; None: no limit")
    guests_per_person: Mapped[int] = mapped_column(default=1)
    places: Mapped[str] = mapped_column(
        String(10), default="direct", comment="a freed place goes to the head at once, or is offered for a time"
    )
    rsvp_closes_at: Mapped[datetime | None]
    audience: Mapped[str] = mapped_column(String(10), default="members")
    search_text: Mapped[str] = mapped_column(Text, default="", comment="core.text.plain of its words")

    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None] = mapped_column(comment="by moderators: nobody finds it any more")
    version: Mapped[int] = mapped_column(default=1, comment="grows with each change; who saves an older is told")
    sequence: Mapped[int] = mapped_column(
        default=0, server_default=text("0"), comment="of the calendar entry: grows when its time or place changes"
    )
    going: Mapped[int] = mapped_column(default=0, server_default=text("0"), comment="persons with guests")
    waitlisted: Mapped[int] = mapped_column(default=0, server_default=text("0"), comment="persons with guests")
    created_by: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    @property
    def subject(self) -> str:
        """What notices and its thread are about."""
        return f"event:{self.id}"

    @property
    def url(self) -> str:
        return f"/events/{self.slug}"

    @property
    def status(self) -> Status:
        if self.cancelled_at is not None:
            return "cancelled"
        if self.published_at is None:
            return "draft"
        return "past" if self.ends_at <= clock.now() else "published"

    @property
    def takes_answers(self) -> bool:
        """Whether one may say that one comes; one may always say that one does not."""
        closes = self.rsvp_closes_at or self.ends_at
        return self.status == "published" and clock.now() < min(closes, self.ends_at)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Organiser(Dated, Base):
    """That a member is named as organiser of an event: she sees what is asked in confidence."""

    __tablename__ = "event_organiser"
    __table_args__ = (Index("ix_event_organiser_member_id", "member_id"),)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    by_office: Mapped[bool] = mapped_column(
        default=False, comment="as coordinator or staff: her rights end with the office"
    )
