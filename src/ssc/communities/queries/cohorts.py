"""A cohort as one of its own sees it: who is here, who is missing, and what they share with the reader."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.directory import words
from ssc.people import queries as people
from ssc.people.models import Member, Participation
from ssc.people.queries import Reached
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange


@dataclass(frozen=True)
class Mate:
    """Somebody of the cohort who is here: in which role she took part, and which fields are the reader's too."""

    seen: Reached
    role: str
    shared_fields: list[str]
    times_together: int


@dataclass(frozen=True)
class Missing:
    """Somebody of the cohort who could still come."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Cohort:
    joined: list[Mate]
    missing: list[Missing]


def is_own(viewer: Viewer | None, exchange: Exchange) -> bool:
    """Whether the reader took part herself; a recovered account waits for its 72 hours."""
    return viewer is not None and not viewer.limited and exchange.id in viewer.exchanges


async def cohort(session: Session, viewer: Viewer, exchange: Exchange) -> Cohort:
    """Only for one of its own: ask `is_own` first."""
    rows = await session.execute(
        select(Member.id, Participation.role)
        .join(Participation, Participation.member_id == Member.id)
        .where(Participation.exchange_id == exchange.id, Member.joined_at.is_not(None))
        .order_by(func.lower(Member.name), Member.id)
    )
    roles = dict(iter(rows))
    seen = await people.reached(session, viewer, list(roles))
    own = {words.key(field) for field in viewer.member.fields}
    return Cohort([_mate(one, roles[one.id], viewer, own) for one in seen], await missing(session, exchange))


async def here(session: Session, exchange_id: UUID) -> list[UUID]:
    """The ids of those who have joined."""
    rows = await session.scalars(
        select(Participation.member_id)
        .join(Member, Member.id == Participation.member_id)
        .where(Participation.exchange_id == exchange_id, Member.joined_at.is_not(None))
    )
    return list(rows)


def _mate(seen: Reached, role: str, viewer: Viewer, own: set[str]) -> Mate:
    is_self = seen.id == viewer.id
    shared = [] if is_self else [field for field in seen.member.fields or [] if words.key(field) in own]
    return Mate(seen, role, shared, len(seen.exchange_ids & viewer.exchanges))


async def missing(session: Session, exchange: Exchange) -> list[Missing]:
    """Those who could still come: never a minor's, nor of one who wants or can have no contact."""
    rows = await session.execute(
        select(Member.id, Member.name)
        .join(Participation, Participation.member_id == Member.id)
        .where(
            Participation.exchange_id == exchange.id,
            Member.joined_at.is_(None),
            Member.adult_from <= clock.today_in_japan(),
            Member.do_not_contact.is_(False),
            Member.deceased.is_(False),
        )
        .order_by(func.lower(Member.name), Member.id)
    )
    return [Missing(identity, name) for identity, name in rows]
