"""Great rooms: who sits in the threads of chapters and groups, for thousands at once and without a line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import LiteralString, NamedTuple
from uuid import UUID

from ssc.core import clock
from ssc.core import live as delivery
from ssc.core.db import Session
from ssc.messaging import encoding
from ssc.messaging.live import channel_of
from ssc.messaging.telling import withdraw
from ssc.people import queries as people


class Seat(NamedTuple):
    """That a member sits in a thread. `posts`: she writes there too, instead of reading only."""

    thread_id: UUID
    member_id: UUID
    posts: bool


async def reseat(session: Session, seats: Sequence[Seat], leaving: Sequence[tuple[UUID, UUID]] = ()) -> None:
    """These members sit in these threads from now on, those of `leaving` (thread, member) no longer.

    Five statements, whatever their number, and one more for each thread that somebody left; who sat there already keeps
    what she has read, muted and drafted. Whoever asks has seen to it that minors do not write.
    """
    threads = sorted({seat.thread_id for seat in seats} | {thread for thread, _member in leaving})
    if not threads:
        return
    await session.rows(_LOCK, {"threads": threads})
    now = clock.now()
    if seats:
        columns = tuple(map(list, zip(*sorted(set(seats)), strict=True)))
        await session.change(_SEAT, dict(zip(("threads", "members", "posts"), columns, strict=True)) | {"now": now})
    gone = []
    if leaving:
        left_threads, left = map(list, zip(*sorted(set(leaving)), strict=True))
        gone = await session.rows(_UNSEAT, {"threads": left_threads, "members": left, "now": now})
    await recount(session, threads)
    for seat in seats:
        delivery.admit(session, seat.member_id, channel_of(seat.thread_id))
    parted = defaultdict[UUID, list[UUID]](list)
    for row in gone:
        parted[row.thread_id].append(row.member_id)
    for thread_id in sorted(parted):
        await withdraw(session, thread_id, parted[thread_id])
    for row in gone:
        frame = encoding.frame("thread", thread={"id": str(row.thread_id), "left": True})
        delivery.dismiss(session, row.member_id, channel_of(row.thread_id), frame)


async def recount(session: Session, thread_ids: Iterable[UUID]) -> None:
    """How many count: who writes; where a thread announces, every adult. Not who is shut out, whose seat waits."""
    values = {"threads": list(thread_ids), "today": clock.today_in_japan(), "now": clock.now()}
    await session.change(_COUNT, values)


async def recount_of(session: Session, member_ids: Sequence[UUID]) -> None:
    """The same for all threads of features in which these sit: somebody was shut out, or let in again."""
    rows = await session.rows(_ROOMS, {"members": list(member_ids)})
    if rows:
        threads = [row.id for row in rows]
        await session.rows(_LOCK, {"threads": threads})
        await recount(session, threads)


_ROOMS: LiteralString = """
SELECT DISTINCT t.id FROM thread t JOIN thread_member tm ON tm.thread_id = t.id AND tm.left_at IS NULL
WHERE t.subject IS NOT NULL AND tm.member_id = ANY(%(members)s::uuid[])
"""
_LOCK: LiteralString = "SELECT id FROM thread WHERE id = ANY(%(threads)s) ORDER BY id FOR NO KEY UPDATE"
_SEAT: LiteralString = """
INSERT INTO thread_member AS tm (thread_id, member_id, joined_at, joined_seq, posts, read_seq, draft)
SELECT g.thread_id, g.member_id, %(now)s, t.last_seq, g.posts, t.last_seq, ''
FROM unnest(%(threads)s::uuid[], %(members)s::uuid[], %(posts)s::boolean[]) AS g (thread_id, member_id, posts)
JOIN thread t ON t.id = g.thread_id
ON CONFLICT (thread_id, member_id) DO UPDATE SET
    posts = excluded.posts, request = NULL, left_at = NULL,
    joined_at = CASE WHEN tm.left_at IS NULL THEN tm.joined_at ELSE excluded.joined_at END,
    joined_seq = CASE WHEN tm.left_at IS NULL THEN tm.joined_seq ELSE excluded.joined_seq END,
    read_seq = CASE WHEN tm.left_at IS NULL THEN tm.read_seq ELSE excluded.read_seq END
"""
_UNSEAT: LiteralString = """
UPDATE thread_member tm SET left_at = %(now)s, draft = '', muted_until = NULL, archived_at = NULL
FROM unnest(%(threads)s::uuid[], %(members)s::uuid[]) AS g (thread_id, member_id)
WHERE tm.thread_id = g.thread_id AND tm.member_id = g.member_id AND tm.left_at IS NULL
RETURNING tm.thread_id, tm.member_id
"""
_COUNT: LiteralString = f"""
UPDATE thread t SET member_count = (
    SELECT count(*) FROM thread_member tm JOIN member m ON m.id = tm.member_id
    WHERE tm.thread_id = t.id AND tm.left_at IS NULL AND tm.request IS NULL
        AND (tm.posts OR (t.announces AND m.adult_from <= %(today)s))
        AND NOT {people.SHUT_OUT}
)
WHERE t.id = ANY(%(threads)s)
"""  # noqa: S608  # our own words only
