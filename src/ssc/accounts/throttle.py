"""How often signing in may fail: counted in PostgreSQL, so that restarts forget nothing and processes share it."""

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import case, delete, literal, update
from sqlalchemy.dialects.postgresql import insert

from ssc.accounts.models import SignInFailure
from ssc.core import clock, errors
from ssc.core.config import Settings
from ssc.core.db import Session
from ssc.core.limits import Limit

PER_ACCOUNT = Limit("sign-in of an account", 10, 15 * 60)
PER_NETWORK = Limit("sign-in from a network", 30, 15 * 60)
PER_DEVICE = Limit("sign-in on a known device", 10, 15 * 60)


@dataclass(frozen=True)
class Attempt:
    """Whose counts an attempt goes to: an account's and a network's, or a known device's own."""

    counts: tuple[tuple[Limit, bytes], ...]


def attempt(settings: Settings, *, account: str, network: str, device: UUID | None) -> Attempt:
    """`account`: the member's id or, of an unknown address, its key. `device`: a browser that signed in before."""
    if settings.limits == "off":
        return Attempt(())
    if device is not None:
        return Attempt(((PER_DEVICE, _key(settings, PER_DEVICE, str(device))),))
    return Attempt(
        (
            (PER_ACCOUNT, _key(settings, PER_ACCOUNT, account)),
            (PER_NETWORK, _key(settings, PER_NETWORK, network)),
        )
    )


async def count(session: Session, tried: Attempt) -> None:
    """Counts a failure before the password is looked at, so that many at once gain nothing; 429 beyond the limit.

    Call it in a transaction apart: it must stand when the request is refused. What is over the limit is not counted.
    """
    now = clock.now()
    for limit, key in tried.counts:
        ended = SignInFailure.ends_at <= now
        ends_at = now + timedelta(seconds=limit.seconds)
        counted = (
            insert(SignInFailure)
            .values(key=key, count=1, ends_at=ends_at)
            .on_conflict_do_update(
                index_elements=[SignInFailure.key],
                set_={
                    "count": case((ended, literal(1)), else_=SignInFailure.count + 1),
                    "ends_at": case((ended, ends_at), else_=SignInFailure.ends_at),
                },
            )
            .returning(SignInFailure.count, SignInFailure.ends_at)
        )
        number, until = (await session.execute(counted)).one()
        if number > limit.amount:
            raise errors.too_many(math.ceil((until - now).total_seconds()))


async def give_back(session: Session, tried: Attempt) -> None:
    """It was no failure after all."""
    for _limit, key in tried.counts:
        await session.execute(
            update(SignInFailure)
            .where(SignInFailure.key == key, SignInFailure.count > 0)
            .values(count=SignInFailure.count - 1)
        )


async def pardon(session: Session, member_id: UUID) -> None:
    """Forgets the account's failures: its owner has shown by mail who she is."""
    key = _key(session.settings, PER_ACCOUNT, str(member_id))
    await session.execute(delete(SignInFailure).where(SignInFailure.key == key))


async def forget(session: Session) -> None:
    """Deletes the counts of windows that have ended."""
    await session.execute(delete(SignInFailure).where(SignInFailure.ends_at < clock.now()))


def _key(settings: Settings, limit: Limit, whose: str) -> bytes:
    """A keyed hash: whoever reads the table learns no address."""
    return hmac.new(settings.key, f"{limit.name}:{whose}".encode(), hashlib.sha256).digest()
