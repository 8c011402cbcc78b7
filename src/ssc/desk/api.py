"""The desk as JSON: what waits for staff, and the club in numbers."""

from dataclasses import asdict

from ssc.accounts.loaders import Staff
from ssc.desk import queries
from ssc.desk.shapes import FiguresShape, WaitingShape
from ssc.web import api
from ssc.web.paging import Page
from ssc.web.transactions import Transaction

router = api.router(tags=["The desk"])


@router.get("/desk/queue")
async def queue(_viewer: Staff, session: Transaction) -> Page[WaitingShape]:
    """What waits for staff, the longest waiting kind first."""
    waiting = await queries.queue(session)
    items = [WaitingShape(kind=one.kind, count=one.count, oldest_at=one.oldest_at) for one in waiting]
    return Page(items=items, next=None)


@router.get("/desk/figures")
async def figures(_viewer: Staff, session: Transaction) -> FiguresShape:
    """The club in numbers, as of now."""
    return FiguresShape(**asdict(await queries.figures(session)))
