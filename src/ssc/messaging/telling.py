"""Who is told of what was written: the one place where messaging meets notifications."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, LiteralString
from uuid import UUID

from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging.kinds import ACTIVITY, DIRECT, MENTION, REQUEST
from ssc.notifications import actions as notifications
from ssc.notifications.actions import Telling
from ssc.notifications.kinds import Kind
from ssc.people.viewer import Viewer

SMALL = ("direct", "group", "cohort")
"""Kinds of thread in which everybody is told of everything; in the great rooms only those who are mentioned."""
GREAT = 30
"""Of more members than this any room is a great one: what is new is counted there, and nobody pestered."""


@dataclass(frozen=True)
class Written:
    """A message that has just been stored."""

    thread_id: UUID
    kind: str
    seq: int
    author_id: UUID
    mentioned: tuple[UUID, ...]
    is_request: bool


async def tell_of(session: Session, written: Sequence[Written]) -> None:
    """Notices of messages, in the transaction that stores them: two statements more, however many were stored."""
    heard = [one for one in written if one.kind in SMALL or one.mentioned]
    if not heard:
        return
    rows = await session.rows(_HEARERS, _asked(heard), prepare=True)
    await notifications.tell_each(session, _together(_telling(heard[row.n - 1], row) for row in rows))


async def tell_of_mentions(session: Session, written: Written) -> None:
    """An edit named somebody who was not named before."""
    rows = await session.rows(_HEARERS, _asked([replace(written, kind="")]), prepare=True)
    await notifications.tell_each(session, _together(_telling(written, row) for row in rows if row.mentioned))


async def withdraw(session: Session, thread_id: UUID, member_ids: Sequence[UUID]) -> None:
    """Who has read, or muted, or lost what there was to read need not be told any more."""
    await notifications.withdraw(session, subject_of(thread_id), member_ids)


async def withdraw_message(session: Session, thread_id: UUID, seq: int) -> None:
    """A message was deleted: whoever has nothing else new there need not be told any more."""
    rows = await session.rows(_NOTHING_LEFT, {"thread": thread_id, "seq": seq})
    if rows:
        await withdraw(session, thread_id, [row.member_id for row in rows])


async def notices_unread(session: Session, viewer: Viewer) -> int:
    """For the bell."""
    return viewer.notices_unread


def subject_of(thread_id: UUID) -> str:
    """What notices about a thread are about."""
    return f"thread:{thread_id}"


def _asked(written: Sequence[Written]) -> dict[str, Any]:
    return {
        "now": clock.now(),
        "great": GREAT,
        "threads": [one.thread_id for one in written],
        "authors": [one.author_id for one in written],
        "everybody": [one.kind in SMALL for one in written],
        "mentioned": [" ".join(map(str, one.mentioned)) for one in written],
    }


def _telling(written: Written, row: Any) -> Telling:
    where = {} if row.kind == "direct" else {"title": row.title}
    url = f"/messages/{written.thread_id}"
    return Telling(row.member_id, _kind(row), subject_of(written.thread_id), url, where, written.author_id)


def _kind(row: Any) -> Kind:
    if row.request == "incoming":
        return REQUEST
    if row.kind == "direct":
        return DIRECT
    return MENTION if row.mentioned else ACTIVITY


def _together(tellings: Iterable[Telling]) -> list[Telling]:
    """Several of one kind about one thread are told as one, as done by the last."""
    found: dict[tuple[UUID, str, str], Telling] = {}
    for one in tellings:
        key = (one.member_id, one.kind.name, one.subject)
        found[key] = replace(one, count=found[key].count + 1) if key in found else one
    return list(found.values())


# Who has muted the thread is told only where she herself is mentioned. In the order in which it was written.
_HEARERS: LiteralString = """
SELECT g.n, t.kind, t.title, tm.member_id, tm.request,
    tm.member_id = ANY (string_to_array(g.mentioned, ' ')::uuid[]) AS mentioned
FROM unnest(%(threads)s::uuid[], %(authors)s::uuid[], %(everybody)s::boolean[], %(mentioned)s::text[])
    WITH ORDINALITY AS g (thread_id, author_id, everybody, mentioned, n)
JOIN thread t ON t.id = g.thread_id
JOIN thread_member tm ON tm.thread_id = g.thread_id AND tm.left_at IS NULL AND tm.member_id <> g.author_id
WHERE coalesce(tm.request, 'incoming') = 'incoming' AND tm.posts
    AND ((g.everybody AND t.member_count <= %(great)s AND (tm.muted_until IS NULL OR tm.muted_until <= %(now)s))
        OR tm.member_id = ANY (string_to_array(g.mentioned, ' ')::uuid[]))
ORDER BY g.n
"""
_NOTHING_LEFT: LiteralString = """
SELECT tm.member_id FROM thread_member tm
WHERE tm.thread_id = %(thread)s AND tm.left_at IS NULL AND tm.read_seq < %(seq)s AND NOT EXISTS (
    SELECT FROM message m
    WHERE m.thread_id = tm.thread_id AND m.seq > tm.read_seq AND m.seq <> %(seq)s
        AND m.kind = 'text' AND m.deleted_at IS NULL AND m.author_id IS DISTINCT FROM tm.member_id
)
"""
