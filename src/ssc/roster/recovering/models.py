"""Requests of people who lost their address, and who vouched for them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified

OPEN_FOR = timedelta(days=30)
VETO_WITHIN = timedelta(hours=72)


class Recovery(Identified, Dated, Base):
    """That somebody says: this is me on the roster, and here is my new address. State is what has happened."""

    __tablename__ = "recovery"
    __table_args__ = (Index("ix_recovery_member_id", "member_id"), Index("ix_recovery_created_at", "created_at"))

    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    programme: Mapped[str] = mapped_column(String(30))
    fiscal_year: Mapped[int]
    email: Mapped[str] = mapped_column(String(320))
    key: Mapped[str] = mapped_column(String(320), comment="accounts.addresses.key_of the address")
    language: Mapped[str] = mapped_column(String(12))
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="CASCADE"), comment="the record that is asked for, once found"
    )
    invitation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("invitation.id", ondelete="SET NULL"), comment="with which an unclaimed record is claimed"
    )
    by_staff: Mapped[bool] = mapped_column(
        default=False,
        server_default=text("false"),
        comment="only the secretariat opens it: the roster could not check the birth date",
    )
    birth_date: Mapped[date | None] = mapped_column(
        comment="as she gave it, for the secretariat to check; gone once it is decided"
    )
    approved_at: Mapped[datetime | None] = mapped_column(comment="enough have vouched; the 72 hours begin")
    completed_at: Mapped[datetime | None] = mapped_column(comment="the link to the new address was used")
    vetoed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]

    @property
    def state(self) -> str:
        """`unmatched`, `asked`, `approved`, `completed`, `vetoed`, `declined` or `expired`."""
        if self.vetoed_at is not None:
            return "vetoed"
        if self.declined_at is not None:
            return "declined"
        if self.completed_at is not None:
            return "completed"
        if self.approved_at is not None:
            return "approved"
        if self.created_at + OPEN_FOR <= clock.now():
            return "expired"
        return "unmatched" if self.member_id is None else "asked"

    @property
    def contestable_until(self) -> datetime | None:
        """The end of the 72 hours; None before they begin."""
        return self.approved_at + VETO_WITHIN if self.approved_at is not None else None

    @property
    def contestable(self) -> bool:
        """Whether the record's own addresses and sessions may still object."""
        if self.state == "asked":
            return True
        until = self.contestable_until or clock.now() - timedelta(1)
        return self.state in ("approved", "completed") and clock.now() < until


class Vouch(Dated, Base):
    """That a member answers for it that she knows who asks; in which capacity."""

    __tablename__ = "vouch"
    __table_args__ = (
        Index("ix_vouch_voucher_id", "voucher_id", "created_at"),
        CheckConstraint("capacity IN ('mate', 'supervisor', 'host', 'coordinator', 'staff')", name="capacity"),
    )

    recovery_id: Mapped[UUID] = mapped_column(ForeignKey("recovery.id", ondelete="CASCADE"), primary_key=True)
    voucher_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    capacity: Mapped[str] = mapped_column(String(12))
