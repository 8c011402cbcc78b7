"""Loaders: the story an address names as far as the reader may know of it, and what hangs on it."""

from typing import Annotated

from fastapi import Depends, Request

from ssc.accounts import addresses
from ssc.accounts.loaders import Moderator, SignedIn, Visitor
from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.stories.models import Story, StoryConsent, StoryPhoto, StoryQuestion
from ssc.stories.queries import questions, reach, work
from ssc.stories.rules import (
    QUESTIONS,
    QUESTIONS_TO_ADDRESS,
    can_revoke,
    is_author,
    is_editor,
)
from ssc.web import api
from ssc.web.guard import network_of
from ssc.web.transactions import Transaction


@api.refuses(404, required=False)
async def readable_story(slug: str, viewer: Visitor, session: Transaction) -> Story:
    return await _reached(slug, viewer, session)


ReadableStory = Annotated[Story, Depends(readable_story)]
"""The story in the path: public, one's own, or any for an editor; 404 else."""


@api.refuses(404, required=False)
async def public_story(slug: str, viewer: Visitor, session: Transaction) -> Story:
    found = await reach.public_story(session, viewer, slug)
    if found is None:
        raise errors.not_found()
    return found


PublicStory = Annotated[Story, Depends(public_story)]
"""The story in the path as everybody reads it; 404 else, for its author too."""


@api.refuses(404)
async def worked_story(slug: str, viewer: SignedIn, session: Transaction) -> Story:
    return await _reached(slug, viewer, session)


WorkedStory = Annotated[Story, Depends(worked_story)]
"""The same for who is signed in; what she may do with it is for the rules."""


@api.refuses(403, 404)
async def sides_story(story: WorkedStory, viewer: SignedIn) -> Story:
    if not (is_author(viewer, story) or is_editor(viewer)):
        raise errors.forbidden(_("This is for its author and for editors."))
    return story


SidesStory = Annotated[Story, Depends(sides_story)]
"""A story of one's own, or any for an editor; 403 for who merely reads it."""


@api.refuses(404)
async def photo_in_story(identity: str, story: SidesStory, session: Transaction) -> StoryPhoto:
    found = await work.photo_of(session, story, identity)
    if found is None:
        raise errors.not_found()
    return found


PhotoInStory = Annotated[StoryPhoto, Depends(photo_in_story)]


@api.refuses(403, 404)
async def revocable_consent(identity: str, viewer: SignedIn, session: Transaction) -> tuple[StoryConsent, Story]:
    consent_id = ids.parse(identity)
    consent = await session.get(StoryConsent, consent_id) if consent_id else None
    story = await work.story_by_id(session, consent.story_id) if consent else None
    if consent is None or story is None or not can_revoke(viewer, story, consent):
        raise errors.not_found()
    return consent, story


RevocableConsent = Annotated[tuple[StoryConsent, Story], Depends(revocable_consent)]
"""A consent about oneself, or in a story one writes or edits; 404 else."""


@api.refuses(404, required=False)
async def linked_consent(token: str, session: Transaction) -> tuple[StoryConsent, Story]:
    consent = await work.consent_by_token(session, token)
    story = await work.story_by_id(session, consent.story_id) if consent else None
    if consent is None or story is None:
        raise errors.not_found()
    return consent, story


LinkedConsent = Annotated[tuple[StoryConsent, Story], Depends(linked_consent)]
"""The consent whose secret the address holds, whoever has it; 404 else."""


@api.refuses(403)
async def editor(viewer: SignedIn) -> Viewer:
    if not is_editor(viewer):
        raise errors.forbidden(_("This is for editors."))
    return viewer


Editor = Annotated[Viewer, Depends(editor)]


@api.refuses(404)
async def screened_question(identity: str, viewer: Moderator, session: Transaction) -> StoryQuestion:
    found = await questions.question(session, identity)
    if found is None or found.state == "asked":  # not proven: nobody has asked it yet
        raise errors.not_found()
    return found


ScreenedQuestion = Annotated[StoryQuestion, Depends(screened_question)]


@api.refuses(404)
async def own_question(identity: str, viewer: SignedIn, session: Transaction) -> StoryQuestion:
    found = await questions.question(session, identity)
    if found is None or found.story.author_id != viewer.id or found.state not in ("delivered", "answered"):
        raise errors.not_found()
    return found


OwnQuestion = Annotated[StoryQuestion, Depends(own_question)]
"""A question that was delivered to the viewer, its author; 404 else."""


async def count_question(request: Request, process: Process, email: str) -> None:
    """Before a question: 429 after three an hour from one network, or three a day to one address."""
    await process.limits.take(QUESTIONS, network_of(request.state.address))
    await process.limits.take(QUESTIONS_TO_ADDRESS, addresses.key_of(email))


async def _reached(slug: str, viewer: Viewer | None, session: Session) -> Story:
    found = await reach.story_of(session, viewer, slug)
    if found is None:
        raise errors.not_found()
    return found
