"""What heals by itself: communities' threads follow whatever was not told, and what the calendar brings."""

from datetime import timedelta
from uuid import UUID

from ssc.communities.actions import keep_cohorts, settle
from ssc.communities.chapters import actions as chapters
from ssc.communities.conversations.actions import tell_of
from ssc.core import clock
from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.messaging.actions.seating import recount_of
from ssc.people import queries as people

book = Book()

_HOUR = timedelta(hours=1)


@book.every("37 * * * *", "communities.keep_cohorts")
async def keep_in_step(process: Process) -> None:
    async with process.database.transaction() as session:
        await keep_cohorts(session)


@book.every("0,43 * * * *", "communities.settle")
async def settle_all(process: Process) -> None:
    """Also at midnight in Japan, when terms of office begin and end; suspensions run out at any hour."""
    async with process.database.transaction() as session:
        await settle(session)
        await recount_of(session, await people.suspended_until(session, clock.now() - 2 * _HOUR))


@book.every("2 15 * * *", "communities.tell_of_ends")
async def tell_of_ends(process: Process) -> None:
    """Just after midnight in Japan."""
    async with process.database.transaction() as session:
        await chapters.tell_of_ends(session)


@book.job("communities.tell_conversation")
async def tell_conversation(process: Process, conversation: str) -> None:
    async with process.database.transaction() as session:
        await tell_of(session, UUID(conversation))
