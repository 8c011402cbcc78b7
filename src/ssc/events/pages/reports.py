"""Photos and quotes of a report: the organisers' forms, the photos' files, and the page of who is asked."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.events.access import BegunReport, OrganisedEvent, OwnQuote, SeenEvent
from ssc.events.actions import photos, quoting
from ssc.events.forms.after import PhotoWords, QuoteAnswer, QuoteAskingByName
from ssc.events.models import Event, Quote
from ssc.events.pages.after import after_page
from ssc.events.pages.meaning import meant
from ssc.events.queries import after, events
from ssc.events.rules import UPLOADS
from ssc.people.viewer import Viewer
from ssc.web import api, forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction
from ssc.writing import pictures
from ssc.writing import queries as texts

router = APIRouter(include_in_schema=False)


@router.post("/events/{slug}/report/photos", max_body_size=api.UPLOAD_LIMIT)
async def add_photo(
    request: Request, found: OrganisedEvent, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    content = await forms.uploaded(request)
    form = await forms.read(request, PhotoWords)
    if not content:
        form.errors["file"] = _("Choose a picture first.")
    if form.data is not None and content:
        try:
            async with session.begin_nested():
                await process.limits.take(UPLOADS, str(viewer.id))
                await photos.add_photo(session, process.blobs, viewer, found.event, content, form.data)
            return pages.see_other(f"{found.event.url}/after#photos")
        except Problem as refused:
            if refused.kind.status not in (409, 413, 415, 422, 429):
                raise
            form.refuse(refused)
            if not refused.errors:
                form.errors["file"] = refused.detail or refused.kind.title()
    return await after_page(request, session, viewer, found, photo_form=form)


@router.post("/events/{slug}/report/photos/{photo}/remove")
async def remove_photo(
    found: OrganisedEvent, report: BegunReport, photo: str, process: Running, session: Transaction
) -> Response:
    await photos.remove_photo(session, process.blobs, report, identity(photo))
    return pages.see_other(f"{found.event.url}/after#photos")


@router.get("/files/events/{photo}/{name}")
async def file(
    request: Request, photo: str, name: str, viewer: Visitor, process: Running, session: Transaction
) -> Response:
    """A size of a photo, to the organisers; once the report is news, the public has it there."""
    found = await texts.picture(session, photo)
    event = await after.reported(session, found.writing_id) if found is not None else None
    seen = await events.seen(session, viewer, event.slug) if event is not None else None
    if found is None or seen is None or not seen.organises:
        raise errors.not_found()
    return await pictures.answer(request, process.blobs, found, name, private=True)


@router.post("/events/{slug}/quotes")
async def ask(request: Request, found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, QuoteAskingByName)
    if form.data is not None:
        try:
            async with session.begin_nested():
                member_id = await meant(session, viewer, found, form.data.member, at="member")
                await quoting.ask(session, viewer, found.event, member_id, form.data.text)
            return pages.see_other(f"{found.event.url}/after#quotes")
        except Problem as problem:
            form.refuse(problem)
    return await after_page(request, session, viewer, found, quote_form=form)


@router.get("/events/{slug}/quote")
async def own(request: Request, quote: OwnQuote, found: SeenEvent, viewer: SignedIn) -> Response:
    signed = quote.signed or quoting.signature_of(viewer)
    return _own(request, viewer, found.event, quote, forms.blank(text=quote.text, signed=signed))


@router.post("/events/{slug}/quote")
async def say(request: Request, quote: OwnQuote, found: SeenEvent, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, QuoteAnswer)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await quoting.say(session, viewer, found.event, quote, form.data)
            return pages.see_other(f"{found.event.url}/quote")
        except Problem as problem:
            form.refuse(problem)
    return _own(request, viewer, found.event, quote, form)


def _own(request: Request, viewer: Viewer, event: Event, quote: Quote, form: Form[Any]) -> Response:
    status = 422 if form.errors else 200
    return pages.render(request, "events/quote.html", viewer, status=status, event=event, quote=quote, form=form)
