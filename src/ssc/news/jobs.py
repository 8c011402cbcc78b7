"""What follows when an item appears: pages are forgotten, members told; and when an opportunity closes."""

from uuid import UUID

from ssc.core import clock, jobs, shelf
from ssc.core.jobs import Book
from ssc.core.process import Process
from ssc.news import queries, rules
from ssc.news.actions import TOPIC
from ssc.news.forms import Audience
from ssc.news.models import NewsItem, Publication
from ssc.news.newsletters import actions as newsletters
from ssc.news.telling import tell_part

book = Book()


@book.job("news.appear")
async def appear(process: Process, *, publication: str) -> None:
    """The item is before the public by the clock alone; this tells of it, once. Nothing when it was put off."""
    async with process.database.transaction() as session:
        held = await session.get(Publication, UUID(publication), with_for_update=True)
        if held is None or held.appeared_at is not None or rules.state_of(held, clock.now()) != "published":
            return
        held.appeared_at = clock.now()
        await shelf.forget(session, TOPIC)
        if not await queries.appeared_before(session, held):
            await jobs.defer(session, "news.tell", item=str(held.item_id), after=None)
        if held.mail_to is not None:
            item = await session.get_one(NewsItem, held.item_id)
            await newsletters.send_item(session, item, Audience.model_validate(held.mail_to), held.approved_by)


@book.job("news.tell")
async def tell(process: Process, *, item: str, after: str | None) -> None:
    """Tells some of the members it concerns, and asks for the next in the same transaction. Nobody once withdrawn."""
    async with process.database.transaction() as session:
        held = await session.get(NewsItem, UUID(item))
        if held is None or not await queries.stands(session, held):
            return
        last = await tell_part(session, held, UUID(after) if after else None)
        if last is not None:
            await jobs.defer(session, "news.tell", item=item, after=str(last))


@book.every("0 15 * * *", "news.close")
async def close(process: Process) -> None:
    """Midnight in Japan: what closed with the day leaves the lists that are kept."""
    async with process.database.transaction() as session:
        await shelf.forget(session, TOPIC)
