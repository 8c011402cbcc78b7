"""The desk's page of invitations, and the way out of them by one press."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff, Visitor
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.i18n import _, ngettext
from ssc.core.paging import Cut
from ssc.people.viewer import Viewer
from ssc.roster.inviting import actions, queries
from ssc.roster.inviting.access import KnownImport, KnownRound
from ssc.roster.inviting.forms import InviteBody
from ssc.roster.inviting.queries import Sent
from ssc.roster.inviting.rules import invitation_of
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/invitations"


@router.get(DESK)
async def overview(request: Request, viewer: Staff, session: Transaction, part: Paging) -> Response:
    rows = await queries.sent_invitations(session, part)
    cut = part.cut(rows, lambda row: (row.invitation.created_at.isoformat(), str(row.invitation.id)))
    return await _overview(request, viewer, session, cut, forms.blank())


@router.post(DESK)
async def invite(request: Request, viewer: Staff, session: Transaction, part: Paging) -> Response:
    form = await forms.read(request, InviteBody)
    sent = None
    if form.data is not None:
        sent = await actions.invite_address(session, form.data.email, by=viewer.id, language=form.data.language)
        if not sent:
            form.errors["email"] = _(
                "Nobody with this address is to be invited: it is not on the roster, or its person "
                "has joined, is invited already, or is not to be contacted."
            )
    rows = part.cut(await queries.sent_invitations(session, part), lambda row: ())
    done = ngettext("{n} invitation is on its way.", "{n} invitations are on their way.", len(sent)) if sent else ""
    return await _overview(request, viewer, session, rows, forms.blank() if sent else form, done)


@router.post("/desk/roster-imports/{identity}/invite")
async def invite_import(wanted: KnownImport, viewer: Staff, session: Transaction) -> Response:
    await actions.invite_import(session, wanted.id, by=viewer.id)
    return pages.see_other(DESK)


@router.post(DESK + "/rounds/{identity}/pause")
async def pause(begun: KnownRound, viewer: Staff, session: Transaction) -> Response:
    await actions.pause(session, begun.id, by=viewer.id)
    return pages.see_other(DESK)


@router.post(DESK + "/rounds/{identity}/resume")
async def resume(begun: KnownRound, viewer: Staff, session: Transaction) -> Response:
    await actions.resume(session, begun.id, by=viewer.id)
    return pages.see_other(DESK)


@router.get("/unsubscribe/{token}")
async def unsubscribe(token: str, request: Request, viewer: Visitor, session: Transaction) -> Response:
    if invitation_of(token, session.settings.key) is None:
        raise errors.not_found()
    return _stopping(request, viewer, token, done=False)


@router.post("/unsubscribe/{token}")
async def unsubscribed(token: str, request: Request, viewer: Visitor, session: Transaction) -> Response:
    """Mail programs press it themselves (RFC 8058), without a cookie."""
    await actions.refuse(session, token)
    return _stopping(request, viewer, token, done=True)


def _stopping(request: Request, viewer: Viewer | None, token: str, *, done: bool) -> Response:
    answer = pages.render(request, "roster/invitations/stop.html", viewer, token=token, done=done)
    answer.headers["Referrer-Policy"] = "strict-origin"  # the address holds a secret
    return answer


async def _overview(
    request: Request, viewer: Viewer, session: Session, cut: Cut[Sent], form: Form[InviteBody], done: str = ""
) -> Response:
    rounds = [(begun, await queries.tally_of(session, begun)) for begun in await queries.rounds(session)]
    return pages.render(
        request,
        "roster/invitations/page.html",
        viewer,
        status=422 if form.errors else 200,
        rounds=rounds,
        sent=cut.rows,
        next_href=f"{DESK}?cursor={cut.next}" if cut.next else "",
        first_href=DESK if "cursor" in request.query_params else "",
        form=form,
        done=done,
    )
