"""What members are told, which subjects they want no mail about, and when a digest went out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class Notice(Identified, Base):
    """That a member is told of something. Unread ones of a kind and subject are one row, whose count grows.

    With each growth the row takes a new id: what is newest has the greatest, and `read up to` means what was seen.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "uq_notice_unread",
            "member_id",
            "kind",
            "subject",
            unique=True,
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notice_member_id", "member_id", "id"),
        Index("ix_notice_subject", "subject", postgresql_where=text("read_at IS NULL")),
        Index("ix_notice_mail_at", "mail_at", postgresql_where=text("mail_at IS NOT NULL")),
        Index("ix_notice_push_at", "push_at", postgresql_where=text("push_at IS NOT NULL")),
        Index("ix_notice_by_id", "by_id", postgresql_where=text("by_id IS NOT NULL")),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120), comment="what it is about, e.g. thread:<id>")
    url: Mapped[str] = mapped_column(String(300), comment="the path that shows it")
    data: Mapped[dict[str, Any]] = mapped_column(comment="what the kind's sentence needs; no private text")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), comment="who did it last")
    count: Mapped[int] = mapped_column(default=1)
    shown: Mapped[bool] = mapped_column(default=True, comment="in the app; else it waits only for mail or digest")
    created_at: Mapped[datetime] = mapped_column(default=clock.now, comment="of what came last")
    read_at: Mapped[datetime | None]
    mail_at: Mapped[datetime | None] = mapped_column(comment="when the letter about it is due")
    mailed_at: Mapped[datetime | None] = mapped_column(comment="when the last letter about it was written")
    mails: Mapped[int] = mapped_column(SmallInteger, default=0, comment="letters about it so far")
    push_at: Mapped[datetime | None] = mapped_column(comment="when it is due to ring on her devices")
    pushed_at: Mapped[datetime | None]


class MailStop(Base):
    """That a member wants no more mail about one thing: a thread, an event, an exchange."""

    __tablename__ = "mail_stop"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(120), primary_key=True)
    title: Mapped[str] = mapped_column(String(200), default="", comment="how the letters called it")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class PushSubscription(Identified, Dated, Base):
    """A browser of a member's that rings: where its push service listens, and the keys to encrypt for it."""

    __tablename__ = "push_subscription"
    __table_args__ = (UniqueConstraint("endpoint"), Index("ix_push_subscription_member_id", "member_id"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    session_id: Mapped[UUID | None] = mapped_column(comment="the browser's session: signed out, it rings no more")
    endpoint: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    failures: Mapped[int] = mapped_column(SmallInteger, default=0)


class DigestSent(Base):
    """When a member's last digest was written, and when it was last looked whether there is something for one."""

    __tablename__ = "digest_sent"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    sent_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
