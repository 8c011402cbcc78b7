"""Members of one thread, with a client each; and what a reader has seen, held against what the club promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ssc.client import Ack, Club, Live, Message, MessageCame
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.rooms import Room, Rooms


class People:
    """Makes them."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def members(self, count: int) -> list[Member]:
        return [await self.cast.member(f"Person {number}") for number in range(count)]

    async def room(self, *members: Member) -> Room:
        return await Rooms(self.cast).group(*members)

    async def token(self, member: Member) -> str:
        client = await self.cast.bearer(member, "read", "write", "messages")
        return str(client.headers["authorization"].removeprefix("Bearer "))

    async def club(self, member: Member, url: str) -> Club:
        return Club(url, token=await self.token(member))


@dataclass
class Seen:
    """What a reader of a thread was told, in its order, over all lines."""

    thread_id: UUID
    revs: list[int] = field(default_factory=list)
    news: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)

    def take(self, event: object) -> None:
        if not isinstance(event, MessageCame) or event.message["thread_id"] != str(self.thread_id):
            return
        message = event.message
        self.revs.append(message["rev"])
        if message["seq"] not in self.messages:
            # A line that begins anew with `have` cannot know what was read on the one before, and says "new" once more.
            assert event.is_new, message
            self.news.append(message["seq"])
        self.messages[message["seq"]] = message

    async def hear(self, live: Live, until: int) -> None:
        """Listens until the thread's `rev` is told."""
        while not self.revs or self.revs[-1] < until:
            self.take(await anext(live))

    def check(self, thread: list[Message]) -> None:
        """She was told everything that is there, as it is; by `rev` ascending, and of each message's birth once."""
        assert self.revs == sorted(set(self.revs))
        assert sorted(self.news) == [message["seq"] for message in thread]
        assert [self.messages[seq] for seq in sorted(self.messages)] == thread


async def history(club: Club, room: Room) -> list[Message]:
    """The whole thread as the club has it, page by page."""
    found: list[Message] = []
    while page := await club.messages(str(room.id), after=found[-1]["seq"] if found else 0):
        found += page
    return found


def check_history(thread: list[Message], sent: Sequence[Mapping[str, Ack]]) -> None:
    """`sent`: what was acknowledged, each sender's in her order, by `client_id`.

    All of it is there once, under the numbers of its ack, without a hole, and each sender's in her order.
    """
    assert [message["seq"] for message in thread] == list(range(1, len(thread) + 1))
    acks = {client_id: ack["seq"] for one in sent for client_id, ack in one.items()}
    assert {message["client_id"]: message["seq"] for message in thread} == acks
    assert len(thread) == len(acks)
    for one in sent:
        numbers = [ack["seq"] for ack in one.values()]
        assert numbers == sorted(numbers)
