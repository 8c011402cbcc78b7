"""What heals by itself: cohorts' threads follow whatever was not told, and recovered accounts whose time has come."""

from ssc.communities.actions import keep_cohorts
from ssc.core.jobs import Book
from ssc.core.process import Process

book = Book()


@book.every("37 * * * *", "communities.keep_cohorts")
async def keep_in_step(process: Process) -> None:
    async with process.database.transaction() as session:
        await keep_cohorts(session)
