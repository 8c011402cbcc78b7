"""Who keeps something in step with members: declared by the packages above, registered by `app`."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from uuid import UUID

from ssc.core.db import Session

Follower = Callable[[Session, Sequence[UUID]], Awaitable[None]]
"""Called in the transaction of the change, at its end: what it keeps is right once the change is."""

_registered: list[Follower] = []


def register(followers: Iterable[Follower]) -> None:
    """In the order in which they are called; twice is once."""
    _registered.extend(one for one in followers if one not in _registered)


async def follow(session: Session, member_ids: Sequence[UUID]) -> None:
    """Call it at the end of whatever shuts members out or lets them in, or changes where they belong."""
    await session.flush()
    for follower in _registered:
        await follower(session, member_ids)
