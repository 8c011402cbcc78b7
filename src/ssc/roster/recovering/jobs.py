"""What follows a recovery that was asked for, out of the asker's sight."""

from uuid import UUID

from ssc.core import jobs
from ssc.core.process import Process
from ssc.roster.recovering import actions

book = jobs.Book()


@book.job("roster.look-for-record")
async def look_for_record(process: Process, recovery: str) -> None:
    async with process.database.transaction() as session:
        await actions.look_for_record(session, UUID(recovery))
