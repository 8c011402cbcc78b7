"""What lets a member in: the account, its addresses, sessions, devices and tokens. Of secrets only hashes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ssc.core import clock
from ssc.core.db import Base, Dated, Identified


class Account(Dated, Base):
    """That a member can sign in. A password is optional beside a link by mail."""

    __tablename__ = "account"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str | None] = mapped_column(Text, comment="argon2id, as PHC string")
    password_set_at: Mapped[datetime | None]
    limited_until: Mapped[datetime | None] = mapped_column(
        comment="recovered by vouching: no directory and no first messages until then"
    )


class EmailAddress(Identified, Dated, Base):
    """An address of a member. Unconfirmed ones stand on the roster, or wait for their letter's answer."""

    __tablename__ = "email_address"
    __table_args__ = (
        UniqueConstraint("member_id", "key"),
        Index("ix_email_address_key", "key"),
        Index(
            "uq_email_address_confirmed_key",
            "key",
            unique=True,
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
        Index("uq_email_address_primary", "member_id", unique=True, postgresql_where=text("is_primary")),
        CheckConstraint("source IN ('roster', 'claim', 'member')", name="source"),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(320))
    key: Mapped[str] = mapped_column(String(320), comment="accounts.addresses.key_of: look-alikes share it")
    confirmed_at: Mapped[datetime | None]
    is_primary: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(10), default="member")


class EmailChange(Identified, Dated, Base):
    """A change of a member's addresses, with what they were before: any other address may undo it."""

    __tablename__ = "email_change"
    __table_args__ = (Index("ix_email_change_member_id", "member_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    before: Mapped[dict[str, Any]] = mapped_column(comment="{addresses: [rows as they were]}")
    undone_at: Mapped[datetime | None]


class SignedInSession(Identified, Dated, Base):
    """A browser in which a member is signed in. Its cookie's hash is renewed with her rights."""

    __tablename__ = "session"
    __table_args__ = (UniqueConstraint("digest"), Index("ix_session_member_id", "member_id"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    device: Mapped[str] = mapped_column(String(80), comment="for people, e.g. Chrome on Android")
    rights: Mapped[str] = mapped_column(Text, comment="the roles in force when the cookie was given")
    signed_in_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class KnownDevice(Identified, Dated, Base):
    """A browser in which the member has signed in before: it has its own count of failures."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("member_id", "digest"), Index("ix_known_device_digest", "digest"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)


class Token(Identified, Dated, Base):
    """A secret that was mailed: works once, until it expires, for this member and this address."""

    __tablename__ = "token"
    __table_args__ = (
        UniqueConstraint("digest"),
        Index("ix_token_member_id", "member_id", "kind"),
        Index("ix_token_forget_at", "forget_at"),
    )

    kind: Mapped[str] = mapped_column(String(40))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(320), default="", comment="to which it was mailed")
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    expires_at: Mapped[datetime]
    forget_at: Mapped[datetime] = mapped_column(comment="until then its holder hears what became of it")
    used_at: Mapped[datetime | None]

    @property
    def spent(self) -> bool:
        """Whether it was used or has expired."""
        return self.used_at is not None or self.expires_at <= clock.now()


class AccessToken(Identified, Dated, Base):
    """A member's key for a program, good for the calls that its scopes name."""

    __tablename__ = "access_token"
    __table_args__ = (UniqueConstraint("digest"), Index("ix_access_token_member_id", "member_id"))

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class SignInFailure(Base):
    """How often signing in failed lately, for an account, a network or a known device."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_ends_at", "ends_at"),)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, comment="keyed hash: names nobody")
    count: Mapped[int]
    ends_at: Mapped[datetime]
