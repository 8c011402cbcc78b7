"""Conversations of a community, as the viewer has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select

from ssc.communities.conversations.models import Conversation
from ssc.communities.queries.seats import Seating, country_of, seat_of
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.people import queries as people
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer


@dataclass(frozen=True)
class Community:
    """A chapter or a topic group as a place of conversations, for this viewer.

    `key` is the subject of the thread in which it announces; who sits there belongs, who writes there leads.
    """

    key: str
    kind: str
    url: str
    title: str
    announcements: UUID
    seat: Seating
    open: bool
    by_office: bool

    @property
    def belongs(self) -> bool:
        return self.seat.seated or self.by_office

    @property
    def leads(self) -> bool:
        return self.open and (self.seat.posts or self.by_office)


@dataclass(frozen=True)
class Talk:
    """A conversation with its thread; `following`: the viewer is in it."""

    id: UUID
    title: str
    author_id: UUID | None
    created_at: datetime
    thread_id: UUID
    messages: int
    members: int
    last_message_at: datetime
    following: bool
    muted: bool
    closed: bool
    closed_note: str
    author: MemberInShort | None = None


async def community_of(session: Session, viewer: Viewer, key: str) -> Community | None:
    """The community of this key; None where nobody sits yet, and for a recovered account within its 72 hours."""
    if viewer.limited:
        return None
    seat = await seat_of(session, viewer, key)
    if seat is None:
        return None
    country = country_of(key)
    by_office = viewer.is_staff
    if country is not None:
        return Community(key, "chapter", f"/chapters/{country}", seat.title, seat.thread_id, seat, True, by_office)
    rows = await session.rows(_GROUP, {"key": key}, prepare=True)
    if not rows:
        return None
    url = f"/groups/{rows[0].slug}"
    return Community(key, "topic", url, seat.title, seat.thread_id, seat, rows[0].open, by_office)


async def conversations_of(session: Session, viewer: Viewer, key: str, part: Slice) -> Cut[Talk]:
    """The latest opened first."""
    after = part.dated
    values = {
        "key": key,
        "me": viewer.id,
        "now": clock.now(),
        "limit": part.limit + 1,
        "blocked": list(viewer.blocked),
        "after_at": after[0] if after else None,
        "after_id": after[1] if after else None,
    }
    rows = await session.rows(_CONVERSATIONS, values, prepare=False)
    cut = part.cut(rows, lambda row: (row.created_at.isoformat(), str(row.id)))
    return Cut(await _with_authors(session, viewer, cut.rows), cut.next)


async def talk_of(session: Session, viewer: Viewer, conversation: Conversation) -> Talk:
    """A conversation that stands, as the viewer has it."""
    values = {"conversation": conversation.id, "me": viewer.id, "now": clock.now()}
    rows = await session.rows(_CONVERSATION, values, prepare=True)
    (found,) = await _with_authors(session, viewer, rows)
    return found


async def conversation_of(
    session: Session, viewer: Viewer, conversation_id: UUID
) -> tuple[Conversation, Community] | None:
    """With its community, if the viewer belongs there."""
    found = await session.get(Conversation, conversation_id, populate_existing=True)
    if found is None or found.removed_at is not None:
        return None
    community = await community_of(session, viewer, found.community)
    return (found, community) if community is not None and community.belongs else None


async def subjects_of(session: Session, key: str) -> list[str]:
    """For what the threads of a community's conversations are owned."""
    rows = await session.scalars(select(Conversation).where(Conversation.community == key))
    return [one.subject for one in rows]


async def _with_authors(session: Session, viewer: Viewer, rows: Sequence[Any]) -> list[Talk]:
    ids_ = list(dict.fromkeys(row.author_id for row in rows if row.author_id))
    shown = {one.id: one.member.in_short for one in await people.reached(session, viewer, ids_)}
    return [Talk(**row._asdict(), author=shown.get(row.author_id)) for row in rows]


_GROUP: LiteralString = """
SELECT slug, closed_at IS NULL AS open FROM topic_group WHERE approved AND 'group:' || id = %(key)s
"""
_TALK: LiteralString = """
SELECT c.id, c.title, c.author_id, c.created_at, t.id AS thread_id, t.last_seq::int AS messages,
    t.member_count AS members, t.last_message_at, tm.member_id IS NOT NULL AS following,
    coalesce(tm.muted_until > %(now)s, false) AS muted, t.closed_at IS NOT NULL AS closed, t.closed_note
FROM conversation c
JOIN thread t ON t.subject = 'conversation:' || c.id
LEFT JOIN thread_member tm ON tm.thread_id = t.id AND tm.member_id = %(me)s AND tm.left_at IS NULL
"""
_CONVERSATION: LiteralString = _TALK + "WHERE c.id = %(conversation)s"
_CONVERSATIONS: LiteralString = (
    _TALK
    + """
WHERE c.community = %(key)s AND c.removed_at IS NULL
    AND (tm.member_id IS NOT NULL OR NOT coalesce(c.author_id = ANY(%(blocked)s::uuid[]), false))
    AND (%(after_at)s::timestamptz IS NULL OR (c.created_at, c.id) < (%(after_at)s::timestamptz, %(after_id)s::uuid))
ORDER BY c.created_at DESC, c.id DESC LIMIT %(limit)s
"""
)
