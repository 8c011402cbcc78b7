"""Who belongs to a cookie or a token, with all that decides what she may see: one statement a request."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, LiteralString, NamedTuple, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    LargeBinary,
    Select,
    String,
    Uuid,
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

from ssc.accounts.models import AccessToken, Account, SignedInSession
from ssc.accounts.rules import IDLE
from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.people.models import Block, Member, Participation, Role, Suspension


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
    notices_unread: int
    messages_unread: int


Count = Callable[[ColumnElement[UUID]], ColumnElement[int]]


def count_unread(*, notices: Count, messages: Count) -> None:
    """For `app`: how the floors above count what is new to a member, so that bell and menu cost no statement more."""
    _counts[:] = [notices, messages]


async def by_cookie(session: Session, secret: str) -> Seen | None:
    """Who is signed in with this session cookie."""
    return await _BY_COOKIE.one(session, digest=ids.digest(secret), idle=clock.now() - IDLE)


async def by_bearer(session: Session, secret: str) -> Seen | None:
    """Whose access token this is."""
    return await _BY_BEARER.one(session, digest=ids.digest(secret))


async def by_key(session: Session, key_id: UUID, *, by_token: bool) -> Seen | None:
    """Whose session or token this is, as long as it lasts: for who came in by it and has stayed."""
    if by_token:
        return await _BY_TOKEN.one(session, key=key_id)
    return await _BY_SESSION.one(session, key=key_id, idle=clock.now() - IDLE)


_DIALECT = driver.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it so


_counts: list[Count] = []


class _Prepared:
    """A statement of every request: compiled once and run on the driver, in a third of the ORM's time (measured)."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> Any:
        unread = [of(cast(ColumnElement[UUID], Member.id)) for of in _counts] or [literal(0), literal(0)]
        return self._statement.add_columns(*unread).compile(dialect=_DIALECT)

    @cached_property
    def _sql(self) -> LiteralString:
        return str(self._compiled)

    @cached_property
    def _fixed(self) -> dict[str, Any]:
        return dict(self._compiled.construct_params(_check=False))

    async def one(self, session: Session, **values: object) -> "Seen | None":
        connection = await session.driver()
        asked = {"now": clock.now(), "today": clock.today_in_japan(), **values}
        row = await (await connection.execute(self._sql, {**self._fixed, **asked}, prepare=True)).fetchone()
        return Seen(_loaded(session, row), *row[len(_MEMBER) :]) if row else None


def _loaded(session: Session, row: Sequence[Any]) -> Member:
    """The member as if the session itself had loaded her: changes to her are written at the end.

    Where nothing is written she belongs to no session.
    """
    values = dict(zip(_MEMBER, row, strict=False))
    if session.only_reads:
        return _made(values)
    held = session.identity_map.get(identity_key(Member, values["id"]))
    if held is not None:
        return held
    member = _made(values)
    session.add(member)
    return member


def _made(values: dict[str, Any]) -> Member:
    """A row as an object, without the events of thirty assignments."""
    member = _MAPPED.class_manager.new_instance()
    member.__dict__.update(values)
    make_transient_to_detached(member)
    return member


_MAPPED = inspect(Member)
_MEMBER = tuple(attribute.key for attribute in _MAPPED.column_attrs)


_NOW = bindparam("now", type_=DateTime(timezone=True))
_TODAY = bindparam("today", type_=Date())
_KEY = bindparam("key", type_=Uuid())
_DIGEST = bindparam("digest", type_=LargeBinary())


def _array(inner: object, of: Uuid[UUID] | String) -> ColumnElement[list[object]]:
    """What an inner select finds, as one array: never null."""
    return func.array(inner, type_=ARRAY(of))


_ROLES = _array(
    select(Role.role + func.coalesce(literal(":") + Role.country, ""))
    .where(Role.member_id == Member.id, Role.runs(_TODAY))
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
_ENDED_BY_SUSPENSION = exists().where(
    Suspension.member_id == Member.id, Suspension.created_at >= SignedInSession.created_at
)

_SESSIONS = (
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
        SignedInSession.expires_at > _NOW,
        SignedInSession.last_seen_at > bindparam("idle", type_=DateTime(timezone=True)),
        ~_ENDED_BY_SUSPENSION,
    )
)
_TOKENS = (
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
    .where(AccessToken.expires_at > _NOW)
)
_BY_COOKIE = _Prepared(_SESSIONS.where(SignedInSession.digest == _DIGEST))
_BY_SESSION = _Prepared(_SESSIONS.where(SignedInSession.id == _KEY))
_BY_BEARER = _Prepared(_TOKENS.where(AccessToken.digest == _DIGEST))
_BY_TOKEN = _Prepared(_TOKENS.where(AccessToken.id == _KEY))
