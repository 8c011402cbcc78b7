"""The serving process dies again and again while people write."""

import asyncio
import signal
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from ssc.client import Ack, Live
from tests.messaging.live.nursery import Nursery, nursery
from tests.messaging.live.people import People, Seen, check_history, history

pytestmark = pytest.mark.long

KILLS = 20
WRITERS = 6
PATIENCE_S = 60


@pytest.fixture
def club(environment: Mapping[str, str], tmp_path: Path) -> Iterator[Nursery]:
    with nursery(environment, tmp_path) as made:
        made.begin()
        yield made


async def test_killed_twenty_times_under_load_it_loses_doubles_and_reorders_nothing(
    club: Nursery, people: People
) -> None:
    """(case 4)"""
    members = await people.members(WRITERS + 1)
    room = await people.room(*members)
    over = asyncio.Event()
    acks: list[dict[str, Ack]] = [{} for _ in range(WRITERS)]

    async def write(live: Live, own: dict[str, Ack]) -> None:
        while not over.is_set():
            ack = await live.send(str(room.id), f"line {len(own)}")
            own[ack["client_id"]] = ack

    async with AsyncExitStack() as stack:
        clubs = [await stack.enter_async_context(await people.club(member, club.url)) for member in members]
        lives = [await stack.enter_async_context(one.connect(listen=False)) for one in clubs[:WRITERS]]
        reading = await stack.enter_async_context(clubs[-1].connect())
        writing = [asyncio.create_task(write(live, own)) for live, own in zip(lives, acks, strict=True)]
        for _ in range(KILLS):
            await _some_more(acks)
            club.kill()
            await asyncio.to_thread(club.begin)
        over.set()
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*writing)
        told = await history(clubs[0], room)
        check_history(told, acks)
        seen = Seen(room.id)
        async with asyncio.timeout(PATIENCE_S):
            await seen.hear(reading, told[-1]["rev"])
        seen.check(told)


async def _some_more(acks: list[dict[str, Ack]]) -> None:
    """Everybody is writing again, and commits are under way."""
    for own in acks:
        wanted = len(own) + 5
        async with asyncio.timeout(PATIENCE_S):
            while len(own) < wanted:  # noqa: ASYNC110
                await asyncio.sleep(0.005)


async def test_told_to_end_it_says_bye_stores_what_was_sent_and_is_gone(club: Nursery, people: People) -> None:
    """(case 12) With idle, half-open and writing clients."""
    ana, ben = await people.members(2)
    room = await people.room(ana, ben)
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(await people.club(ana, club.url))
        other = await stack.enter_async_context(await people.club(ben, club.url))
        hers = await stack.enter_async_context(one.connect(listen=False))
        await stack.enter_async_context(other.connect(listen=False))
        _reader, half_open = await asyncio.open_connection("127.0.0.1", int(club.url.rpartition(":")[2]))
        half_open.write(b"GET /api/v1/live HTTP/1.1\r\nHost: 127")
        sending = [asyncio.create_task(hers.send(str(room.id), f"{number}")) for number in range(50)]
        await sending[0]
        club.tell(signal.SIGTERM)
        await asyncio.to_thread(club.ends)
        await asyncio.to_thread(club.begin)
        async with asyncio.timeout(PATIENCE_S):
            acks = await asyncio.gather(*sending)
        half_open.close()
        assert [ack["seq"] for ack in acks] == list(range(1, 51))
        assert [message["body"] for message in await history(one, room)] == [f"{number}" for number in range(50)]
