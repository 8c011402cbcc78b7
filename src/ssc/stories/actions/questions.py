"""A visitor's question on its way: asked, confirmed by mail, screened, delivered, answered; and forgotten."""

from datetime import datetime

from sqlalchemy import delete, update

from ssc.core import audit, clock, errors, i18n, ids, mail
from ssc.core.db import Session
from ssc.core.errors import conflict
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.stories import letters
from ssc.stories.actions.stages import touch
from ssc.stories.forms import AnswerBody, QuestionBody
from ssc.stories.models import Story, StoryQuestion
from ssc.stories.notices import QUESTIONS
from ssc.stories.queries import questions
from ssc.stories.rules import ANSWER_WITHIN, CONFIRM_WITHIN, MOST_WAITING, is_moderator

SCREENING = "story-questions"
"""What moderators are told of, whichever story it is about."""


async def ask(session: Session, story: Story, body: QuestionBody) -> None:
    """Keeps it and writes to the address: nobody reads a question before its address is proven."""
    if not story.takes_questions:
        raise conflict(_("The author takes no questions at present."))
    if await questions.unanswered(session, story.id) >= MOST_WAITING:
        raise conflict(_("Many questions are waiting for this author already. Please come back later."))
    token = ids.secret()
    asked = StoryQuestion(
        id=ids.new(),
        story_id=story.id,
        name=body.name,
        email=body.email,
        language=i18n.language(),
        question=body.question,
        digest=ids.digest(token),
    )
    session.add(asked)
    await session.flush()
    await mail.send(session, letters.confirm_question(session.settings, asked, story, token))


async def confirm(session: Session, token: str) -> StoryQuestion:
    """The address is hers: on to the moderators. 404 for no such token, 410 when it was used or is too old."""
    asked = await questions.question_by_token(session, token, locked=True)
    if asked is None:
        raise errors.not_found()
    if not is_open(asked):
        raise errors.gone()
    asked.state, asked.confirmed_at = "waiting", clock.now()
    await session.flush()
    moderators = await people.in_office(session, "moderator", "staff")
    await notifications.tell(
        session,
        QUESTIONS,
        moderators,
        subject=SCREENING,
        url="/desk/questions",
        data={"screen": True, "title": asked.story.writing.title},
    )
    return asked


def is_open(asked: StoryQuestion) -> bool:
    """Whether the letter's link still confirms it."""
    return asked.state == "asked" and asked.created_at > clock.now() - CONFIRM_WITHIN


async def decide(session: Session, viewer: Viewer, asked: StoryQuestion, *, deliver: bool) -> None:
    """A moderator passes it on, or declines it; who asked is told of a refusal, and her address forgotten."""
    if not is_moderator(viewer):
        raise errors.forbidden(_("This is for moderators."))
    if asked.state != "waiting":
        raise conflict(_("This question is decided already."))
    asked.state = "delivered" if deliver else "declined"
    asked.decided_at, asked.decided_by = clock.now(), viewer.id
    verb = "deliver" if deliver else "decline"
    audit.write(session, viewer.id, f"question.{verb}", f"question:{asked.id}")
    await session.flush()
    if deliver:
        await _tell_author(session, asked)
        return
    await mail.send(session, letters.declined(session.settings, asked, asked.story))
    asked.email = ""
    await session.flush()


async def answer(session: Session, viewer: Viewer, asked: StoryQuestion, body: AnswerBody) -> None:
    """The author answers once: by mail through the club, and under the story where she wants that."""
    if asked.state != "delivered":
        raise conflict(_("This question is answered already."))
    asked.state, asked.answer, asked.is_public = "answered", body.answer, body.public
    asked.answered_at = clock.now()
    await session.flush()
    if asked.email:
        await mail.send(session, letters.answered(session.settings, asked, asked.story))
    asked.email = ""
    await touch(session, asked.story)
    await notifications.withdraw(session, subject_of(asked), [viewer.id])


def subject_of(asked: StoryQuestion) -> str:
    return f"story-questions:{asked.story_id}"


async def hide_answer(session: Session, asked: StoryQuestion) -> None:
    """Off the page again, by the author or a moderator."""
    asked.is_public = False
    await touch(session, asked.story)


async def remove(session: Session, asked: StoryQuestion) -> None:
    """Out of everybody's sight, by a moderator's decision: off the page, and no more to be answered."""
    asked.is_public, asked.email = False, ""
    if asked.state == "delivered":
        asked.state = "declined"
    await touch(session, asked.story)


async def sweep(session: Session, now: datetime) -> None:
    """What nobody confirmed goes; an address whose question stays unanswered is forgotten."""
    await session.execute(
        delete(StoryQuestion).where(StoryQuestion.state == "asked", StoryQuestion.created_at < now - CONFIRM_WITHIN)
    )
    await session.execute(
        update(StoryQuestion)
        .where(StoryQuestion.email != "", StoryQuestion.created_at < now - ANSWER_WITHIN)
        .values(email="")
        .execution_options(synchronize_session=False)
    )


async def _tell_author(session: Session, asked: StoryQuestion) -> None:
    await notifications.tell(
        session,
        QUESTIONS,
        [asked.story.author_id],
        subject=subject_of(asked),
        url="/me/questions",
        data={"title": asked.story.writing.title},
    )
