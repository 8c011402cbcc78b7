"""Forms for photos and for the consent of those in them, and the pages on which they take it back."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.stories.access import LinkedConsent, PhotoInStory, RevocableConsent, WorkedStory
from ssc.stories.actions import consents, photos
from ssc.stories.forms import ConsentBody, PhotoForm, RevocationBody
from ssc.stories.models import Story, StoryConsent
from ssc.stories.pages.bench import bench
from ssc.stories.queries import work
from ssc.stories.rules import CONSENTS, UPLOADS, Scope
from ssc.web import api, forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)


@router.post("/stories/{slug}/photos", max_body_size=api.UPLOAD_LIMIT)
async def add_photo(
    request: Request, story: WorkedStory, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    content = await forms.uploaded(request)
    form = await forms.read(request, PhotoForm)
    if not content:
        form.errors["file"] = _("Choose a picture first.")
    if form.data is not None and content:
        try:
            async with session.begin_nested():
                await process.limits.take(UPLOADS, str(viewer.id))
                await photos.add_photo(session, process.blobs, viewer, story, content, form.data.words())
            return pages.see_other(f"/stories/{story.slug}/edit?done=photo#photos")
        except Problem as refused:
            if refused.kind.status not in (409, 413, 415, 422, 429):
                raise
            form.errors["file"] = next((e.message for e in refused.errors), refused.detail or refused.kind.title())
    return await _again(request, session, viewer, story, photo_form=form)


@router.post("/stories/{slug}/photos/{identity}/remove")
async def remove_photo(
    photo: PhotoInStory, story: WorkedStory, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    await photos.remove_photo(session, process.blobs, viewer, story, photo)
    return pages.see_other(f"/stories/{story.slug}/edit?done=photo-removed#photos")


@router.post("/stories/{slug}/consents")
async def record(
    request: Request, story: WorkedStory, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    form = await forms.read(request, ConsentBody)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await process.limits.take(CONSENTS, str(viewer.id))
                recorded = await consents.record(session, viewer, story, form.data)
            link = f"{session.settings.base_url}/consents/{recorded.token}"
            return pages.render(
                request, "stories/recorded.html", viewer, story=story, consent=recorded.consent, link=link
            )
        except Problem as refused:
            if refused.kind.status not in (409, 422, 429):
                raise
            form.refuse(refused)
    return await _again(request, session, viewer, story, consent_form=form)


@router.get("/me/consents")
async def own(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    return pages.render(request, "stories/consents.html", viewer, consents=await work.consents_about(session, viewer))


@router.post("/me/consents/{identity}/revoke")
async def revoke(
    request: Request, found: RevocableConsent, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    consent, story = found
    scope = await _scope(request)
    await consents.revoke(session, process.blobs, story, consent, by=viewer.id, scope=scope)
    if consent.member_id == viewer.id:
        return pages.see_other("/me/consents")
    return pages.see_other(f"/stories/{story.slug}/edit?done=revoked#consents")


@router.get("/consents/{token}")
async def by_link(token: str, request: Request, viewer: Visitor, found: LinkedConsent) -> Response:
    return _linked(request, viewer, found, token)


@router.post("/consents/{token}")
async def revoke_by_link(
    token: str, request: Request, viewer: Visitor, found: LinkedConsent, process: Running, session: Transaction
) -> Response:
    consent, story = found
    await consents.revoke(session, process.blobs, story, consent, by=None, scope=await _scope(request))
    return _linked(request, viewer, found, token)


def _linked(request: Request, viewer: Viewer | None, found: tuple[StoryConsent, Story], token: str) -> Response:
    consent, story = found
    answer = pages.render(request, "stories/consent.html", viewer, consent=consent, story=story, token=token)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds a secret
    return answer


async def _scope(request: Request) -> Scope | None:
    form = await forms.read(request, RevocationBody)
    if form.data is None:
        raise errors.invalid(*form.errors.items())
    return form.data.scope


async def _again(request: Request, session: Session, viewer: Viewer, story: Story, **wrong: Form[Any]) -> Response:
    return await bench(request, session, viewer, await work.reloaded(session, story), status=422, **wrong)
