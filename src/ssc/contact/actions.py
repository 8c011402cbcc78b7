"""Writing to the secretariat, answering, forgetting."""

from uuid import UUID

from sqlalchemy import delete

from ssc.contact import letters, queries
from ssc.contact.forms import AnswerBody, ContactBody
from ssc.contact.models import ContactMessage
from ssc.contact.notices import CONTACT, SUBJECT
from ssc.contact.rules import KEPT_FOR
from ssc.core import audit, clock, i18n, ids, mail
from ssc.core.db import Session
from ssc.core.errors import conflict, not_found
from ssc.core.i18n import _
from ssc.notifications import actions as notifications
from ssc.people import queries as people


async def write(session: Session, body: ContactBody) -> ContactMessage:
    """Keeps the message and tells staff. No letter goes to the address: anybody can type one."""
    row = ContactMessage(id=ids.new(), language=i18n.language(), **body.model_dump())
    session.add(row)
    await session.flush()
    staff = await people.holders(session, "staff")
    await notifications.tell(session, CONTACT, staff, subject=SUBJECT, url="/desk/contact")
    return row


async def answer(session: Session, message_id: UUID, body: AnswerBody, *, by: UUID) -> ContactMessage:
    """Answers by a letter, or lays the message aside. 404 for none, 409 when it is closed."""
    row = await session.get(ContactMessage, message_id, with_for_update=True)
    if row is None:
        raise not_found()
    if row.closed_at is not None:
        raise conflict(_("This message has been answered already."))
    row.closed_at, row.closed_by, row.answer = clock.now(), by, body.answer
    await session.flush()
    if row.answer:
        await mail.send(session, letters.answer(session.settings, row))
    audit.write(session, by, "contact.answer" if row.answer else "contact.close", f"contact-message:{row.id}")
    if not await queries.waiting(session):
        await notifications.withdraw(session, SUBJECT)
    return row


async def forget(session: Session) -> None:
    await session.execute(delete(ContactMessage).where(ContactMessage.closed_at < clock.now() - KEPT_FOR))
