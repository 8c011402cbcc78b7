"""Who else is in a thread, in short: whose presence its page shows."""

from datetime import datetime

from sqlalchemy import select

from ssc.accounts.models import SignedInSession
from ssc.core.db import Session
from ssc.messaging.models import ThreadMember
from ssc.messaging.queries.places import Place
from ssc.people import queries as people
from ssc.people.models import Member as MemberRow
from ssc.people.shapes import Member
from ssc.people.viewer import Viewer

WATCHED = 50


async def others_of(session: Session, viewer: Viewer, place: Place) -> list[Member]:
    """The longest-standing others, as far as the viewer may see them."""
    rows = await session.scalars(
        select(ThreadMember.member_id)
        .where(
            ThreadMember.thread_id == place.id,
            ThreadMember.member_id != viewer.id,
            ThreadMember.left_at.is_(None),
            ThreadMember.posts,
        )
        .order_by(ThreadMember.joined_at, ThreadMember.member_id)
        .limit(WATCHED)
    )
    return [one.member for one in await people.reached(session, viewer, list(rows))]


async def was_here(session: Session, handle: str, since: datetime) -> bool:
    """Whether she who lets herself be seen used the club since then; her devices tell, nothing is kept for it."""
    seen = (
        select(SignedInSession.id)
        .join(MemberRow, MemberRow.id == SignedInSession.member_id)
        .where(MemberRow.handle == handle, MemberRow.presence, SignedInSession.last_seen_at >= since)
    )
    return await session.scalar(seen.limit(1)) is not None


async def mates_of(session: Session, viewer: Viewer, limit: int) -> list[Member]:
    """Whom the viewer was in Japan with, and who is here: the first to write to."""
    mates = people.mates_of(viewer.id).subquery()
    rows = await session.scalars(
        select(MemberRow.id)
        .where(MemberRow.id.in_(select(mates)), MemberRow.joined_at.is_not(None))
        .order_by(MemberRow.name_key)
        .limit(limit)
    )
    return [one.member for one in await people.reached(session, viewer, list(rows))]
