"""The kinds of notice that messages bring, and what their letters look at once more before they leave."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Quote, Told
from ssc.people.viewer import Viewer

QUOTED = 10
"""So many of the newest messages a letter shows."""


async def _unread(session: Session, viewer: Viewer, subject: str) -> Sequence[Quote] | None:
    return await _look(session, viewer, subject, only_mentions=False)


async def _mentions(session: Session, viewer: Viewer, subject: str) -> Sequence[Quote] | None:
    return await _look(session, viewer, subject, only_mentions=True)


async def _look(session: Session, viewer: Viewer, subject: str, *, only_mentions: bool) -> Sequence[Quote] | None:
    """What is still unread there, the oldest first; None where nothing is: read, deleted, muted or left meanwhile."""
    values = {
        "thread": UUID(subject.removeprefix("thread:")),
        "me": viewer.id,
        "blocked": list(viewer.blocked),
        "only_mentions": only_mentions,
        "now": clock.now(),
        "most": QUOTED,
    }
    rows = await session.rows(_LOOK, values)
    return [Quote(row.name, row.body) for row in reversed(rows)] or None


def _who(told: Told) -> str:
    return told.who or _("Somebody")


def _where(told: Told) -> str:
    return str(told.data.get("title") or _("your conversation"))


def _direct(told: Told) -> str:
    return ngettext("{who} wrote to you", "{n} new messages from {who}", told.count, who=_who(told))


def _activity(told: Told) -> str:
    return ngettext("{who} wrote in {where}", "{n} new in {where}", told.count, who=_who(told), where=_where(told))


def _mention(told: Told) -> str:
    who, where = _who(told), _where(told)
    return ngettext(
        "{who} mentioned you in {where}", "{n} mentions of you in {where}", told.count, who=who, where=where
    )


DIRECT = Kind(
    "direct-message",
    words("Messages to you alone"),
    _direct,
    title=lambda told: _("Messages from {who}", who=_who(told)),
    push=True,
    look=_unread,
    private=True,
)
REQUEST = Kind(
    "message-request",
    words("Requests from people you do not know yet"),
    lambda told: _("{who} would like to write to you", who=_who(told)),
    title=lambda told: _("A request from {who}", who=_who(told)),
    look=_unread,
    private=True,
)
MENTION = Kind(
    "mention",
    words("When somebody mentions you"),
    _mention,
    title=_where,
    push=True,
    look=_mentions,
    private=True,
)
ACTIVITY = Kind(
    "thread-activity",
    words("What is new in your conversations"),
    _activity,
    title=_where,
    digest=True,
    look=_unread,
    private=True,
)
ANNOUNCEMENT = Kind(
    "announcement",
    words("Announcements of your chapters and groups"),
    lambda told: ngettext("An announcement in {where}", "{n} announcements in {where}", told.count, where=_where(told)),
    title=_where,
    look=_unread,
)
KINDS = (DIRECT, REQUEST, MENTION, ACTIVITY, ANNOUNCEMENT)

_LOOK: LiteralString = """
SELECT m.body, coalesce(a.name, '') AS name
FROM thread_member tm
JOIN message m ON m.thread_id = tm.thread_id AND m.seq > greatest(tm.read_seq, tm.joined_seq)
LEFT JOIN member a ON a.id = m.author_id
WHERE tm.thread_id = %(thread)s AND tm.member_id = %(me)s AND tm.left_at IS NULL
    AND coalesce(tm.request, '') <> 'declined'
    AND (%(only_mentions)s OR tm.muted_until IS NULL OR tm.muted_until <= %(now)s)
    AND m.kind = 'text' AND m.deleted_at IS NULL AND m.author_id IS DISTINCT FROM %(me)s
    AND NOT (coalesce(m.author_id = ANY (%(blocked)s::uuid[]), false))
    AND (NOT %(only_mentions)s OR EXISTS (
        SELECT FROM mention n WHERE (n.thread_id, n.seq, n.member_id) = (m.thread_id, m.seq, tm.member_id)
    ))
ORDER BY m.seq DESC LIMIT %(most)s
"""
