"""Requests for membership, and what staff decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class MembershipRequest(Identified, Dated, Base):
    """That somebody says she took part, and asks to be let in. The invitation she then gets proves her address."""

    __tablename__ = "membership_request"
    __table_args__ = (
        Index("ix_membership_request_created_at", "created_at", "id"),
        CheckConstraint("outcome IN ('approved', 'declined', 'member', 'invited')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided"),
    )

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(320))
    key: Mapped[str] = mapped_column(String(320), comment="accounts.addresses.key_of the address")
    country: Mapped[str] = mapped_column(String(2))
    programme: Mapped[str] = mapped_column(String(30))
    fiscal_year: Mapped[int]
    host: Mapped[str] = mapped_column(String(200))
    sending: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(
        String(10), comment="approved or declined by staff; by itself: member already, invited since on the roster"
    )
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(comment="None: decided by itself, or not yet")
    decision_note: Mapped[str] = mapped_column(Text, default="")
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), comment="who she turned out to be, or became"
    )

    @property
    def state(self) -> str:
        """`waiting`, or the outcome."""
        return self.outcome or "waiting"
