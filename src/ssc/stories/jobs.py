"""What stories do by themselves: forgetting what nobody confirmed, and addresses no longer needed."""

from ssc.core import clock, jobs
from ssc.core.process import Process
from ssc.stories.actions import questions

book = jobs.Book()


@book.every("17 * * * *", "stories.sweep")
async def sweep(process: Process) -> None:
    async with process.database.transaction() as session:
        await questions.sweep(session, clock.now())
