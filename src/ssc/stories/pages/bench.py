"""The page on which a story is worked at: its words, photos and consents, what was said, and what comes next."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.places import languages
from ssc.stories import rules, shapes
from ssc.stories.access import SidesStory, WorkedStory
from ssc.stories.actions import writing
from ssc.stories.actions.stages import subject_of
from ssc.stories.forms import BeginForm, DraftForm
from ssc.stories.models import Story
from ssc.stories.pages import choices
from ssc.stories.queries import work
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction
from ssc.writing import actions as texts
from ssc.writing import queries as written

router = APIRouter(include_in_schema=False)


@router.get("/stories/new")
async def new(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    return await _beginning(request, session, viewer, forms.blank(lang=viewer.member.language))


@router.post("/stories/new")
async def begin(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, BeginForm)
    if form.data is not None:
        try:
            story = await writing.begin(session, viewer, form.data.draft())
            return pages.see_other(f"/stories/{story.slug}/edit")
        except Problem as refused:
            form.refuse(refused)
    return await _beginning(request, session, viewer, form, status=422)


@router.get("/stories/{slug}/edit")
async def edit(request: Request, story: SidesStory, viewer: SignedIn, session: Transaction) -> Response:
    viewer = await notifications.seen(session, viewer, subject_of(story))
    if rules.can_edit(viewer, story):
        await texts.be_seen(session, story.writing, viewer.id)
    return await bench(request, session, viewer, story)


@router.post("/stories/{slug}/edit")
async def change(request: Request, story: WorkedStory, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, DraftForm)
    if form.data is not None:
        try:
            async with session.begin_nested():
                if_match = f'"r{form.data.rev}"'
                await writing.change(session, viewer, story, form.data.change(), if_match=if_match)
            return pages.see_other(f"/stories/{story.slug}/edit?done=saved")
        except Problem as refused:
            if refused.kind.status not in (409, 422):
                raise
            form.refuse(refused)
    return await bench(request, session, viewer, await work.reloaded(session, story), form=form, status=422)


@router.post("/stories/{slug}/typed/drop")
async def drop_typed(story: SidesStory, viewer: SignedIn, session: Transaction) -> Response:
    await texts.drop_typed(session, story.writing_id, viewer.id)
    return pages.see_other(f"/stories/{story.slug}/edit")


async def bench(
    request: Request, session: Session, viewer: Viewer, story: Story, *, status: int = 200, **wrong: Form[Any]
) -> Response:
    """`wrong`: the one form (form, photo_form, consent_form, note_form) that was refused, as it was sent."""
    typed = await written.typed_by(session, story.writing_id, viewer.id)
    filled = _filled(story)
    if typed is not None and typed.typed is not None:
        filled.values |= {name: value for name, value in typed.typed.items() if name in DraftForm.model_fields}
        filled.values["rev"] = typed.rev  # what she saw then: what was saved since is not written over
    return pages.render(
        request,
        "stories/edit.html",
        viewer,
        status=status,
        story=story,
        typed=typed is not None and "form" not in wrong,
        done=request.query_params.get("done", ""),
        may=_may(viewer, story),
        others=await written.also_editing(session, story.writing_id, viewer.id),
        photos=[(photo, shapes.Photo.of(photo)) for photo in story.photos],
        unagreed=rules.unagreed(story.photos, story.consents),
        steps=await work.steps_of(session, story),
        exchanges=choices.exchanges(await work.exchanges_of(session, story.author_id)),
        languages=languages.choices(story.writing.lang),
        prompts=[(name, asked()) for name, asked in rules.PROMPTS.items()],
        form=wrong.get("form", filled),
        photo_form=wrong.get("photo_form", forms.blank(shows_people="true")),
        consent_form=wrong.get("consent_form", forms.blank()),
        note_form=wrong.get("note_form", forms.blank()),
    )


def _may(viewer: Viewer, story: Story) -> set[str]:
    """What the viewer can do with the story as it stands."""
    writes = rules.is_author(viewer, story) and story.state in ("draft", "withdrawn") and rules.can_write(viewer)
    edits = rules.is_editor(viewer) and story.state == "submitted"
    able = {
        "edit": rules.can_edit(viewer, story),
        "submit": writes,
        "publish": edits,
        "return": edits,
        "withdraw": rules.can_withdraw(viewer, story) and not edits,
    }
    return {verb for verb, can in able.items() if can}


def _filled(story: Story) -> Form[Any]:
    text = story.writing
    values = {name: getattr(story, name) for name in ("byline", "affiliation", "shows_profile", "takes_questions")}
    values |= {"title": text.title, "lang": text.lang, "body": text.body, "rev": text.rev}
    values |= {"exchange": story.exchange.code if story.exchange else "", "fields": ", ".join(story.fields)}
    return forms.blank(**values, **story.prompts)


async def _beginning(
    request: Request, session: Session, viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response:
    return pages.render(
        request,
        "stories/new.html",
        viewer,
        status=status,
        form=form,
        can=rules.can_write(viewer),
        exchanges=choices.exchanges(await work.exchanges_of(session, viewer.id)),
        languages=languages.choices(viewer.member.language),
        prompts=[asked() for asked in rules.PROMPTS.values()],
    )
