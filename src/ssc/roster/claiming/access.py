"""How often claims and fresh links may be asked for, by the invited address and by the caller's network."""

from fastapi import Request

from ssc.accounts import addresses, tokens
from ssc.core.db import Session
from ssc.core.limits import Limit
from ssc.core.process import Process
from ssc.roster.claiming import rules as claiming
from ssc.roster.inviting import rules as inviting
from ssc.web.guard import network_of


async def count_attempt(request: Request, process: Process, session: Session, secret: str) -> None:
    """Before a claim: 429 after too many."""
    await _count(request, process, session, secret, claiming.BY_NETWORK, claiming.BY_ADDRESS)


async def count_renewal(request: Request, process: Process, session: Session, secret: str) -> None:
    """Before a fresh link: 429 after too many."""
    await _count(request, process, session, secret, inviting.BY_NETWORK, inviting.BY_ADDRESS)


async def _count(
    request: Request, process: Process, session: Session, secret: str, by_network: Limit, by_address: Limit
) -> None:
    await process.limits.take(by_network, network_of(request.state.address))
    token = await tokens.find(session, inviting.CLAIM, secret)
    if token is not None:
        await process.limits.take(by_address, addresses.key_of(token.address))
