"""The mail magazine at its time."""

from uuid import UUID

from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.news.newsletters import actions

book = Book()


@book.job("news.send-newsletter")
async def send(process: Process, *, newsletter: str) -> None:
    async with process.database.transaction() as session:
        await actions.write_letters(session, UUID(newsletter))
