"""What happens by itself: unused files go, and groups follow birthdays."""

from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.messaging.actions.ages import follow_birthdays
from ssc.messaging.actions.announcing import tell_announcements
from ssc.messaging.actions.uploads import sweep_unused

book = Book()


@book.every("17 * * * *", "messaging.sweep_uploads")
async def sweep_uploads(process: Process) -> None:
    async with process.database.transaction() as session:
        await sweep_unused(session, process.blobs)


@book.every("5 15 * * *", "messaging.ages")
async def ages(process: Process) -> None:
    """At the beginning of the day in Japan."""
    await follow_birthdays(process.database)


@book.every("* * * * *", "messaging.announce")
async def announce(process: Process) -> None:
    """In its own time, and not the writer's: a chapter may have ten thousand members."""
    async with process.database.transaction() as session:
        await tell_announcements(session)
