"""Opening an account: from then on the member has a handle, and can sign in."""

from datetime import datetime

from ssc.accounts import handles, passwords
from ssc.accounts.actions.addresses import add_address, confirm_address
from ssc.accounts.models import Account
from ssc.accounts.words import own_words
from ssc.core import clock, i18n
from ssc.core.db import Session
from ssc.people.models import Member


async def open_account(
    session: Session,
    member: Member,
    *,
    proven: str | None = None,
    address: str | None = None,
    handle: str | None = None,
    password: str | None = None,
    limited_until: datetime | None = None,
) -> Account:
    """Opens the member's account.

    `proven`: the address to which the link that brought her was mailed; it counts as confirmed, and 409 tells
    that another account has it. `address`: the one she wants to use from now on; where it is another, it gets a
    letter to confirm it, and then becomes the primary one. 422 at `handle` or `password` when these will not do.
    """
    name = handle or ""
    if password is not None:
        passwords.check(password, own_words(member, name, proven or "", address or ""))
    member.handle = await (handles.chosen(session, handle) if handle else handles.propose(session, member.name))
    member.joined_at = clock.now()
    member.language = i18n.language()
    account = Account(member_id=member.id, limited_until=limited_until)
    if password is not None:
        account.password_hash = await passwords.hashed(password)
        account.password_set_at = clock.now()
    session.add(account)
    await session.flush()
    if proven is not None:
        await confirm_address(session, member, proven, source="claim")
    if address is not None and address != proven:
        await add_address(session, member, address, source="claim", primary=True)
    return account
