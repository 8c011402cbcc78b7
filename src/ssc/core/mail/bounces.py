"""Bounces: what addresses have cost, and which get nothing more for now."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.mail.models import Bounce

BOUNCES_TO_STOP = 4
BOUNCES_FORGOTTEN_AFTER = timedelta(days=30)


async def record_bounce(session: Session, address: str, *, hard: bool) -> None:
    """Counts a bounce against the address, and against no other."""
    now, points = clock.now(), 2 if hard else 1
    fresh = Bounce.last_at > now - BOUNCES_FORGOTTEN_AFTER
    statement = insert(Bounce).values(address=address.lower(), score=points, last_at=now)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Bounce.address],
            set_={
                "score": func.coalesce(
                    select(Bounce.score).where(Bounce.address == address.lower(), fresh).scalar_subquery(), 0
                )
                + points,
                "last_at": now,
            },
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
