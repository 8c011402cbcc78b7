"""What two people have in common, and who sits in a thread: what the rules of contact ask."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import select

from ssc.core import clock, errors
from ssc.core.db import Session
from ssc.messaging.contact import Asked, Sitter
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer


async def asked(session: Session, viewer: Viewer, handles: Sequence[str]) -> list[Asked]:
    """Those to whom the viewer wants to write, each once; 404 for one who is not there for her.

    A block hides nobody here: it is refused like everything else that may not be, so that it cannot be told from it.
    """
    found = [await people.id_of(session, handle) for handle in dict.fromkeys(handles)]
    member_ids = [one for one in dict.fromkeys(found) if one is not None]
    unhidden = replace(viewer, blocked=frozenset())
    reached = await people.reached(session, unhidden, member_ids)
    if None in found or len(reached) < len(member_ids):
        raise errors.not_found()
    return await standing_to(session, viewer, member_ids)


async def standing_to(session: Session, viewer: Viewer, member_ids: Collection[UUID]) -> list[Asked]:
    """How these members stand to the viewer, in the order of their ids."""
    values = {
        "members": list(member_ids),
        "me": viewer.id,
        "mine": list(viewer.exchanges),
        "organisations": await _organisations(session, viewer),
        "today": clock.today_in_japan(),
    }
    rows = await session.rows(_STANDING, values, prepare=True)
    return [
        Asked(
            row.id,
            minor=row.minor,
            staff=row.staff,
            exchanges=frozenset(row.exchanges),
            contact=row.contact,
            known=row.known,
            blocked=row.id in viewer.blocked,
        )
        for row in rows
    ]


async def _organisations(session: Session, viewer: Viewer) -> list[UUID]:
    """Who hosted and who sent the viewer."""
    rows = await session.rows(_ORGANISATIONS, {"mine": list(viewer.exchanges)}, prepare=True)
    return [row.id for row in rows]


async def sitters(session: Session, thread_id: UUID) -> list[Sitter]:
    """Who is in a thread, the invited too: they are to sit there."""
    rows = await session.rows(_SITTERS, {"thread": thread_id, "today": clock.today_in_japan()}, prepare=True)
    return [_sitter(row) for row in rows]


def of_viewer(viewer: Viewer) -> Sitter:
    return Sitter(viewer.id, minor=viewer.is_minor, staff=viewer.is_staff, exchanges=viewer.exchanges)


def _sitter(row: Any) -> Sitter:
    return Sitter(row.id, minor=row.minor, staff=row.staff, exchanges=frozenset(row.exchanges))


async def pair_of(session: Session, one_id: UUID, other_id: UUID) -> UUID | None:
    """The direct thread of two members."""
    low, high = sorted((one_id, other_id))
    rows = await session.rows(_PAIR, {"low": low, "high": high}, prepare=True)
    return rows[0].thread_id if rows else None


_PERSON: LiteralString = """
    m.id, m.contact, m.adult_from > %(today)s AS minor,
    EXISTS (
        SELECT FROM role r
        WHERE r.member_id = m.id AND r.role = 'staff' AND r.starts_on <= %(today)s
            AND (r.ends_on IS NULL OR r.ends_on >= %(today)s)
    ) AS staff,
    ARRAY(SELECT p.exchange_id FROM participation p WHERE p.member_id = m.id) AS exchanges
"""
_ORGANISATIONS: LiteralString = """
SELECT e.host_id AS id FROM exchange e WHERE e.id = ANY(%(mine)s::uuid[]) AND e.host_id IS NOT NULL
UNION SELECT s.organisation_id FROM exchange_sending s WHERE s.exchange_id = ANY(%(mine)s::uuid[])
"""
_KNOWN_TO: LiteralString = """, EXISTS (
        SELECT FROM participation p JOIN exchange e ON e.id = p.exchange_id
        WHERE p.member_id = m.id AND (
            e.id = ANY(%(mine)s::uuid[])
            OR e.host_id = ANY(%(organisations)s::uuid[])
            OR EXISTS (
                SELECT FROM exchange_sending s
                WHERE s.exchange_id = e.id AND s.organisation_id = ANY(%(organisations)s::uuid[])
            )
        )
    ) OR EXISTS (
        SELECT FROM thread_member a
        JOIN thread_member b ON b.thread_id = a.thread_id AND b.member_id = m.id AND b.left_at IS NULL AND b.posts
        JOIN thread t ON t.id = a.thread_id AND t.subject IS NOT NULL
        WHERE a.member_id = %(me)s AND a.left_at IS NULL AND a.posts
    ) AS known
FROM member m WHERE m.id = ANY(%(members)s::uuid[]) ORDER BY m.id
"""
_STANDING: LiteralString = "SELECT" + _PERSON + _KNOWN_TO
_SITTERS: LiteralString = (
    "SELECT"
    + _PERSON
    + "FROM thread_member tm JOIN member m ON m.id = tm.member_id "
    + "WHERE tm.thread_id = %(thread)s AND tm.left_at IS NULL ORDER BY m.id"
)
_PAIR: LiteralString = "SELECT thread_id FROM direct_pair WHERE low_id = %(low)s AND high_id = %(high)s"


async def minors_of(session: Session, member_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these are under age."""
    of_age = Member.adult_from <= clock.today_in_japan()
    return frozenset(await session.scalars(select(Member.id).where(Member.id.in_(member_ids), ~of_age)))


async def groups_with_minors(session: Session) -> list[UUID]:
    """Groups in which somebody is under age: there another may just have come of age."""
    rows = await session.rows(_WITH_MINORS, {"today": clock.today_in_japan()})
    return [row.id for row in rows]


async def rooms_of_the_grown(session: Session) -> list[UUID]:
    """Chapters, topics and events that somebody only reads who is of age by now; but for what announces."""
    rows = await session.rows(_GROWN, {"today": clock.today_in_japan()})
    return [row.id for row in rows]


_WITH_MINORS: LiteralString = """
SELECT DISTINCT t.id FROM thread t
JOIN thread_member tm ON tm.thread_id = t.id AND tm.left_at IS NULL
JOIN member m ON m.id = tm.member_id AND m.adult_from > %(today)s
WHERE t.kind = 'group' ORDER BY t.id
"""
_GROWN: LiteralString = """
SELECT DISTINCT t.id FROM thread t
JOIN thread_member tm ON tm.thread_id = t.id AND tm.left_at IS NULL AND NOT tm.posts
JOIN member m ON m.id = tm.member_id AND m.adult_from <= %(today)s
WHERE t.kind IN ('chapter', 'topic', 'event') AND NOT t.announces ORDER BY t.id
"""
