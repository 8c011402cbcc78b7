"""One's own exchanges, their visitors, and the seats one has, for programs."""

from fastapi import Response

from ssc.accounts.loaders import SignedIn
from ssc.communities.hosting import actions, queries
from ssc.communities.hosting.access import HostedExchange, OwnSeat
from ssc.communities.hosting.shapes import OwnExchange, SeatShape, Visitors, VisitorShape
from ssc.communities.queries.exchanges import tallies
from ssc.directory.actions.counting import count_profiles
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Exchanges"])

_UNKEPT = "private, no-store"


@router.get("/me/exchanges", responses=problems(401, 422), summary="One's own exchanges")
async def own(viewer: SignedIn, part: Paging, session: Transaction, response: Response) -> Page[OwnExchange]:
    """Those one took part in, and those one looks after: as host, as an organisation's contact, as secretary."""
    response.headers["Cache-Control"] = _UNKEPT
    cut = await queries.lines(session, viewer, part)
    return Page[OwnExchange](items=[OwnExchange.of_line(line) for line in cut.rows], next=cut.next)


@router.get(
    "/me/exchanges/{code}/visitors",
    response_model=Visitors,
    response_model_exclude_unset=True,
    responses=problems(401, 404, 429),
    summary="Who came",
)
async def visitors(
    exchange: HostedExchange, viewer: SignedIn, process: Running, session: Transaction, response: Response
) -> Visitors:
    """For the exchange's hosts and who acts for them. How a visitor is doing she decides herself; of minors nothing
    that the cohort's rules do not allow."""
    response.headers["Cache-Control"] = _UNKEPT
    found = await queries.guests(session, viewer, exchange)
    tally = (await tallies(session, viewer, [exchange.id]))[exchange.id]
    await count_profiles(process, viewer, [guest.id for guest in found])
    items = [VisitorShape.of(guest) for guest in found]
    return Visitors(all=tally.all, here=tally.here, missing=tally.missing, items=items)


@router.get("/me/host-seats", responses=problems(401), summary="Seats one has, or was asked to take")
async def seats(viewer: SignedIn, session: Transaction, response: Response) -> Page[SeatShape]:
    """What has ended is not among them."""
    response.headers["Cache-Control"] = _UNKEPT
    return Page[SeatShape](items=[SeatShape.of(one) for one in await queries.seats_of(session, viewer.id)], next=None)


@router.put("/me/host-seats/{identity}/acceptance", status_code=204, responses=problems(401, 404))
async def accept(seat: OwnSeat, session: Transaction) -> Response:
    """From now on one looks after the exchanges."""
    await actions.accept(session, seat)
    return Response(status_code=204)


@router.delete("/me/host-seats/{identity}", status_code=204, responses=problems(401, 404))
async def give_back(seat: OwnSeat, viewer: SignedIn, session: Transaction) -> Response:
    """Declined, or given back."""
    await actions.end(session, seat, by=viewer.id)
    return Response(status_code=204)
