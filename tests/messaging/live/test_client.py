"""The Python client against a club that is really served."""

import asyncio

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
        await asyncio.wait_for(seen.hear(his, 2), 20)
        assert (seen.revs, seen.news) == ([1, 2], [1])
        assert seen.messages[1]["reactions"] == {"🌸": ["person-1"]}
        assert [message["body"] for message in await history(one, room)] == ["Good morning"]
