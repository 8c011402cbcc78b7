"""What is done with an item from its page: publish, hand in, give back, withdraw; pictures, links, versions."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.news import actions, queries
from ssc.news.access import Changeable, Edited, Own
from ssc.news.forms import ChangeBody, GiveBackBody, PublishBody
from ssc.news.limiting import PICTURES
from ssc.news.pages import editing
from ssc.news.schedule import Schedule
from ssc.news.told import Told
from ssc.people.viewer import Viewer
from ssc.web import api, forms, pages
from ssc.web.transactions import Running, Transaction
from ssc.writing import actions as writing
from ssc.writing import queries as texts
from ssc.writing.access import Editor

router = APIRouter(include_in_schema=False)


@router.post("/news/{slug}/publish")
async def publish(told: Edited, request: Request, viewer: Editor, session: Transaction) -> Response:
    rev = str((await forms.submission(request)).get("rev", "")) or None
    form = await forms.read(request, Schedule)
    if form.data is None:
        return await _refused(request, viewer, session, told, next(iter(form.errors.values())))
    act = actions.publish(session, viewer, told, PublishBody(at=form.data.instant), rev)
    return await _done(request, viewer, session, told, "published", act)


@router.post("/news/{slug}/submit")
async def submit(told: Own, request: Request, viewer: SignedIn, session: Transaction) -> Response:
    await actions.submit(session, viewer, told)
    return pages.see_other("/news/new")


@router.post("/news/{slug}/return")
async def give_back(told: Edited, request: Request, viewer: Editor, session: Transaction) -> Response:
    form = await forms.read(request, GiveBackBody)
    note = form.data.note if form.data else ""
    return await _done(request, viewer, session, told, "returned", actions.give_back(session, viewer, told, note))


@router.post("/news/{slug}/withdraw")
async def withdraw(told: Edited, request: Request, viewer: Editor, session: Transaction) -> Response:
    return await _done(request, viewer, session, told, "withdrawn", actions.withdraw(session, viewer, told))


@router.post("/news/{slug}/pictures", max_body_size=api.UPLOAD_LIMIT)
async def add_picture(
    told: Changeable,
    request: Request,
    viewer: SignedIn,
    process: Running,
    session: Transaction,
    file: Annotated[UploadFile | None, File()] = None,
    alt: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    words = " ".join(alt.split())[:300]
    if file is None or not words:
        return await _refused(request, viewer, session, told, editing.words_for_picture())
    await process.limits.take(PICTURES, str(viewer.id))
    content = await file.read()
    act = writing.add_picture(session, process.blobs, told.item.writing_id, content, alt=words, by=viewer.id)
    return await _done(request, viewer, session, told, "picture", act)


@router.post("/news/{slug}/links")
async def make_link(told: Changeable, viewer: SignedIn, session: Transaction) -> Response:
    token = await writing.make_preview(session, told.item.writing_id, viewer.id)
    return pages.see_other(f"/news/{told.item.slug}/edit?link={token}")


@router.post("/news/{slug}/links/end")
async def end_links(told: Changeable, session: Transaction) -> Response:
    await writing.end_previews(session, told.item.writing_id)
    return pages.see_other(f"/news/{told.item.slug}/edit?done=ended")


@router.get("/news/{slug}/versions")
async def versions(told: Changeable, request: Request, viewer: SignedIn, session: Transaction) -> Response:
    return pages.render(
        request,
        "writing/versions.html",
        viewer,
        here=f"/news/{told.item.slug}",
        trail=(_("News"), "/news"),
        title=told.item.writing.title,
        versions=await texts.versions_of(session, told.item.writing_id),
    )


@router.get("/news/{slug}/versions/{rev}")
async def version(told: Changeable, rev: str, request: Request, viewer: SignedIn, session: Transaction) -> Response:
    """A version, with what came and went since the one before it."""
    found = await _version(session, told, rev)
    text = told.item.writing
    return pages.render(
        request,
        "writing/version.html",
        viewer,
        here=f"/news/{told.item.slug}",
        title=text.title,
        lang=text.lang,
        version=found.version,
        changes=found.changes,
        restored=found.version.rev != text.rev,
    )


@router.post("/news/{slug}/versions/{rev}/restore")
async def restore(told: Changeable, rev: str, request: Request, viewer: SignedIn, session: Transaction) -> Response:
    """The old words as a new version: what stands now stays among the versions."""
    found = (await _version(session, told, rev)).version
    body = ChangeBody(title=found.title, summary=found.summary, body=found.body)
    act = actions.change(session, viewer, told, body, f'"r{told.item.writing.rev}"')
    return await _done(request, viewer, session, told, "saved", act)


async def _version(session: Session, told: Told, rev: str) -> texts.Compared:
    found = await texts.compared(session, told.item.writing_id, rev)
    if found is None:
        raise errors.not_found()
    return found


async def _done(request: Request, viewer: Viewer, session: Session, told: Told, done: str, act: Any) -> Response:
    try:
        async with session.begin_nested():
            await act
    except Problem as problem:
        if problem.kind.status not in (409, 413, 415, 422):
            raise
        said = problem.errors[0].message if problem.errors else problem.detail or problem.kind.title()
        return await _refused(request, viewer, session, told, said)
    return pages.see_other(f"/news/{told.item.slug}/edit?done={done}")


async def _refused(request: Request, viewer: Viewer, session: Session, told: Told, wrong: str) -> Response:
    fresh = await queries.told(session, viewer, told.item.slug) or told
    await session.refresh(fresh.item.writing)
    return await editing.page(request, viewer, session, fresh, editing.saved(fresh), wrong=wrong)
