"""The desk as JSON: what waits for staff, and the club in numbers."""

from dataclasses import asdict
from typing import Annotated

from fastapi import Query

from ssc.accounts.loaders import Staff
from ssc.core import ids
from ssc.core.errors import not_found
from ssc.desk import mail_log, queries
from ssc.desk.mail_log import State
from ssc.desk.shapes import FiguresShape, LoggedLetter, WaitingShape
from ssc.web import api
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Transaction

router = api.router(tags=["The desk"])


@router.get("/desk/queue")
async def queue(_viewer: Staff, session: Transaction) -> Page[WaitingShape]:
    """What waits for staff, the longest waiting kind first."""
    waiting = await queries.queue(session)
    items = [WaitingShape(kind=one.kind, count=one.count, oldest_at=one.oldest_at) for one in waiting]
    return Page(items=items, next=None)


@router.get("/mail-log", responses=api.problems(401, 403, 422))
async def logged(
    _viewer: Staff,
    session: Transaction,
    part: Paging,
    state: Annotated[State, Query(description="`trouble`: bounced, stopped, failed or unsure.")] = "all",
    to: Annotated[str, Query(max_length=320, description="Only letters to this address.")] = "",
) -> Page[LoggedLetter]:
    """The mail log of the last ninety days, latest first: to whom, of what kind, when, and what became of it."""
    cut = await mail_log.letters(session, part, state, to.strip())
    return Page(items=[LoggedLetter.of(row) for row in cut.rows], next=cut.next)


@router.post("/mail-log/{identity}/resend", responses=api.problems(401, 403, 404, 409))
async def resend(viewer: Staff, identity: str, session: Transaction) -> LoggedLetter:
    """Sends a letter again that was given up, or whose arrival is unsure. 409 for any other, and says why."""
    letter_id = ids.parse(identity)
    if letter_id is None:
        raise not_found()
    return LoggedLetter.of(await mail_log.send_again(session, letter_id, by=viewer.id))


@router.get("/desk/figures")
async def figures(_viewer: Staff, session: Transaction) -> FiguresShape:
    """The club in numbers, as of now."""
    return FiguresShape(**asdict(await queries.figures(session)))
