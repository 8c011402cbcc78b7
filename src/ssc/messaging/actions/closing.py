"""Closing threads that features own, and opening them again: a line in the thread says who did."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging.actions import lines
from ssc.messaging.models import Thread
from ssc.people.models import Member


async def close(session: Session, thread_id: UUID, by: UUID, note: str = "") -> None:
    """Nobody writes in it from the commit on; `note` says why. Twice is once: the first note stays."""
    thread = await lines.hold(session, thread_id)
    if thread.closed_at is None:
        thread.closed_at, thread.closed_note = clock.now(), note
        await _tell(session, thread, "closed", by)


async def reopen(session: Session, thread_id: UUID, by: UUID) -> None:
    """Who wrote there writes again. Twice is once."""
    thread = await lines.hold(session, thread_id)
    if thread.closed_at is not None:
        thread.closed_at, thread.closed_note = None, ""
        await _tell(session, thread, "opened", by)


async def close_all(session: Session, subjects: Sequence[str], by: UUID, note: str = "") -> None:
    """The threads of these subjects that stand open, in the order in which threads are locked."""
    chosen = select(Thread.id).where(Thread.subject.in_(subjects), Thread.closed_at.is_(None)).order_by(Thread.id)
    for thread_id in (await session.scalars(chosen)).all():
        await close(session, thread_id, by, note)


async def _tell(session: Session, thread: Thread, kind: lines.Told, by: UUID) -> None:
    member = await session.get_one(Member, by)
    await lines.tell(session, thread, kind, about=by, body=member.name)
