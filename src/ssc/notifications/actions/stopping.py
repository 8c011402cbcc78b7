"""Wanting no mail: about one thing, about a kind of thing, or any but what concerns the account's safety."""

from uuid import UUID

from sqlalchemy import delete

from ssc.core.db import Session
from ssc.notifications.models import MailStop


async def allow_mail(session: Session, member_id: UUID, subject: str) -> None:
    """Letters about this thing may come again."""
    await session.execute(delete(MailStop).where(MailStop.member_id == member_id, MailStop.subject == subject))
