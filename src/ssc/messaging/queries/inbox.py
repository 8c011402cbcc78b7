"""A member's threads as her inbox has them: counted, titled and with their last message, in two statements."""

from collections.abc import Collection, Sequence
from typing import Any, Literal, LiteralString, NamedTuple
from uuid import UUID

from ssc.core import clock, errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.paging import Cut, Slice
from ssc.messaging.queries.messages import these
from ssc.people.viewer import Viewer

Filter = Literal["all", "unread", "direct", "group", "requests", "muted", "archived"]
Shape = dict[str, Any]
"""`thread_shapes.Thread` as JSON."""


class Heard(NamedTuple):
    """A thread as somebody hears it live."""

    id: UUID
    rev: int
    above: int | None
    """She reads the messages above this `seq`; None: none yet, being only invited."""
    shown: bool
    """Whether she may know of it: not before something is said in it."""
    shape: Shape

    @property
    def channel(self) -> str:
        return f"thread:{self.id}"


async def threads_of(session: Session, viewer: Viewer, wanted: Filter, part: Slice) -> Cut[Shape]:
    """The viewer's threads, where something was written last first."""
    at, thread = part.dated or (None, None)
    values = {**_of(viewer), "at": at, "after": thread, "limit": part.limit + 1}
    rows = await session.rows(_PAGES[wanted], values, prepare=True)
    cut = part.cut(rows, lambda row: (row.last_message_at.isoformat(), str(row.id)))
    return Cut(await _shapes(session, viewer, cut.rows), cut.next)


async def every_thread_of(session: Session, viewer: Viewer, thread_ids: Sequence[UUID] | None = None) -> list[Shape]:
    """All of the viewer's threads, or those of these that she is in; the latest first."""
    values = {**_of(viewer), "ids": None if thread_ids is None else list(thread_ids)}
    return await _shapes(session, viewer, await session.rows(_EVERY, values, prepare=True))


async def heard_by(session: Session, viewer: Viewer, thread_ids: Sequence[UUID] | None = None) -> list[Heard]:
    """All of the viewer's threads, or those of these, as she hears them live; the latest first. None while limited."""
    if viewer.limited:
        return []
    values = {**_of(viewer), "ids": None if thread_ids is None else list(thread_ids)}
    rows = await session.rows(_HEARD, values, prepare=True)
    shapes = await _shapes(session, viewer, rows)
    return [
        Heard(row.id, row.rev, None if row.invited else row.above, row.shown, shape)
        for row, shape in zip(rows, shapes, strict=True)
    ]


async def ids_of(session: Session, viewer: Viewer) -> list[UUID]:
    """The threads that she reads, whether or not the inbox shows them yet; none while she is limited."""
    if viewer.limited:
        return []
    return [row.thread_id for row in await session.rows(_IDS, {"me": viewer.id}, prepare=True)]


async def revs_of(session: Session, thread_ids: Collection[UUID]) -> dict[UUID, int]:
    """How far threads have come, whoever asks."""
    rows = await session.rows(_REVS, {"ids": list(thread_ids)}, prepare=True) if thread_ids else []
    return {row.id: row.rev for row in rows}


async def thread_of_viewer(session: Session, viewer: Viewer, thread_id: UUID) -> Shape:
    """One of the viewer's threads; 404 where she is not in it."""
    found = await every_thread_of(session, viewer, [thread_id])
    if not found:
        raise errors.not_found()
    return found[0]


def _of(viewer: Viewer) -> dict[str, Any]:
    return {"me": viewer.id, "silent": [viewer.id, *viewer.blocked], "now": clock.now()}


async def _shapes(session: Session, viewer: Viewer, rows: Sequence[Any]) -> list[Shape]:
    """With the last message that the viewer may read."""
    keys = [(row.id, row.last_seq) for row in rows if row.last_seq > row.above]
    last = {read.shape["thread_id"]: read.seen_by(viewer.blocked) for read in await these(session, keys)}
    return [_shape(row, viewer, last.get(str(row.id))) for row in rows]


def _shape(row: Any, viewer: Viewer, last: Shape | None) -> Shape:
    return {
        "id": str(row.id),
        "kind": row.kind,
        "title": _title(row, viewer),
        "members": row.member_count,
        "last_seq": row.last_seq,
        "rev": row.rev,
        "read_seq": row.read_seq,
        "unread": row.unread,
        "mentions": row.mentions,
        "muted_until": clock.rfc3339(row.muted_until) if row.muted_until and row.muted_until > clock.now() else None,
        "archived": row.archived,
        "request": "incoming" if row.request == "declined" else row.request,
        "last_message": last,
        "other": row.other if row.other_id not in viewer.blocked else None,
        "owner": row.owner if row.owner_id not in viewer.blocked else None,
        "history": row.history,
        "posts": row.posts,
        "closed": row.closed,
        "draft": row.draft,
    }


def _title(row: Any, viewer: Viewer) -> str:
    """A direct thread bears the other's name, unless one of the two does not want to be known to the other."""
    if row.kind != "direct":
        return str(row.title)
    if row.other_id is None:
        return _("Former member")
    return _("Name withheld") if row.other_id in viewer.blocked else str(row.other_name)


# `above`: what the viewer may read begins there; an invited one reads nothing yet.
_ROWS: LiteralString = """
SELECT
    t.id, t.kind, t.title, t.history, t.last_seq, t.rev, t.member_count, t.last_message_at,
    t.closed_at IS NOT NULL AS closed, owner.id AS owner_id, owner.handle AS owner,
    tm.request, tm.posts, tm.read_seq, tm.muted_until, tm.draft,
    tm.archived_at IS NOT NULL AND tm.archived_at >= t.last_message_at AS archived,
    other.id AS other_id, other.name AS other_name, other.handle AS other,
    t.kind <> 'direct' OR t.last_seq > 0 OR t.owner_id = tm.member_id AS shown,
    t.kind <> 'direct' AND tm.request IS NOT NULL AS invited,
    reading.above, coalesce(unread.n, 0) AS unread, coalesce(mentions.n, 0) AS mentions
FROM thread_member tm
JOIN thread t ON t.id = tm.thread_id
LEFT JOIN member owner ON t.kind = 'group' AND owner.id = t.owner_id
LEFT JOIN direct_pair pair ON t.kind = 'direct' AND pair.thread_id = t.id
LEFT JOIN member other ON other.id = CASE WHEN pair.low_id = %(me)s THEN pair.high_id ELSE pair.low_id END
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN t.kind <> 'direct' AND tm.request IS NOT NULL THEN t.last_seq
        WHEN t.history = 'since-joining' THEN tm.joined_seq
        ELSE 0
    END AS above
) reading
LEFT JOIN LATERAL (
    SELECT count(*) AS n FROM (
        SELECT FROM message m
        WHERE m.thread_id = t.id AND m.seq > greatest(tm.read_seq, reading.above)
            AND m.kind = 'text' AND m.deleted_at IS NULL
            AND (m.author_id IS NULL OR m.author_id <> ALL(%(silent)s::uuid[]))
        LIMIT 1000
    ) counted
) unread ON t.last_seq > tm.read_seq
LEFT JOIN LATERAL (
    SELECT count(*) AS n FROM mention n
    JOIN message m ON m.thread_id = n.thread_id AND m.seq = n.seq
    WHERE n.member_id = tm.member_id AND n.thread_id = t.id AND n.seq > greatest(tm.read_seq, reading.above)
        AND (m.author_id IS NULL OR m.author_id <> ALL(%(silent)s::uuid[]))
) mentions ON t.last_seq > tm.read_seq
WHERE tm.member_id = %(me)s AND tm.left_at IS NULL
"""
# Nobody learns that somebody opened a thread with her until something is said in it, or forgets whom she declined.
_SHOWN: LiteralString = (
    " AND (t.kind <> 'direct' OR t.last_seq > 0 OR t.owner_id = tm.member_id)"
    " AND tm.request IS DISTINCT FROM 'declined' "
)
_ARCHIVED: LiteralString = "tm.archived_at IS NOT NULL AND tm.archived_at >= t.last_message_at"
_KEPT: LiteralString = f" AND NOT ({_ARCHIVED}) "
_FILTERS: dict[Filter, LiteralString] = {
    "all": _KEPT,
    "unread": _KEPT + " AND unread.n > 0 ",
    "direct": _KEPT + " AND t.kind = 'direct' ",
    "group": _KEPT + " AND t.kind = 'group' ",
    "requests": " AND tm.request = 'incoming' ",
    "muted": " AND tm.muted_until > %(now)s ",
    "archived": f" AND {_ARCHIVED} ",
}
_ORDER: LiteralString = " ORDER BY t.last_message_at DESC, t.id DESC "
_AFTER: LiteralString = (
    " AND (%(at)s::timestamptz IS NULL OR (t.last_message_at, t.id) < (%(at)s::timestamptz, %(after)s::uuid)) "
)
_PAGES: dict[Filter, LiteralString] = {
    name: _ROWS + _SHOWN + condition + _AFTER + _ORDER + " LIMIT %(limit)s" for name, condition in _FILTERS.items()
}
_EVERY: LiteralString = (
    _ROWS
    + " AND (%(ids)s::uuid[] IS NOT NULL OR (TRUE"
    + _SHOWN
    + ")) AND (%(ids)s::uuid[] IS NULL OR t.id = ANY(%(ids)s::uuid[])) "
    + _ORDER
)
_HEARD: LiteralString = (
    _ROWS
    + " AND tm.request IS DISTINCT FROM 'declined' AND (%(ids)s::uuid[] IS NULL OR t.id = ANY(%(ids)s::uuid[])) "
    + _ORDER
)
_IDS: LiteralString = """
SELECT tm.thread_id FROM thread_member tm JOIN thread t ON t.id = tm.thread_id
WHERE tm.member_id = %(me)s AND tm.left_at IS NULL
    AND (tm.request IS NULL OR (t.kind = 'direct' AND tm.request <> 'declined'))
"""
_REVS: LiteralString = "SELECT id, rev FROM thread WHERE id = ANY(%(ids)s::uuid[])"
