"""The bus over Valkey: several processes, on one machine or many."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from ssc import tasks
from ssc.core.live import wire
from ssc.core.live.bus import Hear, Restored
from ssc.core.live.news import News
from ssc.core.live.outgoing import Outgoing
from ssc.core.live.subscriptions import PATIENCE_S, Subscriptions


class ValkeyBus:
    """Subscribes only to what is followed here. Stopped, slow or gone mad, Valkey costs nobody more than seconds."""

    def __init__(self, url: str) -> None:
        # Protocol 2: in 3 messages come beside the answers, by another way. No time-out for each command: who asks
        # has one of its own, and the library's waits by `asyncio.wait_for`, which loses cancellations (`ssc.tasks`).
        self._pool = ConnectionPool.from_url(
            url, protocol=2, socket_timeout=None, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        self._origin = secrets.token_bytes(wire.ORIGIN)
        self._outgoing = Outgoing(Redis(connection_pool=self._pool), self._origin)
        self._subscriptions: Subscriptions | None = None

    def running(self, hear: Hear, restored: Restored) -> AbstractAsyncContextManager[None]:
        self._subscriptions = Subscriptions(self._pool, self._origin, hear, restored)
        return self._running(self._subscriptions)

    @asynccontextmanager
    async def _running(self, subscriptions: Subscriptions) -> AsyncIterator[None]:
        try:
            # Told again soon: a group of tasks that is just failing swallows a cancellation.
            async with tasks.beside(subscriptions.run(), self._outgoing.run(), again_s=0.1):
                await asyncio.wait([asyncio.ensure_future(subscriptions.tried.wait())], timeout=PATIENCE_S)
                yield
        finally:
            await self._pool.aclose()

    def send(self, news: Sequence[News]) -> None:
        self._outgoing.send(news)

    async def follow(self, channels: Collection[str]) -> None:
        if self._subscriptions:
            await self._subscriptions.follow(channels)

    def unfollow(self, channels: Collection[str]) -> None:
        if self._subscriptions:
            self._subscriptions.unfollow(channels)
