"""Members and what hangs on them. A member is a person on the roster; an account may come later or never."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified
from ssc.programmes.models import Exchange

EVER = date(1, 1, 1)  # an adult always: no birth date, and never at high school with us


class Member(Identified, Dated, Base):
    """A person who took part, or helped. Unclaimed until `joined_at`; then there is an account and a handle."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("handle"),
        Index("ix_member_country", "country"),
        Index("ix_member_lives_in", "lives_in", postgresql_where=text("lives_in IS NOT NULL")),
        Index("ix_member_joined_at", "joined_at", postgresql_where=text("joined_at IS NOT NULL")),
        Index("ix_member_name_key", "name_key"),
        Index("ix_member_photo", "photo", postgresql_where=text("photo IS NOT NULL")),
    )

    handle: Mapped[str | None] = mapped_column(String(40), comment="a-z 0-9 -, given at the claim")
    name: Mapped[str] = mapped_column(String(120))
    name_native: Mapped[str | None] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(240), comment="core.text.plain of the name, words sorted")
    country: Mapped[str] = mapped_column(String(2))
    birth_date: Mapped[date | None]
    adult_from: Mapped[date] = mapped_column(
        default=EVER, comment="the day from which the club treats her as an adult; kept by people.actions"
    )

    lives_in: Mapped[str | None] = mapped_column(String(2))
    headline: Mapped[str | None] = mapped_column(String(160))
    bio: Mapped[str | None] = mapped_column(Text)
    fields: Mapped[list[str]] = mapped_column(ARRAY(String(120)), default=list)
    affiliation: Mapped[str | None] = mapped_column(String(200))
    languages: Mapped[list[str]] = mapped_column(ARRAY(String(35)), default=list)
    links: Mapped[list[str]] = mapped_column(ARRAY(String(500)), default=list)
    open_to: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list)
    photo: Mapped[UUID | None] = mapped_column(comment="names the files photos/<photo>/<size>.webp")
    visibility: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="field → audience, where not default")

    language: Mapped[str] = mapped_column(String(12), default="en")
    time_zone: Mapped[str] = mapped_column(String(60), default="Asia/Tokyo")
    contact: Mapped[str] = mapped_column(String(20), default="shared-history")
    read_receipts: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[bool] = mapped_column(default=False)
    notifications: Mapped[dict[str, Any]] = mapped_column(
        default=dict, server_default=text("'{}'"), comment="kind → channel → wanted, where not default"
    )
    quiet_hours: Mapped[dict[str, Any] | None] = mapped_column(comment="{from, to}, as 22:00, on the member's clock")

    mail_quotes: Mapped[bool] = mapped_column(
        default=True, server_default=text("true"), comment="whether letters may quote private text"
    )
    digest: Mapped[str] = mapped_column(
        String(10), default="monthly", server_default=text("'monthly'"), comment="never, weekly or monthly"
    )

    hosts_see: Mapped[bool | None] = mapped_column(
        comment="whether her hosts see how she is doing; None: not asked yet"
    )
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    mail_opt_out: Mapped[bool] = mapped_column(default=False)
    deceased: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    @property
    def claimed(self) -> bool:
        return self.joined_at is not None

    @property
    def in_japan(self) -> bool:
        return self.lives_in == "JP"


class Participation(Identified, Dated, Base):
    """That a member took part in an exchange: in which role, and in which field where the roster says."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("member_id", "exchange_id"),
        Index("ix_participation_exchange_id", "exchange_id"),
        CheckConstraint("role IN ('participant', 'supervisor', 'host', 'staff')", name="role"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    exchange_id: Mapped[UUID] = mapped_column(ForeignKey("exchange.id"))
    role: Mapped[str] = mapped_column(String(20), default="participant")
    field: Mapped[str | None] = mapped_column(String(120))

    member: Mapped[Member] = relationship(lazy="raise")
    exchange: Mapped[Exchange] = relationship(lazy="raise")


class Role(Identified, Dated, Base):
    """A term of office: staff, editor, moderator, or coordinator of a country, from a day to a day."""

    __tablename__ = "role"
    __table_args__ = (
        Index("ix_role_member_id", "member_id"),
        CheckConstraint("role IN ('staff', 'editor', 'moderator', 'coordinator')", name="role"),
        CheckConstraint("(role = 'coordinator') = (country IS NOT NULL)", name="country"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    country: Mapped[str | None] = mapped_column(String(2))
    lead: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(comment="the last day; None: until it is taken away")
    granted_by: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    @classmethod
    def runs(cls, day: date | ColumnElement[date]) -> ColumnElement[bool]:
        """The condition that the term runs on that day."""
        return and_(cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on >= day))

    @property
    def spelled(self) -> str:
        """`staff`, or `coordinator:TH`."""
        return f"{self.role}:{self.country}" if self.country else self.role


class Block(Dated, Base):
    """That a member wants nothing to do with another; both are silent to each other."""

    __tablename__ = "block"
    __table_args__ = (Index("ix_block_blocked_id", "blocked_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class Consent(Identified, Base):
    """What a member agreed to, in which version of the wording."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_member_id", "member_id", "kind"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20), comment="terms, privacy")
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)


class Suspension(Identified, Dated, Base):
    """That the moderators shut a member out, until when and why; lifting it is dated too."""

    __tablename__ = "suspension"
    __table_args__ = (Index("ix_suspension_member_id", "member_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    until: Mapped[datetime | None] = mapped_column(comment="None: until lifted")
    reason: Mapped[str] = mapped_column(Text)
    imposed_by: Mapped[UUID | None]
    lifted_at: Mapped[datetime | None]


class InvitationRefusal(Base):
    """That a person wants no more invitations, to the club or to its events: she pressed "stop" in one."""

    __tablename__ = "invitation_refusal"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    refused_at: Mapped[datetime] = mapped_column(default=clock.now)
