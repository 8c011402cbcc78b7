"""Who is at the door, and who keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from ssc.core import clock, ids, text
from ssc.core.db import Session
from ssc.events.models import Answer, Event, HelperLink
from ssc.people.models import Member

MOST = 500
"""How many names a door shows at once: all of a reunion, so that they are found without a connection."""


@dataclass(frozen=True)
class Arrivals:
    """Persons, guests included."""

    expected: int
    here: int


async def arrivals(session: Session, event: Event) -> Arrivals:
    party = Answer.guests + 1
    row = (
        await session.execute(
            select(
                func.coalesce(func.sum(party), 0),
                func.coalesce(func.sum(party).filter(Answer.checked_in_at.is_not(None)), 0),
            ).where(Answer.event_id == event.id, Answer.status == "going")
        )
    ).one()
    return Arrivals(int(row[0]), int(row[1]))


async def guests_called(session: Session, event: Event, q: str) -> Sequence[tuple[Answer, Member]]:
    """Those who go, by name; without words first who came last, to undo a slip."""
    statement = (
        select(Answer, Member)
        .join(Member, Member.id == Answer.member_id)
        .where(Answer.event_id == event.id, Answer.status == "going")
        .limit(MOST)
    )
    for word in text.plain(q).split():
        statement = statement.where(Member.name_key.contains(word, autoescape=True))
    if not q.strip():
        statement = statement.order_by(Answer.checked_in_at.desc().nulls_last())
    by_name = statement.order_by(func.lower(Member.name), Member.id)
    return [(answer, member) for answer, member in await session.execute(by_name)]


async def helper_links(session: Session, event: Event) -> list[HelperLink]:
    rows = await session.scalars(
        select(HelperLink)
        .where(HelperLink.event_id == event.id, HelperLink.ended_at.is_(None), HelperLink.expires_at > clock.now())
        .order_by(HelperLink.created_at)
    )
    return list(rows)


async def kept_by(session: Session, secret: str) -> Event | None:
    """The event whose door a helper's link opens."""
    found: Event | None = await session.scalar(
        select(Event)
        .join(HelperLink, HelperLink.event_id == Event.id)
        .where(
            HelperLink.digest == ids.digest(secret),
            HelperLink.ended_at.is_(None),
            HelperLink.expires_at > clock.now(),
            Event.removed_at.is_(None),
        )
    )
    return found
