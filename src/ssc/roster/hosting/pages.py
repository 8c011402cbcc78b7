"""The pages on which staff invite hosts, and hosts their secretaries."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.communities.hosting import queries
from ssc.communities.hosting.rules import MOST_SECRETARIES
from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.people.viewer import Viewer
from ssc.roster.hosting import actions
from ssc.roster.hosting.access import Host, count_invited
from ssc.roster.hosting.forms import HostBody, SecretaryBody
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

DESK = "/desk/hosts"
OWN = "/me/secretaries"
Done = Annotated[str, Query(max_length=20)]
_SAID_AT_THE_FORM = (409, 422, 429)


@router.get(DESK)
async def hosts(request: Request, viewer: Staff, session: Transaction, done: Done = "") -> Response:
    return await _desk(request, viewer, session, forms.blank(language="ja"), done)


@router.post(DESK)
async def invite(request: Request, viewer: Staff, session: Transaction) -> Response:
    form = await forms.read(request, HostBody)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await actions.invite_host(session, viewer, form.data)
            return pages.see_other(f"{DESK}?done=invited")
        except Problem as refused:
            _explain(form, refused)
    return await _desk(request, viewer, session, form)


@router.post(DESK + "/{identity}/end")
async def end(identity: str, viewer: Staff, session: Transaction) -> Response:
    await actions.end_seat(session, viewer, ids.parse(identity))
    return pages.see_other(f"{DESK}?done=ended")


@router.get(OWN)
async def secretaries(request: Request, viewer: Host, session: Transaction, done: Done = "") -> Response:
    return await _own(request, viewer, session, forms.blank(language="ja"), done)


@router.post(OWN)
async def ask(request: Request, viewer: Host, process: Running, session: Transaction) -> Response:
    form = await forms.read(request, SecretaryBody)
    if form.data is not None:
        try:
            async with session.begin_nested():
                await count_invited(process, viewer)
                await actions.invite_secretary(session, viewer, form.data)
            return pages.see_other(f"{OWN}?done=asked")
        except Problem as refused:
            _explain(form, refused)
    return await _own(request, viewer, session, form)


@router.post(OWN + "/{identity}/end")
async def dismiss(identity: str, viewer: Host, session: Transaction) -> Response:
    await actions.dismiss(session, viewer, ids.parse(identity))
    return pages.see_other(f"{OWN}?done=ended")


def _explain(form: Form[Any], refused: Problem) -> None:
    if refused.kind.status not in _SAID_AT_THE_FORM:
        raise refused
    form.refuse(refused)


async def _desk(request: Request, viewer: Viewer, session: Session, form: Form[Any], done: str = "") -> Response:
    return pages.render(
        request,
        "roster/hosting/desk.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        seats=await queries.all_seats(session),
        done=done,
    )


async def _own(request: Request, viewer: Viewer, session: Session, form: Form[Any], done: str = "") -> Response:
    seats = await queries.secretaries_of(session, viewer.id)
    return pages.render(
        request,
        "roster/hosting/own.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        seats=seats,
        most=MOST_SECRETARIES,
        done=done,
    )
