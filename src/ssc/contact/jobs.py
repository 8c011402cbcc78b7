"""What is closed is forgotten after a while."""

from ssc.contact import actions
from ssc.core import jobs
from ssc.core.process import Process

book = jobs.Book()


@book.every("41 3 * * *", "contact.forget")
async def forget(process: Process) -> None:
    async with process.database.transaction() as session:
        await actions.forget(session)
