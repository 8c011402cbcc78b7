"""Putting photos into a cohort's album, describing them, taking them down and bringing them back, deleting them."""

from uuid import UUID

from sqlalchemy import delete, select

from ssc.communities.albums import queries
from ssc.communities.albums.files import blob_of, blobs_of, path_of
from ssc.communities.albums.forms import PhotoPlace, PhotoWords
from ssc.communities.albums.models import AlbumPhoto, AlbumTakeDown
from ssc.communities.albums.notices import ALBUM, subject_of
from ssc.communities.albums.rules import (
    KEPT_TAKEN_DOWN,
    MOST_PHOTOS,
    NEWS_FOR,
    SIZES,
    can_change,
    can_delete,
    can_undo,
    is_batch,
)
from ssc.communities.notices import COHORT_NEWS
from ssc.communities.queries import cohorts
from ssc.core import audit, clock, errors, ids, pictures
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.moderation import queries as moderation
from ssc.notifications import actions as notifications
from ssc.notifications.actions import Telling
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange


async def add_photo(
    session: Session,
    blobs: Blobs,
    viewer: Viewer,
    exchange: Exchange,
    content: bytes,
    where: PhotoPlace,
    words: PhotoWords,
) -> tuple[AlbumPhoto, bool]:
    """The photo, and whether it is new: what is sent again to the same place of a batch is stored once.

    413, 415 and 422 for what is no picture of ours, 409 where the album is full, 403 for who looks after it only.
    Tells nobody: `tell_of` does, once for all that came together.
    """
    await _may_add(session, viewer, exchange)
    if where.batch is not None and not is_batch(where.batch):
        raise errors.invalid(("batch", _("This is not a batch of these days.")))
    batch = where.batch or ids.new()
    held = await _at(session, viewer, exchange, batch, where.place)
    if held is not None:
        return held, False
    picture = await pictures.fitted(content, SIZES)
    await session.execute(select(Exchange.id).where(Exchange.id == exchange.id).with_for_update(key_share=True))
    held = await _at(session, viewer, exchange, batch, where.place)
    if held is not None:
        return held, False
    if await queries.count(session, exchange.id) >= MOST_PHOTOS:
        raise errors.conflict(_("The album is full: it has room for {n} photos.", n=MOST_PHOTOS))
    photo = AlbumPhoto(
        id=ids.new(),
        exchange_id=exchange.id,
        member_id=viewer.id,
        batch=batch,
        place=where.place,
        caption=words.caption,
        width=picture.width,
        height=picture.height,
    )
    for size, file in picture.files.items():
        await blobs.put(blob_of(photo.id, size), file)
    session.add(photo)
    await session.flush()
    return photo, True


async def tell_of(session: Session, viewer: Viewer, exchange: Exchange, number: int) -> None:
    """The cohort hears that there are so many new photos; what it has not looked at yet is one notice."""
    if number < 1:
        return
    mates = await cohorts.here(session, exchange.id)
    data = {"exchange": exchange.title or exchange.code, "what": "photos"}
    subject, url = subject_of(exchange), path_of(exchange)
    await notifications.tell_each(
        session, [Telling(mate, COHORT_NEWS, subject, url, data, viewer.id, number) for mate in mates]
    )


async def describe(session: Session, viewer: Viewer, photo: AlbumPhoto, words: PhotoWords) -> None:
    """403 for all but its uploader."""
    if not can_change(viewer, photo):
        raise errors.forbidden(_("Only who uploaded a photo says what it shows."))
    photo.caption = words.caption
    await session.flush()


async def take_down(session: Session, viewer: Viewer, exchange: Exchange, photo: AlbumPhoto) -> None:
    """At once and for everybody, its files' addresses included. Its uploader hears that, not who asked."""
    if not await _hold(session, photo) or await session.get(AlbumTakeDown, photo.id) is not None:
        return  # gone or down already: of two at once one took it down
    session.add(AlbumTakeDown(photo_id=photo.id, member_id=viewer.id))
    audit.write(session, viewer.id, "album.take-down", f"photo:{photo.id}", exchange=exchange.code)
    await _withdraw_news(session, exchange, photo)
    if photo.member_id != viewer.id:
        await notifications.tell(
            session,
            ALBUM,
            [photo.member_id],
            subject=f"album-down:{exchange.id}",
            url=path_of(exchange),
            data={"exchange": exchange.title or exchange.code},
        )
    await session.flush()


async def bring_back(session: Session, viewer: Viewer, photo: AlbumPhoto, taken: AlbumTakeDown) -> None:
    """404 for all but her who took it down, and staff: nobody else learns that it is there."""
    if not can_undo(viewer, taken.member_id):
        raise errors.not_found()
    await session.delete(taken)
    audit.write(session, viewer.id, "album.bring-back", f"photo:{photo.id}")
    await session.flush()


async def remove(session: Session, blobs: Blobs, viewer: Viewer, exchange: Exchange, photo: AlbumPhoto) -> None:
    """Gone with its files. 403 for all but its uploader and staff."""
    if not can_delete(viewer, photo):
        raise errors.forbidden(_("A photo is deleted by who uploaded it. You are in it? Take it down."))
    if not await _hold(session, photo):
        raise errors.not_found()
    await _withdraw_news(session, exchange, photo)
    await drop(session, blobs, photo, by=viewer.id)


async def drop(session: Session, blobs: Blobs, photo: AlbumPhoto, *, by: UUID) -> None:
    """Whoever decided it."""
    if by != photo.member_id:
        audit.write(session, by, "album.delete", f"photo:{photo.id}")
    await session.delete(photo)
    await session.flush()
    _delete_later(session, blobs, [photo.id])


async def sweep(session: Session, blobs: Blobs) -> None:
    """Deletes what has been down for a month: nobody brings it back any more."""
    old = select(AlbumTakeDown.photo_id).where(AlbumTakeDown.taken_at < clock.now() - KEPT_TAKEN_DOWN)
    gone = await session.scalars(delete(AlbumPhoto).where(AlbumPhoto.id.in_(old)).returning(AlbumPhoto.id))
    _delete_later(session, blobs, list(gone))


async def erase(session: Session, blobs: Blobs, member_id: UUID) -> None:
    """All that a member put into albums, with the files."""
    gone = await session.scalars(delete(AlbumPhoto).where(AlbumPhoto.member_id == member_id).returning(AlbumPhoto.id))
    _delete_later(session, blobs, list(gone))


async def _may_add(session: Session, viewer: Viewer, exchange: Exchange) -> None:
    if not await queries.may_add(session, viewer, exchange.id):
        raise errors.forbidden(_("Photos come from those who were there."))
    if await moderation.is_limited(session, viewer.id):
        raise errors.forbidden(_("The moderators have limited what you can bring for now."))


async def _hold(session: Session, photo: AlbumPhoto) -> bool:
    """Whether it is still there; until the end of the transaction nobody else does anything with it."""
    held = select(AlbumPhoto.id).where(AlbumPhoto.id == photo.id).with_for_update()
    return await session.scalar(held) is not None


async def _at(session: Session, viewer: Viewer, exchange: Exchange, batch: UUID, place: int) -> AlbumPhoto | None:
    found: AlbumPhoto | None = await session.scalar(
        select(AlbumPhoto).where(
            AlbumPhoto.exchange_id == exchange.id,
            AlbumPhoto.member_id == viewer.id,
            AlbumPhoto.batch == batch,
            AlbumPhoto.place == place,
        )
    )
    return found


async def _withdraw_news(session: Session, exchange: Exchange, photo: AlbumPhoto) -> None:
    """Who has not looked yet is not called to a photo that is gone; an old one is nobody's news."""
    if photo.created_at > clock.now() - NEWS_FOR:
        await notifications.withdraw(session, subject_of(exchange), only=1)


def _delete_later(session: Session, blobs: Blobs, photo_ids: list[UUID]) -> None:
    """Once it stands that they are gone."""
    if not photo_ids:
        return

    async def delete_files() -> None:
        for photo_id in photo_ids:
            await blobs.delete(*blobs_of(photo_id))

    session.after_commit(delete_files)
