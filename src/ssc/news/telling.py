"""Whom an item concerns: members are told in parts, each its own transaction's worth."""

from typing import LiteralString
from uuid import UUID

from ssc.core.db import Session
from ssc.news.models import NewsItem
from ssc.news.notices import BY_KIND, OF_COUNTRY, subject_of
from ssc.notifications.actions import Telling, tell_each
from ssc.writing.models import Writing

_PART = 1000


async def tell_part(session: Session, item: NewsItem, after: UUID | None) -> UUID | None:
    """Tells the next thousand after this member; answers the last of them, or None when there are no more.

    An item for some countries concerns those who are from there or live there, one for all concerns all. Of an item
    in several languages each member is told once, in her own where it is there.
    """
    title = (await session.get_one(Writing, item.writing_id)).title
    values = {"after": after, "part": _PART, "countries": item.countries}
    rows = await session.rows(_CONCERNED, {**values, "original": item.original, "item": item.id})
    kind = OF_COUNTRY if item.countries else BY_KIND[item.kind]
    subject, url = subject_of(item), f"/news/{item.slug}"
    await tell_each(session, [Telling(row.id, kind, subject, url, {"title": title}) for row in rows if row.told])
    return rows[-1].id if len(rows) == _PART else None


_CONCERNED: LiteralString = """
SELECT m.id, NOT EXISTS (
    SELECT FROM news_item o JOIN writing w ON w.id = o.writing_id JOIN news_item mine ON mine.id = %(item)s
    JOIN writing own ON own.id = mine.writing_id
    JOIN news_publication p ON p.item_id = o.id AND p.withdrawn_at IS NULL AND p.approved_at IS NOT NULL
        AND p.at <= now()
    WHERE o.original = %(original)s AND o.id <> %(item)s AND own.lang <> m.language
        AND (w.lang = m.language OR o.id < mine.id)
) AS told
FROM member m
WHERE m.joined_at IS NOT NULL AND NOT m.deceased AND (%(after)s::uuid IS NULL OR m.id > %(after)s::uuid)
    AND (cardinality(%(countries)s::text[]) = 0 OR m.country = ANY (%(countries)s::text[])
        OR m.lives_in = ANY (%(countries)s::text[]))
ORDER BY m.id LIMIT %(part)s
"""
