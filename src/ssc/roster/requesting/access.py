"""How often one may ask to join; and the request that an address names, for staff."""

from typing import Annotated

from fastapi import Depends, Request

from ssc.accounts import addresses
from ssc.accounts.loaders import Staff
from ssc.core import errors, ids
from ssc.core.process import Process
from ssc.roster.requesting.models import MembershipRequest
from ssc.roster.requesting.rules import BY_ADDRESS, BY_NETWORK
from ssc.web import api
from ssc.web.guard import network_of
from ssc.web.transactions import Transaction


async def count(request: Request, process: Process, email: str) -> None:
    """Before a request: 429 after too many, alike for known and unknown addresses."""
    await process.limits.take(BY_NETWORK, network_of(request.state.address))
    await process.limits.take(BY_ADDRESS, addresses.key_of(email))


@api.refuses(404)
async def known_request(identity: str, viewer: Staff, session: Transaction) -> MembershipRequest:
    parsed = ids.parse(identity)
    found = await session.get(MembershipRequest, parsed) if parsed else None
    if found is None:
        raise errors.not_found()
    return found


KnownRequest = Annotated[MembershipRequest, Depends(known_request)]
"""The request of the id in the path; 404 before anything in the body is looked at."""
