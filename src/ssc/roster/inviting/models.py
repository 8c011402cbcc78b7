"""Invitations that were sent, and the rounds in which they leave."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class InvitationRound(Identified, Dated, Base):
    """That staff asked for everybody of an import to be invited; the letters leave wave by wave."""

    __tablename__ = "invitation_round"
    __table_args__ = (
        Index(
            "uq_invitation_round_open",
            "import_id",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("roster_import.id", ondelete="CASCADE"))
    asked_by: Mapped[UUID | None] = mapped_column(comment="None: from the command line")
    language: Mapped[str | None] = mapped_column(String(12), comment="of all letters; None: guessed by country")
    counted_from: Mapped[datetime] = mapped_column(
        default=clock.now, comment="bounces of letters sent before this are forgiven"
    )
    paused_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    @property
    def state(self) -> str:
        """`sending`, `paused` or `done`."""
        if self.finished_at is not None:
            return "done"
        return "sending" if self.paused_at is None else "paused"


class Invitation(Identified, Dated, Base):
    """That a person was sent a link with which to claim her record: to which address, and what became of it."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_member_id", "member_id"),
        Index("ix_invitation_round_id", "round_id"),
        Index("ix_invitation_created_at", "created_at", "id"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    round_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitation_round.id", ondelete="SET NULL"))
    address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[datetime]
    contestable_until: Mapped[datetime | None] = mapped_column(
        comment="until then the record's known addresses may object, and the account is limited"
    )
    used_at: Mapped[datetime | None]
    gave_birth_date: Mapped[bool] = mapped_column(
        default=False, comment="the record's birth date came with the claim, not from the roster"
    )
    withdrawn_at: Mapped[datetime | None]

    @property
    def state(self) -> str:
        """`claimed`, `withdrawn`, `expired` or `open`."""
        if self.used_at is not None:
            return "claimed"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "expired" if self.expires_at <= clock.now() else "open"
