"""Certificates: of attendance at an event, of participation in an exchange, in words that staff approved."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class CertificateWording(Identified, Dated, Base):
    """What a kind of certificate says, in each language. In force is the latest that was approved."""

    __tablename__ = "certificate_wording"
    __table_args__ = (
        UniqueConstraint("kind", "number"),
        CheckConstraint("kind IN ('attendance', 'participation')", name="kind"),
    )

    kind: Mapped[str] = mapped_column(String(14))
    number: Mapped[int] = mapped_column(comment="counts the versions of its kind from 1")
    texts: Mapped[dict[str, str]] = mapped_column(JSONB, comment="language → words with {name} and {title}")
    written_by: Mapped[UUID | None]
    approved_by: Mapped[UUID | None]
    approved_at: Mapped[datetime | None]


class Certificate(Identified, Dated, Base):
    """That the club certifies that somebody was at an event, or took part in an exchange; whoever has the code can
    look it up."""

    __tablename__ = "event_certificate"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("event_id", "member_id"),
        UniqueConstraint("exchange_id", "member_id"),
        CheckConstraint("(event_id IS NULL) <> (exchange_id IS NULL)", name="of_one"),
    )

    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    exchange_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("exchange.id", ondelete="CASCADE"), comment="of participation: what she took part in"
    )
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), comment="as it was on that day")
    wording_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("certificate_wording.id"), comment="as it was approved on that day"
    )
