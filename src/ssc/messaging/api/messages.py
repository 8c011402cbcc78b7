"""What is written in a thread, for programs."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core import errors, markdown
from ssc.core.i18n import _
from ssc.messaging import actions, encoding, limiting
from ssc.messaging.access import ChangedThread, OwnThread, ReadableMessage, Seq, TheWriter, WritableThread
from ssc.messaging.forms import SEQ_LIMIT, MessageEdit, MessageForm, ReadForm
from ssc.messaging.queries.messages import Read, Wanted, Where, message_of, messages_of, pinned_in, versions_of
from ssc.messaging.shapes import History, Message, Messages, Version
from ssc.messaging.writing import Sending
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Messages"])

At = Annotated[int | None, Query(ge=0, le=SEQ_LIMIT)]


@router.get("/threads/{thread_id}/messages", response_model=Messages, responses=problems(401, 403, 404, 422))
async def messages(
    place: OwnThread,
    viewer: Correspondent,
    session: Transaction,
    before: Annotated[At, Query(description="The last ones below this `seq`.")] = None,
    after: Annotated[At, Query(description="The first ones above this `seq`.")] = None,
    around: Annotated[At, Query(description="Those about this `seq`.")] = None,
    after_rev: Annotated[At, Query(description="What changed above this `rev`, ascending by `rev`.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 30,
) -> Response:
    """Messages by `seq` ascending; the latest, when no place is named."""
    given: dict[Where, int | None] = {"before": before, "after": after, "around": around, "after_rev": after_rev}
    found = await messages_of(session, place, _wanted(given, limit))
    return _answer({"items": [read.seen_by(viewer.blocked) for read in found], "next": None})


@router.post(
    "/threads/{thread_id}/messages",
    status_code=201,
    response_model=Message,
    responses={200: {"model": Message, "description": "Stored before"}, **problems(401, 403, 404, 409, 422, 429)},
)
async def send(form: MessageForm, to: WritableThread, writer: TheWriter, process: Running) -> Response:
    """Stores a message, and answers once it is durable. 600 a minute; it can mention fifty people, and one's messages
    of a day 500.

    Under a `client_id` of the author's that was seen in this thread before, with the same text, reply and files: 200
    and what is stored. With others: 409 `client-id-reused`.
    """
    sending = Sending(to.place.id, to.viewer.id, form.client_id, form.body, form.reply_to, tuple(form.attachments))
    await limiting.count_mentions(process.limits, sending.author_id, sending.names)
    stored = await writer.send(sending)
    if stored.message is not None:
        return Response(stored.message, 201, media_type="application/json")
    async with process.database.reading() as session:
        read = await message_of(session, to.place, stored.seq)
    if read is None:  # it was written before she left and came again
        raise errors.not_found()
    return _message(read, to.viewer)


@router.get("/threads/{thread_id}/messages/{seq}", response_model=Message, responses=problems(401, 403, 404))
async def message(read: ReadableMessage, viewer: Correspondent) -> Response:
    """One message."""
    return _message(read, viewer)


@router.patch(
    "/threads/{thread_id}/messages/{seq}", response_model=Message, responses=problems(401, 403, 404, 422, 429)
)
async def edit(
    change: MessageEdit, place: ChangedThread, viewer: Correspondent, session: Transaction, process: Running, seq: Seq
) -> Response:
    """Changes what one's own message says; everybody can see what it said before."""
    await limiting.count_mentions(process.limits, viewer.id, markdown.render(change.body).names)
    return _message(await actions.edit_message(session, viewer, place, seq, change.body), viewer)


@router.delete("/threads/{thread_id}/messages/{seq}", status_code=204, responses=problems(401, 403, 404, 429))
async def delete(place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    """Deletes one's own message, or any as a moderator: an empty one with its number stays."""
    await actions.delete_message(session, viewer, place, seq)
    return Response(status_code=204)


@router.get("/threads/{thread_id}/messages/{seq}/history", responses=problems(401, 403, 404))
async def history(read: ReadableMessage, place: OwnThread, viewer: Correspondent, session: Transaction) -> History:
    """What the message said, and says now; of a deleted one nothing is left."""
    shown = read.seen_by(viewer.blocked)
    if shown["deleted"] or shown.get("withheld"):
        return History(items=[])
    earlier = await versions_of(session, place, read.seq)
    now = (shown["body"], shown["html"], shown["edited_at"] or shown["created_at"])
    return History(items=[Version(body=body, html=html, written_at=at) for body, html, at in [*earlier, now]])


@router.put(
    "/threads/{thread_id}/messages/{seq}/reactions/{emoji}",
    response_model=Message,
    responses=problems(401, 403, 404, 409, 422, 429),
)
async def react(emoji: str, place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    """Reacts with one emoji; at most 20 kinds a message."""
    return _message(await actions.react(session, viewer, place, seq, emoji), viewer)


@router.delete(
    "/threads/{thread_id}/messages/{seq}/reactions/{emoji}", status_code=204, responses=problems(401, 403, 404, 429)
)
async def unreact(emoji: str, place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    """Takes one's own reaction back."""
    await actions.take_back_reaction(session, viewer, place, seq, emoji)
    return Response(status_code=204)


@router.get("/threads/{thread_id}/pins", response_model=Messages, responses=problems(401, 403, 404))
async def pins(place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """The pinned messages, the earliest first."""
    found = await pinned_in(session, place)
    return _answer({"items": [read.seen_by(viewer.blocked) for read in found], "next": None})


@router.put("/threads/{thread_id}/pins/{seq}", response_model=Message, responses=problems(401, 403, 404, 409, 429))
async def pin(place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    """Keeps a message in view for all; 50 at most."""
    return _message(await actions.pin(session, viewer, place, seq), viewer)


@router.delete("/threads/{thread_id}/pins/{seq}", status_code=204, responses=problems(401, 403, 404, 429))
async def unpin(place: ChangedThread, viewer: Correspondent, session: Transaction, seq: Seq) -> Response:
    """Lets a message go with the others again."""
    await actions.unpin(session, viewer, place, seq)
    return Response(status_code=204)


@router.put("/threads/{thread_id}/read", status_code=204, responses=problems(401, 403, 404, 422))
async def read(form: ReadForm, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Notes how far one has read; a smaller number than before marks as unread."""
    await actions.read_up_to(session, viewer, place, form.seq)
    return Response(status_code=204)


def _wanted(given: dict[Where, int | None], limit: int) -> Wanted:
    named = [Wanted(limit, where, at) for where, at in given.items() if at is not None]
    if len(named) > 1:
        raise errors.invalid(*((one.where, _("Name one place only.")) for one in named))
    return named[0] if named else Wanted(limit)


def _message(read: Read, viewer: Viewer) -> Response:
    return _answer(read.seen_by(viewer.blocked))


def _answer(content: dict[str, object]) -> Response:
    return Response(encoding.json(content), media_type="application/json")
