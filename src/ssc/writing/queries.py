"""How a text read before, who else is at it, and its pictures. Whether the viewer may know is the page's question."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from ssc.core import clock, ids
from ssc.core.db import Session
from ssc.people.models import Member
from ssc.writing.models import Editing, Picture, PictureTakeDown, PreviewLink, Version
from ssc.writing.rules import SEEN_WITHIN, Line, differences


class Compared(NamedTuple):
    """A version beside the one before it."""

    version: Version
    changes: list[Line]


async def versions_of(session: Session, writing_id: UUID) -> list[tuple[Version, str | None]]:
    """The latest first, each with the name of who wrote it."""
    statement = select(Version, Member.name).outerjoin(Member, Member.id == Version.written_by)
    rows = await session.execute(statement.where(Version.writing_id == writing_id).order_by(Version.rev.desc()))
    return [(version, name) for version, name in rows]


async def compared(session: Session, writing_id: UUID, rev: str) -> Compared | None:
    """The version of this revision, as an address spells it, with what came and went since the one before it."""
    held = [one for one, _name in await versions_of(session, writing_id)]
    found = next((one for one in held if str(one.rev) == rev), None)
    if found is None:
        return None
    before = next((one for one in held if one.rev < found.rev), None)
    return Compared(found, differences(before.body if before else "", found.body))


async def also_editing(session: Session, writing_id: UUID, me: UUID) -> list[str]:
    """The names of the others who have it open at this moment."""
    statement = (
        select(Member.name)
        .join(Editing, Editing.member_id == Member.id)
        .where(Editing.writing_id == writing_id, Editing.member_id != me, Editing.seen_at > clock.now() - SEEN_WITHIN)
        .order_by(Editing.seen_at.desc())
    )
    return list(await session.scalars(statement))


async def typed_by(session: Session, writing_id: UUID, member_id: UUID) -> Editing | None:
    """What she typed and has not saved, if anything."""
    found = await session.get(Editing, (writing_id, member_id), populate_existing=True)
    return found if found is not None and found.typed is not None else None


async def by_preview(session: Session, token: str) -> PreviewLink | None:
    """The link of this token, whether it still holds or not."""
    found: PreviewLink | None = await session.scalar(select(PreviewLink).where(PreviewLink.digest == ids.digest(token)))
    return found


async def picture(session: Session, identity: str) -> Picture | None:
    """None also for one that somebody in it took down."""
    known = ids.parse(identity)
    if known is None:
        return None
    found: Picture | None = await session.scalar(select(Picture).where(Picture.id == known, ~_is_down()))
    return found


async def pictures_of(session: Session, writings: Collection[UUID]) -> list[Picture]:
    """Those of the texts that are to be seen, oldest first."""
    rows = await session.scalars(
        select(Picture).where(Picture.writing_id.in_(writings), ~_is_down()).order_by(Picture.id)
    )
    return list(rows)


async def taken_down(session: Session, writings: Collection[UUID]) -> list[tuple[Picture, PictureTakeDown]]:
    """Of the texts those that somebody in them took down, oldest first: only for who may bring them back."""
    rows = await session.execute(
        select(Picture, PictureTakeDown)
        .join(PictureTakeDown, PictureTakeDown.picture_id == Picture.id)
        .where(Picture.writing_id.in_(writings))
        .order_by(Picture.id)
    )
    return [(picture, taken) for picture, taken in rows]


def _is_down() -> ColumnElement[bool]:
    return exists().where(PictureTakeDown.picture_id == Picture.id)
