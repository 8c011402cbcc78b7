"""Recoveries by the API: asked for by anybody, vouched for by those near, objected to by the owner."""

from uuid import UUID

from fastapi import Request

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.core import errors, ids
from ssc.roster.recovering import actions, queries
from ssc.roster.recovering.access import count
from ssc.roster.recovering.forms import TookPart
from ssc.roster.recovering.shapes import Pleas, PleaShape, Vouched
from ssc.web import api
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Sign-in and one's own account"])


@router.post("/recoveries", status_code=202, responses=api.problems(422, 429), summary="Ask to be let back in")
async def ask(body: TookPart, request: Request, session: Transaction, process: Running) -> None:
    """For who lost the address that the roster has. The answer is the same, in body and time, whether or not
    a record exists. At most 5 an hour for an address, 20 for a network."""
    await count(request, process, body.email)
    await actions.ask(session, body)


@router.get("/recoveries", responses=api.problems(401), summary="Whom the reader may vouch for")
async def pleas(viewer: SignedIn, session: Transaction) -> Pleas:
    """Requests of people from the reader's own exchanges; for coordinators those of their country, for staff all."""
    return Pleas(items=[PleaShape.of(plea) for plea in await queries.pleas_for(session, viewer)])


@router.post(
    "/recoveries/{identity}/vouch",
    responses=api.problems(401, 404, 409, 429),
    summary="Vouch for somebody",
)
async def vouch(identity: str, viewer: SignedIn, session: Transaction) -> Vouched:
    """Two mates of an exchange are enough, or one supervisor, host, coordinator of the country, or staff; who came by
    a mate's link and whose birth date the roster does not have is let in by staff alone.
    At most two in seven days (staff as many as needed); 404 for who may not vouch, minors among them."""
    found = ids.parse(identity)
    if found is None:
        raise errors.not_found()
    asked = await actions.vouch(session, viewer, found)
    return Vouched(id=asked.id, state="approved" if asked.approved_at else "asked")


@router.post(
    "/recoveries/{token}/veto",
    status_code=204,
    responses=api.problems(404, 410),
    summary="Object to a recovery",
)
async def veto(token: str, viewer: Visitor, session: Transaction) -> None:
    """With the secret that every known address of the record got, or, signed in to the account that is asked
    for, with the recovery's id: for 72 hours after enough have vouched."""
    mine: UUID | None = ids.parse(token)
    if mine is not None and viewer is not None:
        await actions.object_by_session(session, viewer, mine)
    else:
        await actions.object_by_letter(session, token)
