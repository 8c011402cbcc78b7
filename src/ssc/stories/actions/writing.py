"""Beginning a story and changing it: nobody writes over what she has not seen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ssc.core import clock, errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.stories import wording
from ssc.stories.actions.stages import touch
from ssc.stories.forms import Change, Draft
from ssc.stories.models import Story, StoryStep
from ssc.stories.queries import reach, work
from ssc.stories.rules import can_edit, can_write, is_author, reading_minutes
from ssc.writing import actions as texts
from ssc.writing.rules import slug_of

_WORDS = ("title", "lang", "body")
_ABOUT = ("byline", "affiliation", "fields", "shows_profile", "takes_questions")
_NEEDED = ("title", "lang", "byline")  # sent empty they stay what they were


async def begin(session: Session, viewer: Viewer, draft: Draft) -> Story:
    """A draft, which only its author and editors know of. 403 for whom no story is published."""
    if not can_write(viewer):
        raise errors.forbidden(_("Stories are published only of members who are of age, and whose return is settled."))
    exchange = await _exchange(session, viewer.id, draft.exchange)
    prompts = _answered(draft.prompts)
    kept = wording.source(draft.lang, draft.body, prompts)
    writing = await texts.begin(session, lang=draft.lang, title=draft.title, body=draft.body, by=viewer.id, kept=kept)
    story = Story(
        id=ids.new(),
        writing_id=writing.id,
        author_id=viewer.id,
        exchange_id=exchange.id if exchange else None,
        slug=await _slug(session, draft.title),
        prompts=prompts,
        **draft.model_dump(include=set(_ABOUT)),
    )
    story.byline = draft.byline or viewer.member.name.split()[0][:80]
    story.fields = draft.fields or (exchange.fields[:3] if exchange else [])
    story.writing = writing
    _refresh(story)
    session.add(story)
    await session.flush()
    return story


async def change(session: Session, viewer: Viewer, story: Story, wanted: Change, *, if_match: str | None) -> None:
    """Changes what is given. 403 for whose turn it is not, 409 when the text is no more the one of `if_match`.

    None for that means any: a program that sends but what it changes takes nothing else away.
    """
    await reach.lock(session, story)
    if not can_edit(viewer, story):
        raise errors.forbidden(_("The author writes until it is handed in, an editor from then on."))
    given = {
        name: value for name, value in wanted.model_dump(exclude_unset=True).items() if value or name not in _NEEDED
    }
    words = {name: given[name] for name in _WORDS if name in given}
    prompts = _answered({**story.prompts, **given.get("prompts", {})})
    story.writing = await texts.revise(
        session,
        story.writing_id,
        words,
        by=viewer.id,
        if_match=if_match or "*",
        kept=lambda text: wording.source(text.lang, text.body, prompts),
    )
    story.prompts = prompts
    if "exchange" in given:
        exchange = await _exchange(session, story.author_id, wanted.exchange)
        story.exchange_id = exchange.id if exchange else None
    for name in _ABOUT:
        if name in given:
            setattr(story, name, given[name])
    _refresh(story)
    if not is_author(viewer, story):
        session.add(StoryStep(id=ids.new(), story_id=story.id, kind="edit", by_id=viewer.id))
    await touch(session, story)


def _refresh(story: Story) -> None:
    """What is derived from the words."""
    writing = story.writing
    told = wording.whole(writing.body, story.prompts)
    writing.summary = wording.beginning(told)
    story.minutes = reading_minutes(told)
    story.search_key = wording.search_key(writing.title, story.byline, story.fields, told)
    story.updated_at = clock.now()


def _answered(prompts: Mapping[Any, str]) -> dict[str, Any]:
    return {name: told for name, told in prompts.items() if told.strip()}


async def _exchange(session: Session, author_id: UUID, code: str | None) -> Exchange | None:
    if not code:
        return None
    for exchange in await work.exchanges_of(session, author_id):
        if exchange.code == code:
            return exchange
    raise errors.invalid(("exchange", _("Choose an exchange in which the author took part.")))


async def _slug(session: Session, title: str) -> str:
    """An address stays what it was when the title changes."""
    otherwise = f"story-{ids.new().hex[-8:]}"
    taken = await work.slugs_like(session, slug_of(title, otherwise, ()))
    return slug_of(title, otherwise, taken)
