"""The topic groups of an exchange's fields, and what goes on in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import func, select

from ssc.communities.groups.models import TopicGroup
from ssc.communities.groups.queries import Seen, seen_groups
from ssc.core import clock
from ssc.core.db import Session
from ssc.events.models import Event
from ssc.events.queries import events
from ssc.people.viewer import Viewer

MOST = 5
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class FieldGroup:
    """A group, how many conversations were opened there lately, the latest of them (its id and title, for the group's
    members), and the next event that speaks of its field."""

    seen: Seen
    opened_lately: int = 0
    latest: tuple[UUID, str] | None = None
    event: Event | None = None


async def groups_of_fields(session: Session, viewer: Viewer | None, fields: Sequence[str]) -> list[FieldGroup]:
    """Those that stand open, with most members first; none for visitors. Four statements, however many there are."""
    if viewer is None or not fields:
        return []
    standing = (TopicGroup.approved.is_(True), TopicGroup.closed_at.is_(None))
    chosen = select(TopicGroup).where(*standing, func.lower(TopicGroup.field).in_([one.lower() for one in fields]))
    rows = (await session.scalars(chosen.order_by(func.lower(TopicGroup.title), TopicGroup.id))).all()
    found = sorted(await seen_groups(session, viewer, rows), key=lambda one: -one.members)[:MOST]
    if not found:
        return []
    talks = await _talks(session, viewer, [one.group.subject for one in found])
    coming = await events.next_about(session, viewer, {one.group.field for one in found}, most=1)
    return [_told(one, talks.get(one.group.subject), coming[one.group.field]) for one in found]


def _told(seen: Seen, talks: Any, coming: Sequence[Event]) -> FieldGroup:
    event = next(iter(coming), None)
    if talks is None:
        return FieldGroup(seen, event=event)
    latest = (talks.latest_id, talks.latest) if seen.membership == "member" else None
    return FieldGroup(seen, talks.lately, latest, event)


async def _talks(session: Session, viewer: Viewer, subjects: Sequence[str]) -> dict[str, Any]:
    values = {"subjects": list(subjects), "since": clock.now() - LATELY, "blocked": list(viewer.blocked)}
    return {row.community: row for row in await session.rows(_TALKS, values, prepare=True)}


_TALKS: LiteralString = """
SELECT c.community, (count(*) FILTER (WHERE c.created_at > %(since)s))::int AS lately,
    (array_agg(c.id ORDER BY c.created_at DESC, c.id DESC))[1] AS latest_id,
    (array_agg(c.title ORDER BY c.created_at DESC, c.id DESC))[1] AS latest
FROM conversation c
WHERE c.community = ANY(%(subjects)s) AND c.removed_at IS NULL
    AND NOT coalesce(c.author_id = ANY(%(blocked)s::uuid[]), false)
GROUP BY c.community
"""
