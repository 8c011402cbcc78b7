"""The mail log: to whom, of what kind, when, and what became of it; never what it said."""

from typing import Literal
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import audit, mail
from ssc.core.db import Session
from ssc.core.mail import OutgoingLetter
from ssc.core.paging import Cut, Slice

State = Literal["all", "waiting", "sent", "trouble"]

_STATES: dict[State, tuple[str, ...]] = {
    "waiting": ("queued", "claimed", "handing"),
    "sent": ("sent",),
    "trouble": ("bounced", "stopped", "failed", "unsure"),
}


async def letters(session: Session, part: Slice, state: State, to: str) -> Cut[OutgoingLetter]:
    """Latest first; `to`: only to this address."""
    letter = OutgoingLetter
    statement = select(letter).order_by(letter.id.desc()).limit(part.limit + 1)
    if state in _STATES:
        statement = statement.where(letter.state.in_(_STATES[state]))
    if to:
        statement = statement.where(func.lower(letter.to_address) == to.lower())
    if (after := part.identity) is not None:
        statement = statement.where(letter.id < after)
    return part.cut((await session.scalars(statement)).all(), lambda row: (str(row.id),))


async def send_again(session: Session, letter_id: UUID, *, by: UUID) -> OutgoingLetter:
    """404, or 409 with why not: only what was given up or is unsure, while its words are kept."""
    row = await mail.resend(session, letter_id)
    audit.write(session, by, "letter.resend", f"letter:{letter_id}", kind=row.kind)
    return row
