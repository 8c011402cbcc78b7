"""Announcements: everybody in a thread that announces is told, however many they are."""

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString, TypeVar

from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging.kinds import ANNOUNCEMENT
from ssc.messaging.telling import subject_of
from ssc.notifications.actions import Telling, tell_each

T = TypeVar("T")

_PART = 1000
_LOCK = 7_273_661


async def tell_announcements(session: Session) -> None:
    """Tells of what was announced since the last time; one at a time: who comes meanwhile leaves it to the other.

    Not told: the author, who has muted the thread, and who has read it by now.
    """
    ((mine,),) = await session.rows("SELECT pg_try_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
    if not mine:
        return
    for thread in await session.rows(_NEW, {}):
        if thread.fresh:
            await _tell(session, thread)
        await session.change(_TOLD, {"thread": thread.id, "seq": thread.last_seq})


async def _tell(session: Session, thread: Any) -> None:
    values = {"thread": thread.id, "seq": thread.latest, "author": thread.author_id, "now": clock.now()}
    hearers = await session.rows(_HEARERS, values)
    url, data = f"/messages/{thread.id}", {"title": thread.title}
    for part in _parts(hearers):
        await tell_each(
            session,
            [
                Telling(row.member_id, ANNOUNCEMENT, subject_of(thread.id), url, data, thread.author_id, thread.fresh)
                for row in part
            ],
        )


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + _PART] for at in range(0, len(rows), _PART))


_NEW: LiteralString = """
SELECT t.id, t.title, t.last_seq, new.fresh, new.latest, a.author_id
FROM thread t
CROSS JOIN LATERAL (
    SELECT count(*)::int AS fresh, max(m.seq) AS latest FROM message m
    WHERE m.thread_id = t.id AND m.seq > t.announced_seq AND m.seq <= t.last_seq
        AND m.kind = 'text' AND m.deleted_at IS NULL
) AS new
LEFT JOIN message a ON a.thread_id = t.id AND a.seq = new.latest
WHERE t.announces AND t.last_seq > t.announced_seq
ORDER BY t.id
"""
_HEARERS: LiteralString = """
SELECT tm.member_id FROM thread_member tm
WHERE tm.thread_id = %(thread)s AND tm.left_at IS NULL AND tm.request IS NULL AND tm.read_seq < %(seq)s
    AND tm.member_id IS DISTINCT FROM %(author)s AND (tm.muted_until IS NULL OR tm.muted_until <= %(now)s)
ORDER BY tm.member_id
"""
_TOLD: LiteralString = "UPDATE thread SET announced_seq = %(seq)s WHERE id = %(thread)s"
