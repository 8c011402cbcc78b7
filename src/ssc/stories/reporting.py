"""Stories and visitors' questions as they can be reported."""

from dataclasses import replace
from uuid import UUID

from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.moderation.targets import Found, Line, Target
from ssc.people.viewer import Viewer
from ssc.stories import wording
from ssc.stories.actions import questions as asking
from ssc.stories.actions.stages import take_down
from ssc.stories.models import StoryQuestion
from ssc.stories.queries import questions, reach, work


async def _story(session: Session, viewer: Viewer, slug: str) -> Found | None:
    """A public one, also of an author whom the viewer has blocked."""
    story = await reach.public_story(session, replace(viewer, blocked=frozenset()), slug)
    if story is None:
        return None
    text = story.writing
    lines = [Line(story.byline, told, reported=True) for told in (text.title, wording.whole(text.body, story.prompts))]
    return Found(slug, text.title, story.author_id, lines, url=f"/stories/{slug}")


async def _remove_story(session: Session, _blobs: Blobs, slug: str, by: UUID) -> None:
    story = await work.story_named(session, slug)
    if story is not None and (await reach.lock(session, story)).state in ("submitted", "published"):
        await take_down(session, story, "withdraw", by)


async def _question(session: Session, viewer: Viewer, identity: str) -> Found | None:
    """One that was delivered to the viewer, or stands with its answer under a public story."""
    asked = await questions.question(session, identity)
    if asked is None or not await _may_know(session, viewer, asked):
        return None
    lines = [Line(asked.name, asked.question, reported=True)]
    if asked.answer:
        lines.append(Line(asked.story.byline, asked.answer))
    return Found(str(asked.id), asked.story.writing.title, None, lines, url=f"/stories/{asked.story.slug}")


async def _remove_question(session: Session, _blobs: Blobs, identity: str, _by: UUID) -> None:
    asked = await questions.question(session, identity)
    if asked is not None:
        await asking.remove(session, asked)


async def _may_know(session: Session, viewer: Viewer, asked: StoryQuestion) -> bool:
    if asked.story.author_id == viewer.id:
        return asked.state in ("delivered", "answered")
    shown = asked.state == "answered" and asked.is_public
    return shown and await reach.public_story(session, viewer, asked.story.slug) is not None


STORY = Target("story", words("Story"), _story, _remove_story)
QUESTION = Target("question", words("Visitor's question"), _question, _remove_question)
TARGETS = (STORY, QUESTION)
