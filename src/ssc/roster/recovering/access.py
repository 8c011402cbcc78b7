"""How often recoveries may be asked for."""

from fastapi import Request

from ssc.accounts import addresses
from ssc.core.process import Process
from ssc.roster.recovering.rules import BY_ADDRESS, BY_NETWORK
from ssc.web.guard import network_of


async def count(request: Request, process: Process, email: str) -> None:
    """Before a request: 429 after too many, alike for known and unknown addresses."""
    await process.limits.take(BY_NETWORK, network_of(request.state.address))
    await process.limits.take(BY_ADDRESS, addresses.key_of(email))
