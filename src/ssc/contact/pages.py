"""The page from which one writes to the secretariat, and the desk's page of what came."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff, Visitor
from ssc.contact import actions, queries
from ssc.contact.access import KnownMessage, count
from ssc.contact.forms import AnswerBody, ContactBody
from ssc.contact.queries import State
from ssc.core import errors
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/contact"


@router.get("/contact")
async def form(request: Request, viewer: Visitor) -> Response:
    topic = request.query_params.get("topic", "")[:120]
    known = {"name": viewer.member.name} if viewer else {}
    return _page(request, viewer, forms.blank(topic=topic, **known))


@router.post("/contact")
async def write(request: Request, viewer: Visitor, session: Transaction, process: Running) -> Response:
    asked = await forms.read(request, ContactBody)
    if asked.data is None:
        return _page(request, viewer, asked)
    await count(request, process)
    await actions.write(session, asked.data)
    return pages.render(request, "contact/sent.html", viewer, status=202)


@router.get(DESK)
async def desk(
    request: Request, viewer: Staff, session: Transaction, part: Paging, state: Annotated[State, Query()] = "waiting"
) -> Response:
    cut = await queries.messages(session, state, part)
    return pages.render(
        request,
        "contact/desk.html",
        viewer,
        state=state,
        waiting=await queries.waiting(session),
        messages=cut.rows,
        form=forms.blank(),
        next_href=f"{DESK}?state={state}&cursor={cut.next}" if cut.next else "",
        first_href=f"{DESK}?state={state}" if part.after else "",
    )


@router.post(DESK + "/{identity}/answer")
async def answer(request: Request, identity: KnownMessage, viewer: Staff, session: Transaction) -> Response:
    asked = await forms.read(request, AnswerBody)
    if asked.data is None:
        raise errors.invalid(*asked.errors.items())
    await actions.answer(session, identity, asked.data, by=viewer.id)
    return pages.see_other(DESK)


def _page(request: Request, viewer: Viewer | None, form: Form[Any]) -> Response:
    status = 422 if form.errors else 200
    return pages.render(request, "contact/page.html", viewer, status=status, form=form)
