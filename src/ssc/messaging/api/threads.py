"""Threads for programs: the inbox, opening one, and who is in it."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, Query
from starlette.responses import Response

from ssc.accounts.loaders import Correspondent
from ssc.core.db import Session
from ssc.messaging import encoding
from ssc.messaging.access import OwnThread
from ssc.messaging.actions import membership, opening, own_state
from ssc.messaging.queries.inbox import Filter, thread_of_viewer, threads_of
from ssc.messaging.queries.participants import participants_of, shown
from ssc.messaging.thread_forms import (
    DirectForm,
    DraftForm,
    MemberForm,
    MuteForm,
    OpeningForm,
    ThreadChange,
)
from ssc.messaging.thread_shapes import Participant, Thread
from ssc.people.viewer import Viewer
from ssc.web import api
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Messages"])


@router.get("/threads", response_model=Page[Thread], responses=problems(401, 403, 422))
async def list_threads(
    viewer: Correspondent,
    session: Transaction,
    part: Paging,
    wanted: Annotated[Filter, Query(alias="filter", description="Which of them.")] = "all",
) -> Response:
    """One's threads, where something was written last first. Archived ones come back when something is written."""
    cut = await threads_of(session, viewer, wanted, part)
    return Response(encoding.json({"items": cut.rows, "next": cut.next}), media_type="application/json")


@router.post(
    "/threads",
    status_code=201,
    response_model=Thread,
    responses={200: {"model": Thread, "description": "The direct thread that exists"}, **problems(401, 403, 422, 429)},
)
async def open_thread(
    form: Annotated[OpeningForm, Body()], viewer: Correspondent, session: Transaction, process: Running
) -> Response:
    """Begins a conversation of two, or a group.

    Whoever shares an exchange, a host or sending organisation, or the thread of a community or event may write; of
    others the first message is a request: one text without links or files, until it is accepted. The other's
    preference narrows this. 403 `not-accepting` alike whatever the reason.

    Limits: 10 direct threads a day, in the first 24 hours 5 of them with strangers, and none with strangers while 20
    requests wait unanswered; 20 groups and 50 invitations into groups a day.
    """
    if isinstance(form, DirectForm):
        thread_id, new = await opening.open_direct(session, process.limits, viewer, form.member)
    else:
        new = True
        thread_id = await opening.open_group(session, process.limits, viewer, form.title, form.members, form.history)
    return await _thread(session, viewer, thread_id, 201 if new else 200)


@router.get("/threads/{thread_id}", response_model=Thread, responses=problems(401, 403, 404))
async def thread(place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """One of one's threads."""
    return await _thread(session, viewer, place.id)


@router.patch("/threads/{thread_id}", response_model=Thread, responses=problems(401, 403, 404, 422))
async def change_thread(
    change: ThreadChange, place: OwnThread, viewer: Correspondent, session: Transaction
) -> Response:
    """Changes a group's title, owner or history; for its owner."""
    await membership.change_group(
        session, viewer, place, title=change.title, owner=change.owner, history=change.history
    )
    return await _thread(session, viewer, place.id)


@router.put("/threads/{thread_id}/acceptance", response_model=Thread, responses=problems(401, 403, 404))
async def accept(place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Accepts a request, or an invitation into a group."""
    await membership.accept(session, viewer, place)
    return await _thread(session, viewer, place.id)


@router.delete("/threads/{thread_id}/acceptance", status_code=204, responses=problems(401, 403, 404, 409))
async def decline(place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Declines it. The other is not told."""
    await membership.decline(session, viewer, place)
    return Response(status_code=204)


@router.get("/threads/{thread_id}/members", responses=problems(401, 403, 404, 422))
async def members(place: OwnThread, viewer: Correspondent, session: Transaction, part: Paging) -> Page[Participant]:
    """Who is in the thread, the longest-standing first, as far as one may see them."""
    cut = await participants_of(session, viewer, place, part)
    return Page[Participant](items=cut.rows, next=cut.next)


@router.post(
    "/threads/{thread_id}/members",
    status_code=201,
    response_model=Participant,
    responses={200: {"model": Participant, "description": "In it already"}, **problems(401, 403, 404, 409, 422, 429)},
)
async def add_member(
    form: MemberForm, place: OwnThread, viewer: Correspondent, session: Transaction, process: Running
) -> Response:
    """Takes somebody into one's group; who shares no history, or had left, is invited. 50 a day."""
    added, new = await membership.add_member(session, process.limits, viewer, place, form.member)
    (participant,) = await shown(session, viewer, place.owner_id, [added])
    return Response(participant.model_dump_json(), 201 if new else 200, media_type="application/json")


@router.delete("/threads/{thread_id}/members/{handle}", status_code=204, responses=problems(401, 403, 404))
async def remove_member(handle: str, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Leaves, by one's own handle; else, for a group's owner, removes somebody."""
    await membership.remove_member(session, viewer, place, handle)
    return Response(status_code=204)


@router.put("/threads/{thread_id}/mute", status_code=204, responses=problems(401, 403, 404, 422))
async def mute(form: MuteForm, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Tells nothing of this thread until then; null ends that."""
    await own_state.mute(session, viewer, place, form.until)
    return Response(status_code=204)


@router.put("/threads/{thread_id}/archive", status_code=204, responses=problems(401, 403, 404))
async def archive(place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Puts the thread away until something is written in it."""
    await own_state.archive(session, viewer, place, True)
    return Response(status_code=204)


@router.delete("/threads/{thread_id}/archive", status_code=204, responses=problems(401, 403, 404))
async def unarchive(place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Brings the thread back among the others."""
    await own_state.archive(session, viewer, place, False)
    return Response(status_code=204)


@router.put("/threads/{thread_id}/draft", status_code=204, responses=problems(401, 403, 404, 422))
async def draft(form: DraftForm, place: OwnThread, viewer: Correspondent, session: Transaction) -> Response:
    """Keeps what one has begun to write; an empty text forgets it."""
    await own_state.keep_draft(session, viewer, place, form.body)
    return Response(status_code=204)


async def _thread(session: Session, viewer: Viewer, thread_id: UUID, status: int = 200) -> Response:
    shape = await thread_of_viewer(session, viewer, thread_id)
    return Response(encoding.json(shape), status, media_type="application/json")
