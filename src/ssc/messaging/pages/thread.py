"""The page of a conversation: its messages from any place of it, and what is sent by its form."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.i18n import _
from ssc.messaging import actions, limiting, rules
from ssc.messaging.access import OwnThread, TheWriter, WritableThread
from ssc.messaging.actions import own_state
from ssc.messaging.actions.uploads import take_file
from ssc.messaging.forms import SEQ_LIMIT, MessageForm
from ssc.messaging.pages.clocks import Clock
from ssc.messaging.pages.inbox import box_of
from ssc.messaging.pages.lines import BLANK, Shape, lines_of, whole
from ssc.messaging.queries.days import seq_at
from ssc.messaging.queries.inbox import thread_of_viewer
from ssc.messaging.queries.messages import Wanted, Where, message_of, messages_of, pinned_in, these
from ssc.messaging.queries.places import Place
from ssc.messaging.queries.watching import others_of, was_here
from ssc.messaging.writing import Sending
from ssc.people.shapes import Member
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.web import api, forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Running, Transaction

router = APIRouter(include_in_schema=False)

PAGE = 50

At = Annotated[int | None, Query(ge=0, le=SEQ_LIMIT)]


@router.get("/messages/{thread_id}")
async def thread(
    request: Request,
    place: OwnThread,
    viewer: Correspondent,
    session: Transaction,
    before: At = None,
    after: At = None,
    around: At = None,
    on: date | None = None,
    reply: At = None,
) -> Response:
    """Its end, or another part of it; `on` a day, as the reader's calendar has it."""
    if on is not None:
        around = await seq_at(session, place, Clock.of(viewer).midnight(on))
        return pages.see_other(f"/messages/{place.id}?around={around}#m-{around}")
    given: dict[Where, int | None] = {"before": before, "after": after, "around": around}
    wanted = next((Wanted(PAGE, where, at) for where, at in given.items() if at is not None), Wanted(PAGE))
    form = forms.blank(client_id=str(ids.new()))
    return await _page(request, session, viewer, place, wanted, form, reply=reply)


@router.post("/messages/{thread_id}", max_body_size=api.UPLOAD_LIMIT)
async def send(request: Request, to: WritableThread, writer: TheWriter, process: Running) -> Response:
    """The same as by the API: `client_id` makes a form that is sent twice one message."""
    viewer, place = to
    form = await _read(request, process, viewer)
    if form.data is not None and not form.errors:
        sent = form.data
        try:
            sending = Sending(place.id, viewer.id, sent.client_id, sent.body, sent.reply_to, tuple(sent.attachments))
            await limiting.count_mentions(process.limits, viewer.id, sending.names)
            await writer.send(sending)
            await _draft_done(process, viewer, place)
            return pages.see_other(f"/messages/{place.id}")
        except Problem as refused:
            form.refuse(refused)
    async with process.database.reading() as session:
        reply = form.data.reply_to if form.data else None
        return await _page(request, session, viewer, place, Wanted(PAGE), form, reply=reply, status=422)


@router.post("/messages/{thread_id}/read")
async def read(request: Request, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    submitted = await forms.submission(request)
    asked = str(submitted.get("seq", ""))
    await actions.read_up_to(session, viewer, place, int(asked) if asked.isdecimal() else place.last_seq)
    return pages.see_other(f"/messages/{place.id}")


async def _read(request: Request, process: Running, viewer: Viewer) -> Form[MessageForm]:
    """The form, its files being uploads from here on."""
    async with request.form(max_files=rules.ATTACHMENTS_LIMIT) as submitted:
        texts = {name: value for name, value in submitted.items() if isinstance(value, str)}
        files = [one for one in submitted.getlist("file") if isinstance(one, UploadFile) and one.filename]
        values: dict[str, Any] = {name: texts.get(name, "") for name in ("client_id", "body")}
        values["reply_to"] = int(texts["reply_to"]) if texts.get("reply_to", "").isdecimal() else None
        values["attachments"] = []
        try:
            if files:
                await process.limits.take(limiting.UPLOADS, str(viewer.id), len(files))
            for file in files:
                async with process.database.transaction() as session:
                    made = await take_file(session, process.blobs, viewer, file.filename, await file.read())
                values["attachments"].append(made.id)
        except Problem as refused:
            return Form[MessageForm](values=values).refuse(refused)
    return forms.check(MessageForm, values)


async def _draft_done(process: Running, viewer: Viewer, place: Place) -> None:
    if place.draft:
        async with process.database.transaction() as session:
            await own_state.keep_draft(session, viewer, place, "")


async def _page(
    request: Request,
    session: Session,
    viewer: Viewer,
    place: Place,
    wanted: Wanted,
    form: Form[Any],
    *,
    reply: int | None = None,
    status: int = 200,
) -> Response:
    clock, me = Clock.of(viewer), viewer.member.handle or ""
    shown = [read.seen_by(viewer.blocked) for read in await messages_of(session, place, wanted)]
    first, last = (shown[0]["seq"], shown[-1]["seq"]) if shown else (0, place.last_seq)
    others = await others_of(session, viewer, place)
    other = others[0] if place.kind == "direct" and others else None
    answered = await message_of(session, place, reply) if reply else None
    return pages.render(
        request,
        "messaging/thread.html",
        viewer,
        status=status,
        thread=await thread_of_viewer(session, viewer, place.id),
        rev=place.rev,  # read before the messages: what comes between the two is told again, not passed over
        box=await box_of(session, viewer),
        lines=list(
            lines_of(shown, clock, me, quoted=await _quoted(session, viewer, place, shown), read=place.read_seq)
        ),
        pins=[whole(read.seen_by(viewer.blocked)) for read in await pinned_in(session, place)],
        older_href=f"/messages/{place.id}?before={first}" if first > 1 + (rules.reads_above(place) or 0) else "",
        newer_href=f"/messages/{place.id}?after={last}" if last < place.last_seq else "",
        form=form,
        reply=whole(answered.seen_by(viewer.blocked)) if answered else None,
        draft=place.draft,
        me=me,
        zone=clock.zone.key,
        today=clock.today.isoformat(),
        blank=BLANK,
        watched=[one.handle for one in others],
        other=other,
        was_here=other is not None and await was_here(session, other.handle, clock.midnight(clock.today)),
        place_of_other=_whereabouts(other) if other else "",
        may_write=rules.may_write(place),
        may_react=rules.may_react(viewer, place),
        may_pin=rules.may_pin(viewer, place),
        writes_when_open=rules.may_write(place._replace(closed_at=None)),
        is_closed=place.closed_at is not None,
        closed_note=place.closed_note,
        closed=_closed(viewer, place),
    )


async def _quoted(session: Session, viewer: Viewer, place: Place, shown: list[Shape]) -> dict[int, Shape]:
    """What is answered here but was written earlier, as far as the reader may read it."""
    here, above = {one["seq"] for one in shown}, rules.reads_above(place) or 0
    wanted = {one["reply_to"] for one in shown if one["reply_to"] and one["reply_to"] > above} - here
    found = await these(session, [(place.id, seq) for seq in wanted])
    return {read.seq: read.seen_by(viewer.blocked) for read in found}


def _whereabouts(member: Member) -> str:
    """What stands under the name of the other: what she does, else where she is from."""
    return member.headline or member.affiliation or (countries.name(member.country) if member.country else "")


def _closed(viewer: Viewer, place: Place) -> str:
    """What stands where one would write, where one may not, or once the thread is closed."""
    if place.request == "declined":
        return _("You declined this conversation.")
    if viewer.is_minor and not place.posts:
        return _("You read along here. Writing is for the adults of the community.")
    if place.posts:
        return _("This conversation is closed. It can still be read and reacted to.")
    if place.announces:
        return _("Announcements are written by those who look after the community. You can react to them.")
    return _("You read this thread, but you do not write in it.")  # where only a few write
