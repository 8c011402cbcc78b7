"""The viewer's threads as she has them, all or some: with what is unread, who else is in them, and the last message."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging.queries.messages import these
from ssc.messaging.rules import reads_above
from ssc.people.viewer import Viewer

UNREAD_LIMIT = 1000


@dataclass(frozen=True)
class Overview:
    """A thread of the viewer's."""

    id: UUID
    rev: int
    above: int | None
    """She reads the messages above this `seq`; None: none yet."""
    shape: dict[str, Any]

    @property
    def channel(self) -> str:
        return f"thread:{self.id}"


async def threads_of(session: Session, viewer: Viewer, only: Collection[UUID] | None = None) -> list[Overview]:
    """Latest first; `only`: of these threads those that she is in."""
    values = {
        "viewer": viewer.id,
        "blocked": list(viewer.blocked),
        "only": None if only is None else list(only),
        "limit": UNREAD_LIMIT,
    }
    rows = await session.rows(_THREADS, values, prepare=True)
    last = await _last_messages(session, viewer, rows)
    return [Overview(row.id, row.rev, reads_above(row), _shape(row, last.get(row.id))) for row in rows]


async def ids_of(session: Session, viewer: Viewer) -> list[UUID]:
    """The threads that she hears of live."""
    rows = await session.rows(_IDS, {"viewer": viewer.id}, prepare=True)
    return [row.thread_id for row in rows]


async def revs_of(session: Session, thread_ids: Collection[UUID]) -> dict[UUID, int]:
    """How far threads have come, whoever asks."""
    rows = await session.rows(_REVS, {"only": list(thread_ids)}, prepare=True) if thread_ids else []
    return {row.id: row.rev for row in rows}


async def _last_messages(session: Session, viewer: Viewer, rows: list[Any]) -> dict[UUID, dict[str, Any]]:
    """What she may read of the last messages."""
    readable = [row for row in rows if (above := reads_above(row)) is not None and row.last_seq > above]
    found = await these(session, [(row.id, row.last_seq) for row in readable])
    return {UUID(read.shape["thread_id"]): read.seen_by(viewer.blocked) for read in found}


def _shape(row: Any, last: dict[str, Any] | None) -> dict[str, Any]:
    title = row.title if row.kind != "direct" else row.other or ""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "title": title,
        "members": row.member_count,
        "last_seq": row.last_seq,
        "rev": row.rev,
        "read_seq": row.read_seq,
        "unread": row.unread,
        "mentions": row.mentions,
        "muted_until": clock.rfc3339(row.muted_until) if is_muted(row.muted_until) else None,
        "archived": is_archived(row),
        "request": row.request if row.request in ("incoming", "outgoing") else None,
        "last_message": last,
    }


def is_muted(until: datetime | None) -> bool:
    return until is not None and until > clock.now()


def is_archived(row: Any) -> bool:
    """What is archived comes back with the next message, unless it is muted."""
    if row.archived_at is None:
        return False
    return bool(row.archived_at >= row.last_message_at) or is_muted(row.muted_until)


_REVS: LiteralString = "SELECT id, rev FROM thread WHERE id = ANY(%(only)s::uuid[])"
_IDS: LiteralString = """
SELECT tm.thread_id FROM thread_member tm JOIN thread t ON t.id = tm.thread_id
WHERE tm.member_id = %(viewer)s AND tm.left_at IS NULL
    AND (tm.request IS NULL OR (t.kind = 'direct' AND tm.request <> 'declined'))
"""

# A thread in which all is read costs no look at its messages.
_THREADS: LiteralString = """
SELECT
    t.id, t.kind, t.title, t.owner_id, t.history, t.last_seq, t.rev, t.member_count, t.last_message_at,
    tm.member_id, tm.joined_seq, tm.request, tm.posts, tm.read_seq, tm.muted_until, tm.archived_at,
    o.name AS other,
    CASE WHEN t.last_seq > tm.read_seq AND tm.request IS DISTINCT FROM 'outgoing' THEN (
        SELECT count(*) FROM (
            SELECT FROM message m
            WHERE m.thread_id = t.id AND m.kind = 'text' AND m.deleted_at IS NULL
                AND m.seq > greatest(tm.read_seq, CASE WHEN t.history = 'since-joining' THEN tm.joined_seq ELSE 0 END)
                AND m.author_id IS DISTINCT FROM tm.member_id
                AND (m.author_id IS NULL OR m.author_id <> ALL(%(blocked)s::uuid[]))
            LIMIT %(limit)s
        ) AS unread
    ) ELSE 0 END AS unread,
    CASE WHEN t.last_seq > tm.read_seq THEN (
        SELECT count(*) FROM (
            SELECT FROM mention n
            WHERE n.member_id = tm.member_id AND n.thread_id = t.id AND n.seq > tm.read_seq
            LIMIT %(limit)s
        ) AS mentions
    ) ELSE 0 END AS mentions
FROM thread_member tm
JOIN thread t ON t.id = tm.thread_id
LEFT JOIN direct_pair p ON p.thread_id = t.id
LEFT JOIN member o ON o.id = CASE WHEN p.low_id = tm.member_id THEN p.high_id ELSE p.low_id END
    AND o.id <> ALL(%(blocked)s::uuid[])
WHERE tm.member_id = %(viewer)s AND tm.left_at IS NULL AND tm.request IS DISTINCT FROM 'declined'
    AND (%(only)s::uuid[] IS NULL OR t.id = ANY(%(only)s::uuid[]))
    AND NOT (t.kind = 'direct' AND t.last_seq = 0 AND tm.request IS NOT DISTINCT FROM 'incoming')
ORDER BY t.last_message_at DESC, t.id
"""
