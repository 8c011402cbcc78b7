"""The pages "Your exchanges": all of them, and who came to one that the reader looks after."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.communities.hosting import actions, queries
from ssc.communities.hosting.access import HostedExchange, OwnSeat
from ssc.communities.queries.exchanges import tallies
from ssc.directory.actions.counting import count_profiles
from ssc.web import pages
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

HERE = "/me/exchanges"


@router.get(HERE)
async def own(
    request: Request,
    viewer: SignedIn,
    part: Paging,
    session: Transaction,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    cut = await queries.lines(session, viewer, part)
    return pages.render(
        request,
        "communities/hosting/own.html",
        viewer,
        lines=cut.rows,
        seats=await queries.seats_of(session, viewer.id) if not viewer.limited else [],
        is_host=await queries.is_host(session, viewer),
        done=done,
        next_href=f"{HERE}?cursor={cut.next}" if cut.next else "",
        first_href=HERE if part.after else "",
    )


@router.get(HERE + "/{code}")
async def visitors(
    request: Request, exchange: HostedExchange, viewer: SignedIn, process: Running, session: Transaction
) -> Response:
    found = await queries.guests(session, viewer, exchange)
    await count_profiles(process, viewer, [guest.id for guest in found])
    return pages.render(
        request,
        "communities/hosting/visitors.html",
        viewer,
        exchange=exchange,
        guests=found,
        tally=(await tallies(session, viewer, [exchange.id]))[exchange.id],
        stand=(await queries.stands(session, viewer, exchange.id))[exchange.id],
    )


@router.post("/me/host-seats/{identity}/accept")
async def accept(seat: OwnSeat, session: Transaction) -> Response:
    await actions.accept(session, seat)
    return pages.see_other(f"{HERE}?done=accepted")


@router.post("/me/host-seats/{identity}/end")
async def give_back(seat: OwnSeat, viewer: SignedIn, session: Transaction) -> Response:
    await actions.end(session, seat, by=viewer.id)
    return pages.see_other(f"{HERE}?done=ended")
