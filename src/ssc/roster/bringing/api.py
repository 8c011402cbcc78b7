"""Links for missing mates by the API."""

from fastapi import Request
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn
from ssc.core import errors
from ssc.core.i18n import _
from ssc.programmes.shapes import ExchangeInShort
from ssc.roster.bringing import actions
from ssc.roster.bringing.access import KnownExchange, OpenedLink, count_answer, count_made
from ssc.roster.bringing.forms import AnswerForm, MateBody
from ssc.roster.bringing.rules import ERRORS
from ssc.roster.bringing.shapes import AnsweredShape, ClaimLinkShape, OpenedLinkShape
from ssc.web import api, problems
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


@router.get("/claim-links/{token}", summary="What a link for a missing mate opens")
async def look(found: OpenedLink) -> OpenedLinkShape:
    """For whom it is, who made it and for which exchange. Whoever has the link may ask."""
    return OpenedLinkShape(
        name=found.record.name,
        maker=found.maker.name,
        exchange=ExchangeInShort.of(found.exchange),
        attempts_left=ERRORS - found.link.errors,
    )


@router.post(
    "/claim-links/{token}",
    status_code=202,
    response_model=AnsweredShape,
    responses=api.problems(422, 429),
    summary="Answer a link for a missing mate",
)
async def answer(
    token: str, _found: OpenedLink, body: AnswerForm, request: Request, session: Transaction, process: Running
) -> AnsweredShape | Response:
    """The right birth date brings the invitation to the address given. 422 at `/birth_date` for a wrong one, which
    counts: after five the link has ended, and the answer is 410."""
    await count_answer(process, request)
    match await actions.answer(session, token, body):
        case "right":
            return AnsweredShape(outcome="invited")
        case "unknown":
            return AnsweredShape(outcome="waiting")
        case "over":
            raise errors.gone()
        case "wrong":  # answered, not raised: what is raised undoes the count
            wrong = errors.invalid(("birth_date", _("This is not the date that the roster has for this name.")))
            return problems.answer(request, wrong)
