"""Hosts and their secretaries, for programs."""

from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.communities.hosting import queries
from ssc.communities.hosting.shapes import SeatShape
from ssc.core import ids
from ssc.roster.hosting import actions
from ssc.roster.hosting.access import Host, count_invited
from ssc.roster.hosting.forms import HostBody, SecretaryBody
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page
from ssc.web.transactions import Running, Transaction

router = api.router()


@router.get("/me/secretaries", responses=problems(401, 404), tags=["Exchanges"], summary="Who acts for me")
async def secretaries(viewer: Host, session: Transaction) -> Page[SeatShape]:
    """Of a host: who acts for her, or was asked to. 404 for who hosts nothing."""
    found = await queries.secretaries_of(session, viewer.id)
    return Page[SeatShape](items=[SeatShape.of(one) for one in found], next=None)


@router.post(
    "/me/secretaries",
    status_code=202,
    responses=problems(401, 404, 409, 422, 429),
    tags=["Exchanges"],
    summary="Ask somebody to act for me",
)
async def ask(viewer: Host, body: SecretaryBody, process: Running, session: Transaction) -> Response:
    """She is written to, or told; from her acceptance on she has the host's rights on the host's exchanges. At most
    three at a time, five asked a day. Answers alike whether or not the address has an account."""
    await count_invited(process, viewer)
    await actions.invite_secretary(session, viewer, body)
    return Response(status_code=202)


@router.delete(
    "/me/secretaries/{identity}",
    status_code=204,
    responses=problems(401, 404),
    tags=["Exchanges"],
    summary="Let somebody act for me no more",
)
async def dismiss(identity: str, viewer: Host, session: Transaction) -> Response:
    """At once."""
    await actions.dismiss(session, viewer, ids.parse(identity))
    return Response(status_code=204)


@router.get("/hosts", responses=problems(401, 403), tags=["The desk"], summary="Hosts' seats")
async def seats(viewer: Staff, session: Transaction) -> Page[SeatShape]:
    """Contacts of organisations and secretaries, the latest two hundred; hosts by a roster need no seat."""
    return Page[SeatShape](items=[SeatShape.of(one) for one in await queries.all_seats(session)], next=None)


@router.post(
    "/hosts", status_code=202, responses=problems(401, 403, 409, 422), tags=["The desk"], summary="Invite a host"
)
async def invite(viewer: Staff, body: HostBody, session: Transaction) -> Response:
    """For an organisation, all of whose exchanges she then looks after, or onto an exchange's roster."""
    await actions.invite_host(session, viewer, body)
    return Response(status_code=202)


@router.delete("/hosts/{identity}", status_code=204, responses=problems(401, 403, 404), tags=["The desk"])
async def end(identity: str, viewer: Staff, session: Transaction) -> Response:
    """Her rights end at once."""
    await actions.end_seat(session, viewer, ids.parse(identity))
    return Response(status_code=204)
