"""Visitors' questions: for moderators, for the author, and those whose answers stand under a story."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from ssc.core import ids
from ssc.core.db import Session
from ssc.people.viewer import Viewer
from ssc.stories.models import Story, StoryQuestion


async def answered(session: Session, story: Story) -> list[StoryQuestion]:
    """In the order of the answers."""
    rows = select(StoryQuestion).where(
        StoryQuestion.story_id == story.id, StoryQuestion.state == "answered", StoryQuestion.is_public.is_(True)
    )
    return list(await session.scalars(rows.order_by(StoryQuestion.answered_at).limit(100)))


async def waiting(session: Session) -> list[StoryQuestion]:
    """What moderators are to look at, the longest waiting first, with stories."""
    rows = _with_story().where(StoryQuestion.state == "waiting").order_by(StoryQuestion.confirmed_at)
    return list(await session.scalars(rows.limit(100)))


async def asked_of(session: Session, viewer: Viewer) -> list[StoryQuestion]:
    """What she was asked: unanswered ones first."""
    rows = (
        _with_story()
        .where(Story.author_id == viewer.id, StoryQuestion.state.in_(("delivered", "answered")))
        .order_by(StoryQuestion.answered_at.desc().nulls_first(), StoryQuestion.decided_at)
    )
    return list(await session.scalars(rows.limit(100)))


async def question(session: Session, identity: str) -> StoryQuestion | None:
    """Locked: two who decide at once come one after the other."""
    question_id = ids.parse(identity)
    if question_id is None:
        return None
    found: StoryQuestion | None = await session.scalar(
        _with_story().where(StoryQuestion.id == question_id).with_for_update(of=StoryQuestion)
    )
    return found


async def question_by_token(session: Session, token: str, *, locked: bool = False) -> StoryQuestion | None:
    statement = _with_story().where(StoryQuestion.digest == ids.digest(token))
    if locked:
        statement = statement.with_for_update(of=StoryQuestion)
    found: StoryQuestion | None = await session.scalar(statement)
    return found


async def unanswered(session: Session, story_id: UUID) -> int:
    """How many questions about a story are on their way or wait for its author."""
    states = ("asked", "waiting", "delivered")
    statement = select(func.count()).where(StoryQuestion.story_id == story_id, StoryQuestion.state.in_(states))
    return await session.scalar(statement) or 0


async def count_waiting(session: Session) -> int:
    return await session.scalar(select(func.count()).where(StoryQuestion.state == "waiting")) or 0


def _with_story() -> Select[StoryQuestion]:
    return (
        select(StoryQuestion)
        .join(StoryQuestion.story)
        .options(contains_eager(StoryQuestion.story).joinedload(Story.writing))
    )
