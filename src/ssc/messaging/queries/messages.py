"""Messages as a reader has them: by number, around a place, or what changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Literal, LiteralString
from uuid import UUID

from sqlalchemy import select

from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging import encoding
from ssc.messaging.models import MessageVersion, Pin
from ssc.messaging.queries.places import Place
from ssc.messaging.rules import reads_above

Where = Literal["latest", "before", "after", "around", "after_rev"]


@dataclass(frozen=True)
class Wanted:
    """Which part of a thread: `latest`, or what stands `before`, `after` or `around` a seq, or changed `after_rev`."""

    limit: int
    where: Where = "latest"
    at: int = 0


@dataclass(frozen=True)
class Read:
    """A message as it was read: for everybody (`shape`), and for one reader."""

    shape: dict[str, Any]
    author_id: UUID | None
    """Who wrote it, or whom the line is about: who has a block towards her gets it withheld."""
    reacted: tuple[tuple[str, str, UUID], ...]
    """Emoji, handle and id."""

    @property
    def seq(self) -> int:
        return int(self.shape["seq"])

    def seen_by(self, blocked: frozenset[UUID]) -> dict[str, Any]:
        """Withheld where there is a block towards its author, and without the reactions of those."""
        if self.author_id in blocked:
            return encoding.withheld(self.shape)
        if not blocked or not any(member in blocked for _emoji, _handle, member in self.reacted):
            return self.shape
        kept = [one for one in self.reacted if one[2] not in blocked]
        return {**self.shape, "reactions": _by_emoji(kept)}


async def messages_of(session: Session, place: Place, wanted: Wanted) -> list[Read]:
    """By `seq` ascending, or by `rev` where that was asked; none of what was written before the reader may read."""
    above = reads_above(place)
    if above is None:
        return []
    values = {"thread": place.id, "above": above, "at": wanted.at, "limit": wanted.limit}
    if wanted.where == "around":
        half = {**values, "limit": (wanted.limit + 1) // 2, "at": wanted.at + 1}
        earlier = await session.rows(_BEFORE, half, prepare=True)
        rows = earlier[::-1] + await session.rows(
            _AFTER, {**values, "limit": wanted.limit - len(earlier)}, prepare=True
        )
    else:
        rows = await session.rows(_STATEMENTS[wanted.where], values, prepare=True)
        if wanted.where in ("latest", "before"):
            rows.reverse()
    return [_read(row) for row in rows]


async def message_of(session: Session, place: Place, seq: int) -> Read | None:
    """One message, if the reader may read it."""
    above = reads_above(place)
    return None if above is None or seq <= above else await message(session, place.id, seq)


async def message(session: Session, thread_id: UUID, seq: int) -> Read | None:
    """One message, whoever asks."""
    found = await these(session, [(thread_id, seq)])
    return found[0] if found else None


async def these(session: Session, keys: list[tuple[UUID, int]]) -> list[Read]:
    """Messages of several threads, e.g. the last of each; in no order, without those that are not there."""
    values = {"threads": [thread for thread, _seq in keys], "seqs": [seq for _thread, seq in keys]}
    return [_read(row) for row in await session.rows(_THESE, values, prepare=True)] if keys else []


async def changed_since(session: Session, thread_id: UUID, rev: int, limit: int) -> list[Read]:
    """What changed after `rev`, ascending by it, whoever asks: for the live order."""
    values = {"thread": thread_id, "above": 0, "at": rev, "limit": limit}
    return [_read(row) for row in await session.rows(_AFTER_REV, values, prepare=True)]


async def missed_in(session: Session, held: Sequence[tuple[UUID, int, int]], limit: int) -> list[Read]:
    """Of several threads what changed after a `rev` each, at most `limit` of each: (thread, rev, read above)."""
    threads, revs, above = ([row[n] for row in held] for n in range(3))
    values = {"threads": threads, "revs": revs, "above": above, "limit": limit}
    return [_read(row) for row in await session.rows(_MISSED, values, prepare=True)] if held else []


def _read(row: Any) -> Read:
    reacted = tuple((emoji, handle, UUID(member)) for emoji, handle, member in row.reactions or ())
    body = row.about or row.body if row.kind in ("joined", "left") else row.body
    shape = {
        "id": str(row.id),
        "thread_id": str(row.thread_id),
        "seq": row.seq,
        "rev": row.rev,
        "client_id": row.client_id,
        "kind": row.kind,
        "author": encoding.author(row.handle, row.name, row.photo),
        "body": body,
        "html": row.html if row.kind == "text" else f"<p>{escape(body, quote=False)}</p>\n",
        "reply_to": row.reply_to,
        "attachments": [encoding.attachment(file) for file in row.files or ()],
        "reactions": _by_emoji(reacted),
        "created_at": clock.rfc3339(row.created_at),
        "edited_at": clock.rfc3339(row.edited_at) if row.edited_at else None,
        "deleted": row.deleted_at is not None,
    }
    if row.pinned:
        shape["pinned"] = True
    return Read(shape, row.author_id or row.about_id, reacted)


def _by_emoji(reacted: tuple[tuple[str, str, UUID], ...] | list[tuple[str, str, UUID]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for emoji, handle, _member in reacted:
        found.setdefault(emoji, []).append(handle)
    return found


_MESSAGE: LiteralString = """
SELECT
    m.id, m.thread_id, m.seq, m.rev, m.client_id, m.kind, m.author_id, m.about_id, m.body, m.html, m.reply_to,
    m.created_at, m.edited_at, m.deleted_at, a.handle, a.name, a.photo, b.name AS about,
    EXISTS (SELECT FROM pin p WHERE p.thread_id = m.thread_id AND p.seq = m.seq) AS pinned,
    (
        SELECT json_agg(json_build_array(r.emoji, x.handle, x.id) ORDER BY r.created_at, x.id)
        FROM reaction r JOIN member x ON x.id = r.member_id
        WHERE r.thread_id = m.thread_id AND r.seq = m.seq
    ) AS reactions,
    (
        SELECT json_agg(json_build_object(
            'id', u.id, 'kind', u.kind, 'name', u.name, 'bytes', u.bytes, 'width', u.width, 'height', u.height
        ) ORDER BY u.position)
        FROM upload u
        WHERE u.thread_id = m.thread_id AND u.seq = m.seq
    ) AS files
FROM message m
LEFT JOIN member a ON a.id = m.author_id
LEFT JOIN member b ON b.id = m.about_id
"""
_OF_THREAD: LiteralString = _MESSAGE + "WHERE m.thread_id = %(thread)s AND m.seq > %(above)s "
_LATEST: LiteralString = _OF_THREAD + "ORDER BY m.seq DESC LIMIT %(limit)s"
_BEFORE: LiteralString = _OF_THREAD + "AND m.seq < %(at)s ORDER BY m.seq DESC LIMIT %(limit)s"
_AFTER: LiteralString = _OF_THREAD + "AND m.seq > %(at)s ORDER BY m.seq LIMIT %(limit)s"
_AFTER_REV: LiteralString = _OF_THREAD + "AND m.rev > %(at)s ORDER BY m.rev LIMIT %(limit)s"
_OF_EACH: LiteralString = _MESSAGE + (
    "WHERE m.thread_id = g.thread_id AND m.rev > g.rev AND m.seq > g.above ORDER BY m.rev LIMIT %(limit)s"
)
_ALL_OF: LiteralString = (
    "unnest(%(threads)s::uuid[], %(revs)s::bigint[], %(above)s::bigint[]) AS g (thread_id, rev, above)"
)
_MISSED: LiteralString = (
    "SELECT f.* FROM " + _ALL_OF + " CROSS JOIN LATERAL (" + _OF_EACH + ") AS f ORDER BY f.thread_id, f.rev"  # noqa: S608  # our own
)
_STATEMENTS = {"latest": _LATEST, "before": _BEFORE, "after": _AFTER, "after_rev": _AFTER_REV}
_THESE: LiteralString = _MESSAGE + (
    "JOIN unnest(%(threads)s::uuid[], %(seqs)s::bigint[]) AS g (thread_id, seq) "
    "ON m.thread_id = g.thread_id AND m.seq = g.seq"
)


async def pinned_in(session: Session, place: Place) -> list[Read]:
    """What is kept in view, the earliest message first."""
    above = reads_above(place)
    if above is None:
        return []
    seqs = await session.scalars(select(Pin.seq).where(Pin.thread_id == place.id, Pin.seq > above).order_by(Pin.seq))
    found = await these(session, [(place.id, seq) for seq in seqs])
    return sorted(found, key=lambda read: read.seq)


async def versions_of(session: Session, place: Place, seq: int) -> list[tuple[str, str, datetime]]:
    """What a message said before, the first first: body, HTML, and since when."""
    rows = await session.execute(
        select(MessageVersion.body, MessageVersion.html, MessageVersion.written_at)
        .where(MessageVersion.thread_id == place.id, MessageVersion.seq == seq)
        .order_by(MessageVersion.version)
    )
    return [(body, html, written_at) for body, html, written_at in rows]
