"""Mail on its way out: letters stored with the change that asked for them, then sent by a job."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from ssc.core import clock, ids, jobs
from ssc.core.db import Session
from ssc.core.errors import conflict, not_found
from ssc.core.i18n import _
from ssc.core.mail.bounces import BOUNCES_FORGOTTEN_AFTER, BOUNCES_TO_STOP, record_bounce, stopped
from ssc.core.mail.claiming import IN_TURN
from ssc.core.mail.delivery import book, deliver
from ssc.core.mail.models import CLAIMED, FAILED, QUEUED, UNSURE, WITHDRAWN, Bounce, OutgoingLetter, Wording
from ssc.core.mail.stencils import mark
from ssc.core.mail.writing import Letter, message, message_id, sender

__all__ = [
    "BOUNCES_FORGOTTEN_AFTER",
    "BOUNCES_TO_STOP",
    "Bounce",
    "Letter",
    "OutgoingLetter",
    "Wording",
    "book",
    "deliver",
    "mark",
    "message",
    "message_id",
    "record_bounce",
    "resend",
    "send",
    "sender",
    "stopped",
    "withdraw",
]


async def send(session: Session, letter: Letter, *, at: datetime | None = None) -> UUID:
    """Queues the letter with the caller's change: both come to be, or neither. Answers its id."""
    row = OutgoingLetter(
        id=ids.new(),
        to_address=letter.to,
        member_id=letter.member_id,
        kind=letter.kind,
        language=letter.language,
        subject=" ".join(letter.subject.split())[:300],
        text=letter.text,
        html=letter.html,
        headers=letter.headers,
        about=letter.about,
        by_id=letter.by_id,
        priority=letter.priority,
        pictures=letter.pictures,
        address_kept=letter.address_kept,
        due_at=at or clock.now(),
    )
    session.add(row)
    await session.flush()
    await jobs.defer(session, "mail.deliver", at=at, in_turn=IN_TURN)
    return row.id


async def withdraw(session: Session, about: str, member_ids: Collection[UUID]) -> None:
    """What these members were to hear of it is needless now: letters that have not left do not leave.

    Of those that a delivery has taken (it takes hundreds) also not, but for what it hands over at this moment.
    """
    letter = OutgoingLetter
    theirs = (letter.member_id.in_(member_ids), letter.about == about)
    taken = select(letter.id).where(*theirs, letter.state == CLAIMED).with_for_update(skip_locked=True)
    for which in ((*theirs, letter.state == QUEUED), (letter.id.in_(taken), letter.state == CLAIMED)):
        await session.execute(update(letter).where(*which).values(_WITHDRAWN | {"sent_at": clock.now()}))


_WITHDRAWN: dict[str, Any] = {
    "state": WITHDRAWN,
    "text": "",
    "html": "",
    "pictures": {},
    "outcome": "read or gone before it left",
}


async def resend(session: Session, letter_id: UUID) -> OutgoingLetter:
    """Tries a letter once more that was given up, or of which nobody knows whether it arrived.

    404, or 409 with why not. Under its own Message-ID, so that a mailbox which has it keeps one. What was sent is not
    sent again: its words are forgotten, and the links in them may have been used.
    """
    row = await session.get(OutgoingLetter, letter_id, with_for_update=True)
    if row is None:
        raise not_found()
    if row.state not in (FAILED, UNSURE):
        raise conflict(_("Only letters that were given up, or whose arrival is unsure, can be sent again."))
    if not row.can_be_resent:
        raise conflict(_("The words of this letter are forgotten. Let the person ask anew."))
    if await stopped(session, row.to_address):
        raise conflict(_("Letters to this address keep coming back. Ask the person for another address."))
    row.state, row.claim, row.attempts, row.due_at, row.sent_at = QUEUED, None, 0, clock.now(), None
    await session.flush()
    await jobs.defer(session, "mail.deliver", in_turn=IN_TURN)
    return row
