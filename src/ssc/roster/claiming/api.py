"""Claiming by the API."""

from fastapi import Request

from ssc.core import errors
from ssc.core.errors import gone
from ssc.roster.claiming import actions, queries
from ssc.roster.claiming.access import KnownToken, count_attempt, count_renewal
from ssc.roster.claiming.forms import ClaimBody
from ssc.roster.claiming.shapes import Claimed, ClaimShape, NewMember
from ssc.roster.inviting import actions as inviting
from ssc.web import api
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Sign-in and one's own account"])


@router.get("/invitations/{token}", responses=api.problems(404, 410), summary="Look at an invitation")
async def look(token: str, session: Transaction) -> ClaimShape:
    """Who the club thinks the reader is, and what it needs. Looking changes nothing: mail scanners look too."""
    claim = await queries.claim_of(session, token)
    if claim is None:
        raise errors.not_found()
    if not claim.open:
        raise gone()
    return ClaimShape.of(claim)


@router.post(
    "/invitations/{token}/accept",
    status_code=201,
    responses=api.problems(404, 409, 410, 422, 429),
    summary="Claim the record",
)
async def accept(
    token: KnownToken, body: ClaimBody, request: Request, session: Transaction, process: Running
) -> Claimed:
    """Opens the account and signs in: the answer carries the session's cookie. A new `email` gets a letter
    to confirm it, the claim stands without. At most 5 attempts an hour for an address, 20 for a network."""
    await count_attempt(process, session, token)
    return Claimed(member=NewMember.of(await actions.claim(session, request, token, body)))


@router.post(
    "/invitations/{token}/renewal",
    status_code=202,
    responses=api.problems(429),
    summary="Ask for a fresh link",
)
async def renew(token: str, request: Request, session: Transaction, process: Running) -> None:
    """An expired invitation is sent anew, to the same address. The answer is the same whatever the token.
    At most 5 an hour for an address, 20 for a network."""
    await count_renewal(request, process, session, token)
    await inviting.renew(session, token)
