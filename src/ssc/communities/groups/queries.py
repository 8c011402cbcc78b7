"""Topic groups as a viewer sees them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_

from ssc.communities.groups import rules
from ssc.communities.groups.forms import GroupFilters
from ssc.communities.groups.models import GroupPlace, TopicGroup
from ssc.communities.groups.shapes import Standing
from ssc.core import clock, text
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.events.models import Event
from ssc.events.queries import events
from ssc.people import queries as people
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer

_ESCAPED = str.maketrans({"%": r"\%", "_": r"\_", "\\": "\\\\"})
MOST_EVENTS = 5


@dataclass(frozen=True)
class Seen:
    """A group, how many adults are in it, and how the viewer stands to it."""

    group: TopicGroup
    members: int = 0
    membership: Standing = "none"
    owner: MemberInShort | None = None
    upcoming: Sequence[Event] = field(default=())


async def groups(session: Session, viewer: Viewer, filters: GroupFilters, part: Slice) -> Cut[Seen]:
    """By title. Closed ones only among the viewer's own."""
    statement = select(TopicGroup).where(*_narrowing(viewer, filters)).limit(part.limit + 1)
    key = tuple_(func.lower(TopicGroup.title), TopicGroup.id)
    if (after := part.named) is not None:
        statement = statement.where(key > tuple_(*after))
    statement = statement.order_by(func.lower(TopicGroup.title), TopicGroup.id)
    rows = (await session.scalars(statement.execution_options(populate_existing=True))).all()
    cut = part.cut(rows, lambda group: (group.title.lower(), str(group.id)))
    return Cut(await seen_groups(session, viewer, cut.rows), cut.next)


async def group_of(session: Session, viewer: Viewer, slug: str, *, lock: bool = False) -> Seen | None:
    """The group of this slug if the viewer may know of it; `lock`: it is hers to change until the transaction ends."""
    if not slug.isprintable() or len(slug) > 80:
        return None
    statement = select(TopicGroup).where(TopicGroup.slug == slug).execution_options(populate_existing=True)
    group = await session.scalar(statement.with_for_update() if lock else statement)
    if group is None or not rules.may_see(viewer, group):
        return None
    (found,) = await seen_groups(session, viewer, [group])
    owners = await people.in_short(session, viewer, [group.owner_id]) if group.owner_id else []
    return Seen(group, found.members, found.membership, owners[0] if owners else None)


async def upcoming(session: Session, viewer: Viewer, group: TopicGroup) -> list[Event]:
    """Events to come that speak of the group's field."""
    return (await events.next_about(session, viewer, [group.field], MOST_EVENTS))[group.field]


async def proposed(session: Session) -> list[TopicGroup]:
    """What moderators have to decide on, the longest-waiting first."""
    waiting = TopicGroup.approved.is_(None), TopicGroup.closed_at.is_(None)
    rows = await session.scalars(select(TopicGroup).where(*waiting).order_by(TopicGroup.created_at, TopicGroup.id))
    return list(rows)


async def waiting_of(session: Session, member_id: UUID) -> int:
    """How many proposals of hers nobody has decided on."""
    waiting = TopicGroup.approved.is_(None), TopicGroup.closed_at.is_(None), TopicGroup.owner_id == member_id
    return await session.scalar(select(func.count()).where(*waiting)) or 0


async def requests(
    session: Session, viewer: Viewer, group: TopicGroup, part: Slice
) -> Cut[tuple[MemberInShort, GroupPlace]]:
    """Who has asked to be in it, the longest-waiting first."""
    position = tuple_(GroupPlace.created_at, GroupPlace.member_id)
    asked = select(GroupPlace).where(GroupPlace.group_id == group.id, GroupPlace.joined_at.is_(None))
    if (after := part.dated) is not None:
        asked = asked.where(position > tuple_(*after))
    asked = asked.order_by(GroupPlace.created_at, GroupPlace.member_id).limit(part.limit + 1)
    cut = part.cut((await session.scalars(asked)).all(), lambda row: (row.created_at.isoformat(), str(row.member_id)))
    ids_ = [row.member_id for row in cut.rows]
    shown = {one.id: one.member.in_short for one in await people.reached(session, viewer, ids_)}
    return Cut([(shown[row.member_id], row) for row in cut.rows if row.member_id in shown], cut.next)


async def place_of(session: Session, group: TopicGroup, member_id: UUID) -> GroupPlace | None:
    return await session.get(GroupPlace, (group.id, member_id), populate_existing=True)


async def successor_of(session: Session, group: TopicGroup, gone_id: UUID) -> UUID | None:
    """Which adult has been in it for the longest time."""
    values = {"group": group.id, "gone": gone_id, "today": clock.today_in_japan(), "now": clock.now()}
    rows = await session.rows(_SUCCESSOR, values, prepare=True)
    return rows[0].member_id if rows else None


async def fields(session: Session) -> list[str]:
    """The fields of groups that stand open."""
    standing = TopicGroup.approved.is_(True), TopicGroup.closed_at.is_(None)
    return list(await session.scalars(select(TopicGroup.field).where(*standing).distinct().order_by(TopicGroup.field)))


async def seen_groups(session: Session, viewer: Viewer, rows: Sequence[TopicGroup]) -> list[Seen]:
    """These, which the viewer may know of, with how she stands to each."""
    values = {"groups": [one.id for one in rows], "me": viewer.id, "today": clock.today_in_japan(), "now": clock.now()}
    counted = {row.group_id: row for row in await session.rows(_COUNTED, values, prepare=False)} if rows else {}
    return [Seen(one, *_standing(counted.get(one.id))) for one in rows]


def _standing(row: Any) -> tuple[int, Standing]:
    if row is None:
        return 0, "none"
    return row.members, "member" if row.mine else "asked" if row.asked else "none"


def _narrowing(viewer: Viewer, filters: GroupFilters) -> Iterable[ColumnElement[bool]]:
    if filters.mine:
        placed = exists().where(GroupPlace.group_id == TopicGroup.id, GroupPlace.member_id == viewer.id)
        yield or_(TopicGroup.owner_id == viewer.id, TopicGroup.approved & placed)
    else:
        yield TopicGroup.approved.is_(True)
        yield TopicGroup.closed_at.is_(None)
    if filters.field:
        yield func.lower(TopicGroup.field) == filters.field.lower()
    for word in text.plain(filters.q).split():
        yield TopicGroup.search_text.like(f"%{word.translate(_ESCAPED)}%")


_COUNTED: LiteralString = f"""
SELECT gp.group_id,
    (count(*) FILTER (WHERE gp.joined_at IS NOT NULL AND m.adult_from <= %(today)s AND m.joined_at IS NOT NULL
        AND NOT {people.SHUT_OUT}))::int AS members,
    bool_or(gp.member_id = %(me)s AND gp.joined_at IS NOT NULL) AS mine,
    bool_or(gp.member_id = %(me)s AND gp.joined_at IS NULL) AS asked
FROM group_place gp JOIN member m ON m.id = gp.member_id
WHERE gp.group_id = ANY(%(groups)s::uuid[]) GROUP BY gp.group_id
"""  # noqa: S608  # our own words only
_SUCCESSOR: LiteralString = f"""
SELECT gp.member_id FROM group_place gp JOIN member m ON m.id = gp.member_id
WHERE gp.group_id = %(group)s AND gp.member_id <> %(gone)s AND gp.joined_at IS NOT NULL
    AND m.joined_at IS NOT NULL AND NOT m.deceased AND m.adult_from <= %(today)s
    AND NOT {people.SHUT_OUT}
ORDER BY gp.joined_at, gp.member_id LIMIT 1
"""  # noqa: S608  # our own words only
