"""Threads that features above own: a cohort's, a chapter's, an event's. The feature says who belongs in."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.messaging import rules
from ssc.messaging.actions.lines import enter, go, hold
from ssc.messaging.models import Thread
from ssc.messaging.queries.contact import minors_of
from ssc.messaging.queries.participants import present, thread_of


async def open_owned(session: Session, kind: str, subject: str, title: str) -> UUID:
    """The thread of this subject (`exchange:<id>`), made when it is not there; under the title it now has."""
    known = await thread_of(session, subject)
    if known is None:
        now = clock.now()
        row = {
            "id": ids.new(),
            "kind": kind,
            "subject": subject,
            "title": title,
            "history": "all",
            "last_seq": 0,
            "rev": 0,
            "member_count": 0,
            "last_message_at": now,
            "created_at": now,
        }
        await session.execute(insert(Thread).values(row).on_conflict_do_nothing(index_elements=["subject"]))
        known = await session.scalar(select(Thread.id).where(Thread.subject == subject))
        assert known is not None
    return known


async def keep_in_step(session: Session, thread_id: UUID, member_ids: Collection[UUID], *, quiet: bool = False) -> None:
    """Exactly these members are in the thread from now on; who came or went stands in a line, unless `quiet`.

    Minors write in their cohort's thread; all others they read without being counted.
    """
    thread = await hold(session, thread_id)
    wanted = set(member_ids)
    places = {place.member_id: place for place in await present(session, thread_id)}
    for member_id in sorted(places.keys() - wanted):
        await go(session, thread, places[member_id], line=not quiet)
    readers = await _readers(session, thread, wanted)
    for member_id in sorted(wanted - places.keys()):
        place = await enter(session, thread, member_id, line=not quiet and member_id not in readers)
        if member_id in readers:
            place.posts = False
            thread.member_count -= 1
    for member_id in wanted & places.keys():
        may_post = member_id not in readers
        thread.member_count += may_post - places[member_id].posts
        places[member_id].posts = may_post
    await session.flush()


async def _readers(session: Session, thread: Thread, member_ids: Collection[UUID]) -> frozenset[UUID]:
    if thread.kind in rules.TELLS_ONLY_MENTIONED:
        return await minors_of(session, member_ids)
    return frozenset()
