"""Writing to the secretariat by the API; reading and answering, for staff."""

from typing import Annotated

from fastapi import Query, Request

from ssc.accounts.loaders import Staff
from ssc.contact import actions, queries
from ssc.contact.access import KnownMessage, count
from ssc.contact.forms import AnswerBody, ContactBody
from ssc.contact.queries import State
from ssc.contact.shapes import ContactShape
from ssc.web import api
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router()


@router.post("/contact", status_code=202, tags=["Programmes"], responses=api.problems(422, 429))
async def write(body: ContactBody, request: Request, session: Transaction, process: Running) -> None:
    """Writes to the secretariat. At most three an hour from one network address."""
    await count(request, process)
    await actions.write(session, body)


@router.get("/contact-messages", tags=["The desk"], responses=api.problems(401, 403, 422))
async def messages(
    viewer: Staff,
    session: Transaction,
    part: Paging,
    state: Annotated[State, Query(description="`waiting`, oldest first; or `closed`, latest first.")] = "waiting",
) -> Page[ContactShape]:
    """Messages to the secretariat."""
    cut = await queries.messages(session, state, part)
    return Page(items=[ContactShape.of(row) for row in cut.rows], next=cut.next)


@router.post("/contact-messages/{identity}/answer", tags=["The desk"], responses=api.problems(401, 403, 404, 409, 422))
async def answer(identity: KnownMessage, body: AnswerBody, viewer: Staff, session: Transaction) -> ContactShape:
    """Answers by mail; without words the message is laid aside."""
    return ContactShape.of(await actions.answer(session, identity, body, by=viewer.id))
