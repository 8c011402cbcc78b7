"""Invitations by the API: rounds of an import, single ones, pause and resume."""

from ssc.accounts.loaders import Staff
from ssc.core.db import Session
from ssc.roster.inviting import actions, queries
from ssc.roster.inviting.access import KnownImport, KnownRound
from ssc.roster.inviting.forms import InviteBody, RoundBody
from ssc.roster.inviting.models import InvitationRound
from ssc.roster.inviting.shapes import InvitationShape, Invited, Rounds, RoundShape
from ssc.web import api
from ssc.web.transactions import Transaction

router = api.router(tags=["The desk"])


@router.post(
    "/roster-imports/{identity}/invite",
    status_code=202,
    responses=api.problems(401, 403, 404, 409, 422),
    summary="Invite everybody of an import",
)
async def invite_import(
    wanted: KnownImport, viewer: Staff, session: Transaction, body: RoundBody | None = None
) -> RoundShape:
    """Begins a round: all unclaimed records of the import with a living address, but those marked
    do-not-contact or deceased, and those who hold an invitation already. Letters leave in waves;
    too many bounces pause them. Asked again while it runs, answers the same round."""
    language = body.language if body else None
    begun = await actions.invite_import(session, wanted.id, by=viewer.id, language=language)
    return await _shape(session, begun)


@router.get("/invitation-rounds", responses=api.problems(401, 403), summary="Rounds of invitations")
async def rounds(viewer: Staff, session: Transaction) -> Rounds:
    """The latest twenty, latest first."""
    return Rounds(items=[await _shape(session, begun) for begun in await queries.rounds(session)])


@router.post(
    "/invitation-rounds/{identity}/pause",
    responses=api.problems(401, 403, 404, 409),
    summary="Pause a round",
)
async def pause(begun: KnownRound, viewer: Staff, session: Transaction) -> RoundShape:
    """No further wave leaves until it is resumed."""
    return await _shape(session, await actions.pause(session, begun.id, by=viewer.id))


@router.post(
    "/invitation-rounds/{identity}/resume",
    responses=api.problems(401, 403, 404, 409),
    summary="Resume a round",
)
async def resume(begun: KnownRound, viewer: Staff, session: Transaction) -> RoundShape:
    """Goes on after a pause; the bounces so far no longer count."""
    return await _shape(session, await actions.resume(session, begun.id, by=viewer.id))


@router.post("/invitations", status_code=201, responses=api.problems(401, 403, 422), summary="Invite an address")
async def invite(body: InviteBody, viewer: Staff, session: Transaction) -> Invited:
    """Invites, at once, the unclaimed records that have this address."""
    sent = await actions.invite_address(session, body.email, by=viewer.id, language=body.language)
    return Invited(items=[InvitationShape.of(invitation) for invitation in sent])


async def _shape(session: Session, begun: InvitationRound) -> RoundShape:
    return RoundShape.of(begun, await queries.tally_of(session, begun))
