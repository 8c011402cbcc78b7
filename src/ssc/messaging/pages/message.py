"""The page of one message, with all that can be done with it."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import clock as instants
from ssc.core import markdown
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.messaging import actions, limiting, rules
from ssc.messaging.access import ChangedThread, OwnThread, ReadableMessage, Seq
from ssc.messaging.forms import MessageEdit
from ssc.messaging.pages.clocks import Clock
from ssc.messaging.pages.lines import Line, whole
from ssc.messaging.queries.inbox import thread_of_viewer
from ssc.messaging.queries.messages import message_of, versions_of
from ssc.messaging.queries.places import Place
from ssc.people.viewer import Viewer
from ssc.web import forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

ONE = "/messages/{thread_id}/{seq}"


@router.get(ONE)
async def message(
    request: Request, found: ReadableMessage, place: OwnThread, viewer: Correspondent, session: Transaction
) -> Response:
    return await _page(request, session, viewer, place, found.seq, forms.blank(body=found.shape["body"]))


@router.post(ONE + "/edit")
async def edit(
    request: Request, place: ChangedThread, viewer: Correspondent, session: Transaction, process: Running, seq: Seq
) -> Response:
    form = await forms.read(request, MessageEdit)
    if form.data is not None:
        await limiting.count_mentions(process.limits, viewer.id, markdown.render(form.data.body).names)
        try:
            async with session.begin_nested():
                await actions.edit_message(session, viewer, place, seq, form.data.body)
            return _back(place, seq)
        except Problem as refused:
            if refused.kind.status != 422:
                raise
            form.refuse(refused)
    return await _page(request, session, viewer, place, seq, form, 422)


@router.post(ONE + "/delete")
async def delete(place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    await actions.delete_message(session, viewer, place, seq)
    return _back(place, seq)


@router.post(ONE + "/reactions")
async def react(
    request: Request, place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq
) -> Response:
    """Pressed once it is there, pressed again it is gone."""
    emoji = str((await forms.submission(request)).get("emoji", "")).strip()
    found = await message_of(session, place, seq)
    if found and viewer.member.handle in found.shape["reactions"].get(emoji, ()):
        await actions.take_back_reaction(session, viewer, place, seq, emoji)
    else:
        await actions.react(session, viewer, place, seq, emoji)
    return _back(place, seq)


@router.get(ONE + "/report")
async def report(found: ReadableMessage) -> Response:
    """By its id, as everything that can be reported is addressed."""
    return pages.see_other(f"/report/message/{found.shape['id']}")


@router.post(ONE + "/pin")
async def pin(place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    await actions.pin(session, viewer, place, seq)
    return _back(place, seq)


@router.post(ONE + "/unpin")
async def unpin(place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    await actions.unpin(session, viewer, place, seq)
    return _back(place, seq)


def _back(place: Place, seq: int) -> Response:
    return pages.see_other(f"/messages/{place.id}?around={seq}#m-{seq}")


async def _page(
    request: Request,
    session: Session,
    viewer: Viewer,
    place: Place,
    seq: int,
    form: Form[MessageEdit],
    status: int = 200,
) -> Response:
    found = await message_of(session, place, seq)
    assert found is not None
    clock, shape = Clock.of(viewer), whole(found.seen_by(viewer.blocked))
    open_to_all = not shape["deleted"] and not shape["withheld"]
    answered = await message_of(session, place, shape["reply_to"]) if shape["reply_to"] else None
    earlier = await versions_of(session, place, seq) if open_to_all else []
    return pages.render(
        request,
        "messaging/message.html",
        viewer,
        status=status,
        thread=await thread_of_viewer(session, viewer, place.id),
        line=Line(
            shape,
            clock.whole(shape["created_at"]),
            quote=whole(answered.seen_by(viewer.blocked)) if answered else None,
        ),
        versions=[(html, clock.whole(instants.rfc3339(at))) for _body, html, at in earlier],
        form=form,
        me=viewer.member.handle,
        may_react=open_to_all and shape["kind"] == "text" and rules.may_react(viewer, place),
        may_reply=open_to_all and shape["kind"] == "text" and rules.may_write(place),
        may_edit=open_to_all and shape["kind"] == "text" and rules.may_edit(place, found.author_id),
        may_delete=open_to_all and shape["kind"] == "text" and rules.may_delete(viewer, found.author_id),
        may_report=shape["kind"] == "text" and not shape["deleted"] and found.author_id != viewer.id,
        may_pin=open_to_all and shape["kind"] == "text" and rules.may_pin(viewer, place),
    )
