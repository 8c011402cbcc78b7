"""Named selects over messages to the secretariat."""

from datetime import datetime
from typing import Literal

from sqlalchemy import func, select, tuple_

from ssc.contact.models import ContactMessage
from ssc.core import errors, ids
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.core.paging import Cut, Slice

State = Literal["waiting", "closed"]


async def messages(session: Session, state: State, part: Slice) -> Cut[ContactMessage]:
    """Waiting ones oldest first, others latest first."""
    waits = state == "waiting"
    position = tuple_(ContactMessage.created_at, ContactMessage.id)
    closed = ContactMessage.closed_at
    statement = select(ContactMessage).where(closed.is_(None) if waits else closed.is_not(None)).limit(part.limit + 1)
    columns = (ContactMessage.created_at, ContactMessage.id)
    statement = statement.order_by(*(columns if waits else (column.desc() for column in columns)))
    match part.after:
        case None:
            pass
        case (str() as at, str() as identity) if (message_id := ids.parse(identity)) is not None:
            after = tuple_(_instant(at), message_id)
            statement = statement.where(position > after if waits else position < after)
        case _other:
            raise errors.invalid(("cursor", _("This is not a cursor that the club gave out.")))
    rows = list(await session.scalars(statement))
    return part.cut(rows, lambda row: (row.created_at.isoformat(), str(row.id)))


def _instant(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise errors.invalid(("cursor", _("This is not a cursor that the club gave out."))) from None


async def waiting(session: Session) -> int:
    statement = select(func.count()).select_from(ContactMessage).where(ContactMessage.closed_at.is_(None))
    return await session.scalar(statement) or 0
