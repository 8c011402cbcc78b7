"""Rate limits: how often something may be done, counted in Valkey or, with one process, in memory."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ssc.core.errors import too_many

_PATIENCE_S = 2.0
_CLOSED_FOR_S = 5.0


@dataclass(frozen=True)
class Limit:
    """At most `amount` in any window of `seconds` that begins with the first."""

    name: str
    amount: int
    seconds: int


class Limits(Protocol):
    """Counts; the key says whose count it is."""

    async def take(self, limit: Limit, key: str, cost: int = 1) -> None:
        """Counts `cost`; raises 429 with `Retry-After` when the amount is passed."""

    async def take_each(self, limit: Limit, key: str, things: Collection[str]) -> None:
        """Counts those things that the window has not seen yet; raises 429 when the amount is passed."""

    async def used(self, limit: Limit, key: str) -> int:
        """What has been counted in the present window."""


class Unlimited:
    """For tests and benchmarks: counts nothing."""

    async def take(self, limit: Limit, key: str, cost: int = 1) -> None:
        return

    async def take_each(self, limit: Limit, key: str, things: Collection[str]) -> None:
        return

    async def used(self, limit: Limit, key: str) -> int:
        return 0


class MemoryLimits:
    """For one process. Forgets windows that have ended, so that keys cannot fill the memory."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], tuple[float, int]] = {}
        self._seen: dict[tuple[str, str], tuple[float, set[int]]] = {}
        self._swept = time.monotonic()

    async def take(self, limit: Limit, key: str, cost: int = 1) -> None:
        now = time.monotonic()
        self._sweep(now)
        ends, count = self._windows.get((limit.name, key), (0.0, 0))
        if ends <= now:
            ends, count = now + limit.seconds, 0
        if count + cost > limit.amount:
            raise too_many(math.ceil(ends - now))
        self._windows[(limit.name, key)] = (ends, count + cost)

    async def take_each(self, limit: Limit, key: str, things: Collection[str]) -> None:
        now = time.monotonic()
        self._sweep(now)
        ends, seen = self._seen.get((limit.name, key), (0.0, set()))
        if ends <= now:
            ends, seen = now + limit.seconds, set()
        fresh = {hash(thing) for thing in things} - seen
        if len(seen) + len(fresh) > limit.amount:
            raise too_many(math.ceil(ends - now))
        self._seen[(limit.name, key)] = (ends, seen | fresh)

    async def used(self, limit: Limit, key: str) -> int:
        ends, count = self._windows.get((limit.name, key), (0.0, 0))
        return count if ends > time.monotonic() else 0

    def _sweep(self, now: float) -> None:
        if now - self._swept < 60:
            return
        self._swept = now
        self._windows = {k: window for k, window in self._windows.items() if window[0] > now}
        self._seen = {k: window for k, window in self._seen.items() if window[0] > now}


class ValkeyLimits:
    """Shared by all processes. When Valkey is away each process counts for itself: open doors are worse."""

    _SCRIPT = """
    local count = tonumber(redis.call('GET', KEYS[1]) or '0')
    if count + tonumber(ARGV[1]) > tonumber(ARGV[2]) then return -math.max(1, redis.call('TTL', KEYS[1])) end
    count = redis.call('INCRBY', KEYS[1], ARGV[1])
    if count == tonumber(ARGV[1]) then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
    return count
    """
    # All or nothing: a page that would pass the amount is refused whole, and counts nothing.
    _EACH = """
    local fresh = 0
    for i = 3, #ARGV do fresh = fresh + 1 - redis.call('SISMEMBER', KEYS[1], ARGV[i]) end
    if redis.call('SCARD', KEYS[1]) + fresh > tonumber(ARGV[1]) then
        return -math.max(1, redis.call('TTL', KEYS[1]))
    end
    for i = 3, #ARGV do redis.call('SADD', KEYS[1], ARGV[i]) end
    if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
    return fresh
    """

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._alone = MemoryLimits()
        self._away_until = 0.0

    async def take(self, limit: Limit, key: str, cost: int = 1) -> None:
        count = await self._answer(
            lambda: self._client.eval(self._SCRIPT, 1, _key(limit, key), cost, limit.amount, limit.seconds)
        )
        if count is None:
            await self._alone.take(limit, key, cost)
        elif count < 0:
            raise too_many(-count)

    async def take_each(self, limit: Limit, key: str, things: Collection[str]) -> None:
        if not things:
            return
        fresh = await self._answer(
            lambda: self._client.eval(self._EACH, 1, _key(limit, key), limit.amount, limit.seconds, *things)
        )
        if fresh is None:
            await self._alone.take_each(limit, key, things)
        elif fresh < 0:
            raise too_many(-fresh)

    async def used(self, limit: Limit, key: str) -> int:
        count = await self._answer(lambda: self._client.get(_key(limit, key)))
        return await self._alone.used(limit, key) if count is None else count

    async def _answer(self, ask: Callable[[], Awaitable[Any]]) -> int | None:
        """None when Valkey does not answer well, or has not lately: nobody waits for it again and again."""
        if time.monotonic() < self._away_until:
            return None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return int(await ask() or 0)
        except (RedisError, OSError, ValueError, TypeError):
            self._away_until = time.monotonic() + _CLOSED_FOR_S
            return None


def _key(limit: Limit, key: str) -> str:
    return f"limit:{limit.name}:{key}"
