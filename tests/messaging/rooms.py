"""Threads for the tests, made as they stand in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import update

from ssc.core import ids
from ssc.messaging.models import DirectPair, Thread, ThreadMember
from ssc.people.models import Member
from tests.cast import Cast


@dataclass(frozen=True)
class Room:
    """A thread, and how to speak in it."""

    cast: Cast
    id: UUID

    @property
    def path(self) -> str:
        return f"/api/v1/threads/{self.id}"

    @property
    def messages(self) -> str:
        return f"{self.path}/messages"

    async def say(self, client: httpx.AsyncClient, body: str, **more: Any) -> dict[str, Any]:
        """Sends, and answers the message as it was stored."""
        answer = await client.post(self.messages, json={"client_id": str(ids.new()), "body": body, **more})
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def read(self, client: httpx.AsyncClient, **asked: int) -> list[dict[str, Any]]:
        """The messages as this client has them."""
        answer = await client.get(self.messages, params=asked)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def change(self, member: Member, **columns: Any) -> None:
        """Sets columns of somebody's place in it."""
        own = (ThreadMember.thread_id == self.id, ThreadMember.member_id == member.id)
        async with self.cast.running.database.transaction() as session:
            await session.execute(update(ThreadMember).where(*own).values(**columns))

    async def place(self, member: Member) -> ThreadMember:
        async with self.cast.running.database.reading() as session:
            return await session.get_one(ThreadMember, (self.id, member.id))

    async def thread(self) -> Thread:
        async with self.cast.running.database.reading() as session:
            return await session.get_one(Thread, self.id)


class Rooms:
    """Makes threads."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def group(self, *members: Member, kind: str = "group", **columns: Any) -> Room:
        """The first of them owns a group."""
        owner = members[0].id if kind == "group" else None
        return await self._made(Thread(kind=kind, title="Sakura", owner_id=owner, **columns), members)

    async def direct(self, one: Member, other: Member) -> Room:
        room = await self._made(Thread(kind="direct"), (one, other))
        low, high = sorted((one.id, other.id))
        async with self.cast.running.database.transaction() as session:
            session.add(DirectPair(thread_id=room.id, low_id=low, high_id=high))
        return room

    async def _made(self, thread: Thread, members: Sequence[Member]) -> Room:
        async with self.cast.running.database.transaction() as session:
            thread.member_count = len(members)
            session.add(thread)
            await session.flush()
            session.add_all(ThreadMember(thread_id=thread.id, member_id=member.id) for member in members)
        return Room(self.cast, thread.id)
