"""The door: check-in by ticket code, and links for helpers."""

from uuid import UUID

from pydantic import BaseModel

from ssc.accounts.access import identity
from ssc.accounts.loaders import SignedIn
from ssc.events.access import KeptDoor, OrganisedEvent
from ssc.events.actions import door
from ssc.events.forms.door import CheckInBody, HelperBody
from ssc.events.queries import door as queries
from ssc.events.shapes import Person
from ssc.web import api
from ssc.web.api import Instant, problems
from ssc.web.transactions import Transaction

router = api.router(tags=["Events"])


class CheckedIn(BaseModel):
    member: Person
    guests: int
    checked_in_at: Instant
    already: bool

    @classmethod
    def of(cls, found: door.LetIn) -> "CheckedIn":
        person = Person(handle=found.member.handle, name=found.member.name, photo=None)
        return cls.model_validate(
            {
                "member": person,
                "guests": found.answer.guests,
                "checked_in_at": found.answer.checked_in_at,
                "already": found.already,
            }
        )


class Arrived(BaseModel):
    """Persons, guests included."""

    expected: int
    here: int


class Helper(BaseModel):
    id: UUID
    url: str
    expires_at: Instant


@router.post("/events/{slug}/check-ins", responses=problems(401, 403, 404, 409, 422), summary="Let somebody in")
async def check_in(found: OrganisedEvent, body: CheckInBody, viewer: SignedIn, session: Transaction) -> CheckedIn:
    """By the code of her ticket: 404 when nobody has it, 409 `not-going`. Sent twice, it is told by `already`.
    `known`: a coordinator knows somebody who has no account yet; staff see it where they decide who she is."""
    return CheckedIn.of(await door.check_in(session, found.event, body.ticket_code, viewer, known=body.known))


@router.get("/events/{slug}/check-ins", responses=problems(401, 403, 404), summary="How many are here")
async def arrived(found: OrganisedEvent, viewer: SignedIn, session: Transaction) -> Arrived:
    """As it stands at this moment, whoever let them in."""
    return Arrived.model_validate(await queries.arrivals(session, found.event), from_attributes=True)


@router.delete(
    "/events/{slug}/check-ins/{ticket_code}", status_code=204, responses=problems(401, 403, 404), summary="Undo it"
)
async def take_back(found: OrganisedEvent, ticket_code: str, viewer: SignedIn, session: Transaction) -> None:
    """As if she had not been let in."""
    await door.take_back(session, found.event, ticket_code)


@router.post(
    "/events/{slug}/helpers", status_code=201, responses=problems(401, 403, 404, 422), summary="A link for a helper"
)
async def make_helper(found: OrganisedEvent, body: HelperBody, viewer: SignedIn, session: Transaction) -> Helper:
    """It opens this event's door and nothing else, from the day before until the night after. Shown once."""
    made, url = await door.make_link(session, viewer, found.event, body.label)
    return Helper(id=made.id, url=url, expires_at=made.expires_at)


@router.delete(
    "/events/{slug}/helpers/{helper}", status_code=204, responses=problems(401, 403, 404), summary="End a helper's link"
)
async def end_helper(found: OrganisedEvent, helper: str, viewer: SignedIn, session: Transaction) -> None:
    """It opens nothing from now on."""
    await door.end_link(session, viewer, found.event, identity(helper))


@router.post("/door/{token}/check-ins", responses=problems(403, 404, 409, 422), summary="Let somebody in, as a helper")
async def help_in(event: KeptDoor, body: CheckInBody, session: Transaction) -> CheckedIn:
    """By a helper's link, without an account."""
    return CheckedIn.of(await door.check_in(session, event, body.ticket_code, None, known=body.known))


@router.get("/door/{token}/check-ins", responses=problems(404), summary="How many are here, for a helper")
async def arrived_for_helper(event: KeptDoor, session: Transaction) -> Arrived:
    """By a helper's link, without an account."""
    return Arrived.model_validate(await queries.arrivals(session, event), from_attributes=True)


@router.delete(
    "/door/{token}/check-ins/{ticket_code}", status_code=204, responses=problems(404), summary="Undo it, as a helper"
)
async def help_out(event: KeptDoor, ticket_code: str, session: Transaction) -> None:
    """By a helper's link, without an account."""
    await door.take_back(session, event, ticket_code)
