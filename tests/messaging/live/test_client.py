"""The Python client against a club that is really served."""

import asyncio
import random
import time

from ssc.client import Club
from tests.cli.commands import Served
from tests.messaging.live.people import People, Seen, history


async def test_two_people_talk_and_each_hears_everything_once(served: Served, people: People) -> None:
    ana, ben = await people.members(2)
    room = await people.room(ana, ben)
    one, other = await people.club(ana, served.url), await people.club(ben, served.url)
    async with one, other, one.connect() as hers, other.connect() as his:
        ack = await hers.send(str(room.id), "Good morning")
        assert ack["seq"] == 1
        again = await hers.send(str(room.id), "Good morning", client_id=ack["client_id"])
        assert again == ack
        await other.react(str(room.id), 1, "🌸")
        seen = Seen(room.id)
        async with asyncio.timeout(60):
            await seen.hear(his, 2)
        assert (seen.revs, seen.news) == ([1, 2], [1])
        assert seen.messages[1]["reactions"] == {"🌸": ["person-1"]}
        assert [message["body"] for message in await history(one, room)] == ["Good morning"]


async def test_who_gives_up_at_any_moment_of_connecting_has_ended(served: Served, people: People) -> None:
    """Also when the club's first word arrives in that very moment."""
    (ana,) = await people.members(1)
    dice = random.Random(5)

    async def enter_and_leave(club: Club) -> None:
        async with club.connect():
            pass

    async with await people.club(ana, served.url) as club:
        begun = time.monotonic()
        await enter_and_leave(club)
        takes = time.monotonic() - begun
        for _attempt in range(150):
            entering = asyncio.create_task(enter_and_leave(club))
            await asyncio.sleep(dice.random() * takes)
            entering.cancel()
            _done, left = await asyncio.wait([entering], timeout=60)
            assert not left
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "ssc.client"]
        async with club.connect() as live:
            assert live.is_connected
