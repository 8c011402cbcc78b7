"""What heals by itself: communities' threads follow whatever was not told, and what the calendar brings."""

from uuid import UUID

from ssc.communities.actions import keep_cohorts, settle
from ssc.communities.conversations.actions import tell_of
from ssc.core.jobs import Book
from ssc.core.process import Process

book = Book()


@book.every("37 * * * *", "communities.keep_cohorts")
async def keep_in_step(process: Process) -> None:
    async with process.database.transaction() as session:
        await keep_cohorts(session)


@book.every("0,43 * * * *", "communities.settle")
async def settle_all(process: Process) -> None:
    """Also at midnight in Japan, when terms of office begin and end."""
    async with process.database.transaction() as session:
        await settle(session)


@book.job("communities.settle_member")
async def settle_member(process: Process, member: str) -> None:
    """For packages below, which change where somebody lives and know of no chapter."""
    async with process.database.transaction() as session:
        await settle(session, [UUID(member)])


@book.job("communities.tell_conversation")
async def tell_conversation(process: Process, conversation: str) -> None:
    async with process.database.transaction() as session:
        await tell_of(session, UUID(conversation))
