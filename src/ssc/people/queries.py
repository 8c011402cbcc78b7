"""Named selects over people; what needs a reader takes the viewer first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Date,
    DateTime,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)

from ssc.core import clock
from ssc.core.db import Prepared, Session
from ssc.people import shapes, sight
from ssc.people.models import Block, Member, Participation, Role, Suspension
from ssc.people.rules import DEFAULT_AUDIENCE, Audience
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation
from ssc.programmes.shapes import ExchangeInShort


async def exchanges_of(session: Session, member_id: UUID) -> frozenset[UUID]:
    rows = await session.scalars(select(Participation.exchange_id).where(Participation.member_id == member_id))
    return frozenset(rows)


async def roles_of(session: Session, member_id: UUID, today: date) -> list[Role]:
    """The terms of office that are running today."""
    rows = await session.scalars(
        select(Role).where(
            Role.member_id == member_id,
            Role.starts_on <= today,
            or_(Role.ends_on.is_(None), Role.ends_on >= today),
        )
    )
    return list(rows)


async def blocked_of(session: Session, member_id: UUID) -> frozenset[UUID]:
    """Whom the member blocked, and who blocked the member."""
    rows = await session.scalars(
        union_all(
            select(Block.blocked_id).where(Block.member_id == member_id),
            select(Block.member_id).where(Block.blocked_id == member_id),
        )
    )
    return frozenset(rows)


def mates_of(member_id: UUID) -> Select[UUID]:
    """The ids of those who share an exchange with the member."""
    own = select(Participation.exchange_id).where(Participation.member_id == member_id)
    return select(Participation.member_id).where(
        Participation.exchange_id.in_(own), Participation.member_id != member_id
    )


async def participations_of(session: Session, member_ids: Sequence[UUID]) -> list[tuple[Participation, Exchange]]:
    """All participations of these members with their exchanges, latest first."""
    rows = await session.execute(
        select(Participation, Exchange)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id.in_(member_ids))
        .order_by(Exchange.fiscal_year.desc(), Exchange.code)
    )
    return [(participation, exchange) for participation, exchange in rows]


async def suspension_of(session: Session, member_id: UUID) -> Suspension | None:
    """The suspension in force, if any."""
    found: Suspension | None = await session.scalar(
        select(Suspension).where(
            Suspension.member_id == member_id,
            Suspension.lifted_at.is_(None),
            or_(Suspension.until.is_(None), Suspension.until > clock.now()),
        )
    )
    return found


async def by_handle(session: Session, handle: str) -> Member | None:
    found: Member | None = await session.scalar(
        select(Member).where(and_(Member.handle == handle, Member.joined_at.is_not(None)))
    )
    return found


@dataclass(frozen=True)
class Reached:
    """A member whom the viewer may know, how near, and what she may see of her."""

    id: UUID
    near: Audience
    member: shapes.Member
    exchange_ids: frozenset[UUID]


async def reached(session: Session, viewer: Viewer | None, member_ids: Sequence[UUID]) -> list[Reached]:
    """These members in this order, as far as the viewer may see them; those out of reach are left out."""
    if not member_ids:
        return []
    ids = list(member_ids)
    rows = {row.id: row for row in await _RECORDS.rows(session, ids=ids, now=clock.now())}
    took_part: dict[UUID, list[Any]] = defaultdict(list)
    for row in await _EXCHANGES.rows(session, ids=ids):
        took_part[row.member_id].append(row)
    offices: dict[UUID, list[str]] = defaultdict(list)
    for member_id, role, country in await _OFFICES.rows(session, ids=ids, today=clock.today_in_japan()):
        offices[member_id].append(f"{role}:{country}" if country else role)
    seen = (_as_seen(viewer, rows[one], took_part[one], sorted(set(offices[one]))) for one in member_ids if one in rows)
    return [one for one in seen if one is not None]


async def reached_by_handle(session: Session, viewer: Viewer | None, handle: str) -> Reached | None:
    """The member of this handle if the viewer may know her."""
    member_id = await id_of(session, handle)
    found = await reached(session, viewer, [member_id]) if member_id else []
    return found[0] if found else None


async def as_seen_from(session: Session, viewer: Viewer, near: Audience) -> shapes.Member | None:
    """The viewer herself as others see her who stand this near; None where they see nothing of her."""
    (own,) = await reached(session, viewer, [viewer.id])
    if not sight.may_see(viewer.member, "name", near) or (near != "cohorts" and viewer.is_minor):
        return None
    shown = own.member.model_fields_set - set(DEFAULT_AUDIENCE) - {"in_japan"}
    shown |= {field for field in own.member.model_fields_set - shown if sight.may_see(viewer.member, field, near)}
    values = {field: getattr(own.member, field) for field in shown}
    return shapes.Member.model_construct(**{"photo": None, **values})


async def id_of(session: Session, handle: str) -> UUID | None:
    """Whose handle this is; a text that cannot be one is nobody's."""
    if not _HANDLE.fullmatch(handle):
        return None
    found: UUID | None = await session.scalar(select(Member.id).where(Member.handle == handle.lower()))
    return found


async def in_short(session: Session, viewer: Viewer | None, member_ids: Sequence[UUID]) -> list[MemberInShort]:
    """These members in short, without those out of the viewer's reach."""
    return [one.member.in_short for one in await reached(session, viewer, member_ids)]


def _as_seen(viewer: Viewer | None, row: Any, took_part: list[Any], offices: list[str]) -> Reached | None:
    exchange_ids = frozenset(exchange.id for exchange in took_part)
    near = sight.closeness(viewer, row, exchange_ids)
    if near is None or (row.suspended and near != "me" and not sight.watches_over(viewer, "")):
        return None
    values = {field: value for field, value in _told(row, took_part) if sight.may_see(row, field, near)}
    photo = shapes.photo_addresses(values.pop("photo", None))
    member = shapes.Member.model_construct(
        **values, handle=row.handle, name=row.name, photo=photo, verified=True, roles=offices
    )
    return Reached(row.id, near, member, exchange_ids)


def _told(row: Any, took_part: list[Any]) -> Iterator[tuple[str, Any]]:
    """What there is to know of a member; what she left empty is not there."""
    for field in _TOLD:
        value = getattr(row, field)
        if value is not None:
            yield field, value
    if row.lives_in is not None:
        yield "in_japan", row.lives_in == "JP"
    yield "exchanges", [_exchange_in_short(exchange) for exchange in took_part]
    yield "joined_at", clock.rfc3339(row.joined_at)


def _exchange_in_short(row: Any) -> ExchangeInShort:
    return ExchangeInShort.model_construct(
        code=row.code, title=row.title, programme=row.programme, fiscal_year=row.fiscal_year, host=row.host
    )


_HANDLE = re.compile(r"[A-Za-z0-9-]{1,40}")
_TOLD = (
    "name_native",
    "photo",
    "country",
    "lives_in",
    "headline",
    "bio",
    "fields",
    "affiliation",
    "languages",
    "links",
    "open_to",
)
_THESE = bindparam("ids", type_=ARRAY(Uuid))
_IN_FORCE = exists().where(
    Suspension.member_id == Member.id,
    Suspension.lifted_at.is_(None),
    or_(Suspension.until.is_(None), Suspension.until > bindparam("now", type_=DateTime(timezone=True))),
)
# Prebuilt, and of columns: every list of people in the club is read through these.
_RECORDS = Prepared(
    select(
        Member.id,
        Member.handle,
        Member.name,
        Member.adult_from,
        Member.visibility,
        Member.joined_at,
        *(getattr(Member, field) for field in _TOLD),
        _IN_FORCE.label("suspended"),
    ).where(Member.id == any_(_THESE))
)
_EXCHANGES = Prepared(
    select(
        Participation.member_id,
        Exchange.id,
        Exchange.code,
        Exchange.title,
        Exchange.programme,
        Exchange.fiscal_year,
        Organisation.name.label("host"),
    )
    .join(Exchange, Exchange.id == Participation.exchange_id)
    .outerjoin(Organisation, Organisation.id == Exchange.host_id)
    .where(Participation.member_id == any_(_THESE))
    .order_by(Exchange.fiscal_year.desc(), Exchange.code)
)
_TODAY = bindparam("today", type_=Date)
_OFFICES = Prepared(
    select(Role.member_id, Role.role, Role.country).where(
        Role.member_id == any_(_THESE), Role.starts_on <= _TODAY, or_(Role.ends_on.is_(None), Role.ends_on >= _TODAY)
    )
)


async def suspended(session: Session) -> frozenset[UUID]:
    """Who is shut out at this moment."""
    rows = await session.scalars(
        select(Suspension.member_id).where(
            Suspension.lifted_at.is_(None),
            or_(Suspension.until.is_(None), Suspension.until > clock.now()),
        )
    )
    return frozenset(rows)


async def has_blocked(session: Session, member_id: UUID, other_id: UUID) -> bool:
    """Whether the member herself blocked the other."""
    return await session.get(Block, (member_id, other_id)) is not None


async def sees_photo(session: Session, viewer: Viewer | None, photo: UUID) -> bool:
    """Whether it is somebody's photo, and for this viewer."""
    member_id = await session.scalar(select(Member.id).where(Member.photo == photo))
    found = await reached(session, viewer, [member_id]) if member_id else []
    return bool(found) and found[0].member.photo is not None


async def blocked_by(session: Session, member_id: UUID) -> list[tuple[str, str]]:
    """Handle and name of those whom the member herself blocked."""
    rows = await session.execute(
        select(Member.handle, Member.name)
        .join(Block, Block.blocked_id == Member.id)
        .where(Block.member_id == member_id, Member.handle.is_not(None))
        .order_by(Member.name_key)
    )
    return [(handle, name) for handle, name in rows if handle]


async def handles_of(session: Session, member_ids: Iterable[UUID]) -> tuple[str, ...]:
    """Whoever asks."""
    rows = await session.scalars(select(Member.handle).where(Member.id.in_(member_ids)))
    return tuple(handle for handle in rows if handle)
