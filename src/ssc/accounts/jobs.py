"""Work behind the scenes: links are mailed, and what has run out is forgotten."""

from ssc.accounts import throttle, tokens
from ssc.accounts.actions import mailed_links, sessions
from ssc.core import jobs
from ssc.core.process import Process

book = jobs.Book()


@book.job("accounts.mail_sign_in_link")
async def mail_sign_in_link(process: Process, address: str, next_page: str) -> None:
    async with process.database.transaction() as session:
        await mailed_links.mail_sign_in_link(session, address, next_page)


@book.job("accounts.mail_reset")
async def mail_reset(process: Process, address: str) -> None:
    async with process.database.transaction() as session:
        await mailed_links.mail_reset(session, address)


@book.every("17 * * * *", "accounts.forget")
async def forget(process: Process) -> None:
    """Deletes what has run out: tokens, counts, sessions, changes that nobody can undo any more."""
    async with process.database.transaction() as session:
        await tokens.forget(session)
        await throttle.forget(session)
        await sessions.forget(session)
