"""Members as far as a viewer may see them: every list of people in the club is read through here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Date,
    DateTime,
    String,
    Uuid,
    any_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from ssc.core import clock
from ssc.core.db import Prepared, Session
from ssc.people import shapes, sight
from ssc.people.models import Member, Participation, Role, Suspension
from ssc.people.queries.handles import id_of
from ssc.people.rules import DEFAULT_AUDIENCE, Audience
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange, Organisation
from ssc.programmes.shapes import ExchangeInShort


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
    found = await _RECORDS.rows(session, ids=list(member_ids), now=clock.now(), today=clock.today_in_japan())
    rows = {row.id: row for row in found}
    seen = (_as_seen(viewer, rows[one]) for one in member_ids if one in rows)
    return [one for one in seen if one is not None]


async def reached_by_handle(session: Session, viewer: Viewer | None, handle: str) -> Reached | None:
    """The member of this handle if the viewer may know her."""
    member_id = await id_of(session, handle)
    found = await reached(session, viewer, [member_id]) if member_id else []
    return found[0] if found else None


async def in_short(session: Session, viewer: Viewer | None, member_ids: Sequence[UUID]) -> list[MemberInShort]:
    """These members in short, without those out of the viewer's reach."""
    return [one.member.in_short for one in await reached(session, viewer, member_ids)]


async def sees_photo(session: Session, viewer: Viewer | None, photo: UUID) -> bool:
    """Whether it is somebody's photo, and for this viewer."""
    member_id = await session.scalar(select(Member.id).where(Member.photo == photo))
    found = await reached(session, viewer, [member_id]) if member_id else []
    return bool(found) and found[0].member.photo is not None


async def as_seen_from(session: Session, viewer: Viewer, near: Audience) -> shapes.Member | None:
    """The viewer herself as others see her who stand this near; None where they see nothing of her."""
    (own,) = await reached(session, viewer, [viewer.id])
    if not sight.may_see(viewer.member, "name", near) or (near != "cohorts" and viewer.is_minor):
        return None
    shown = own.member.model_fields_set - set(DEFAULT_AUDIENCE) - {"in_japan"}
    shown |= {field for field in own.member.model_fields_set - shown if sight.may_see(viewer.member, field, near)}
    values = {field: getattr(own.member, field) for field in shown}
    return shapes.Member.model_construct(**{"photo": None, **values})


def _as_seen(viewer: Viewer | None, row: Any) -> Reached | None:
    exchange_ids = frozenset(UUID(identity) for identity, *_rest in row.took_part)
    near = sight.closeness(viewer, row, exchange_ids)
    if near is None or (row.suspended and near != "me" and not sight.watches_over(viewer, "")):
        return None
    shown = sight.seen_fields(row, near)
    values = {field: value for field, value in _told(row) if field in shown}
    photo = shapes.photo_addresses(values.pop("photo", None))
    member = shapes.Member.model_construct(
        **values, handle=row.handle, name=row.name, photo=photo, verified=True, roles=sorted(row.offices)
    )
    return Reached(row.id, near, member, exchange_ids)


def _told(row: Any) -> Iterator[tuple[str, Any]]:
    """What there is to know of a member; what she left empty is not there."""
    for field in _TOLD:
        value = getattr(row, field)
        if value is not None:
            yield field, value
    if row.lives_in is not None:
        yield "in_japan", row.lives_in == "JP"
    yield "exchanges", [_in_short(*exchange[1:]) for exchange in row.took_part]
    yield "joined_at", clock.rfc3339(row.joined_at)


@lru_cache(maxsize=10_000)
def _in_short(code: str, title: str, programme: str, fiscal_year: int, host: str | None) -> ExchangeInShort:
    return ExchangeInShort.model_construct(
        code=code, title=title, programme=programme, fiscal_year=fiscal_year, host=host
    )


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
# As JSON, which the standard library reads at once; rows within rows are read one by one.
_TOOK_PART = (
    select(
        func.coalesce(
            func.json_agg(
                aggregate_order_by(
                    func.json_build_array(
                        Exchange.id,
                        Exchange.code,
                        Exchange.title,
                        Exchange.programme,
                        Exchange.fiscal_year,
                        Organisation.name,
                    ),
                    Exchange.fiscal_year.desc(),
                    Exchange.code,
                )
            ),
            text("'[]'::json"),
        )
    )
    .select_from(Participation)
    .join(Exchange, Exchange.id == Participation.exchange_id)
    .outerjoin(Organisation, Organisation.id == Exchange.host_id)
    .where(Participation.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
)
_TODAY = bindparam("today", type_=Date)
_OFFICES = func.array(
    select(Role.role + func.coalesce(literal(":") + Role.country, ""))
    .distinct()
    .where(Role.member_id == Member.id, Role.runs(_TODAY))
    .correlate(Member)
    .scalar_subquery(),
    type_=ARRAY(String),
)
# Prebuilt, of columns, and one statement: every list of people in the club is read through this.
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
        _TOOK_PART.label("took_part"),
        _OFFICES.label("offices"),
    ).where(Member.id == any_(_THESE))
)
