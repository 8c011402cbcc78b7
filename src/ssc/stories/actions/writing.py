"""Beginning a story and changing it: nobody writes over what she has not seen."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ssc.core import clock, errors, ids, text
from ssc.core.db import Session
from ssc.core.errors import conflict
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.stories import wording
from ssc.stories.forms import Change, Draft
from ssc.stories.models import Story, StoryStep
from ssc.stories.queries import reach, work
from ssc.stories.rules import EDITED_MEANWHILE, RESERVED, can_edit, can_write, is_author

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LONGEST = 60
_WORDS = ("title", "lang", "body", "byline", "affiliation", "fields", "shows_profile", "takes_questions")


async def begin(session: Session, viewer: Viewer, draft: Draft) -> Story:
    """A draft, which only its author knows of. 403 for whom no story is published."""
    if not can_write(viewer):
        raise errors.forbidden(_("Stories are published only of members who are of age, and whose return is settled."))
    exchange = await _exchange(session, viewer.id, draft.exchange)
    values = draft.model_dump(include=set(_WORDS))
    story = Story(
        id=ids.new(),
        author_id=viewer.id,
        exchange_id=exchange.id if exchange else None,
        slug=await _slug(session, draft.title),
        prompts=_answered(draft.prompts),
        search_key="",
        **values,
    )
    story.byline = draft.byline or viewer.member.name.split()[0][:80]
    story.fields = draft.fields or _fields_of(exchange)
    _refresh(story)
    session.add(story)
    await session.flush()
    return story


async def change(session: Session, viewer: Viewer, story: Story, wanted: Change, *, rev: int | None = None) -> None:
    """Changes what is given. 403 for whose turn it is not, 409 when it was changed since `rev`."""
    await reach.lock(session, story)
    if not can_edit(viewer, story):
        raise errors.forbidden(_("The author writes until it is handed in, an editor from then on."))
    if rev is not None and rev != story.rev:
        raise conflict(_("Another window, or somebody else, has saved it meanwhile."), EDITED_MEANWHILE)
    given = wanted.model_dump(exclude_unset=True)
    if "exchange" in given:
        exchange = await _exchange(session, story.author_id, wanted.exchange)
        story.exchange_id = exchange.id if exchange else None
    if "prompts" in given:
        story.prompts = _answered({**story.prompts, **given["prompts"]})
    for name in _WORDS:
        if name in given and (given[name] or name not in ("byline", "title", "lang")):
            setattr(story, name, given[name])
    _refresh(story)
    story.rev += 1
    if not is_author(viewer, story):
        session.add(StoryStep(id=ids.new(), story_id=story.id, kind="edit", by_id=viewer.id))
    await session.flush()


def _refresh(story: Story) -> None:
    story.search_key = wording.search_key(story.title, story.byline, story.fields, wording.whole(story))
    story.updated_at = clock.now()


def _answered(prompts: dict[Any, str]) -> dict[str, Any]:
    return {name: told for name, told in prompts.items() if told.strip()}


async def _exchange(session: Session, author_id: UUID, code: str | None) -> Exchange | None:
    if not code:
        return None
    for exchange in await work.exchanges_of(session, author_id):
        if exchange.code == code:
            return exchange
    raise errors.invalid(("exchange", _("Choose an exchange in which the author took part.")))


def _fields_of(exchange: Exchange | None) -> list[str]:
    return exchange.fields[:3] if exchange else []


async def _slug(session: Session, title: str) -> str:
    """Of the title's Latin letters, else by number: an address stays what it was when the title changes."""
    plain = _NOT_PLAIN.sub("-", text.plain(title)).strip("-")[:_LONGEST].strip("-")
    wished = plain if len(plain) > 2 and plain not in RESERVED else f"story-{ids.secret()[:6].lower()}"
    for tried in _variants(_NOT_PLAIN.sub("-", wished).strip("-")):
        if await work.is_free(session, tried):
            return tried
    return f"story-{ids.new().hex}"


def _variants(wished: str) -> Sequence[str]:
    return [wished, *(f"{wished}-{number}" for number in range(2, 20))]
