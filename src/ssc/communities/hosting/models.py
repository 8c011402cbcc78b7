"""Who looks after exchanges without having been on their rosters: contacts of organisations, secretaries of hosts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core.db import Base, Dated, Identified


class HostSeat(Identified, Dated, Base):
    """That a member is asked to be a host: for an organisation, or as secretary of a member who hosts.

    It gives rights from the day it is accepted until it is ended. Who was on a roster as host needs none.
    """

    __tablename__ = "host_seat"
    __table_args__ = (
        CheckConstraint("(organisation_id IS NULL) <> (host_id IS NULL)", name="for_one"),
        CheckConstraint("host_id <> member_id", name="for_another"),
        Index("ix_host_seat_member_id", "member_id"),
        Index("ix_host_seat_host_id", "host_id", postgresql_where=text("host_id IS NOT NULL")),
        Index("ix_host_seat_organisation_id", "organisation_id", postgresql_where=text("organisation_id IS NOT NULL")),
        Index(
            "uq_host_seat_secretary",
            "member_id",
            "host_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND host_id IS NOT NULL"),
        ),
        Index(
            "uq_host_seat_contact",
            "member_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND organisation_id IS NOT NULL"),
        ),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    host_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120), comment="as who invited her calls her: says nothing of an account")
    by_id: Mapped[UUID | None] = mapped_column(comment="who invited her")
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
