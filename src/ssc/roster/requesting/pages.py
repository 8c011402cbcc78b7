"""The page on which one asks to join, and the desk's page of requests."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff, Visitor
from ssc.core.db import Session
from ssc.core.errors import Problem, not_found
from ssc.people.viewer import Viewer
from ssc.roster import asking
from ssc.roster.requesting import actions, queries
from ssc.roster.requesting.access import KnownRequest, count
from ssc.roster.requesting.forms import DecisionBody, RequestBody
from ssc.roster.requesting.queries import State
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/membership-requests"


@router.get("/join")
async def form(request: Request, viewer: Visitor) -> Response:
    return asking.page(request, viewer, "requests", forms.blank())


@router.post("/join")
async def ask(request: Request, session: Transaction, process: Running, viewer: Visitor) -> Response:
    async def act(asked: RequestBody) -> None:
        await count(request, process, asked.email)
        await actions.ask(session, asked)

    return await asking.answer(request, viewer, "requests", RequestBody, act)


@router.get(DESK)
async def desk(
    request: Request, viewer: Staff, session: Transaction, part: Paging, state: Annotated[State, Query()] = "waiting"
) -> Response:
    rows = await queries.requests(session, state, part)
    cut = part.cut(rows, lambda row: (row.created_at.isoformat(), str(row.id)))
    return pages.render(
        request,
        "roster/requests/desk.html",
        viewer,
        state=state,
        waiting=await queries.waiting(session),
        cases=[
            (asked, await queries.matches_of(session, asked) if asked.outcome is None else []) for asked in cut.rows
        ],
        next_href=f"{DESK}?state={state}&cursor={cut.next}" if cut.next else "",
        first_href=f"{DESK}?state={state}" if part.after else "",
        fresh=forms.blank(),
        form=None,
        wrong=None,
    )


@router.post(DESK + "/{identity}/decision")
async def decide(asked: KnownRequest, request: Request, viewer: Staff, session: Transaction) -> Response:
    form = await forms.read(request, DecisionBody)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await actions.decide(session, asked.id, form.data, by=viewer.id)
            return pages.see_other(DESK)
        except Problem as problem:
            if problem.kind.status not in (409, 422):
                raise
            form.refuse(problem)
    return await _refused(request, viewer, session, asked.id, form)


async def _refused(
    request: Request, viewer: Viewer, session: Session, request_id: UUID, form: Form[DecisionBody]
) -> Response:
    asked = await queries.request(session, request_id)
    if asked is None:
        raise not_found()
    return pages.render(
        request,
        "roster/requests/desk.html",
        viewer,
        status=422,
        state="waiting",
        waiting=await queries.waiting(session),
        cases=[(asked, await queries.matches_of(session, asked))],
        next_href="",
        first_href="",
        fresh=forms.blank(),
        form=form,
        wrong=asked.id,
    )
