"""The letters about signing in: each in the member's language, its link beginning with the club's own address."""

from typing import Any

from ssc.accounts.devices import shown
from ssc.core import i18n, mail
from ssc.core.db import Session
from ssc.people.models import Member
from ssc.web.letters import write


async def sign_in_link(session: Session, member: Member, to: str, secret: str) -> None:
    await _send(session, "accounts.sign-in-link", member, to, token=secret)


async def password_reset(session: Session, member: Member, to: str, secret: str) -> None:
    await _send(session, "accounts.password-reset", member, to, token=secret)


async def password_changed(session: Session, member: Member, to: str) -> None:
    await _send(session, "accounts.password-changed", member, to)


async def confirm_address(session: Session, member: Member, to: str, secret: str) -> None:
    await _send(session, "accounts.confirm-address", member, to, token=secret)


async def address_taken(session: Session, member: Member, to: str) -> None:
    """Says nothing of who asked: it goes to somebody who may be another person."""
    await _send(session, "accounts.address-taken", member, to)


async def address_changed(
    session: Session, member: Member, to: str, what: str, address: str, secret: str | None
) -> None:
    """`what`: added, primary or removed. `secret`: of the link that undoes it, where the reader may."""
    await _send(session, "accounts.address-changed", member, to, what=what, address=address, token=secret)


async def change_undone(session: Session, member: Member, to: str) -> None:
    await _send(session, "accounts.change-undone", member, to)


async def new_device(session: Session, member: Member, to: str, device: str) -> None:
    with i18n.speaking(member.language):
        name = shown(device)
    await _send(session, "accounts.new-device", member, to, device=name)


async def _send(session: Session, name: str, member: Member, to: str, **context: Any) -> None:
    letter = write(
        session.settings, name, to=to, language=member.language, member_id=member.id, member=member, **context
    )
    await mail.send(session, letter)
