"""What organisers tell, and whom they invite."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from ssc.accounts.loaders import SignedIn, Staff
from ssc.events.access import OrganisedEvent, WaitingRound
from ssc.events.actions import telling
from ssc.events.forms.telling import AnnouncementBody, InvitationBody
from ssc.web import api
from ssc.web.api import problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])


class Told(BaseModel):
    count: int = Field(description="How many persons.")


class Inviting(BaseModel):
    """How many are, or would be, invited; never who."""

    count: int
    waiting: bool | None = Field(None, description="More than 500: a second person has to confirm.")
    id: UUID | None = Field(None, description="Of the invitation that waits.")


@router.post(
    "/events/{slug}/announcements",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422, 429),
    summary="Tell those who answered",
)
async def announce(found: OrganisedEvent, body: AnnouncementBody, viewer: SignedIn, session: Transaction) -> Told:
    """By a notice, and by letter to who is on the roster only. At most ten a day."""
    told = await telling.announce(session, viewer, found.event, body)
    return Told(count=told.persons)


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
        return Inviting(count=await telling.count_invitable(session, viewer, found.event, body))
    made = await telling.invite(session, viewer, found.event, body)
    if telling.waits(viewer, made):
        return Inviting(count=made.persons, waiting=True, id=made.id)
    return Inviting(count=made.persons)


@router.post(
    "/events/{slug}/invitations/{identity}/confirm",
    responses=problems(401, 403, 404, 409),
    summary="Confirm a wide invitation",
)
async def confirm(found: OrganisedEvent, made: WaitingRound, viewer: Staff, session: Transaction) -> Told:
    """By somebody of the secretariat other than who asked."""
    await telling.confirm(session, viewer, found.event, made)
    return Told(count=made.persons)
