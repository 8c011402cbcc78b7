"""Who is in a thread, as one of its members sees them; and what of a member's own waits for others."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_

from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.messaging.models import Thread, ThreadMember
from ssc.messaging.queries.places import Place
from ssc.messaging.thread_shapes import Participant
from ssc.people import queries as people
from ssc.people.viewer import Viewer


async def participants_of(session: Session, viewer: Viewer, place: Place, part: Slice) -> Cut[Participant]:
    """Who is in the thread, the longest-standing first: without mere readers, and whom the viewer may not know."""
    statement = (
        select(ThreadMember)
        .where(*_present(place.id), ThreadMember.posts)
        .order_by(ThreadMember.joined_at, ThreadMember.member_id)
        .limit(part.limit + 1)
    )
    if (after := part.dated) is not None:
        statement = statement.where(tuple_(ThreadMember.joined_at, ThreadMember.member_id) > tuple_(*after))
    cut = part.cut(
        (await session.scalars(statement)).all(), lambda row: (row.joined_at.isoformat(), str(row.member_id))
    )
    return Cut(await shown(session, viewer, place.owner_id, cut.rows), cut.next)


async def shown(
    session: Session, viewer: Viewer, owner_id: UUID | None, rows: Sequence[ThreadMember]
) -> list[Participant]:
    """These in short, as far as the viewer may see them."""
    seen = {one.id: one.member for one in await people.reached(session, viewer, [row.member_id for row in rows])}
    return [
        Participant(
            handle=seen[row.member_id].handle,
            name=seen[row.member_id].name,
            photo=seen[row.member_id].photo,
            owner=row.member_id == owner_id,
            invited=row.request is not None,
            joined_at=row.joined_at,
        )
        for row in rows
        if row.member_id in seen
    ]


async def longest_standing(session: Session, thread_id: UUID) -> UUID | None:
    """Who of those that count has been in the thread for the longest time."""
    found: UUID | None = await session.scalar(
        select(ThreadMember.member_id)
        .where(*_present(thread_id), ThreadMember.request.is_(None), ThreadMember.posts)
        .order_by(ThreadMember.joined_at, ThreadMember.member_id)
        .limit(1)
    )
    return found


async def present(session: Session, thread_id: UUID) -> list[ThreadMember]:
    """Everybody who has a place in the thread, the invited and mere readers too."""
    rows = await session.scalars(
        select(ThreadMember)
        .where(*_present(thread_id))
        .order_by(ThreadMember.member_id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def place_in(session: Session, thread_id: UUID, member_id: UUID | None) -> ThreadMember | None:
    """A member's place in a thread that she has not left."""
    found: ThreadMember | None = await session.scalar(
        select(ThreadMember)
        .where(*_present(thread_id), ThreadMember.member_id == member_id)
        .execution_options(populate_existing=True)
    )
    return found


async def requests_waiting(session: Session, member_id: UUID) -> int:
    """How many of her requests nobody has answered."""
    counted = select(func.count()).where(ThreadMember.member_id == member_id, ThreadMember.request == "outgoing")
    return await session.scalar(counted.where(ThreadMember.left_at.is_(None))) or 0


async def threads_of_member(session: Session, member_id: UUID) -> list[UUID]:
    """All threads that she has not left, in the order in which they are locked."""
    rows = await session.scalars(
        select(ThreadMember.thread_id)
        .where(ThreadMember.member_id == member_id, ThreadMember.left_at.is_(None))
        .order_by(ThreadMember.thread_id)
    )
    return list(rows)


async def thread_of(session: Session, subject: str) -> UUID | None:
    """The thread that a feature owns for this subject."""
    found: UUID | None = await session.scalar(select(Thread.id).where(Thread.subject == subject))
    return found


def _present(thread_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ThreadMember.thread_id == thread_id, ThreadMember.left_at.is_(None)
