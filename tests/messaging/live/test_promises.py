"""Random people on bad lines in one thread of a served club: what they did and saw obeys the API's promises."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ssc.client import Ack, Club, ClubProblem, Live
from tests.cli import commands
from tests.cli.commands import Served
from tests.messaging.live.bad_line import BadLine, bad_line
from tests.messaging.live.people import People, Seen, check_history, history
from tests.messaging.rooms import Room

pytestmark = pytest.mark.long

ACTS = 40
WORDS = ("hanami", "日本語", "ありがとう", "นักวิทยาศาสตร์", "**bold**", "🌸", "https://example.org/a", "`x = 1`")
PATIENCE_S = 60


@dataclass
class Writer:
    """Sends, repeats herself, edits, deletes and reacts, over the socket and beside it."""

    club: Club
    live: Live
    room: Room
    dice: random.Random
    acks: dict[str, Ack] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    async def act(self, others: "Sequence[Writer]") -> None:
        for number in range(ACTS):
            await self.dice.choices((self.send, self.send_twice, self.edit, self.delete), (6, 1, 3, 1))[0](number)
            if self.dice.random() < 0.4:
                await self.react(self.dice.choice(others))

    async def send(self, number: int) -> None:
        client_id = f"{id(self)}-{number}"
        self.acks[client_id] = await self.live.send(str(self.room.id), self.words(), client_id=client_id)

    async def send_twice(self, number: int) -> None:
        """By two ways at once: she does not know whether the first arrived."""
        client_id, words, thread = f"{id(self)}-{number}", self.words(), str(self.room.id)
        ack, message = await asyncio.gather(
            self.live.send(thread, words, client_id=client_id), self.club.send(thread, words, client_id=client_id)
        )
        assert (ack["seq"], ack["client_id"]) == (message["seq"], message["client_id"])
        self.acks[client_id] = ack

    async def edit(self, _number: int) -> None:
        if own := self.own():
            await self.club.edit(str(self.room.id), self.dice.choice(own), self.words())

    async def delete(self, _number: int) -> None:
        if own := self.own():
            seq = self.dice.choice(own)
            self.deleted.add(seq)
            await self.club.delete(str(self.room.id), seq)

    async def react(self, whose: "Writer") -> None:
        """To a message that may be deleted at the same moment: then it is refused."""
        if whose.acks:
            seq = self.dice.choice(list(whose.acks.values()))["seq"]
            way = self.club.react if self.dice.random() < 0.7 else self.club.take_back
            try:
                await way(str(self.room.id), seq, self.dice.choice("🌸👍🎉"))
            except ClubProblem as refused:
                assert seq in whose.deleted, refused

    def own(self) -> list[int]:
        return [ack["seq"] for ack in self.acks.values() if ack["seq"] not in self.deleted]

    def words(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(1, 12)))


@dataclass
class Reader:
    """Listens; now and then she vanishes altogether, and comes back with what she has."""

    club: Club
    seen: Seen
    dice: random.Random
    have: dict[str, int]

    async def follow(self, writing: "asyncio.Future[int]") -> None:
        while not writing.done():
            async with self.club.connect(self.have) as live:
                await self._for_a_while(live)
                self.have = live.have
            await asyncio.sleep(self.dice.random() * 0.3)
        async with self.club.connect(self.have) as live:
            async with asyncio.timeout(PATIENCE_S):
                await self.seen.hear(live, writing.result())

    async def _for_a_while(self, live: Live) -> None:
        try:
            async with asyncio.timeout(0.2 + self.dice.random()):
                while True:
                    self.seen.take(await anext(live))
        except TimeoutError:
            while live.waiting:  # what `have` counts as told
                self.seen.take(await anext(live))


@pytest.fixture
async def line(environment: Mapping[str, str], tmp_path: Path) -> AsyncIterator[BadLine]:
    """The club is known by the line's address, and everybody comes by it."""
    port = commands.free_port()
    known = {**environment, "SSC_BASE_URL": f"http://127.0.0.1:{port}"}
    with commands.serving(settings=known, folder=tmp_path) as served:
        async with bad_line(port, served.port) as made:
            yield made


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_people_do_on_bad_lines_the_thread_and_all_views_of_it_agree(
    line: BadLine, people: People, seed: int
) -> None:
    """(cases 1, 5, 6, 8) A seed decides who does what; what overtakes what is left to chance."""
    dice = random.Random(seed)
    members = await people.members(8)
    room = await people.room(*members)
    thread = str(room.id)
    async with AsyncExitStack() as stack:
        clubs = [await stack.enter_async_context(await people.club(member, line.url)) for member in members]
        lives = [await stack.enter_async_context(club.connect(listen=False)) for club in clubs[:4]]
        writers = [
            Writer(club, live, room, random.Random(dice.random())) for club, live in zip(clubs, lives, strict=False)
        ]
        readers = [Reader(club, Seen(room.id), random.Random(dice.random()), {thread: 0}) for club in clubs[4:]]
        writing: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        following = [asyncio.create_task(reader.follow(writing)) for reader in readers]
        line.dice = dice
        await asyncio.gather(*(writer.act(writers) for writer in writers))
        line.dice = None
        assert line.cuts > ACTS
        told = await history(clubs[0], room)
        writing.set_result(max(message["rev"] for message in told))
        await asyncio.gather(*following)
        check_history(told, [writer.acks for writer in writers])
        deleted = {seq for writer in writers for seq in writer.deleted}
        assert {message["seq"] for message in told if message["deleted"]} == deleted
        for reader in readers:
            reader.seen.check(told)
        late = Seen(room.id)
        async with clubs[0].connect({thread: 0}) as live:
            async with asyncio.timeout(PATIENCE_S):
                await late.hear(live, writing.result())
        late.check(told)
        changes = [message["rev"] async for message in clubs[0].changes(thread, 0)]
        assert changes == late.revs


async def test_eight_writers_with_300_messages_each_and_a_reader_sees_each_once(served: Served, people: People) -> None:
    """(case 3)"""
    members = await people.members(9)
    room = await people.room(*members)
    async with AsyncExitStack() as stack:
        clubs = [await stack.enter_async_context(await people.club(member, served.url)) for member in members]
        lives = [await stack.enter_async_context(club.connect(listen=False)) for club in clubs[:8]]
        reading = await stack.enter_async_context(clubs[8].connect())
        seen = Seen(room.id)
        acks: list[dict[str, Ack]] = [{} for _ in lives]

        async def write(number: int) -> None:
            for count in range(300):
                ack = await lives[number].send(str(room.id), f"{number}: {count}")
                acks[number][ack["client_id"]] = ack

        hearing = asyncio.create_task(seen.hear(reading, 2400))
        await asyncio.gather(*(write(number) for number in range(8)))
        async with asyncio.timeout(PATIENCE_S):
            await hearing
        assert seen.news == list(range(1, 2401))
        told = await history(clubs[0], room)
        check_history(told, acks)
        seen.check(told)
