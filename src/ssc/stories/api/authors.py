"""A story on its way: written, handed in, published or returned, taken down."""

from typing import Annotated, Any

from fastapi import Header, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.stories import shapes
from ssc.stories.access import Editor, SidesStory, WorkedStory
from ssc.stories.actions import stages, writing
from ssc.stories.api.public import shape_of, tagged
from ssc.stories.forms import Change, Draft, NoteBody, OptionalNote, TypedBody
from ssc.stories.models import Story
from ssc.stories.queries import work
from ssc.stories.rules import can_edit
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Transaction
from ssc.writing import actions as texts
from ssc.writing import queries as written
from ssc.writing.shapes import VersionShape

router = api.router(tags=["Stories"])

# Each step answers with the story as it stands after it.
_ANSWERS: dict[str, Any] = {"response_model": shapes.StoryShape, "response_model_exclude_unset": True}

IfMatch = Annotated[str | None, Header(description="The `ETag` of the text as you read it; absent: whatever it is.")]


@router.post(
    "/stories",
    status_code=201,
    **_ANSWERS,
    responses=problems(401, 403, 422),
    summary="Begin a story",
)
async def begin(request: Request, body: Draft, viewer: SignedIn, session: Transaction) -> Response:
    """A draft, which only its author and editors can read. Of members under 18 no story is published, so none is
    begun: 403."""
    made = await writing.begin(session, viewer, body)
    answer = await _answer(request, session, viewer, made)
    answer.status_code = 201
    return answer


@router.patch(
    "/stories/{slug}",
    **_ANSWERS,
    responses=problems(401, 403, 404, 409, 422),
    summary="Change a story",
)
async def change(
    request: Request,
    body: Change,
    story: WorkedStory,
    viewer: SignedIn,
    session: Transaction,
    if_match: IfMatch = None,
) -> Response:
    """The author changes it until it is handed in, an editor from then on. A stale `If-Match` is 409
    `edited-meanwhile`."""
    await writing.change(session, viewer, story, body, if_match=if_match)
    return await _answer(request, session, viewer, story)


@router.put(
    "/stories/{slug}/typed", status_code=204, responses=problems(401, 403, 404, 422), summary="Keep what I typed"
)
async def keep_typed(story: SidesStory, body: TypedBody, viewer: SignedIn, session: Transaction) -> Response:
    """Autosave: for oneself alone, until one saves or drops it. Nothing of the story changes."""
    if not can_edit(viewer, story):
        raise errors.forbidden(_("The author writes until it is handed in, an editor from then on."))
    await texts.keep_typed(session, story.writing_id, viewer.id, body.typed, body.rev)
    return Response(status_code=204)


@router.delete("/stories/{slug}/typed", status_code=204, responses=problems(401, 403, 404), summary="Drop what I typed")
async def drop_typed(story: SidesStory, viewer: SignedIn, session: Transaction) -> Response:
    """Back to what is saved."""
    await texts.drop_typed(session, story.writing_id, viewer.id)
    return Response(status_code=204)


@router.get("/me/stories", responses=problems(401, 403), summary="What I have written")
async def own(viewer: SignedIn, session: Transaction) -> list[shapes.OwnStory]:
    """Drafts too, the last touched first."""
    return [shapes.OwnStory.of(story) for story in await work.own(session, viewer)]


@router.get("/desk/stories", tags=["The desk"], responses=problems(401, 403), summary="Stories that wait for an editor")
async def queue(_viewer: Editor, session: Transaction) -> list[shapes.OwnStory]:
    """The longest waiting first."""
    return [shapes.OwnStory.of(story) for story in await work.submitted(session)]


@router.get("/stories/{slug}/steps", responses=problems(401, 403, 404), summary="A story's way so far")
async def steps(story: SidesStory, session: Transaction) -> list[shapes.StepShape]:
    """What author and editors did and said, oldest first. For both sides."""
    return [shapes.StepShape.of(step, by) for step, by in await work.steps_of(session, story)]


@router.get("/stories/{slug}/versions", responses=problems(401, 403, 404), summary="How a story read before")
async def versions(story: SidesStory, session: Transaction) -> list[VersionShape]:
    """The latest first; `body` is all that was told, each answer under its question. For both sides."""
    return [VersionShape.of(one, name) for one, name in await written.versions_of(session, story.writing_id)]


@router.post(
    "/stories/{slug}/submit",
    **_ANSWERS,
    responses=problems(401, 403, 404, 409, 422),
    summary="Hand a story in",
)
async def submit(
    request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction, body: OptionalNote | None = None
) -> Response:
    """409 where there is nothing to read yet, or somebody recognisable has not agreed."""
    await stages.submit(session, viewer, story, _note(body))
    return await _answer(request, session, viewer, story)


@router.post(
    "/stories/{slug}/publish",
    **_ANSWERS,
    responses=problems(401, 403, 404, 409, 422),
    summary="Publish a story",
)
async def publish(
    request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction, body: OptionalNote | None = None
) -> Response:
    """An editor, once it was handed in."""
    await stages.publish(session, viewer, story, _note(body))
    return await _answer(request, session, viewer, story)


@router.post(
    "/stories/{slug}/return",
    **_ANSWERS,
    responses=problems(401, 403, 404, 409, 422),
    summary="Return a story with a note",
)
async def give_back(
    request: Request, body: NoteBody, story: WorkedStory, viewer: SignedIn, session: Transaction
) -> Response:
    """An editor asks the author for changes; the note is kept with the story."""
    await stages.give_back(session, viewer, story, body.note)
    return await _answer(request, session, viewer, story)


@router.post(
    "/stories/{slug}/withdraw",
    **_ANSWERS,
    responses=problems(401, 403, 404, 409, 422),
    summary="Take a story down",
)
async def withdraw(
    request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction, body: OptionalNote | None = None
) -> Response:
    """Its author or an editor: at once gone from pages, lists, feeds, search, and with the addresses of its photos."""
    await stages.withdraw(session, viewer, story, _note(body))
    return await _answer(request, session, viewer, story)


def _note(body: OptionalNote | None) -> str:
    return body.note if body is not None else ""


async def _answer(request: Request, session: Session, viewer: Viewer, story: Story) -> Response:
    story = await work.reloaded(session, story)
    return tagged(request, viewer, story, await shape_of(session, viewer, story))
