"""A cohort's photos as far as the reader may see them. What was taken down is nobody's to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from ssc.communities.albums.models import AlbumPhoto, AlbumTakeDown
from ssc.communities.albums.rules import is_of
from ssc.communities.albums.shapes import Shown
from ssc.communities.hosting import queries as hosting
from ssc.communities.queries.exchanges import exchange_of
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.moderation.models import Report
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange

GLANCE = 6


@dataclass(frozen=True)
class Glance:
    """The latest photos, and how many there are."""

    photos: Sequence[AlbumPhoto]
    total: int


async def may_look(session: Session, viewer: Viewer, exchange_id: UUID) -> bool:
    """Whether the photos are for her: who took part, who acts for the hosts, and staff, who watch over them."""
    return is_of(viewer, exchange_id) or viewer.is_staff or await acts_for_hosts(session, viewer, exchange_id)


async def may_add(session: Session, viewer: Viewer, exchange_id: UUID) -> bool:
    """Whether she may put photos in: not who merely looks after albums."""
    return is_of(viewer, exchange_id) or await acts_for_hosts(session, viewer, exchange_id)


async def acts_for_hosts(session: Session, viewer: Viewer, exchange_id: UUID) -> bool:
    """Whether she has its hosts' rights though she was not there; never where somebody under 18 took part."""
    if not await hosting.looks_after(session, viewer, exchange_id):
        return False
    return not await hosting.has_minors(session, exchange_id, viewer.today)


async def album_of(session: Session, viewer: Viewer, code: str) -> Exchange | None:
    """The exchange, if the viewer may look into its album."""
    found = await exchange_of(session, code)
    if found is None or not await may_look(session, viewer, found.id):
        return None
    return found


_PLACE = TypeAdapter(tuple[UUID, int, UUID])


async def photos(session: Session, exchange_id: UUID, part: Slice) -> Cut[AlbumPhoto]:
    """The latest batch first, each in the order in which its photos were chosen."""
    statement = _in_order(_standing(exchange_id)).limit(part.limit + 1)
    if (after := part.place(_PLACE)) is not None:
        statement = statement.where(_after(*after))
    rows = (await session.scalars(statement)).all()
    return part.cut(rows, lambda photo: (str(photo.batch), photo.place, str(photo.id)))


async def shown(session: Session, viewer: Viewer, found: Sequence[AlbumPhoto]) -> list[Shown]:
    """With their uploaders."""
    uploaders = list(dict.fromkeys(photo.member_id for photo in found))
    known = {one.id: one.member.in_short for one in await people.reached(session, viewer, uploaders)}
    return [Shown(photo, known.get(photo.member_id)) for photo in found]


async def photo_of(session: Session, viewer: Viewer, photo_id: UUID) -> AlbumPhoto | None:
    """The photo, if it stands and is for her; also for a moderator while a report of it waits."""
    photo: AlbumPhoto | None = await session.scalar(select(AlbumPhoto).where(AlbumPhoto.id == photo_id, ~_is_down()))
    if photo is None:
        return None
    if await may_look(session, viewer, photo.exchange_id) or await _is_judged_by(session, viewer, photo):
        return photo
    return None


async def neighbours(session: Session, photo: AlbumPhoto) -> tuple[UUID | None, UUID | None]:
    """The photos that stand before and after it."""
    standing = _standing(photo.exchange_id).with_only_columns(AlbumPhoto.id)
    place = photo.batch, photo.place, photo.id
    later = await session.scalar(_in_order(standing).where(_after(*place)).limit(1))
    earlier = await session.scalar(
        standing.where(_before(*place))
        .order_by(AlbumPhoto.batch, AlbumPhoto.place.desc(), AlbumPhoto.id.desc())
        .limit(1)
    )
    return earlier, later


async def glance(session: Session, exchange_id: UUID) -> Glance:
    """For the exchange's own page: ask before who looks."""
    found = list(await session.scalars(_in_order(_standing(exchange_id)).limit(GLANCE)))
    if len(found) < GLANCE:
        return Glance(found, len(found))
    return Glance(found, await count(session, exchange_id))


async def count(session: Session, exchange_id: UUID) -> int:
    """How many photos the album holds, those taken down too."""
    return await session.scalar(select(func.count()).where(AlbumPhoto.exchange_id == exchange_id)) or 0


async def undescribed(session: Session, viewer: Viewer, exchange_id: UUID) -> list[AlbumPhoto]:
    """Her own that have no caption yet, those brought last first."""
    mine = _standing(exchange_id).where(AlbumPhoto.member_id == viewer.id, AlbumPhoto.caption == "")
    return list(await session.scalars(_in_order(mine).limit(24)))


async def taken_down(session: Session, viewer: Viewer, exchange_id: UUID) -> list[tuple[UUID, Any]]:
    """Which the viewer can bring back, and when they were taken down: hers; all for staff."""
    statement = (
        select(AlbumPhoto.id, AlbumTakeDown.taken_at)
        .join(AlbumTakeDown, AlbumTakeDown.photo_id == AlbumPhoto.id)
        .where(AlbumPhoto.exchange_id == exchange_id)
        .order_by(AlbumTakeDown.taken_at.desc(), AlbumPhoto.id)
    )
    if not viewer.is_staff:
        statement = statement.where(AlbumTakeDown.member_id == viewer.id)
    return [(identity, at) for identity, at in await session.execute(statement.limit(100))]


async def take_down_of(session: Session, viewer: Viewer, photo_id: UUID) -> tuple[AlbumPhoto, AlbumTakeDown] | None:
    """A photo that is down, with who took it down, if the viewer may look into its album."""
    row = (
        await session.execute(
            select(AlbumPhoto, AlbumTakeDown)
            .join(AlbumTakeDown, AlbumTakeDown.photo_id == AlbumPhoto.id)
            .where(AlbumPhoto.id == photo_id)
        )
    ).first()
    if row is None or not await may_look(session, viewer, row[0].exchange_id):
        return None
    return row[0], row[1]


async def _is_judged_by(session: Session, viewer: Viewer, photo: AlbumPhoto) -> bool:
    """Moderators see what they have to decide about, and nothing else of the album."""
    if not viewer.is_moderator:
        return False
    waiting = exists().where(
        Report.target_type == "photo", Report.target_id == str(photo.id), Report.decided_at.is_(None)
    )
    return bool(await session.scalar(select(waiting)))


def _standing(exchange_id: UUID) -> Select[AlbumPhoto]:
    return select(AlbumPhoto).where(AlbumPhoto.exchange_id == exchange_id, ~_is_down())


def _is_down() -> ColumnElement[bool]:
    return exists().where(AlbumTakeDown.photo_id == AlbumPhoto.id)


def _in_order(statement: Select[Any]) -> Select[Any]:
    return statement.order_by(AlbumPhoto.batch.desc(), AlbumPhoto.place, AlbumPhoto.id)


def _after(batch: UUID, place: int, identity: UUID) -> ColumnElement[bool]:
    same = and_(AlbumPhoto.batch == batch, tuple_(AlbumPhoto.place, AlbumPhoto.id) > tuple_(place, identity))
    return or_(AlbumPhoto.batch < batch, same)


def _before(batch: UUID, place: int, identity: UUID) -> ColumnElement[bool]:
    same = and_(AlbumPhoto.batch == batch, tuple_(AlbumPhoto.place, AlbumPhoto.id) < tuple_(place, identity))
    return or_(AlbumPhoto.batch > batch, same)
