"""A cohort's album for programs, and its photos as files."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from ssc.accounts.loaders import SignedIn
from ssc.communities.albums import actions, queries
from ssc.communities.albums.access import DownedPhoto, OwnAlbum, SeenPhoto, count_take_down, count_upload
from ssc.communities.albums.files import NAMES, blob_of
from ssc.communities.albums.forms import Caption, PhotoPlace, PhotoWords, Place
from ssc.communities.albums.shapes import Photo, TakenDown
from ssc.core import errors, ids
from ssc.core.i18n import _
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Exchanges"])
file_router = APIRouter(include_in_schema=False)

_HEADERS = {
    # Kept by the reader's browser alone, and asked for anew each time: the photo may be down, or she may have left.
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie, Authorization",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
}
_UNKEPT = "private, no-store"


@router.get("/exchanges/{code}/album", responses=problems(401, 404, 422), summary="A cohort's album")
async def album(
    exchange: OwnAlbum, viewer: SignedIn, part: Paging, session: Transaction, response: Response
) -> Page[Photo]:
    """Its photos, the latest upload first, each in the order in which it was chosen. For those who took part, and
    staff; 404 for everybody else."""
    response.headers["Cache-Control"] = _UNKEPT
    cut = await queries.photos(session, exchange.id, part)
    items = [Photo.of(viewer, one) for one in await queries.shown(session, viewer, cut.rows)]
    return Page[Photo](items=items, next=cut.next)


@router.post(
    "/exchanges/{code}/album",
    status_code=201,
    max_body_size=api.UPLOAD_LIMIT,
    responses={
        **problems(401, 403, 404, 409, 413, 415, 422, 429),
        200: {"model": Photo, "description": "Stored before"},
    },
    summary="Put a photo into the album",
)
async def add(
    exchange: OwnAlbum,
    viewer: SignedIn,
    process: Running,
    session: Transaction,
    response: Response,
    file: Annotated[UploadFile, File()],
    caption: Annotated[Caption, Form(description="What it shows, also for who does not see it.")] = "",
    batch: Annotated[str, Form(description="A UUIDv7 of these days, the same for all that is brought together.")] = "",
    place: Annotated[Place, Form(description="Its place in the batch; sent again it is stored once (200).")] = 0,
) -> Photo:
    """A JPEG, PNG or WebP of at most 10 MiB and 40 megapixels, kept in our sizes without metadata, never as it came.
    60 uploads an hour, 200 photos a day, 500 in an album. The cohort hears of it."""
    await count_upload(process, viewer)
    where = PhotoPlace(batch=_batch(batch), place=place)
    words = PhotoWords(caption=caption)
    made, new = await actions.add_photo(session, process.blobs, viewer, exchange, await file.read(), where, words)
    await actions.tell_of(session, viewer, exchange, int(new))
    response.status_code = 201 if new else 200
    response.headers["Cache-Control"] = _UNKEPT
    (shown,) = await queries.shown(session, viewer, [made])
    return Photo.of(viewer, shown)


@router.get("/exchanges/{code}/album/{identity}", responses=problems(401, 404), summary="A photo")
async def photo(found: SeenPhoto, viewer: SignedIn, session: Transaction, response: Response) -> Photo:
    """404 also as soon as it is taken down."""
    response.headers["Cache-Control"] = _UNKEPT
    (shown,) = await queries.shown(session, viewer, [found.photo])
    return Photo.of(viewer, shown)


@router.patch("/exchanges/{code}/album/{identity}", responses=problems(401, 403, 404, 422), summary="Describe a photo")
async def describe(
    found: SeenPhoto, body: PhotoWords, viewer: SignedIn, session: Transaction, response: Response
) -> Photo:
    """By who uploaded it."""
    response.headers["Cache-Control"] = _UNKEPT
    await actions.describe(session, viewer, found.photo, body)
    (shown,) = await queries.shown(session, viewer, [found.photo])
    return Photo.of(viewer, shown)


@router.delete(
    "/exchanges/{code}/album/{identity}", status_code=204, responses=problems(401, 403, 404), summary="Delete a photo"
)
async def remove(found: SeenPhoto, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    """By who uploaded it, and by staff. Its files are deleted."""
    await actions.remove(session, process.blobs, viewer, found.exchange, found.photo)
    return Response(status_code=204)


@router.post(
    "/exchanges/{code}/album/{identity}/take-down",
    status_code=204,
    responses=problems(401, 404, 429),
    summary="Take down a photo one is in",
)
async def take_down(found: SeenPhoto, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    """At once and for everybody, its addresses included. Its uploader is told so, and not who asked. After 30 days it
    is deleted. A hundred a day."""
    await count_take_down(process, viewer)
    await actions.take_down(session, viewer, found.exchange, found.photo)
    return Response(status_code=204)


@router.get("/exchanges/{code}/taken-down", responses=problems(401, 404), summary="Photos one can bring back")
async def list_taken_down(
    exchange: OwnAlbum, viewer: SignedIn, session: Transaction, response: Response
) -> Page[TakenDown]:
    """Those of the album that the reader took down, the latest first; for staff all."""
    response.headers["Cache-Control"] = _UNKEPT
    rows = await queries.taken_down(session, viewer, exchange.id)
    return Page[TakenDown](items=[TakenDown(id=identity, taken_at=at) for identity, at in rows], next=None)


@router.delete(
    "/exchanges/{code}/album/{identity}/take-down",
    status_code=204,
    responses=problems(401, 404),
    summary="Bring a photo back",
)
async def bring_back(found: DownedPhoto, viewer: SignedIn, session: Transaction) -> Response:
    """By who took it down, and by staff; 404 for everybody else."""
    photo, taken = found
    await actions.bring_back(session, viewer, photo, taken)
    return Response(status_code=204)


@file_router.get("/files/albums/{identity}/{name}")
async def file(
    request: Request, identity: str, name: str, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    """A size of a photo, to who may see it at this moment."""
    photo_id, size = ids.parse(identity), NAMES.get(name)
    found = await queries.photo_of(session, viewer, photo_id) if photo_id and size else None
    if found is None or size is None:
        raise errors.not_found()
    headers = {**_HEADERS, "ETag": f'"{found.id}-{size}"'}
    if etags.is_known(request, headers["ETag"]):
        return Response(None, 304, headers)
    content = await process.blobs.get(blob_of(found.id, size))
    if content is None:
        raise errors.not_found()
    return Response(content, 200, headers, "image/webp")


def _batch(given: str) -> UUID | None:
    found = ids.parse(given) if given else None
    if given and found is None:
        raise errors.invalid(("batch", _("This is not a batch of these days.")))
    return found


routers = (router, file_router)
