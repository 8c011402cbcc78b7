"""A thread held for a change of its people or its name, and the line that tells of it."""

from typing import Literal
from uuid import UUID

from ssc.core import clock, ids
from ssc.core import live as delivery
from ssc.core.db import Session
from ssc.messaging import encoding, live
from ssc.messaging.actions.holding import lexemes
from ssc.messaging.models import Message, Thread, ThreadMember
from ssc.messaging.queries.messages import message
from ssc.messaging.telling import withdraw

Told = Literal["joined", "left", "renamed", "closed", "opened"]

_IN_TURN = {"key_share": True}


async def hold(session: Session, thread_id: UUID) -> Thread:
    """Locks the thread until the commit: all its changes come one after another."""
    return await session.get_one(Thread, thread_id, with_for_update=_IN_TURN, populate_existing=True)


async def tell(
    session: Session,
    thread: Thread,
    kind: Told,
    *,
    about: UUID | None = None,
    body: str = "",
) -> None:
    """Writes the line, under the thread's lock. It has a number like a message, and moves no thread up the inbox."""
    thread.last_seq, thread.rev = thread.last_seq + 1, thread.rev + 1
    session.add(
        Message(
            thread_id=thread.id,
            seq=thread.last_seq,
            id=ids.new(),
            rev=thread.rev,
            kind=kind,
            about_id=about,
            body=body,
            html="",
            created_at=clock.now(),
            tokens=lexemes(""),
        )
    )
    await session.flush()
    read = await message(session, thread.id, thread.last_seq)
    assert read is not None
    live.publish(session, read)


async def enter(session: Session, thread: Thread, member_id: UUID, *, line: bool = True) -> ThreadMember:
    """Puts a member into a thread that is held, or back; with all before her read. Tells so, unless it is the start."""
    place = await _place(session, thread, member_id)
    place.joined_at, place.joined_seq, place.left_at, place.request = clock.now(), thread.last_seq, None, None
    place.posts = True
    thread.member_count += 1
    if line:
        await tell(session, thread, "joined", about=member_id)
    place.read_seq = thread.last_seq
    delivery.admit(session, member_id, thread.channel)
    return place


async def invite(session: Session, thread: Thread, member_id: UUID) -> ThreadMember:
    """Asks a member in: she reads nothing, and is not counted, until she accepts."""
    place = await _place(session, thread, member_id)
    place.joined_at, place.joined_seq, place.left_at, place.request = clock.now(), thread.last_seq, None, "incoming"
    place.read_seq = thread.last_seq
    await session.flush()
    delivery.admit(session, member_id, thread.channel)
    return place


async def go(session: Session, thread: Thread, place: ThreadMember, *, line: bool = True) -> None:
    """Takes a member out of a thread that is held; from the commit on she hears nothing more of it, by mail neither."""
    was_in = place.request is None and place.posts
    place.left_at, place.draft, place.muted_until, place.archived_at = clock.now(), "", None, None
    if was_in:
        thread.member_count -= 1
        if line:
            await tell(session, thread, "left", about=place.member_id)
    await session.flush()
    await withdraw(session, thread.id, [place.member_id])
    frame = encoding.frame("thread", thread={"id": str(thread.id), "left": True})
    delivery.dismiss(session, place.member_id, thread.channel, frame)


async def _place(session: Session, thread: Thread, member_id: UUID) -> ThreadMember:
    found = await session.get(ThreadMember, (thread.id, member_id), populate_existing=True)
    if found is None:
        found = ThreadMember(thread_id=thread.id, member_id=member_id, posts=True)
        session.add(found)
    return found
