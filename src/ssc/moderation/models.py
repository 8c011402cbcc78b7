"""What was reported, by whom, what was decided, and what the person concerned says to it."""

from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class Report(Identified, Dated, Base):
    """A thing that members reported. As long as nobody has decided, all reports of the same thing are this one."""

    __tablename__ = "report"
    __table_args__ = (
        Index(
            "uq_report_waiting", "target_type", "target_id", unique=True, postgresql_where=text("decided_at IS NULL")
        ),
        Index("ix_report_waiting", "urgency", "created_at", "id", postgresql_where=text("decided_at IS NULL")),
        Index("ix_report_created_at", "created_at", "id"),
        Index("ix_report_member_id", "member_id"),
        CheckConstraint("urgency IN (0, 1)", name="urgency"),
    )

    target_type: Mapped[str] = mapped_column(String(20), comment="member, message …: the kinds that packages register")
    target_id: Mapped[str] = mapped_column(String(120), comment="as the API addresses it: a handle, an id, a slug")
    title: Mapped[str] = mapped_column(String(200), comment="how moderators know it: whose it is, or how it is called")
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("member.id", ondelete="SET NULL"), comment="whom it concerns; None where she is gone"
    )
    urgency: Mapped[int] = mapped_column(SmallInteger, comment="0: a minor may be in danger; 1: all else")
    decided_at: Mapped[datetime | None]


class Complaint(Identified, Dated, Base):
    """That a member reported it, why, and what there was to see at that moment: who wrote it may change it later."""

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("report_id", "member_id"),
        Index("ix_complaint_member_id", "member_id"),
        CheckConstraint("reason IN ('spam', 'harassment', 'impersonation', 'minor-safety', 'other')", name="reason"),
    )

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    evidence: Mapped[dict[str, Any]] = mapped_column(comment="targets.Found.frozen")

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What there was to see, with instants as such, and pictures by the addresses at which moderators see them."""
        numbers = count()
        return [
            {
                **line,
                "at": datetime.fromisoformat(line["at"]) if line["at"] else None,
                "pictures": [
                    f"/desk/reports/{self.report_id}/pictures/{self.id}/{next(numbers)}"
                    for _key in line.get("pictures", ())
                ],
            }
            for line in self.evidence["lines"]
        ]

    @property
    def pictures(self) -> list[str]:
        """Where they are kept, by the numbers of `lines`."""
        return [key for line in self.evidence["lines"] for key in line.get("pictures", ())]


class Decision(Identified, Dated, Base):
    """What a moderator decided, on a report or of herself; told to the person concerned with its reason."""

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_report_id", "report_id"),
        Index("ix_decision_member_id", "member_id", "created_at"),
        Index("ix_decision_created_at", "created_at", "id"),
        CheckConstraint("outcome IN ('dismiss', 'remove', 'warn', 'limit', 'suspend')", name="outcome"),
    )

    report_id: Mapped[UUID | None] = mapped_column(ForeignKey("report.id", ondelete="SET NULL"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    outcome: Mapped[str] = mapped_column(String(10))
    until: Mapped[datetime | None] = mapped_column(comment="of a limit or a suspension; None: until it is taken back")
    note: Mapped[str] = mapped_column(Text, comment="the reason, as the person concerned reads it")
    decided_by: Mapped[UUID | None] = mapped_column(comment="None: from the command line")
    lifted_at: Mapped[datetime | None] = mapped_column(comment="when it was taken back")
    lifted_by: Mapped[UUID | None]

    @property
    def in_force(self) -> bool:
        """Whether it still holds her back."""
        lasts = self.until is None or self.until > clock.now()
        return self.outcome in ("limit", "suspend") and self.lifted_at is None and lasts


class Appeal(Dated, Base):
    """That the person concerned asks for another look; somebody else than the one who decided takes it."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("ix_appeal_waiting", "created_at", postgresql_where=text("answered_at IS NULL")),
        CheckConstraint("(answered_at IS NULL) = (reversed IS NULL)", name="answered"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    note: Mapped[str] = mapped_column(Text)
    reversed: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
