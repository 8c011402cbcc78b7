"""The pages of recovery: asking, vouching, coming back, objecting, and staff's view of them."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts import tokens
from ssc.accounts.loaders import SignedIn, Staff, Visitor
from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.core.errors import GONE, Problem, not_found
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people.viewer import Viewer
from ssc.roster import asking, reaching
from ssc.roster.recovering import actions, queries
from ssc.roster.recovering.access import count
from ssc.roster.recovering.forms import RecordBody, TookPart
from ssc.roster.recovering.notices import SUBJECT
from ssc.roster.recovering.rules import RETURN, VETO, masked
from ssc.web import forms, pages
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/recoveries"


@router.get("/recover")
async def form(request: Request, viewer: Visitor) -> Response:
    return asking.page(request, viewer, "recovery", forms.blank())


@router.post("/recover")
async def ask(request: Request, session: Transaction, process: Running, viewer: Visitor) -> Response:
    async def act(asked: TookPart) -> None:
        await count(request, process, asked.email)
        await actions.ask(session, asked)

    return await asking.answer(request, viewer, "recovery", TookPart, act)


@router.get("/recover/{token}")
async def way_back(token: str, request: Request, session: Transaction, viewer: Visitor) -> Response:
    return await _by_token(request, session, viewer, RETURN, token, "back")


@router.post("/recover/{token}")
async def come_back(token: str, request: Request, session: Transaction, viewer: Visitor) -> Response:
    try:
        async with session.begin_nested():
            await actions.come_back(session, request, token)
    except Problem as problem:
        if problem.kind is not GONE:
            raise
        return await _by_token(request, session, viewer, RETURN, token, "back")
    return pages.see_other("/")


@router.get("/recoveries")
async def pleas(request: Request, viewer: SignedIn, session: Transaction, vouched: str = "") -> Response:
    contested = await queries.contests_of(session, viewer)
    found = await queries.pleas_for(session, viewer)
    if not viewer.limited:  # else whoever came in by vouching would read away what its owner is to see
        viewer = await notifications.seen(session, viewer, SUBJECT)
    return pages.render(
        request,
        "roster/recovery/pleas.html",
        viewer,
        pleas=found,
        contested=contested,
        masked=masked,
        vouched=vouched == "yes",
    )


@router.post("/recoveries/{identity}/vouch")
async def vouch(identity: str, viewer: SignedIn, session: Transaction) -> Response:
    await actions.vouch(session, viewer, reaching.identity_of(identity))
    return pages.see_other("/recoveries?vouched=yes")


@router.get("/recoveries/{token}/veto")
async def veto_page(token: str, request: Request, session: Transaction, viewer: Visitor) -> Response:
    return await _by_token(request, session, viewer, VETO, token, "veto")


@router.post("/recoveries/{token}/veto")
async def veto(token: str, request: Request, session: Transaction, viewer: Visitor) -> Response:
    mine = ids.parse(token)
    if mine is not None and viewer is not None:
        await actions.object_by_session(session, viewer, mine)
    else:
        await actions.object_by_letter(session, token)
    return pages.render(request, "roster/recovery/vetoed.html", viewer)


@router.get(DESK)
async def desk(request: Request, viewer: Staff, session: Transaction) -> Response:
    viewer = await notifications.seen(session, viewer, SUBJECT)
    return pages.render(request, "roster/recovery/desk.html", viewer, cases=await queries.cases(session), own=viewer.id)


@router.post(DESK + "/{identity}/record")
async def assign(identity: str, request: Request, viewer: Staff, session: Transaction) -> Response:
    form = await forms.read(request, RecordBody)
    if form.data is None:
        raise errors.invalid(("member", _("Choose the record that is meant.")))
    await actions.assign(session, reaching.identity_of(identity), form.data.member, by=viewer.id)
    return pages.see_other(DESK)


@router.post(DESK + "/{identity}/vouch")
async def vouch_as_staff(identity: str, viewer: Staff, session: Transaction) -> Response:
    await actions.vouch(session, viewer, reaching.identity_of(identity))
    return pages.see_other(DESK)


@router.post(DESK + "/{identity}/close")
async def close(identity: str, viewer: Staff, session: Transaction) -> Response:
    await actions.close(session, reaching.identity_of(identity), by=viewer.id)
    return pages.see_other(DESK)


async def _by_token(
    request: Request, session: Session, viewer: Viewer | None, kind: tokens.Kind, secret: str, page: str
) -> Response:
    token = await tokens.find(session, kind, secret)
    if token is None:
        raise not_found()
    answer = pages.render(
        request,
        f"roster/recovery/{page}.html",
        viewer,
        status=410 if token.spent else 200,
        token=secret,
        spent=token.spent,
    )
    # The address holds a secret, so no other page is told it; `no-referrer` would take the form's origin too.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer
