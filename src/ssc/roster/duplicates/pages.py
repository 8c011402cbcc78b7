"""The desk's page of likely duplicates: both records side by side, and the decision."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.roster.duplicates import actions, queries
from ssc.roster.duplicates.rules import position
from ssc.roster.duplicates.shapes import DecisionBody
from ssc.web import forms, pages
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/duplicates"


@router.get(DESK)
async def overview(
    request: Request, viewer: Staff, session: Transaction, part: Paging, decided: Annotated[bool, Query()] = False
) -> Response:
    return await _overview(request, viewer, session, part, decided=decided)


@router.post(DESK + "/{identity}/decision")
async def decide(request: Request, identity: str, viewer: Staff, session: Transaction, part: Paging) -> Response:
    duplicate = await queries.duplicate_of(session, identity)
    form = await forms.read(request, DecisionBody)
    decided = duplicate.decision is not None
    if form.data is None:
        return await _overview(request, viewer, session, part, decided=decided, refused=_("Choose one of the two."))
    try:
        async with session.begin_nested():
            await actions.decide(session, duplicate, same=form.data.same, by=viewer.id)
    except Problem as problem:
        said = problem.detail or problem.kind.explanation()
        return await _overview(request, viewer, session, part, decided=decided, refused=said)
    return pages.see_other(DESK + ("?decided=true" if decided else ""))


async def _overview(
    request: Request, viewer: Staff, session: Transaction, part: Paging, *, decided: bool, refused: str = ""
) -> Response:
    cut = part.cut(await queries.duplicates(session, part, decided=decided), position)
    return pages.render(
        request,
        "roster/duplicates/page.html",
        viewer,
        status=409 if refused else 200,
        cases=await queries.cases_of(session, cut.rows),
        waiting=await queries.undecided(session),
        decided=decided,
        refused=refused,
        next_href=f"{DESK}?decided={str(decided).lower()}&cursor={cut.next}" if cut.next else "",
        first_href=f"{DESK}?decided={str(decided).lower()}" if part.after else "",
    )
