"""The exchange in a path, and how often links may be made and answered."""

from typing import Annotated

from fastapi import Depends, Request

from ssc.communities.queries.exchanges import exchange_of
from ssc.core import clock, errors
from ssc.core.process import Process
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.roster.bringing.queries import opened
from ssc.roster.bringing.rules import BY_MAKER, BY_NETWORK, Opened
from ssc.web import api
from ssc.web.guard import network_of
from ssc.web.transactions import Transaction


@api.refuses(404)
async def known_exchange(code: str, session: Transaction) -> Exchange:
    return errors.found(await exchange_of(session, code))


KnownExchange = Annotated[Exchange, Depends(known_exchange)]
"""The exchange of this code; 404 for none."""


@api.refuses(404, 410, person=False)
async def opened_link(token: str, session: Transaction) -> Opened:
    found = errors.found(await opened(session, token))
    if not found.is_open(clock.today_in_japan()):
        raise errors.gone()
    return found


OpenedLink = Annotated[Opened, Depends(opened_link)]
"""The link whose secret is in the path; 404 for none of ours, 410 for one that is over."""


async def count_made(process: Process, viewer: Viewer) -> None:
    """Before a link is made: 429 after ten in a day."""
    await process.limits.take(BY_MAKER, str(viewer.id))


async def count_answer(process: Process, request: Request) -> None:
    """Before an answer: 429 after twenty an hour from one network, whichever links they are for."""
    await process.limits.take(BY_NETWORK, network_of(request.state.address))
