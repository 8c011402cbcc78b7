"""For what the threads of communities are owned, and the viewer's own seat in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.viewer import Viewer
from ssc.places import countries

COORDINATORS = "coordinators"
"""The room of all coordinators of all countries, and of the secretariat."""


def chapter_subject(country: str) -> str:
    return f"chapter:{country}"


def country_of(subject: str) -> str | None:
    """Whose chapter's thread is owned for this; None for all others."""
    kind, _colon, country = subject.partition(":")
    return country if kind == "chapter" and countries.exists(country) else None


@dataclass(frozen=True)
class Seating:
    """A thread and how the viewer sits in it: whether at all, whether she writes, whether she has muted it."""

    thread_id: UUID
    title: str
    seated: bool
    posts: bool
    muted: bool


async def seat_of(session: Session, viewer: Viewer, subject: str) -> Seating | None:
    """Of the thread of this subject; None: nobody ever sat there."""
    return (await seats_of(session, viewer, [subject])).get(subject)


async def seats_of(session: Session, viewer: Viewer, subjects: Sequence[str]) -> dict[str, Seating]:
    """Subject → the seat in its thread, of those in which anybody ever sat."""
    rows = await session.rows(_SEATS, {"subjects": list(subjects), "me": viewer.id, "now": clock.now()}, prepare=True)
    return {subject: Seating(*seat) for subject, *seat in rows}


async def page_of(session: Session, subject: str) -> str | None:
    """The address of the page to which the thread of this subject belongs; None: it has none."""
    kind, _colon, key = subject.partition(":")
    if subject == COORDINATORS:
        return "/chapters"
    if kind in ("chapter", "conversation"):
        return f"/{kind}s/{key}"
    rows = await session.rows(_ADDRESSES[kind], {"id": UUID(key)}, prepare=False) if kind in _ADDRESSES else []
    return rows[0].address if rows else None


_ADDRESSES: dict[str, LiteralString] = {
    "exchange": "SELECT '/exchanges/' || code AS address FROM exchange WHERE id = %(id)s",
    "group": "SELECT '/groups/' || slug AS address FROM topic_group WHERE id = %(id)s",
    "event": "SELECT '/events/' || slug AS address FROM event WHERE id = %(id)s",
}
_SEATS: LiteralString = """
SELECT t.subject, t.id, t.title, tm.member_id IS NOT NULL AS seated, coalesce(tm.posts, false) AS posts,
    coalesce(tm.muted_until > %(now)s, false) AS muted
FROM thread t
LEFT JOIN thread_member tm ON tm.thread_id = t.id AND tm.member_id = %(me)s AND tm.left_at IS NULL
WHERE t.subject = ANY(%(subjects)s)
"""
