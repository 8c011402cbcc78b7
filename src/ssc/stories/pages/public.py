"""Pages: browsing stories, and a story."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core.db import Session
from ssc.people.rules import FACES
from ssc.people.viewer import Viewer
from ssc.stories import shapes, wording
from ssc.stories.access import ReadableStory
from ssc.stories.forms import Filters
from ssc.stories.models import Story
from ssc.stories.pages import choices, linked
from ssc.stories.queries import lists, questions
from ssc.stories.rules import TOPIC, is_author, is_editor
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

_KEEP = f"{TOPIC} {FACES}"


@router.get("/stories")
async def list_stories(
    request: Request,
    filters: Annotated[Filters, Query()],
    part: Paging,
    viewer: Visitor,
    process: Running,
    session: Transaction,
) -> Response:
    cut = await lists.stories(session, viewer, filters, part)
    return pages.render(
        request,
        "stories/stories.html",
        viewer,
        keep=_KEEP if not request.url.query else None,  # the shelf is not for whoever makes up queries
        base=process.settings.base_url,
        form=forms.blank(**filters.model_dump()),
        chosen_now=choices.chosen(filters),
        choices=choices.offered(await lists.choices(session)),
        stories=[shapes.in_short(story) for story in cut.rows],
        next_href=_address(filters, cursor=cut.next) if cut.next else "",
        first_href=_address(filters) if part.after else "",
    )


@router.get("/stories/{slug}")
async def story(request: Request, story: ReadableStory, viewer: Visitor, session: Transaction) -> Response:
    return await story_page(request, session, viewer, story, forms.blank())


async def story_page(
    request: Request, session: Session, viewer: Viewer | None, story: Story, form: Form[Any], *, status: int = 200
) -> Response:
    """`form`: the visitor's question as it was sent."""
    handles = await lists.handles_of(session, viewer, [story])
    of_hers = is_author(viewer, story) or is_editor(viewer)
    photos = story.photos if of_hers else shapes.shown_photos(story)
    placed = wording.placed(story)
    shown = shapes.in_short(story, handles.get(story.author_id))
    base = session.settings.base_url
    return pages.render(
        request,
        "stories/story.html",
        viewer,
        status=status,
        keep=_KEEP if request.method == "GET" and not request.url.query else None,
        base=base,
        story=shown,
        of_hers=of_hers,
        state=story.state,
        sections=wording.sections(story, photos),
        photos=[shapes.Photo.of(photo) for photo in photos if str(photo.id) not in placed],
        questions=[shapes.Answered.of(asked) for asked in await questions.answered(session, story)],
        takes_questions=story.takes_questions and story.state == "published",
        related=[shapes.in_short(one) for one in await lists.related(session, viewer, story)],
        linked=linked.article(base, shown, story.updated_at),
        form=form,
    )


def _address(filters: Filters, **more: str) -> str:
    query = [*choices.pairs(filters), *more.items()]
    return "/stories" + (f"?{urlencode(query)}" if query else "")
