"""How often claims and fresh links may be asked for, by the invited address and by the caller's network."""

from typing import Annotated

from fastapi import Depends, Request

from ssc.accounts import addresses, tokens
from ssc.core import errors
from ssc.core.db import Session
from ssc.core.limits import Limit
from ssc.core.process import Process
from ssc.roster.claiming import rules as claiming
from ssc.roster.inviting import rules as inviting
from ssc.web import api
from ssc.web.guard import network_of
from ssc.web.transactions import Running, Transaction


@api.refuses(404, 429, required=False)
async def known_token(token: str, request: Request, process: Running, session: Transaction) -> str:
    await process.limits.take(claiming.BY_NETWORK, network_of(request.state.address))
    if await tokens.find(session, inviting.CLAIM, token) is None:
        raise errors.not_found()
    return token


KnownToken = Annotated[str, Depends(known_token)]
"""The secret in the path, counted for the caller's network; 404 when no invitation bore it."""


async def count_attempt(process: Process, session: Session, secret: str) -> None:
    """Before a claim: 429 after too many with invitations to one address."""
    await _count_address(process, session, secret, claiming.BY_ADDRESS)


async def count_renewal(request: Request, process: Process, session: Session, secret: str) -> None:
    """Before a fresh link: 429 after too many. An unknown secret counts for the network alone."""
    await process.limits.take(inviting.BY_NETWORK, network_of(request.state.address))
    await _count_address(process, session, secret, inviting.BY_ADDRESS)


async def _count_address(process: Process, session: Session, secret: str, limit: Limit) -> None:
    token = await tokens.find(session, inviting.CLAIM, secret)
    if token is not None:
        await process.limits.take(limit, addresses.key_of(token.address))
