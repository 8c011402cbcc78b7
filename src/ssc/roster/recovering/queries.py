"""Named selects over recoveries: viewer first, since only those who may vouch know of one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    DateTime,
    Select,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import selectinload

from ssc.accounts.models import EmailAddress, SignedInSession
from ssc.core import clock
from ssc.core.db import Prepared, Session
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.people.queries import mates_of
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.roster.inviting.models import Invitation
from ssc.roster.recovering.models import OPEN_FOR, VETO_WITHIN, Recovery, Vouch
from ssc.roster.recovering.rules import WEEK, Plea, capacity_of, is_counted


@dataclass(frozen=True)
class Case:
    """A recovery as staff see it: the record, who vouched, and records that may be meant."""

    recovery: Recovery
    record: Member | None
    vouches: Sequence[tuple[Vouch, Member]]
    candidates: Sequence[Member]
    claimed: bool
    """Whether a record that nobody had was claimed with it."""

    @property
    def state(self) -> str:
        return "completed" if self.claimed and self.recovery.state == "approved" else self.recovery.state


@dataclass(frozen=True)
class News:
    """Whether somebody asks for the viewer's own account, and for how many she could vouch."""

    contested: bool
    asking: int


async def pleas_for(session: Session, viewer: Viewer, only: UUID | None = None) -> list[Plea]:
    """The open recoveries for which the viewer may vouch, the oldest first; `only` this one."""
    rows = (await session.execute(_near(viewer, only))).all()
    roles = await _shared_roles(session, viewer, [record.id for _recovery, record in rows])
    exchanges = await _exchanges(session, [record.id for _recovery, record in rows])
    given = await _given_by(session, viewer.id)
    pleas = []
    for recovery, record in rows:
        capacity = capacity_of(viewer, record, roles[record.id], viewer.today)
        if capacity is not None:
            pleas.append(Plea(recovery, record, exchanges[record.id], capacity, recovery.id in given))
    return pleas


async def news_of(session: Session, viewer: Viewer) -> News:
    """What the viewer should hear of recoveries; one statement where there is nothing to hear."""
    ((is_contested, is_near),) = await _NEWS.rows(
        session,
        me=viewer.id,
        now=clock.now(),
        exchanges=list(viewer.exchanges),
        coordinates=list(viewer.coordinates),
        staff=viewer.is_staff,
    )
    own = await contests_of(session, viewer) if is_contested else []
    pleas = await pleas_for(session, viewer) if is_near else []
    return News(bool(own), sum(not plea.vouched for plea in pleas))


async def contests_of(session: Session, viewer: Viewer) -> list[Recovery]:
    """The recoveries of the viewer's own account to which this session of hers may object."""
    rows = await session.scalars(contested_by(viewer.id))
    return [asked for asked in rows.all() if await stood_before(session, viewer, asked)]


def contested_by(member_id: UUID) -> Select[Recovery]:
    """Recoveries that ask for this member's own account, and to which she may still object."""
    return (
        select(Recovery)
        .where(Recovery.member_id == member_id, *_can_be_contested(clock.now()))
        .order_by(Recovery.created_at)
    )


async def stood_before(session: Session, viewer: Viewer, recovery: Recovery) -> bool:
    """Whether the viewer's session is older than the recovery's approval: not one that it brought."""
    if viewer.session_id is None:
        return False
    begun = await session.scalar(select(SignedInSession.created_at).where(SignedInSession.id == viewer.session_id))
    return begun is not None and (recovery.approved_at is None or begun < recovery.approved_at)


async def vouches_this_week(session: Session, voucher_id: UUID) -> list[datetime]:
    """When the member vouched in the last seven days, the oldest first; what she did as staff is not counted."""
    rows = await session.execute(
        select(Vouch.created_at, Vouch.capacity)
        .where(Vouch.voucher_id == voucher_id, Vouch.created_at > clock.now() - WEEK)
        .order_by(Vouch.created_at)
    )
    return [at for at, capacity in rows if is_counted(capacity)]


async def capacities_of(session: Session, recovery_id: UUID) -> list[str]:
    """As what people have vouched for it."""
    rows = await session.scalars(select(Vouch.capacity).where(Vouch.recovery_id == recovery_id))
    return list(rows)


async def records_meant(session: Session, recovery: Recovery) -> list[Member]:
    """Records of this name, country, programme and year; the name in any order of its parts, or in its own script."""
    rows = await session.scalars(
        select(Member)
        .where(
            or_(Member.name_key == people.name_key(recovery.name), Member.name_native == recovery.name),
            Member.country == recovery.country,
            Member.deceased.is_(False),
            Member.id.in_(_were_in(recovery.programme, recovery.fiscal_year)),
        )
        .order_by(Member.id)
        .limit(5)
    )
    return list(rows)


async def cases(session: Session) -> list[Case]:
    """For staff: recoveries that are under way, the oldest first, then what was closed in the last weeks."""
    rows = await session.execute(
        select(Recovery, Member)
        .outerjoin(Member, Member.id == Recovery.member_id)
        .where(Recovery.created_at > clock.now() - 2 * OPEN_FOR)
        .order_by(
            or_(Recovery.vetoed_at.is_not(None), Recovery.declined_at.is_not(None), Recovery.completed_at.is_not(None)),
            Recovery.created_at,
        )
        .limit(100)
    )
    return [await _case(session, recovery, record) for recovery, record in rows]


async def known_addresses_of(session: Session, member_id: UUID, but: str) -> list[EmailAddress]:
    """Every address the record has, on the roster or confirmed, other than the one with the key `but`."""
    rows = await session.scalars(
        select(EmailAddress)
        .where(
            EmailAddress.member_id == member_id,
            EmailAddress.key != but,
            or_(EmailAddress.confirmed_at.is_not(None), EmailAddress.source == "roster"),
        )
        .order_by(EmailAddress.id)
    )
    return list(rows)


async def nth_of_day(session: Session, asked: Recovery) -> int:
    """The how many-eth this is of the requests that gave its address within a day: 1 for the first."""
    day = Recovery.created_at.between(asked.created_at - timedelta(days=1), asked.created_at)
    return await session.scalar(select(func.count()).where(Recovery.key == asked.key, day)) or 0


async def is_repeated(session: Session, recovery: Recovery, member_id: UUID) -> bool:
    """Whether the same address asks for the same record already."""
    others = contested_by(member_id).where(Recovery.key == recovery.key, Recovery.id != recovery.id)
    return await session.scalar(others.with_only_columns(func.count()).order_by(None)) != 0


def _near(viewer: Viewer, only: UUID | None) -> Select[Recovery, Member]:
    """Open recoveries of records near the viewer; whether she may vouch is for the rules to say."""
    near = or_(Member.country.in_(viewer.coordinates), Member.id.in_(mates_of(viewer.id)))
    statement = (
        select(Recovery, Member)
        .join(Member, Member.id == Recovery.member_id)
        .where(*_is_open(clock.now()), Member.deceased.is_(False))
        .order_by(Recovery.created_at)
        .limit(50)
    )
    if not viewer.is_staff:
        statement = statement.where(near)
    return statement if only is None else statement.where(Recovery.id == only)


async def _shared_roles(session: Session, viewer: Viewer, record_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """For each record, the roles that the viewer had in exchanges of both."""
    own = select(Participation.exchange_id, Participation.role).where(Participation.member_id == viewer.id).subquery()
    rows = await session.execute(
        select(Participation.member_id, own.c.role)
        .join(own, own.c.exchange_id == Participation.exchange_id)
        .where(Participation.member_id.in_(record_ids))
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for member_id, role in rows:
        found[member_id].add(role)
    return found


async def _exchanges(session: Session, member_ids: Sequence[UUID]) -> dict[UUID, list[Exchange]]:
    rows = await session.execute(
        select(Participation.member_id, Exchange)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id.in_(member_ids))
        .order_by(Exchange.fiscal_year.desc())
        .options(selectinload(Exchange.host))
    )
    found: dict[UUID, list[Exchange]] = defaultdict(list)
    for member_id, exchange in rows:
        found[member_id].append(exchange)
    return found


async def _given_by(session: Session, voucher_id: UUID) -> set[UUID]:
    rows = await session.scalars(select(Vouch.recovery_id).where(Vouch.voucher_id == voucher_id))
    return set(rows)


async def _case(session: Session, recovery: Recovery, record: Member | None) -> Case:
    vouches = await session.execute(
        select(Vouch, Member)
        .join(Member, Member.id == Vouch.voucher_id)
        .where(Vouch.recovery_id == recovery.id)
        .order_by(Vouch.created_at)
    )
    candidates = await records_meant(session, recovery) if record is None else []
    used = select(Invitation.id).where(Invitation.id == recovery.invitation_id, Invitation.used_at.is_not(None))
    claimed = await session.scalar(used) is not None
    return Case(recovery, record, [(vouch, member) for vouch, member in vouches], candidates, claimed)


def _were_in(programme: str, fiscal_year: int) -> Select[UUID]:
    return (
        select(Participation.member_id)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Exchange.programme == programme, Exchange.fiscal_year == fiscal_year)
    )


def _is_open(now: Any) -> list[ColumnElement[bool]]:
    return [
        Recovery.approved_at.is_(None),
        Recovery.vetoed_at.is_(None),
        Recovery.declined_at.is_(None),
        Recovery.created_at > now - OPEN_FOR,
    ]


def _can_be_contested(now: Any) -> list[ColumnElement[bool]]:
    return [
        Recovery.vetoed_at.is_(None),
        Recovery.declined_at.is_(None),
        or_(
            and_(Recovery.approved_at.is_(None), Recovery.created_at > now - OPEN_FOR),
            Recovery.approved_at > now - VETO_WITHIN,
        ),
    ]


_NOW = bindparam("now", type_=DateTime(timezone=True))
_MATES = select(Participation.member_id).where(
    Participation.exchange_id == any_(bindparam("exchanges", type_=ARRAY(Uuid)))
)
# Asked by every look at the home page, so compiled once.
_NEWS = Prepared(
    select(
        exists().where(Recovery.member_id == bindparam("me", type_=Uuid()), *_can_be_contested(_NOW)),
        exists().where(
            Member.id == Recovery.member_id,
            Member.deceased.is_(False),
            *_is_open(_NOW),
            or_(
                bindparam("staff", type_=Boolean()),
                Member.country == any_(bindparam("coordinates", type_=ARRAY(String))),
                Member.id.in_(_MATES),
            ),
        ),
    )
)
