"""Membership requests by the API: asked by anybody, decided by staff."""

from typing import Annotated

from fastapi import Query, Request

from ssc.accounts.loaders import Staff
from ssc.roster.requesting import actions, queries
from ssc.roster.requesting.access import KnownRequest, count
from ssc.roster.requesting.forms import DecisionBody, RequestBody
from ssc.roster.requesting.queries import State
from ssc.roster.requesting.shapes import RequestShape
from ssc.web import api
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router()


@router.post(
    "/membership-requests",
    status_code=202,
    tags=["Sign-in and one's own account"],
    responses=api.problems(422, 429),
    summary="Ask to be verified",
)
async def ask(body: RequestBody, request: Request, session: Transaction, process: Running) -> None:
    """For who took part and is not on the roster. The answer is the same, in body and time, for known and
    unknown addresses; the address is proven by the invitation that follows an approval.
    At most 5 an hour for an address, 20 for a network."""
    await count(request, process, body.email)
    await actions.ask(session, body)


@router.get(
    "/membership-requests",
    tags=["The desk"],
    responses=api.problems(401, 403, 422),
    summary="Requests for membership",
)
async def requests(
    viewer: Staff,
    session: Transaction,
    part: Paging,
    state: Annotated[State, Query(description="`waiting`, oldest first; or others, latest first.")] = "waiting",
) -> Page[RequestShape]:
    """Each waiting one with the records that may be who asks, and why."""
    rows = await queries.requests(session, state, part)
    cut = part.cut(rows, lambda row: (row.created_at.isoformat(), str(row.id)))
    items = [
        RequestShape.of(asked, await queries.matches_of(session, asked) if asked.outcome is None else ())
        for asked in cut.rows
    ]
    return Page(items=items, next=cut.next)


@router.post(
    "/membership-requests/{identity}/decision",
    tags=["The desk"],
    responses=api.problems(401, 403, 404, 409, 422),
    summary="Decide a request",
)
async def decide(asked: KnownRequest, body: DecisionBody, viewer: Staff, session: Transaction) -> RequestShape:
    """Approval makes a record, or takes the one named by `member`, and sends an invitation; both answers are
    mailed with the note. Where a record's own addresses are others than the asker's, they may object."""
    return RequestShape.of(await actions.decide(session, asked.id, body, by=viewer.id))
