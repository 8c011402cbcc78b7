"""What this process sends to the others: in order, by one task; what fails is owed until it can be made good."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from redis.asyncio import Redis

from ssc.core.live import wire
from ssc.core.live.news import Act, Hint, News, Publication

log = logging.getLogger("ssc.live")

PREFIX = "live:"
_AT_ONCE = 500
_MOST = 10_000
_PATIENCE_S = 3.0
_AGAIN_S = 0.5


class Outgoing:
    """A queue. While Valkey is away it shrinks to acts, and to how far each channel has come."""

    def __init__(self, client: Redis, origin: bytes) -> None:
        self._client = client
        self._origin = origin
        self._queue: deque[News] = deque()
        self._wake = asyncio.Event()
        self._failing = False

    def send(self, news: Sequence[News]) -> None:
        self._queue.extend(news)
        if self._failing or len(self._queue) > _MOST:
            self._queue = deque(owed(self._queue))
        self._wake.set()

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), _AT_ONCE))]
            if not batch:
                self._wake.clear()
                continue
            if not await self._sent(batch):
                self._queue = deque(owed([*batch, *self._queue]))
                await asyncio.sleep(_AGAIN_S)

    async def _sent(self, batch: Sequence[News]) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                pipeline = self._client.pipeline(transaction=False)
                for channel, payload in _messages(self._origin, batch):
                    pipeline.publish(PREFIX + channel, payload)
                await pipeline.execute()
        except Exception as failure:  # whatever it is, the truth is in PostgreSQL
            if not self._failing:
                log.warning("live news wait for Valkey", extra={"failure": type(failure).__name__})
            self._failing = True
            return False
        self._failing = False
        return True


def owed(news: Iterable[News]) -> list[News]:
    """What must not be lost of them: acts, and each channel's newest `rev`, by which its receivers see a hole."""
    acts = [one for one in news if isinstance(one, Act)]
    revs: dict[str, int] = {}
    for one in news:
        if isinstance(one, Publication | Hint) and one.rev is not None:
            revs[one.channel] = max(one.rev, revs.get(one.channel, 0))
    owing: list[News] = [*dict.fromkeys(acts)]
    owing += [Hint(channel, rev) for channel, rev in revs.items()]
    return owing[-_MOST:]


def _messages(origin: bytes, batch: Sequence[News]) -> Iterator[tuple[str, bytes]]:
    for channel, news in groupby(batch, lambda one: one.channel):
        yield channel, wire.packed(origin, news)
