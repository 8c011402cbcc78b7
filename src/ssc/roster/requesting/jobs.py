"""What follows a request for membership, out of the asker's sight."""

from uuid import UUID

from ssc.core import jobs
from ssc.core.process import Process
from ssc.roster.requesting import actions

book = jobs.Book()


@book.job("roster.consider-request")
async def consider(process: Process, request: str) -> None:
    async with process.database.transaction() as session:
        await actions.consider(session, UUID(request))
