"""How often recoveries may be asked for."""

from fastapi import Request

from ssc.core.process import Process
from ssc.roster import asking
from ssc.roster.recovering.rules import BY_ADDRESS, BY_NETWORK


async def count(request: Request, process: Process, email: str) -> None:
    """Before a request: 429 after too many, alike for known and unknown addresses."""
    await asking.count(request, process, email, by_network=BY_NETWORK, by_address=BY_ADDRESS)
