"""The wave of invitations that is due, and the invitation of who tried to sign in before claiming."""

from uuid import UUID

from ssc.core import jobs
from ssc.core.process import Process
from ssc.roster.inviting import actions

book = jobs.Book()


@book.job("roster.send-wave")
async def send_wave(process: Process, round: str) -> None:
    async with process.database.transaction() as session:
        await actions.send_wave(session, UUID(round))


@book.job("roster.offer_invitation")
async def offer_invitation(process: Process, address: str) -> None:
    """`accounts` asks for it when a sign-in link or a reset was wanted for an address without an account."""
    async with process.database.transaction() as session:
        await actions.invite_address(session, address, by="system")
