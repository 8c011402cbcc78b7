"""Words in one's own threads, in any script: found by an index, then looked at once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from pydantic import AwareDatetime, TypeAdapter

from ssc.core import ids
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice, encode
from ssc.messaging import words
from ssc.messaging.queries.messages import Read, these
from ssc.people import queries as people
from ssc.people.viewer import Viewer

_SAID = TypeAdapter(tuple[AwareDatetime, UUID, int])
_AT_ONCE = 200
_ROUNDS = 5
"""So many times candidates are looked at before a page is given out that is not full."""


@dataclass(frozen=True)
class Sought:
    """What is looked for: words, and where told in one thread or from one author."""

    q: str
    thread: str | None = None
    author: str | None = None


async def messages_with(session: Session, viewer: Viewer, sought: Sought, part: Slice) -> Cut[Read]:
    """Messages that hold all these words, the latest first.

    Only what the viewer may read: never what is deleted or withheld, nor what was written before she joined where
    that is closed to her. A thread or an author that is not there for her finds nothing, like words that nobody said.
    """
    terms = words.terms(sought.q)
    threads = await _threads(session, viewer, sought.thread)
    author_id = await _author(session, viewer, sought.author)
    if not terms or not threads or (sought.author is not None and author_id is None):
        _position(part)
        return Cut([], None)
    values = {
        "words": _query(terms, threads),
        "threads": list(threads),
        "above": list(threads.values()),
        "author": author_id,
        "blocked": list(viewer.blocked),
    }
    return await _page(session, values, words.recheck(sought.q), part)


async def _page(session: Session, values: dict[str, Any], holds: Callable[[str], bool], part: Slice) -> Cut[Read]:
    found: list[Any] = []
    after = _position(part)
    for _round in range(_ROUNDS):
        asked = {**values, "at": after[0], "after_thread": after[1], "after_seq": after[2], "limit": _AT_ONCE}
        # Planned anew each time: how rare the words are decides how they are best found.
        rows = await session.rows(_FOUND, asked, prepare=False)
        found += [row for row in rows if holds(row.body)]
        if len(rows) < _AT_ONCE or len(found) > part.limit:
            cut = part.cut(found[: part.limit + 1], _place)
            return Cut(await _read(session, cut.rows), cut.next)
        after = (rows[-1].created_at, rows[-1].thread_id, rows[-1].seq)
    return Cut(await _read(session, found), encode((after[0].isoformat(), str(after[1]), after[2]), part.key))


async def _read(session: Session, rows: Sequence[Any]) -> list[Read]:
    read = {
        (one.shape["thread_id"], one.seq): one for one in await these(session, [(r.thread_id, r.seq) for r in rows])
    }
    places = [(str(row.thread_id), row.seq) for row in rows]
    return [read[place] for place in places if place in read]


def _place(row: Any) -> tuple[str, str, int]:
    return row.created_at.isoformat(), str(row.thread_id), row.seq


def _position(part: Slice) -> tuple[Any, UUID | None, int | None]:
    return part.place(_SAID) or (None, None, None)


async def _threads(session: Session, viewer: Viewer, wanted: str | None) -> dict[UUID, int]:
    """The viewer's threads, or the one that is wanted, each with the `seq` above which she reads."""
    rows = await session.rows(_THREADS, {"me": viewer.id}, prepare=True)
    return {row.thread_id: row.above for row in rows if wanted is None or row.thread_id == ids.parse(wanted)}


async def _author(session: Session, viewer: Viewer, handle: str | None) -> UUID | None:
    member_id = await people.id_of(session, handle) if handle else None
    return None if member_id in viewer.blocked else member_id


def _query(terms: Sequence[words.Term], threads: dict[UUID, int]) -> str:
    """As a tsquery is written. Terms are letters and digits with their marks: there is no syntax in them."""
    wanted = [f"'{term.lexeme}'{':*' if term.begins else ''}" for term in terms]
    within = " | ".join(f"'{words.of_thread(one)}'" for one in threads)
    return " & ".join([*wanted, f"({within})"])


_THREADS: LiteralString = """
SELECT tm.thread_id, CASE WHEN t.history = 'since-joining' THEN tm.joined_seq ELSE 0 END AS above
FROM thread_member tm JOIN thread t ON t.id = tm.thread_id
WHERE tm.member_id = %(me)s AND tm.left_at IS NULL AND (t.kind = 'direct' OR tm.request IS NULL)
"""
# First what the index finds: else each of many threads might be read through.
_FOUND: LiteralString = """
WITH hit AS MATERIALIZED (
    SELECT thread_id, seq, author_id, created_at, body FROM message
    WHERE tokens @@ %(words)s::tsquery AND kind = 'text' AND deleted_at IS NULL
)
SELECT hit.thread_id, hit.seq, hit.created_at, hit.body
FROM hit
JOIN unnest(%(threads)s::uuid[], %(above)s::bigint[]) AS own (thread_id, above)
    ON own.thread_id = hit.thread_id AND hit.seq > own.above
WHERE (hit.author_id IS NULL OR hit.author_id <> ALL(%(blocked)s::uuid[]))
    AND (%(author)s::uuid IS NULL OR hit.author_id = %(author)s::uuid)
    AND (
        %(at)s::timestamptz IS NULL
        OR (hit.created_at, hit.thread_id, hit.seq)
            < (%(at)s::timestamptz, %(after_thread)s::uuid, %(after_seq)s::bigint)
    )
ORDER BY hit.created_at DESC, hit.thread_id DESC, hit.seq DESC
LIMIT %(limit)s
"""
