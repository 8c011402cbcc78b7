"""What organisers tell, and whom they invite."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from ssc.accounts.loaders import SignedIn, Staff
from ssc.events.access import OrganisedEvent, WaitingRound
from ssc.events.actions import confirming, telling
from ssc.events.forms.telling import AnnouncementBody, DecliningBody, InvitationBody
from ssc.events.queries import told
from ssc.web import api
from ssc.web.api import Instant, problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])


class Told(BaseModel):
    count: int = Field(description="How many persons.")


class Inviting(BaseModel):
    """How many are, or would be, invited; never who."""

    count: int
    waiting: bool | None = Field(None, description="More than 500: a second person has to confirm.")
    id: UUID | None = Field(None, description="Of the invitation that waits.")


class WaitingInvitation(BaseModel):
    """An invitation of more than 500 that waits for a second person."""

    id: UUID
    event: str = Field(description="Its slug.")
    title: str
    count: int
    asked_by: str = Field(description="Whose name it is.")
    asked_at: Instant
    filters: dict[str, Any] = Field(description="As it was asked for.")


@router.post(
    "/events/{slug}/announcements",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422, 429),
    summary="Tell those who answered",
)
async def announce(found: OrganisedEvent, body: AnnouncementBody, viewer: SignedIn, session: Transaction) -> Told:
    """By a notice, and by letter to who is on the roster only. At most ten a day."""
    announced = await telling.announce(session, viewer, found.event, body)
    return Told(count=announced.persons)


@router.post(
    "/events/{slug}/invitations",
    response_model_exclude_unset=True,
    responses=problems(401, 403, 404, 409, 422, 429),
    summary="Invite members of one's region",
)
async def invite(
    found: OrganisedEvent,
    body: InvitationBody,
    viewer: SignedIn,
    session: Transaction,
    dry_run: Annotated[bool, Query(description="Only counts.")] = False,
) -> Inviting:
    """Who has answered or was invited is left out, as is who wants no contact. Roster addresses are reached too.
    Who does not answer is reminded twice. More than 500 of others than one's own chapter wait for staff."""
    if body.dry_run or dry_run:
        return Inviting(count=(await telling.count_invitable(session, viewer, found.event, body)).persons)
    made = await telling.invite(session, viewer, found.event, body)
    if made.waits:
        return Inviting(count=made.persons, waiting=True, id=made.id)
    return Inviting(count=made.persons)


@router.post(
    "/events/{slug}/invitations/{identity}/confirm",
    responses=problems(401, 403, 404, 409),
    summary="Confirm a wide invitation",
)
async def confirm(found: OrganisedEvent, made: WaitingRound, viewer: Staff, session: Transaction) -> Told:
    """By somebody of the secretariat other than who asked, who is told."""
    await confirming.confirm(session, viewer, found.event, made)
    return Told(count=made.persons)


@router.post(
    "/events/{slug}/invitations/{identity}/decline",
    status_code=204,
    responses=problems(401, 403, 404, 409, 422),
    summary="Decline a wide invitation",
)
async def decline(
    found: OrganisedEvent, made: WaitingRound, body: DecliningBody, viewer: Staff, session: Transaction
) -> None:
    """Nobody is invited; who asked is told, with the note."""
    await confirming.decline(session, viewer, found.event, made, body.note)


@router.get("/event-invitations", responses=problems(401, 403), summary="Wide invitations that wait")
async def waiting(_viewer: Staff, session: Transaction) -> list[WaitingInvitation]:
    """For the secretariat, the oldest first."""
    return [
        WaitingInvitation(
            id=one.round.id,
            event=one.event.slug,
            title=one.event.title,
            count=one.round.persons,
            asked_by=one.asked_by,
            asked_at=one.round.created_at,
            filters=one.round.filters,
        )
        for one in await told.waiting(session)
    ]
