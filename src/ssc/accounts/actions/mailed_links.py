"""Links by mail: asked for in a moment that is the same for every address, written by a job that looks who it is."""

from starlette.requests import Request

from ssc.accounts import letters, queries, tokens
from ssc.accounts.actions.addresses import mail_confirmation
from ssc.accounts.addresses import key_of
from ssc.accounts.kinds import PASSWORD_RESET, SIGN_IN_LINK
from ssc.core import jobs
from ssc.core.db import Session
from ssc.core.limits import Limit
from ssc.core.process import Process
from ssc.people.models import Member
from ssc.web.guard import network_of

HOUR = 60 * 60
PER_ADDRESS = Limit("letters to an address", 5, HOUR)
PER_NETWORK = Limit("letters from a network", 20, HOUR)


async def ask_for_sign_in_link(
    process: Process, session: Session, request: Request, address: str, next_page: str = "/"
) -> None:
    """Has a sign-in link mailed, if the address is a member's; nothing of that shows here."""
    await limit_letters(process, request, address)
    await jobs.defer(session, "accounts.mail_sign_in_link", address=address, next_page=next_page)


async def ask_for_reset(process: Process, session: Session, request: Request, address: str) -> None:
    """Has a link mailed that sets a new password, if the address is a member's; nothing of that shows here."""
    await limit_letters(process, request, address)
    await jobs.defer(session, "accounts.mail_reset", address=address)


async def limit_letters(process: Process, request: Request, address: str) -> None:
    """Counts one letter asked for, for the address and for the network; 429 beyond five and twenty an hour."""
    await process.limits.take(PER_NETWORK, network_of(request.state.address))
    await process.limits.take(PER_ADDRESS, key_of(address))


async def mail_sign_in_link(session: Session, address: str, next_page: str) -> None:
    """What the job does. `next_page`: where the reader wanted to go, a path of ours."""
    reached = await _reached(session, address)
    if reached is not None:
        member, to = reached
        secret = await tokens.issue(session, SIGN_IN_LINK, member_id=member.id, address=to, payload={"next": next_page})
        await letters.sign_in_link(session, member, to, secret)


async def mail_reset(session: Session, address: str) -> None:
    """What the job does."""
    reached = await _reached(session, address)
    if reached is not None:
        member, to = reached
        secret = await tokens.issue(session, PASSWORD_RESET, member_id=member.id, address=to)
        await letters.password_reset(session, member, to, secret)


async def _reached(session: Session, address: str) -> tuple[Member, str] | None:
    """The member who confirmed this address, and how she wrote it: what was typed now may look equal to it and
    be somebody else's mailbox. Where none did: what waits for confirming is mailed once more, and whoever is on
    the roster with it may be invited anew."""
    key = key_of(address)
    row = await queries.confirmed(session, key)
    if row is not None:
        return await session.get_one(Member, row.member_id), row.address
    waiting = await queries.waiting(session, key)
    if waiting is not None:
        member = await session.get_one(Member, waiting.member_id)
        await mail_confirmation(session, member, waiting, primary=waiting.source == "claim")
    else:
        await jobs.defer(session, "roster.offer_invitation", address=address)
    return None
