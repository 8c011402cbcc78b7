"""The people of a thread: whom a message may name, and the other of two."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select

from ssc.core.db import Session
from ssc.messaging.models import DirectPair, ThreadMember
from ssc.messaging.queries.places import Place
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def mentionable(session: Session, viewer: Viewer, thread_id: UUID, names: Collection[str]) -> dict[str, UUID]:
    """Of these handles those of members whom the viewer can name here, with their ids."""
    if not names:
        return {}
    rows = await session.execute(
        select(Member.handle, Member.id)
        .join(ThreadMember, ThreadMember.member_id == Member.id)
        .where(
            ThreadMember.thread_id == thread_id,
            ThreadMember.left_at.is_(None),
            ThreadMember.posts,
            ThreadMember.request.is_(None),
            Member.handle.in_(names),
            Member.id.not_in(viewer.blocked),
        )
    )
    return {handle: member_id for handle, member_id in rows if handle}


async def other_of(session: Session, place: Place) -> Member | None:
    """The other one of a direct thread; None where she is gone."""
    pair = select(DirectPair.low_id, DirectPair.high_id).where(DirectPair.thread_id == place.id).subquery()
    found: Member | None = await session.scalar(
        select(Member).where(or_(Member.id == pair.c.low_id, Member.id == pair.c.high_id), Member.id != place.member_id)
    )
    return found


async def owner_of(session: Session, place: Place) -> Member | None:
    """Whose group it is."""
    return await session.get(Member, place.owner_id) if place.owner_id else None
