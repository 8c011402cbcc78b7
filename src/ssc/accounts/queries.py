"""Named selects: who belongs to a cookie or a token, with all that decides what she may see; addresses, devices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    LargeBinary,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    inspect,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import psycopg as driver
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from ssc.accounts.models import AccessToken, Account, EmailAddress, KnownDevice, SignedInSession
from ssc.accounts.rules import IDLE
from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.people.models import Block, Member, Participation, Role, Suspension


async def waiting(session: Session, key: str) -> EmailAddress | None:
    """The address that a member with an account named, and that waits for its letter's answer."""
    found: EmailAddress | None = await session.scalar(
        select(EmailAddress)
        .join(Account, Account.member_id == EmailAddress.member_id)
        .where(EmailAddress.key == key, EmailAddress.confirmed_at.is_(None), EmailAddress.source != "roster")
        .order_by(EmailAddress.created_at.desc())
        .limit(1)
    )
    return found


async def primary_of(session: Session, member_id: UUID) -> EmailAddress | None:
    """Where letters go: the first of the confirmed addresses."""
    rows = await addresses_of(session, member_id)
    return next((row for row in rows if row.confirmed_at), None)


async def has_password(session: Session, member_id: UUID) -> bool:
    return await session.scalar(select(Account.password_hash).where(Account.member_id == member_id)) is not None


async def devices_of(session: Session, member_id: UUID) -> list[KnownDevice]:
    return list(await session.scalars(select(KnownDevice).where(KnownDevice.member_id == member_id)))


async def sessions_of(session: Session, member_id: UUID) -> list[SignedInSession]:
    """Where the member is signed in, the latest seen first."""
    now = clock.now()
    rows = await session.scalars(
        select(SignedInSession)
        .where(
            SignedInSession.member_id == member_id,
            SignedInSession.expires_at > now,
            SignedInSession.last_seen_at > now - IDLE,
        )
        .order_by(SignedInSession.last_seen_at.desc(), SignedInSession.id.desc())
    )
    return list(rows)


async def access_tokens_of(session: Session, member_id: UUID) -> list[AccessToken]:
    """The member's access tokens that still work, the newest first."""
    rows = await session.scalars(
        select(AccessToken)
        .where(AccessToken.member_id == member_id, AccessToken.expires_at > clock.now())
        .order_by(AccessToken.id.desc())
    )
    return list(rows)


class Entrance(NamedTuple):
    """What an address and a browser lead to when someone signs in; all None for an unknown address."""

    member_id: UUID | None = None
    password_hash: str | None = None
    device_id: UUID | None = None


async def entrance(session: Session, key: str, device: str | None) -> Entrance:
    """By a confirmed address; else by one that was named at a claim and whose letter is still unanswered:
    it signs in with the password that was set beside it, and gets no link."""
    row = (
        await session.execute(
            select(Account.member_id, Account.password_hash, KnownDevice.id)
            .join(EmailAddress, EmailAddress.member_id == Account.member_id)
            .outerjoin(
                KnownDevice,
                and_(KnownDevice.member_id == Account.member_id, KnownDevice.digest == ids.digest(device or "")),
            )
            .where(
                EmailAddress.key == key,
                or_(EmailAddress.confirmed_at.is_not(None), EmailAddress.source == "claim"),
            )
            .order_by(EmailAddress.confirmed_at.is_(None), EmailAddress.created_at.desc())
            .limit(1)
        )
    ).one_or_none()
    return Entrance(*row) if row else Entrance()


_DIALECT = driver.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it so


class _Prepared:
    """A statement of every request: compiled once and run on the driver, in a third of the ORM's time (measured)."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._sql = str(compiled)
        self._fixed = compiled.construct_params(_check=False)

    async def one(self, session: Session, secret: str, **values: object) -> "Seen | None":
        connection = await session.driver()
        asked = {"digest": ids.digest(secret), "now": clock.now(), "today": clock.today_in_japan(), **values}
        row = await (await connection.execute(self._sql, {**self._fixed, **asked}, prepare=True)).fetchone()
        return Seen(_loaded(session, row), *row[len(_MEMBER) :]) if row else None


def _loaded(session: Session, row: Sequence[Any]) -> Member:
    """The member as if the session itself had loaded her: changes to her are written at the end."""
    values = dict(zip(_MEMBER, row, strict=False))
    held = session.identity_map.get(identity_key(Member, values["id"]))
    if held is not None:
        return held
    member = Member(**values)
    make_transient_to_detached(member)
    session.add(member)
    return member


_MEMBER = tuple(attribute.key for attribute in inspect(Member).column_attrs)


class Seen(NamedTuple):
    """Who came in, by what, and what she may: one row of one statement."""

    member: Member
    key_id: UUID
    rights: str
    signed_in_at: datetime | None
    last_seen_at: datetime | None
    scopes: list[str] | None
    limited_until: datetime | None
    roles: list[str]
    exchanges: list[UUID]
    blocked: list[UUID]
    suspended: bool


async def by_cookie(session: Session, secret: str) -> Seen | None:
    """Who is signed in with this session cookie."""
    return await _BY_COOKIE.one(session, secret, idle=clock.now() - IDLE)


async def by_bearer(session: Session, secret: str) -> Seen | None:
    """Whose access token this is."""
    return await _BY_BEARER.one(session, secret)


async def addresses_of(session: Session, member_id: UUID) -> list[EmailAddress]:
    """The member's addresses, the primary one first, then as they came."""
    rows = await session.scalars(
        select(EmailAddress)
        .where(EmailAddress.member_id == member_id)
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.created_at, EmailAddress.id)
    )
    return list(rows)


async def confirmed(session: Session, key: str) -> EmailAddress | None:
    """The one confirmed address with this key."""
    found: EmailAddress | None = await session.scalar(
        select(EmailAddress).where(EmailAddress.key == key, EmailAddress.confirmed_at.is_not(None))
    )
    return found


_NOW = bindparam("now", type_=DateTime(timezone=True))
_TODAY = bindparam("today", type_=Date())
_DIGEST = bindparam("digest", type_=LargeBinary())


def _array(inner: object, of: Uuid[UUID] | String) -> ColumnElement[list[object]]:
    """What an inner select finds, as one array: never null."""
    return func.array(inner, type_=ARRAY(of))


_ROLES = _array(
    select(Role.role + func.coalesce(literal(":") + Role.country, ""))
    .where(
        Role.member_id == Member.id,
        Role.starts_on <= _TODAY,
        or_(Role.ends_on.is_(None), Role.ends_on >= _TODAY),
    )
    .correlate(Member)
    .scalar_subquery(),
    String(),
)
_EXCHANGES = _array(
    select(Participation.exchange_id).where(Participation.member_id == Member.id).correlate(Member).scalar_subquery(),
    Uuid(),
)
_BLOCKED = _array(
    union_all(
        select(Block.blocked_id).where(Block.member_id == Member.id).correlate(Member),
        select(Block.member_id).where(Block.blocked_id == Member.id).correlate(Member),
    ).scalar_subquery(),
    Uuid(),
)
_SUSPENDED = exists().where(
    Suspension.member_id == Member.id,
    Suspension.lifted_at.is_(None),
    or_(Suspension.until.is_(None), Suspension.until > _NOW),
)

_COLUMNS = [getattr(Member, name) for name in _MEMBER]
_BY_COOKIE = _Prepared(
    select(
        *_COLUMNS,
        SignedInSession.id,
        SignedInSession.rights,
        SignedInSession.signed_in_at,
        SignedInSession.last_seen_at,
        null(),
        Account.limited_until,
        _ROLES,
        _EXCHANGES,
        _BLOCKED,
        _SUSPENDED,
    )
    .join(SignedInSession, SignedInSession.member_id == Member.id)
    .join(Account, Account.member_id == Member.id)
    .where(
        SignedInSession.digest == _DIGEST,
        SignedInSession.expires_at > _NOW,
        SignedInSession.last_seen_at > bindparam("idle", type_=DateTime(timezone=True)),
    )
)
_BY_BEARER = _Prepared(
    select(
        *_COLUMNS,
        AccessToken.id,
        literal(""),
        null(),
        AccessToken.last_used_at,
        AccessToken.scopes,
        Account.limited_until,
        _ROLES,
        _EXCHANGES,
        _BLOCKED,
        _SUSPENDED,
    )
    .join(AccessToken, AccessToken.member_id == Member.id)
    .join(Account, Account.member_id == Member.id)
    .where(AccessToken.digest == _DIGEST, AccessToken.expires_at > _NOW)
)
