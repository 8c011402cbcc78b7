"""Links for missing mates by the API."""

from ssc.accounts.loaders import SignedIn
from ssc.roster.bringing import actions
from ssc.roster.bringing.access import KnownExchange, count_made
from ssc.roster.bringing.forms import MateBody
from ssc.roster.bringing.shapes import ClaimLinkShape
from ssc.web import api
from ssc.web.transactions import Running, Transaction

router = api.router(tags=["Members, exchanges, chapters, groups"])


@router.post(
    "/exchanges/{code}/claim-links",
    status_code=201,
    responses=api.problems(404, 422, 429),
    summary="Make a link for a missing mate",
)
async def make(
    viewer: SignedIn, exchange: KnownExchange, body: MateBody, session: Transaction, process: Running
) -> ClaimLinkShape:
    """For one of one's own exchange's `missing`. It opens that record's claim once, asks for the birth date, ends
    after five errors or 14 days, and shows no address. At most 10 a day."""
    await count_made(process, viewer)
    made = await actions.make(session, viewer, exchange, body.member)
    return ClaimLinkShape(name=made.name, claim_url=made.url, expires_at=made.expires_at)
