"""Members of one thread, with a client each; and what a reader has seen, held against what the club promises."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ssc.client import Club, Live, Message, MessageCame
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
    twice: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def take(self, event: MessageCame) -> None:
        message = event.message
        if message["thread_id"] != str(self.thread_id):
            return
        self.revs.append(message["rev"])
        self.messages[message["seq"]] = message
        if event.is_new:
            self.news.append(message["seq"])

    async def hear(self, live: Live, until: int) -> None:
        """Listens until the thread's `rev` is told."""
        while not self.revs or self.revs[-1] < until:
            event = await anext(live)
            if isinstance(event, MessageCame):
                self.take(event)

    @property
    def ascends(self) -> bool:
        return all(earlier < later for earlier, later in zip(self.revs, self.revs[1:], strict=False))


async def history(club: Club, room: Room) -> list[Message]:
    """The whole thread as the club has it, page by page."""
    found: list[Message] = []
    while page := await club.messages(str(room.id), after=found[-1]["seq"] if found else 0):
        found += page
    return found


def stored(message: Any) -> dict[str, Any]:
    """What of a message must be the same for every reader, however it came."""
    return {name: value for name, value in message.items() if name != "withheld"}
