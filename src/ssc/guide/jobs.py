"""What the guide does by itself: telling those who wait for a call, and forgetting who waited in vain."""

from ssc.core import jobs
from ssc.core.process import Process
from ssc.guide.actions import watching

book = jobs.Book()


@book.job("guide.tell-opened")
async def tell_opened(process: Process, slug: str) -> None:
    """A transaction for each part, so that a worker killed half-way has told nobody twice."""
    told = watching.AT_ONCE
    while told == watching.AT_ONCE:
        async with process.database.transaction() as session:
            told = await watching.tell(session, slug)


@book.every("47 3 * * *", "guide.forget")
async def forget(process: Process) -> None:
    async with process.database.transaction() as session:
        await watching.forget(session)
