"""Answering an event's invitation, and the organisers' list of those who did."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.events import shapes, spreadsheet
from ssc.events.access import (
    AnsweredEvent,
    Answering,
    InvitedGuest,
    MeantMember,
    OrganisedEvent,
    SeenEvent,
    note_export,
)
from ssc.events.actions import answering, placing
from ssc.events.forms.answer import RsvpBody
from ssc.events.models import Answer
from ssc.events.queries import attendees, events, log, places
from ssc.events.queries.attendees import Wanted
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Events"])


class Invitation(BaseModel):
    """What somebody without an account is invited to, and what she answered, if she has."""

    event: shapes.EventInShort
    name: str
    rsvp: shapes.Rsvp | None = None


@router.put(
    "/events/{slug}/rsvp",
    response_model_exclude_unset=True,
    responses=problems(401, 403, 404, 409, 422),
    summary="Answer",
)
async def put_rsvp(
    _known: SignedIn, event: AnsweredEvent, viewer: Answering, body: RsvpBody, session: Transaction
) -> shapes.Rsvp:
    """Going, maybe or declined. When the party does not fit, or others wait, it is `waitlisted`; answering again
    keeps the position. An offered place stays `waitlisted` with `offer_expires_at` and counts as taken: going takes
    it. 409 `event-closed` after closing or cancelling, but declining always works."""
    return shapes.Rsvp.of(*await placing.say(session, viewer, event, body))


@router.get(
    "/events/{slug}/rsvp", response_model_exclude_unset=True, responses=problems(401, 404), summary="One's own answer"
)
async def get_rsvp(viewer: SignedIn, found: SeenEvent, session: Transaction) -> shapes.Rsvp:
    """404 for who has not answered."""
    answer = _own(found.answer)
    positions = await places.positions(session, [answer])
    return shapes.Rsvp.of(answer, positions.get(answer.id))


@router.get("/events/{slug}/rsvp/log", responses=problems(401, 404), summary="What moved one's place")
async def get_log(viewer: SignedIn, found: SeenEvent, session: Transaction) -> Page[shapes.LogLine]:
    """Latest first, in the reader's language."""
    lines = await log.log_of(session, found.event, _own(found.answer))
    return Page(items=[shapes.LogLine(at=line.at, what=line.what, text=line.text) for line in lines], next=None)


@router.get("/events/{slug}/attendees", responses=problems(401, 403, 404, 422), summary="Who answered")
async def list_attendees(
    found: OrganisedEvent,
    viewer: SignedIn,
    session: Transaction,
    part: Paging,
    status: Annotated[Wanted | None, Query()] = None,
    q: Annotated[str, Query(max_length=120, description="Words of a name.")] = "",
) -> Page[shapes.Attendee]:
    """For organisers, by name. Addresses are never shown."""
    cut = await attendees.attendees(session, viewer, found, part, status, q)
    return Page(items=await attendees.shown(session, viewer, cut.rows), next=cut.next)


@router.get("/events/{slug}/attendees.csv", responses=problems(401, 403, 404), summary="Who answered, as a file")
async def attendees_file(found: OrganisedEvent, viewer: SignedIn, session: Transaction, process: Running) -> Response:
    """Name, country, affiliation, status, guests, and a column for each question. In the audit log."""
    rows = await attendees.everybody(session, viewer, found)
    text = spreadsheet.file_of(found.event, rows)
    await note_export(process, viewer, found.event, len(rows))
    headers = {
        "Cache-Control": etags.PRIVATE,
        "Content-Disposition": f'attachment; filename="{found.event.slug}.csv"',
    }
    return Response(text.encode(), 200, headers, "text/csv; charset=utf-8")


@router.put(
    "/events/{slug}/attendees/{handle}", responses=problems(401, 403, 404, 409, 422), summary="Answer for somebody"
)
async def put_attendee(
    found: OrganisedEvent, member_id: MeantMember, body: RsvpBody, viewer: SignedIn, session: Transaction
) -> shapes.Attendee:
    """Who answered by telephone. She is told; the limit of guests each may bring does not bind organisers."""
    await answering.answer(session, found.event, member_id, body, by=viewer.id)
    row = await attendees.one_of(session, viewer, found, member_id)
    (shown,) = await attendees.shown(session, viewer, [row])
    return shown


@router.get(
    "/event-answers/{token}",
    response_model_exclude_unset=True,
    responses=problems(404),
    summary="An invitation, by its link",
)
async def get_invited(guest: InvitedGuest, session: Transaction) -> Invitation:
    """For somebody on the roster without an account, by the link of her invitation. Looking changes nothing; 404 for
    any other link, and once she has an account."""
    answer = await events.answer_of(session, guest.event.id, guest.member.id)
    values: dict[str, object] = {"event": shapes.EventInShort.values_of(guest.event), "name": guest.member.name}
    if answer is not None:
        positions = await places.positions(session, [answer])
        values["rsvp"] = shapes.Rsvp.of(answer, positions.get(answer.id))
    return Invitation.model_validate(values)


@router.put(
    "/event-answers/{token}",
    response_model_exclude_unset=True,
    responses=problems(404, 409, 422),
    summary="Answer by the link of an invitation",
)
async def put_invited(guest: InvitedGuest, body: RsvpBody, session: Transaction) -> shapes.Rsvp:
    """As a member answers; the place is hers when she claims her record."""
    answer = await answering.answer(session, await places.lock(session, guest.event.id), guest.member.id, body)
    positions = await places.positions(session, [answer])
    return shapes.Rsvp.of(answer, positions.get(answer.id))


def _own(answer: Answer | None) -> Answer:
    if answer is None:
        raise errors.not_found()
    return answer
