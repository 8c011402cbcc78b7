"""Pages of visitors' questions: asked, confirmed by mail, screened at the desk, answered."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Moderator, SignedIn, Visitor
from ssc.core import errors
from ssc.core.errors import Problem
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.stories.access import OwnQuestion, PublicStory, ScreenedQuestion, count_question
from ssc.stories.actions import questions as actions
from ssc.stories.forms import AnswerBody, QuestionBody, QuestionDecision
from ssc.stories.models import StoryQuestion
from ssc.stories.pages.public import story_page
from ssc.stories.queries import questions
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/questions"


@router.post("/stories/{slug}/questions")
async def ask(
    request: Request, story: PublicStory, viewer: Visitor, process: Running, session: Transaction
) -> Response:
    form = await forms.read(request, QuestionBody)
    if form.data is not None:
        try:
            await count_question(request, process, form.data.email)
            async with session.begin_nested():
                await actions.ask(session, story, form.data)
            return pages.render(request, "stories/asked.html", viewer, story=story)
        except Problem as refused:
            if refused.kind.status not in (409, 422):
                raise
            form.refuse(refused)
    return await story_page(request, session, viewer, story, form, status=422)


@router.get("/questions/{token}")
async def confirmation(token: str, request: Request, viewer: Visitor, session: Transaction) -> Response:
    """Programs that look at links before people do must not confirm by that: the page has a button."""
    asked = await questions.question_by_token(session, token)
    if asked is None:
        raise errors.not_found()
    still_open = actions.is_open(asked)
    answer = pages.render(request, "stories/confirm.html", viewer, asked=asked, token=token, open=still_open)
    answer.headers["Referrer-Policy"] = "no-referrer"  # the address holds a secret
    return answer


@router.post("/questions/{token}")
async def confirm(token: str, request: Request, viewer: Visitor, session: Transaction) -> Response:
    asked = await actions.confirm(session, token)
    return pages.render(request, "stories/confirmed.html", viewer, asked=asked)


@router.get(DESK)
async def desk(request: Request, viewer: Moderator, session: Transaction) -> Response:
    viewer = await notifications.seen(session, viewer, actions.SCREENING)
    return pages.render(request, "stories/screening.html", viewer, questions=await questions.waiting(session))


@router.post(DESK + "/{identity}/decision")
async def decide(request: Request, asked: ScreenedQuestion, viewer: Moderator, session: Transaction) -> Response:
    form = await forms.read(request, QuestionDecision)
    if form.data is None:
        raise errors.invalid(*form.errors.items())
    await actions.decide(session, viewer, asked, deliver=form.data.deliver)
    return pages.see_other(DESK)


@router.get("/me/questions")
async def own(request: Request, viewer: SignedIn, session: Transaction) -> Response:
    asked = await questions.asked_of(session, viewer)
    for subject in {actions.subject_of(one) for one in asked}:
        viewer = await notifications.seen(session, viewer, subject)
    return _own(request, viewer, asked)


@router.post("/me/questions/{identity}/answer")
async def answer(request: Request, asked: OwnQuestion, viewer: SignedIn, session: Transaction) -> Response:
    form = await forms.read(request, AnswerBody)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await actions.answer(session, viewer, asked, form.data)
            return pages.see_other("/me/questions")
        except Problem as refused:
            if refused.kind.status != 409:
                raise
            form.refuse(refused)
    return _own(request, viewer, await questions.asked_of(session, viewer), form=form, wrong=asked.id, status=422)


@router.post("/me/questions/{identity}/hide")
async def hide(asked: OwnQuestion, session: Transaction) -> Response:
    await actions.hide_answer(session, asked)
    return pages.see_other("/me/questions")


def _own(
    request: Request,
    viewer: Viewer,
    asked: list[StoryQuestion],
    *,
    form: Form[AnswerBody] | None = None,
    wrong: UUID | None = None,
    status: int = 200,
) -> Response:
    return pages.render(
        request,
        "stories/questions.html",
        viewer,
        status=status,
        questions=asked,
        fresh=forms.blank(),
        form=form,
        wrong=wrong,
    )
