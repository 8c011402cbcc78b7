"""Who is here and who is looking at what, over all processes: in Valkey with expiry, never in PostgreSQL."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar
from uuid import UUID

from redis.asyncio import Redis

from ssc import tasks
from ssc.core.live.presence import LOOKS_S, MemoryPresence

log = logging.getLogger("ssc.live")

PROCESSES = "here:processes"
_BEAT_S = 20.0
_LASTS_S = 60
_PATIENCE_S = 1.0
_CLOSED_FOR_S = 5.0

T = TypeVar("T")


class ValkeyPresence:
    """Each process keeps a set of its own members there. While Valkey is away it knows only those."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._own = MemoryPresence()
        self._key = f"here:{secrets.token_hex(6)}"
        self._changed: set[UUID] = set()
        self._wake = asyncio.Event()
        self._away_until = 0.0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            # Told again at once: a cancellation while it connects is lost, and there is nothing to put in order.
            async with tasks.beside(self._keep(), again_s=0.05):
                yield
        finally:
            await self._ask(self._leave, None)

    def came(self, member_id: UUID) -> None:
        self._own.came(member_id)
        self._note(member_id)

    def left(self, member_id: UUID) -> None:
        self._own.left(member_id)
        self._note(member_id)

    async def here(self, member_ids: Collection[UUID]) -> set[UUID]:
        found = await self._own.here(member_ids)
        asked = [member_id for member_id in member_ids if member_id not in found]
        return found | (await self._ask(lambda: self._elsewhere(asked), set()) if asked else set())

    async def look(self, member_id: UUID, channel: str) -> None:
        await self._own.look(member_id, channel)

        async def tell() -> None:
            pipeline = self._client.pipeline(transaction=False)
            pipeline.zadd(_looks(channel), {str(member_id): time.time() + LOOKS_S})
            pipeline.expire(_looks(channel), LOOKS_S)
            await pipeline.execute()

        await self._ask(tell, None)

    async def look_away(self, member_id: UUID, channel: str) -> None:
        await self._own.look_away(member_id, channel)
        await self._ask(lambda: self._client.zrem(_looks(channel), str(member_id)), None)

    async def looking(self, channel: str) -> set[UUID]:
        async def ask() -> set[UUID]:
            found: Any = await self._client.zrangebyscore(_looks(channel), time.time(), "+inf")
            return {UUID(one.decode()) for one in found}

        return await self._own.looking(channel) | await self._ask(ask, set())

    def _note(self, member_id: UUID) -> None:
        self._changed.add(member_id)
        self._wake.set()

    async def _keep(self) -> None:
        """Tells of changes at once, and of everything again and again: Valkey forgets who does not."""
        beat = 0.0
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, beat - time.monotonic())):
                    await self._wake.wait()
            self._wake.clear()
            changed, self._changed = self._changed, set()
            is_due = time.monotonic() >= beat
            members = set(self._own.sockets) if is_due else changed
            if is_due:
                beat = time.monotonic() + _BEAT_S
            await self._ask(lambda told=members, all_=is_due: self._tell(told, all_), None)  # type: ignore[misc]  # bound now

    async def _tell(self, members: set[UUID], is_all: bool) -> None:
        here = [member_id.bytes for member_id in members if member_id in self._own.sockets]
        gone = [member_id.bytes for member_id in members if member_id not in self._own.sockets]
        pipeline = self._client.pipeline(transaction=is_all)
        if is_all:
            now = time.time()
            pipeline.delete(self._key)
            pipeline.zadd(PROCESSES, {self._key: now})
            pipeline.zremrangebyscore(PROCESSES, "-inf", now - _LASTS_S)
        if here:
            pipeline.sadd(self._key, *here)
        if gone:
            pipeline.srem(self._key, *gone)
        pipeline.expire(self._key, _LASTS_S)
        await pipeline.execute()

    async def _leave(self) -> None:
        pipeline = self._client.pipeline()
        pipeline.delete(self._key)
        pipeline.zrem(PROCESSES, self._key)
        await pipeline.execute()

    async def _elsewhere(self, member_ids: list[UUID]) -> set[UUID]:
        processes: Any = await self._client.zrangebyscore(PROCESSES, time.time() - _LASTS_S, "+inf")
        pipeline = self._client.pipeline(transaction=False)
        for process in processes:
            pipeline.smismember(process, [member_id.bytes for member_id in member_ids])
        answers: list[list[int]] = await pipeline.execute()
        return {member_id for answer in answers for member_id, here in zip(member_ids, answer, strict=True) if here}

    async def _ask(self, act: Callable[[], Awaitable[Any]], instead: T) -> T:
        """What Valkey answers, or `instead`: presence is worth a second at most, and that not every time."""
        if time.monotonic() < self._away_until:
            return instead
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await act()  # type: ignore[no-any-return]  # what Valkey answers is ours
        except Exception as failure:
            log.info("presence is this process's own", extra={"failure": type(failure).__name__})
            self._away_until = time.monotonic() + _CLOSED_FOR_S
            return instead


def _looks(channel: str) -> str:
    return f"looking:{channel}"
