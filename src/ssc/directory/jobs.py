"""Work of the directory beside the requests: the counts' changes are added up."""

from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.directory import actions

book = Book()


@book.every("7,27,47 * * * *", "directory.fold_tally")
async def fold_tally(process: Process) -> None:
    async with process.database.transaction() as session:
        await actions.fold_tally(session)
