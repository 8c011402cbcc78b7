"""How often one may ask to join; and the request that an address names, for staff."""

from typing import Annotated

from fastapi import Depends, Request

from ssc.accounts.loaders import Staff
from ssc.core.process import Process
from ssc.roster import asking, reaching
from ssc.roster.requesting.models import MembershipRequest
from ssc.roster.requesting.rules import BY_ADDRESS, BY_NETWORK
from ssc.web import api
from ssc.web.transactions import Transaction


async def count(request: Request, process: Process, email: str) -> None:
    """Before a request: 429 after too many, alike for known and unknown addresses."""
    await asking.count(request, process, email, by_network=BY_NETWORK, by_address=BY_ADDRESS)


@api.refuses(404)
async def known_request(identity: str, viewer: Staff, session: Transaction) -> MembershipRequest:
    return await reaching.known(session, MembershipRequest, identity)


KnownRequest = Annotated[MembershipRequest, Depends(known_request)]
"""The request of the id in the path; 404 before anything in the body is looked at."""
