"""What was taken down and is not brought back is deleted in the end."""

from ssc.communities.albums.actions import sweep
from ssc.core.jobs import Book
from ssc.core.process import Process

book = Book()


@book.every("23 4 * * *", "communities.sweep_albums")
async def sweep_albums(process: Process) -> None:
    async with process.database.transaction() as session:
        await sweep(session, process.blobs)
