"""Two records made one bring their conversations along, and take them back when they are two again."""

from uuid import UUID

import pytest
from sqlalchemy import select

from ssc.core.db import Session
from ssc.messaging.models import DirectPair, Message
from ssc.messaging.queries.contact import pair_of
from ssc.people.models import Member
from ssc.roster.duplicates import merging
from tests.cast import Cast
from tests.messaging.rooms import Rooms


async def three(cast: Cast, order: str) -> tuple[Member, Member, Member]:
    """The kept one, the other record, and whom they wrote with; made in this order, which is that of their ids."""
    made = {letter: await cast.member(f"Member {letter}") for letter in order}
    return made["k"], made["o"], made["p"]


async def pairs(session: Session) -> list[tuple[UUID | None, UUID | None]]:
    rows = await session.execute(select(DirectPair.low_id, DirectPair.high_id).order_by(DirectPair.thread_id))
    return [(low, high) for low, high in rows]


@pytest.mark.parametrize("order", ["opk", "kpo", "pko"])
async def test_a_conversation_of_two_goes_along_whoever_stands_first(cast: Cast, session: Session, order: str) -> None:
    kept, other, partner = await three(cast, order)
    room = await Rooms(cast).direct(other, partner)
    async with await cast.browser(other) as others:
        await room.say(others, "Hello")
    before = await pairs(session)
    moved = await merging.merge(session, kept.id, other.id)
    assert await pair_of(session, kept.id, partner.id) == room.id
    assert await session.scalar(select(Message.author_id).where(Message.thread_id == room.id)) == kept.id
    await merging.part(session, kept.id, moved)
    assert await pairs(session) == before
    assert await pair_of(session, kept.id, partner.id) is None


async def test_where_both_wrote_with_the_same_the_kept_conversation_goes_on(cast: Cast, session: Session) -> None:
    kept, other, partner = await three(cast, "kop")
    rooms = Rooms(cast)
    theirs, _lost = await rooms.direct(kept, partner), await rooms.direct(other, partner)
    among = await rooms.direct(kept, other)
    moved = await merging.merge(session, kept.id, other.id)
    assert await pair_of(session, kept.id, partner.id) == theirs.id
    assert await pairs(session) == [(kept.id, partner.id)]
    await merging.part(session, kept.id, moved)
    assert await pair_of(session, kept.id, other.id) == among.id
