"""Visitors' questions for programs: asked, confirmed, screened, answered."""

from fastapi import Request
from starlette.responses import Response

from ssc.accounts.loaders import Moderator, SignedIn
from ssc.stories.access import OwnQuestion, PublicStory, ScreenedQuestion, count_question
from ssc.stories.actions import questions as actions
from ssc.stories.forms import AnswerBody, QuestionBody, QuestionDecision
from ssc.stories.queries import questions
from ssc.stories.shapes import QuestionShape
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Stories"])


@router.post(
    "/stories/{slug}/questions",
    status_code=202,
    responses=problems(404, 409, 422, 429),
    summary="Ask the author",
)
async def ask(story: PublicStory, body: QuestionBody, request: Request, process: Running, session: Transaction) -> None:
    """A letter goes to the address: the question is read by nobody before it is confirmed there. A moderator passes it
    on; neither side sees the other's address. At most 3 an hour from a network, 3 a day for an address."""
    await count_question(request, process, body.email)
    await actions.ask(session, story, body)


@router.post("/questions/{token}/confirm", status_code=204, responses=problems(404, 410), summary="Confirm a question")
async def confirm(token: str, session: Transaction) -> Response:
    """With the token of the letter, once, within 48 hours."""
    await actions.confirm(session, token)
    return Response(status_code=204)


@router.get("/me/questions", responses=problems(401, 403), summary="What visitors ask me")
async def own(viewer: SignedIn, session: Transaction) -> list[QuestionShape]:
    """Unanswered ones first."""
    return [QuestionShape.of(asked) for asked in await questions.asked_of(session, viewer)]


@router.post(
    "/questions/{identity}/answer",
    responses=problems(401, 403, 404, 409, 422),
    summary="Answer a question",
)
async def answer(asked: OwnQuestion, body: AnswerBody, viewer: SignedIn, session: Transaction) -> QuestionShape:
    """Once: by mail through the club; with `public` it stands under the story too."""
    await actions.answer(session, viewer, asked, body)
    return QuestionShape.of(asked)


@router.delete(
    "/questions/{identity}/answer",
    status_code=204,
    responses=problems(401, 403, 404),
    summary="Take a public answer off the page",
)
async def hide(asked: OwnQuestion, session: Transaction) -> Response:
    """By its author. The question and what was mailed stay."""
    await actions.hide_answer(session, asked)
    return Response(status_code=204)


@router.get("/desk/questions", tags=["The desk"], responses=problems(401, 403), summary="Questions that wait")
async def waiting(_viewer: Moderator, session: Transaction) -> list[QuestionShape]:
    """Confirmed and not yet decided, the longest waiting first. For moderators."""
    return [QuestionShape.of(asked) for asked in await questions.waiting(session)]


@router.post(
    "/questions/{identity}/decision",
    tags=["The desk"],
    responses=problems(401, 403, 404, 409, 422),
    summary="Pass a question on, or decline it",
)
async def decide(
    asked: ScreenedQuestion, body: QuestionDecision, viewer: Moderator, session: Transaction
) -> QuestionShape:
    """Who asked is told of a refusal."""
    await actions.decide(session, viewer, asked, deliver=body.deliver)
    return QuestionShape.of(asked)
