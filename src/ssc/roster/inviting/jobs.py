"""The wave of invitations that is due."""

from uuid import UUID

from ssc.core import jobs
from ssc.core.process import Process
from ssc.roster.inviting import actions

book = jobs.Book()


@book.job("roster.send-wave")
async def send_wave(process: Process, round: str) -> None:
    async with process.database.transaction() as session:
        await actions.send_wave(session, UUID(round))
