"""Stories as everybody reads them."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import JSONResponse, Response

from ssc.accounts.loaders import Visitor
from ssc.core.db import Session
from ssc.people.viewer import Viewer
from ssc.stories import shapes
from ssc.stories.access import ReadableStory
from ssc.stories.forms import Filters
from ssc.stories.models import Story
from ssc.stories.queries import lists, questions
from ssc.stories.rules import is_author, is_editor
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction
from ssc.writing.rules import tag

router = api.router(tags=["Stories"])


@router.get(
    "/stories",
    response_model=Page[shapes.StoryInShort],
    response_model_exclude_unset=True,
    responses=problems(401),
    summary="Members' voice",
)
async def list_stories(
    request: Request, filters: Annotated[Filters, Query()], part: Paging, viewer: Visitor, session: Transaction
) -> Response:
    """What members tell of their exchanges, latest first. Public."""
    cut = await lists.stories(session, viewer, filters, part)
    handles = await lists.handles_of(session, viewer, cut.rows)
    items = [shapes.in_short(story, handles.get(story.author_id)) for story in cut.rows]
    content = Page[shapes.StoryInShort].model_construct(items=items, next=cut.next)
    return etags.answer(request, content.model_dump_json(exclude_unset=True).encode(), private=viewer is not None)


@router.get(
    "/stories/{slug}", response_model=shapes.StoryShape, response_model_exclude_unset=True, responses=problems(401, 404)
)
async def story(request: Request, story: ReadableStory, viewer: Visitor, session: Transaction) -> Response:
    """A story. Its `ETag` is what `PATCH` takes as `If-Match`."""
    shown = await shape_of(session, viewer, story)
    return tagged(request, viewer, story, shown)


async def shape_of(session: Session, viewer: Viewer | None, story: Story) -> shapes.StoryShape:
    """As this reader may see it."""
    handles = await lists.handles_of(session, viewer, [story])
    answered = await questions.answered(session, story)
    shape = shapes.for_its_sides if is_author(viewer, story) or is_editor(viewer) else shapes.whole
    return shape(story, handles.get(story.author_id), answered)


def tagged(request: Request, viewer: Viewer | None, story: Story, shown: shapes.StoryShape) -> Response:
    content = shown.model_dump_json(exclude_unset=True).encode()
    answer = Response(content, media_type=JSONResponse.media_type)
    return etags.tagged(request, answer, tag(story.writing.rev, content), private=viewer is not None)
