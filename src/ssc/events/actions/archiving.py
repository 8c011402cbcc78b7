"""The archive: a club begins with the reunions that were before it."""

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import audit, shelf
from ssc.core.audit import AuditEntry
from ssc.core.db import Session
from ssc.events.actions.writing import TOPIC
from ssc.events.archive import past_rows
from ssc.events.models import Event

SEEDED = "events.archive"


async def seed(session: Session) -> int:
    """Writes them once in a club's life, and answers how many: one that staff changed or removed stays as it is.

    Two processes that start at once: the second finds it done.
    """
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(SEEDED))))
    if await session.scalar(select(AuditEntry.id).where(AuditEntry.action == SEEDED).limit(1)):
        return 0
    rows = list(past_rows())
    made = await session.execute(
        insert(Event).values(rows).on_conflict_do_nothing(index_elements=[Event.slug]).returning(Event.id)
    )
    number = len(made.all())
    audit.write(session, "cli", SEEDED, "events:archive", events=number)
    await shelf.forget(session, TOPIC)
    return number
