"""Buttons on a story's way, and the editors' queue."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.people.viewer import Viewer
from ssc.stories.access import Editor, WorkedStory
from ssc.stories.actions import stages
from ssc.stories.forms import NoteBody, OptionalNote
from ssc.stories.models import Story
from ssc.stories.pages.bench import bench
from ssc.stories.queries import work
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

Verb = Callable[[Session, Viewer, Story, str], Awaitable[None]]


@router.get("/me/stories")
async def own(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    return pages.render(request, "stories/own.html", viewer, stories=await work.own(session, viewer))


@router.get("/desk/stories")
async def queue(request: Request, viewer: Editor, session: Transaction) -> Response:
    return pages.render(request, "stories/desk.html", viewer, stories=await work.submitted(session))


@router.post("/stories/{slug}/submit")
async def submit(request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction) -> Response:
    return await _done(request, session, viewer, story, stages.submit, "submitted")


@router.post("/stories/{slug}/publish")
async def publish(request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction) -> Response:
    return await _done(request, session, viewer, story, stages.publish, "published")


@router.post("/stories/{slug}/return")
async def give_back(request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction) -> Response:
    return await _done(request, session, viewer, story, stages.give_back, "returned", needs_note=True)


@router.post("/stories/{slug}/withdraw")
async def withdraw(request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction) -> Response:
    return await _done(request, session, viewer, story, stages.withdraw, "withdrawn")


async def _done(
    request: Request, session: Session, viewer: Viewer, story: Story, act: Verb, done: str, *, needs_note: bool = False
) -> Response:
    """The act, or the story's page with what stands against it."""
    model: type[NoteBody | OptionalNote] = NoteBody if needs_note else OptionalNote
    form: Form[NoteBody | OptionalNote] = await forms.read(request, model)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await act(session, viewer, story, form.data.note)
            return pages.see_other(f"/stories/{story.slug}/edit?done={done}")
        except Problem as refused:
            if refused.kind.status not in (409, 422):
                raise
            form.refuse(refused)
    story = await work.reloaded(session, story)
    return await bench(request, session, viewer, story, note_form=form, status=422)
