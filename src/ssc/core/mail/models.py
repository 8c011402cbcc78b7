"""Letters on their way, and what addresses have cost."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified

# queued → claimed by a worker → handing over its content → sent. Or: bounced (refused for good), stopped (the address
# bounces), withdrawn (no longer wanted), failed (given up), unsure (the worker was killed while handing over).
QUEUED, CLAIMED, HANDING, SENT = "queued", "claimed", "handing", "sent"
BOUNCED, STOPPED, WITHDRAWN, FAILED, UNSURE = "bounced", "stopped", "withdrawn", "failed", "unsure"


# What leaves first: somebody waits for it, a notice, many at once, and last what a mailing has for everybody.
AWAITED, NOTICE, MANY, MAILING = range(4)


class Wording(Identified, Dated, Base):
    """What a mailing says in one language, once for all its letters: marks in it are filled for each reader."""

    __tablename__ = "mail_wording"
    __table_args__ = (UniqueConstraint("mailing_id", "language"),)

    mailing_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(120), comment="what may withdraw its letters")
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    tally: Mapped[dict[str, int]] = mapped_column(
        JSONB, default=dict, server_default="{}", comment="state → how many of its letters the log has forgotten"
    )


class OutgoingLetter(Identified, Dated, Base):
    """A letter that somebody is to get. The words are blanked once it is sent: they may hold a link."""

    __tablename__ = "outgoing_letter"
    __table_args__ = (
        Index("ix_outgoing_letter_member_id", "member_id"),
        Index("ix_outgoing_letter_due_at", "priority", "due_at", postgresql_where=sql("state = 'queued'")),
        Index("ix_outgoing_letter_state", "state", postgresql_where=sql("state IN ('claimed', 'handing')")),
        Index("ix_outgoing_letter_to_address", sql("lower(to_address)"), "id"),
        Index(
            "uq_outgoing_letter_mailing",
            "mailing_id",
            "member_id",
            unique=True,
            postgresql_where=sql("mailing_id IS NOT NULL"),
        ),
        Index("ix_outgoing_letter_paced", "sent_at", postgresql_where=sql("mailing_id IS NOT NULL")),
        Index("ix_outgoing_letter_wording_id", "wording_id", postgresql_where=sql("wording_id IS NOT NULL")),
    )

    to_address: Mapped[str] = mapped_column(String(320))
    member_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    about: Mapped[str] = mapped_column(String(120), default="", server_default="", comment="what may withdraw it")
    by_id: Mapped[UUID | None] = mapped_column(comment="the member who caused it")
    priority: Mapped[int] = mapped_column(
        SmallInteger,
        default=0,
        server_default=sql("0"),
        comment="0 somebody waits for it, 1 a notice, 2 many at once, 3 a mailing",
    )
    mailing_id: Mapped[UUID | None] = mapped_column(comment="of which a reader gets one letter")
    wording_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("mail_wording.id", ondelete="CASCADE"), comment="where its words are, with marks"
    )
    fills: Mapped[dict[str, str]] = mapped_column(
        JSONB, default=dict, server_default="{}", comment="mark → what this reader reads there"
    )
    pictures: Mapped[dict[str, str]] = mapped_column(
        JSONB, default=dict, server_default="{}", comment="Content-ID → PNG in base64: shown within the letter"
    )
    address_kept: Mapped[bool] = mapped_column(
        default=True, server_default=sql("true"), comment="false: to whom it went is forgotten once it has left"
    )
    left_at: Mapped[datetime | None] = mapped_column(comment="when its reader pressed its way out")
    state: Mapped[str] = mapped_column(String(12), default=QUEUED)
    outcome: Mapped[str] = mapped_column(String(300), default="")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=sql("0"))
    due_at: Mapped[datetime] = mapped_column(default=clock.now, server_default=sql("now()"))
    claim: Mapped[UUID | None] = mapped_column(comment="which delivery has it")
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, server_default=sql("now()"))
    sent_at: Mapped[datetime | None]

    @property
    def can_be_resent(self) -> bool:
        return self.state in (FAILED, UNSURE) and (bool(self.text) or self.wording_id is not None)


class Bounce(Base):
    """What an address has cost so far: a soft bounce counts 1, a hard one 2; forgotten after 30 days."""

    __tablename__ = "mail_bounce"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    score: Mapped[int]
    last_at: Mapped[datetime]
