"""Work behind the scenes: letters for what was missed, digests, and forgetting what is old."""

from ssc.core import jobs
from ssc.core.process import Process
from ssc.notifications import actions
from ssc.notifications.actions.digesting import NOBODY

book = jobs.Book()


@book.job("notifications.mail_missed")
async def mail_missed(process: Process) -> None:
    """Writes everything that is due, one letter a transaction: killed half-way, nothing is lost and nothing doubled."""
    while True:
        async with process.database.transaction() as session:
            if not await actions.write_next(session, process.live):
                return


@book.every("*/5 * * * *", "notifications.sweep")
async def sweep(process: Process) -> None:
    """What was put off: to the end of quiet hours, after a pause."""
    await mail_missed(process)


@book.every("23 * * * *", "notifications.digest")
async def digest(process: Process) -> None:
    member = NOBODY
    while True:
        async with process.database.transaction() as session:
            found = await actions.write_next_digest(session, member)
        if found is None:
            return
        member = found


@book.every("37 3 * * *", "notifications.forget")
async def forget(process: Process) -> None:
    async with process.database.transaction() as session:
        await actions.forget(session)
