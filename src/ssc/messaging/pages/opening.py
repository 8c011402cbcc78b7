"""The page on which one begins to write: to one person, or to several as a group."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.core.text import LINES, ONE_LINE
from ssc.messaging.access import TheWriter
from ssc.messaging.actions import opening
from ssc.messaging.queries.contact import pair_of
from ssc.messaging.queries.watching import mates_of
from ssc.messaging.rules import BODY_LIMIT
from ssc.messaging.writing import Sending
from ssc.people import queries as people
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.api import Body
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

_SUGGESTED = 60


class OpeningForm(Body):
    """To whom, and what; a title makes it a group."""

    to: list[str] = []
    others: Annotated[str, ONE_LINE, StringConstraints(max_length=2000)] = ""
    title: Annotated[str, ONE_LINE, StringConstraints(max_length=120)] = ""
    body: Annotated[str, LINES, StringConstraints(max_length=BODY_LIMIT)] = Field("")
    client_id: Annotated[str, StringConstraints(max_length=64)] = ""

    @property
    def handles(self) -> list[str]:
        """Of the boxes and of the line, each once."""
        written = self.others.replace(",", " ").replace("、", " ").split()
        return list(dict.fromkeys(one.lstrip("@").lower() for one in [*self.to, *written] if one.strip("@")))


@router.get("/messages/new")
async def new(
    request: Request,
    viewer: Correspondent,
    session: Transaction,
    to: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """With `to` a first word to this member; where there is a conversation with her, on to that."""
    if to:
        member_id = await people.id_of(session, to)
        known = await pair_of(session, viewer.id, member_id) if member_id else None
        if known is not None:
            return pages.see_other(f"/messages/{known}")
    return await _page(request, session, viewer, forms.blank(to=[to] if to else [], client_id=str(ids.new())))


@router.post("/messages/new")
async def begin(request: Request, viewer: Correspondent, process: Running, writer: TheWriter) -> Response:
    """Opens the conversation, and sends what is written into it."""
    form = await forms.read(request, OpeningForm)
    if form.data is not None and not form.data.handles:
        form.errors["others"] = _("Choose to whom you write.")
    if form.data is not None and not form.errors:
        try:
            thread_id = await _open(process, viewer, form.data)
            if form.data.body:
                await writer.send(Sending(thread_id, viewer.id, form.data.client_id or str(ids.new()), form.data.body))
            return pages.see_other(f"/messages/{thread_id}")
        except Problem as refused:
            _explain(form, refused)
    async with process.database.reading() as session:
        return await _page(request, session, viewer, form, 422)


async def _open(process: Running, viewer: Viewer, form: OpeningForm) -> UUID:
    async with process.database.transaction() as session:
        if len(form.handles) == 1 and not form.title:
            thread_id, _new = await opening.open_direct(session, process.limits, viewer, form.handles[0])
            return thread_id
        title = form.title or await _title_of(session, viewer, form.handles)
        return await opening.open_group(session, process.limits, viewer, title, form.handles)


async def _title_of(session: Session, viewer: Viewer, handles: list[str]) -> str:
    """A group without a title is called like its people."""
    members = [await people.reached_by_handle(session, viewer, handle) for handle in handles[:3]]
    names = [viewer.member.name, *(one.member.name for one in members if one)]
    return ", ".join(name.split(" ")[0] for name in names)[:120]


def _explain(form: Form[OpeningForm], refused: Problem) -> None:
    if refused.kind.status == 404:
        form.errors["others"] = _("One of these is not a member whom you can write to.")
    else:
        form.refuse(refused)


async def _page(request: Request, session: Session, viewer: Viewer, form: Form[Any], status: int = 200) -> Response:
    chosen = [str(handle) for handle in form.value("to") or []]
    known = [one for one in [await people.reached_by_handle(session, viewer, handle) for handle in chosen] if one]
    mates = await mates_of(session, viewer, _SUGGESTED)
    shown = {member.handle: member for member in [*(one.member for one in known), *mates]}
    return pages.render(
        request,
        "messaging/new.html",
        viewer,
        status=status,
        form=form,
        chosen=chosen,
        one=known[0].member if len(known) == 1 and len(chosen) == 1 else None,
        mates=sorted(shown.values(), key=lambda member: member.name),
    )
