"""The pages of an album: all photos, one of them, and the words for one's own."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.communities.albums import actions, queries
from ssc.communities.albums.access import DownedPhoto, OwnAlbum, SeenPhoto, count_take_down, count_upload
from ssc.communities.albums.files import addresses_of, path_of
from ssc.communities.albums.forms import PhotoPlace, PhotoWords
from ssc.communities.albums.notices import subject_of
from ssc.communities.albums.rules import MOST_AT_ONCE, can_change, can_delete
from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.core.paging import Slice
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.web import api, forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

HERE = "/exchanges/{code}/album"
FORM_LIMIT = 5 * api.UPLOAD_LIMIT
"""Of a form without scripts; with them each photo is a call of its own."""
Done = Annotated[str, Query(max_length=20)]


@router.get(HERE)
async def album(
    request: Request, exchange: OwnAlbum, viewer: SignedIn, session: Transaction, part: Paging, done: Done = ""
) -> Response:
    viewer = await notifications.seen(session, viewer, subject_of(exchange))
    return await _album(request, session, viewer, exchange, part, forms.blank(), done=done)


@router.post(HERE, max_body_size=FORM_LIMIT)
async def add(
    request: Request, exchange: OwnAlbum, viewer: SignedIn, process: Running, session: Transaction, part: Paging
) -> Response:
    """What is wrong with one file keeps no other from being taken."""
    form = forms.blank()
    taken, batch = 0, ids.new()
    async with request.form(max_files=MOST_AT_ONCE) as submitted:
        files = [one for one in submitted.getlist("file") if isinstance(one, UploadFile) and one.filename]
        for place, file in enumerate(files):
            try:
                async with session.begin_nested():
                    await count_upload(process, viewer)
                    where = PhotoPlace(batch=batch, place=place)
                    content = await file.read()
                    await actions.add_photo(session, process.blobs, viewer, exchange, content, where, PhotoWords())
                taken += 1
            except Problem as refused:
                _explain(form, file.filename or "", refused)
    if not files:
        form.errors["file"] = _("Choose a picture first.")
    await actions.tell_of(session, viewer, exchange, taken)
    if not form.errors:
        return pages.see_other(f"{path_of(exchange)}/captions?done=added")
    return await _album(request, session, viewer, exchange, part, form, taken=taken, status=422)


@router.get(HERE + "/captions")
async def captions(
    request: Request, exchange: OwnAlbum, viewer: SignedIn, session: Transaction, done: Done = ""
) -> Response:
    mine = await queries.undescribed(session, viewer, exchange.id)
    if not mine:
        return pages.see_other(path_of(exchange))
    return _page(request, "captions", viewer, exchange, mine=mine, addresses=addresses_of, done=done)


@router.post(HERE + "/captions")
async def caption_all(request: Request, exchange: OwnAlbum, viewer: SignedIn, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    for photo in await queries.undescribed(session, viewer, exchange.id):
        form = forms.check(PhotoWords, {"caption": str(submitted.get(f"caption-{photo.id}", ""))[:300]})
        if form.data is not None and form.data.caption:
            await actions.describe(session, viewer, photo, form.data)
    return pages.see_other(f"{path_of(exchange)}?done=described")


@router.get(HERE + "/{identity}")
async def photo(
    request: Request, found: SeenPhoto, viewer: SignedIn, session: Transaction, done: Done = ""
) -> Response:
    return await _photo(request, session, viewer, found, forms.blank(caption=found.photo.caption), done=done)


@router.post(HERE + "/{identity}/caption")
async def describe(request: Request, found: SeenPhoto, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, PhotoWords)
    if form.data is None:
        return await _photo(request, session, viewer, found, form, status=422)
    await actions.describe(session, viewer, found.photo, form.data)
    return pages.see_other(f"{path_of(found.exchange)}/{found.photo.id}?done=described")


@router.post(HERE + "/{identity}/take-down")
async def take_down(found: SeenPhoto, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    await count_take_down(process, viewer)
    await actions.take_down(session, viewer, found.exchange, found.photo)
    reads_on = await queries.may_look(session, viewer, found.exchange.id)
    return pages.see_other(f"{path_of(found.exchange)}?done=down" if reads_on else "/")


@router.post(HERE + "/{identity}/bring-back")
async def bring_back(exchange: OwnAlbum, found: DownedPhoto, viewer: SignedIn, session: Transaction) -> Response:
    picture, taken = found
    await actions.bring_back(session, viewer, picture, taken)
    return pages.see_other(f"{path_of(exchange)}?done=back")


@router.post(HERE + "/{identity}/delete")
async def remove(found: SeenPhoto, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    await actions.remove(session, process.blobs, viewer, found.exchange, found.photo)
    return pages.see_other(f"{path_of(found.exchange)}?done=deleted")


async def _album(
    request: Request,
    session: Session,
    viewer: Viewer,
    exchange: Exchange,
    part: Slice,
    form: Form[Any],
    *,
    taken: int = 0,
    done: str = "",
    status: int = 200,
) -> Response:
    cut = await queries.photos(session, exchange.id, part)
    return _page(
        request,
        "album",
        viewer,
        exchange,
        status=status,
        form=form,
        taken=taken,
        done=done,
        photos=await queries.shown(session, viewer, cut.rows),
        down=await queries.taken_down(session, viewer, exchange.id),
        may_add=await queries.may_add(session, viewer, exchange.id),
        addresses=addresses_of,
        batch=ids.new(),
        most=MOST_AT_ONCE,
        next_href=f"{path_of(exchange)}?cursor={cut.next}" if cut.next else "",
        first_href=path_of(exchange) if part.after else "",
    )


async def _photo(
    request: Request,
    session: Session,
    viewer: Viewer,
    found: SeenPhoto,
    form: Form[Any],
    *,
    done: str = "",
    status: int = 200,
) -> Response:
    (shown,) = await queries.shown(session, viewer, [found.photo])
    reads_on = await queries.may_look(session, viewer, found.exchange.id)
    earlier, later = await queries.neighbours(session, found.photo) if reads_on else (None, None)
    return _page(
        request,
        "photo",
        viewer,
        found.exchange,
        status=status,
        form=form,
        done=done,
        photo=found.photo,
        by=shown.by,
        addresses=addresses_of,
        earlier=earlier,
        later=later,
        is_own=can_change(viewer, found.photo),
        may_delete=can_delete(viewer, found.photo),
    )


def _page(
    request: Request, name: str, viewer: Viewer, exchange: Exchange, *, status: int = 200, **context: Any
) -> Response:
    template = f"communities/albums/{name}.html"
    return pages.render(request, template, viewer, status=status, exchange=exchange, here=path_of(exchange), **context)


def _explain(form: Form[Any], name: str, refused: Problem) -> None:
    """All that is wrong in one sentence at the field, each with the file's name."""
    if refused.kind.status not in (409, 413, 415, 422, 429):
        raise refused
    why = refused.errors[0].message if refused.errors else refused.detail or refused.kind.title()
    said = _("{name}: {why}", name=name[:80], why=why)
    form.errors["file"] = f"{form.errors['file']} {said}" if "file" in form.errors else said
