"""Who sits in the threads of chapters, topic groups and their conversations, and in the coordinators' room."""

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString
from uuid import UUID

from ssc.communities.queries.seats import COORDINATORS, chapter_subject, country_of
from ssc.core import clock
from ssc.core.db import Session
from ssc.messaging.actions.owned import open_owned
from ssc.messaging.actions.seating import Seat, reseat
from ssc.people.queries import SHUT_OUT
from ssc.places import countries

_ROOM_TITLE = "Coordinators · コーディネーター"


async def settle(session: Session, member_ids: Iterable[UUID] | None = None) -> None:
    """Everybody of these members (None: of all) sits where she belongs, and nowhere else.

    In a chapter's thread are who comes from there or lives there, and its coordinators; coordinators and the
    secretariat write in it. In a group's are its members; its owner and the secretariat write. Conversations keep those
    who follow them and still belong. Minors read. Call it at the end of whatever changes a country, an office or
    a place in a group. Who is shut out keeps her seat, and gets no new one. Statements are the same for one member and
    for ten thousand.
    """
    await session.flush()
    chosen = None if member_ids is None else sorted(set(member_ids))
    rows = await _apart(session, chosen)
    missing = {row.subject for row in rows if row.stays and row.thread_id is None}
    if missing:
        for subject in sorted(missing):
            await _open(session, subject)
        rows = await _apart(session, chosen)
    await reseat(
        session,
        [Seat(row.thread_id, row.member_id, row.posts) for row in rows if row.stays],
        [(row.thread_id, row.member_id) for row in rows if not row.stays],
    )


async def open_chapter(session: Session, country: str) -> UUID:
    """The thread of a chapter's announcements."""
    title = " · ".join(dict.fromkeys(countries.name(country, language) for language in ("en", "ja")))
    return await open_owned(session, "chapter", chapter_subject(country), title, announces=True)


async def _open(session: Session, subject: str) -> None:
    if subject == COORDINATORS:
        await open_owned(session, "chapter", COORDINATORS, _ROOM_TITLE)
    elif (country := country_of(subject)) is not None:
        await open_chapter(session, country)
    else:
        for row in await session.rows(_GROUP, {"subject": subject}):
            await open_owned(session, "topic", subject, row.title, announces=True)


async def _apart(session: Session, member_ids: Sequence[UUID] | None) -> Sequence[Any]:
    values = {"members": member_ids, "today": clock.today_in_japan(), "now": clock.now(), "room": COORDINATORS}
    return await session.rows(_APART, values, prepare=False)


_GROUP: LiteralString = "SELECT title FROM topic_group WHERE 'group:' || id = %(subject)s"
# What should be (wanted) beside what is (held): the rows in which the two differ.
_APART: LiteralString = f"""
WITH person AS MATERIALIZED (
    SELECT m.id, m.country, m.lives_in, m.adult_from <= %(today)s AS adult, {SHUT_OUT} AS shut_out
    FROM member m
    WHERE m.joined_at IS NOT NULL AND NOT m.deceased
        AND (%(members)s::uuid[] IS NULL OR m.id = ANY(%(members)s::uuid[]))
), office AS MATERIALIZED (
    SELECT r.member_id, r.role, r.country FROM role r
    WHERE r.role IN ('coordinator', 'staff') AND r.starts_on <= %(today)s
        AND (r.ends_on IS NULL OR r.ends_on >= %(today)s)
), held AS MATERIALIZED (
    SELECT t.subject, tm.member_id, tm.posts
    FROM thread t JOIN thread_member tm ON tm.thread_id = t.id AND tm.left_at IS NULL
    WHERE t.kind IN ('chapter', 'topic') AND t.subject IS NOT NULL
        AND (%(members)s::uuid[] IS NULL OR tm.member_id = ANY(%(members)s::uuid[]))
), belongs AS (
    SELECT p.id, p.country, p.adult FROM person p
    UNION SELECT p.id, p.lives_in, p.adult FROM person p WHERE p.lives_in IS NOT NULL
    UNION SELECT p.id, o.country, p.adult FROM person p JOIN office o ON o.member_id = p.id AND o.role = 'coordinator'
    UNION SELECT p.id, substr(h.subject, 9), p.adult
    FROM held h JOIN person p ON p.id = h.member_id JOIN office o ON o.member_id = p.id AND o.role = 'staff'
    WHERE h.subject LIKE 'chapter:%%'
), community AS MATERIALIZED (
    SELECT 'chapter:' || b.country AS subject, b.id AS member_id, b.adult AND EXISTS (
        SELECT FROM office o WHERE o.member_id = b.id AND (o.role = 'staff' OR o.country = b.country)
    ) AS posts
    FROM belongs b
    UNION ALL
    SELECT 'group:' || g.id, p.id, p.adult AND (g.owner_id = p.id OR EXISTS (
        SELECT FROM office o WHERE o.member_id = p.id AND o.role = 'staff'
    ))
    FROM topic_group g
    JOIN group_place gp ON gp.group_id = g.id AND gp.joined_at IS NOT NULL
    JOIN person p ON p.id = gp.member_id
    WHERE g.approved
    UNION ALL
    SELECT DISTINCT %(room)s, p.id, true FROM office o JOIN person p ON p.id = o.member_id AND p.adult
), wanted AS (
    SELECT * FROM community
    UNION ALL
    SELECT h.subject, p.id, p.adult
    FROM held h
    JOIN conversation c ON h.subject = 'conversation:' || c.id AND c.removed_at IS NULL
    JOIN person p ON p.id = h.member_id
    WHERE EXISTS (SELECT FROM community w WHERE w.subject = c.community AND w.member_id = p.id)
        OR EXISTS (SELECT FROM office o WHERE o.member_id = p.id AND o.role = 'staff')
)
SELECT coalesce(w.subject, h.subject) AS subject, t.id AS thread_id, coalesce(w.member_id, h.member_id) AS member_id,
    w.posts, w.subject IS NOT NULL AS stays
FROM wanted w
FULL JOIN held h ON h.subject = w.subject AND h.member_id = w.member_id
LEFT JOIN thread t ON t.subject = coalesce(w.subject, h.subject)
WHERE w.subject IS NULL OR w.posts <> h.posts
    OR h.subject IS NULL AND EXISTS (SELECT FROM person p WHERE p.id = w.member_id AND NOT p.shut_out)
"""  # noqa: S608  both are ours
