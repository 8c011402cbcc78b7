"""Who was vouched for comes back into the account she has, limited until nobody can object any more."""

from uuid import UUID

from starlette.requests import Request

from ssc.accounts import tokens
from ssc.accounts.actions import begin_session
from ssc.accounts.actions.addresses import confirm_address
from ssc.accounts.models import Account
from ssc.core import audit, clock, live
from ssc.core.db import Session
from ssc.core.errors import gone, not_found
from ssc.people.models import Member
from ssc.roster.recovering.models import Recovery
from ssc.roster.recovering.rules import RETURN


async def come_back(session: Session, request: Request, secret: str) -> Member:
    """Redeems the link: the new address is hers, and she is signed in on this browser.

    404 for a secret of ours never given out, 410 for one used, expired or objected to; of two at once one wins.
    """
    if await tokens.find(session, RETURN, secret) is None:
        raise not_found()
    token = await tokens.redeem(session, RETURN, secret)
    asked = await session.get(Recovery, UUID(token.payload["recovery"]), with_for_update=True)
    member = await session.get(Member, token.member_id)
    if asked is None or member is None or asked.state != "approved" or not member.claimed:
        raise gone()
    asked.completed_at = clock.now()
    await confirm_address(session, member, asked.email)
    await _limit(session, member.id, asked)
    audit.write(session, member.id, "recovery.return", f"recovery:{asked.id}", member=str(member.id))
    await begin_session(session, request, member)
    return member


async def _limit(session: Session, member_id: UUID, asked: Recovery) -> None:
    account = await session.get(Account, member_id, with_for_update=True)
    until = asked.contestable_until
    if account is not None and until is not None and until > clock.now():
        account.limited_until = until
        await session.flush()
        live.refresh(session, member_id)
