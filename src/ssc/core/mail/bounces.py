"""Bounces: what addresses have cost, and which get nothing more for now."""

from datetime import timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.mail.models import Bounce

BOUNCES_TO_STOP = 4
BOUNCES_FORGOTTEN_AFTER = timedelta(days=30)


async def record_bounce(session: Session, address: str, *, hard: bool) -> None:
    """Counts a bounce against the address, and against no other."""
    now, points = clock.now(), 2 if hard else 1
    # Of the row as it is under its lock: a select of its own would not see what another line has counted meanwhile.
    so_far = case((Bounce.last_at > now - BOUNCES_FORGOTTEN_AFTER, Bounce.score), else_=0)
    statement = insert(Bounce).values(address=address.lower(), score=points, last_at=now)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Bounce.address], set_={"score": so_far + points, "last_at": now}
        )
    )


async def stopped(session: Session, address: str) -> bool:
    """Whether nothing more is sent to this address for now."""
    found = await session.scalar(
        select(Bounce.score).where(
            Bounce.address == address.lower(), Bounce.last_at > clock.now() - BOUNCES_FORGOTTEN_AFTER
        )
    )
    return (found or 0) >= BOUNCES_TO_STOP


async def forget_bounces(session: Session) -> None:
    await session.execute(delete(Bounce).where(Bounce.last_at < clock.now() - BOUNCES_FORGOTTEN_AFTER))
