"""Rate limits: in memory, in a real Valkey, and when that is away."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from ssc.core.errors import Problem
from ssc.core.limits import Limit, Limits, MemoryLimits, Unlimited, ValkeyLimits
from ssc.server import valkey
from tests.core.bad_valkeys import silent

LINKS = Limit("links", 3, 3600)
OTHER = Limit("other", 3, 3600)


@pytest.fixture(scope="module")
def valkey_url() -> Iterator[str]:
    with valkey.running() as url:
        yield url


@pytest.fixture(params=["memory", "valkey"])
async def limits(request: pytest.FixtureRequest, valkey_url: str) -> AsyncIterator[Limits]:
    if request.param == "memory":
        yield MemoryLimits()
        return
    async with Redis.from_url(valkey_url) as client:
        await client.flushall()
        yield ValkeyLimits(client)


async def refused_after(limits: Limits, limit: Limit, key: str, cost: int = 1) -> tuple[int, int]:
    """How often it went well, and what `Retry-After` said then."""
    for times in range(100):
        try:
            await limits.take(limit, key, cost)
        except Problem as problem:
            assert problem.kind.status == 429
            return times, int(problem.headers["Retry-After"])
    raise AssertionError("never refused")


async def test_so_many_in_a_window_and_no_more(limits: Limits) -> None:
    times, retry_after = await refused_after(limits, LINKS, "a@example.org")
    assert times == 3
    assert 3590 <= retry_after <= 3600


async def test_everybody_and_everything_counts_by_itself(limits: Limits) -> None:
    await refused_after(limits, LINKS, "a@example.org")
    assert (await refused_after(limits, LINKS, "b@example.org"))[0] == 3
    assert (await refused_after(limits, OTHER, "a@example.org"))[0] == 3


async def test_what_is_refused_costs_nothing(limits: Limits) -> None:
    await limits.take(LINKS, "a", 2)
    with pytest.raises(Problem):
        await limits.take(LINKS, "a", 2)
    await limits.take(LINKS, "a", 1)
    assert await limits.used(LINKS, "a") == 3
    assert await limits.used(LINKS, "b") == 0


async def test_a_window_ends(limits: Limits) -> None:
    short = Limit("short", 1, 1)
    await limits.take(short, "a")
    taken = False
    while not taken:  # the second passes by itself
        try:
            await limits.take(short, "a")
            taken = True
        except Problem as problem:
            assert problem.headers["Retry-After"] == "1"
    assert await limits.used(short, "a") == 1


async def test_a_count_is_shared_by_processes_through_valkey(valkey_url: str) -> None:
    async with Redis.from_url(valkey_url) as one, Redis.from_url(valkey_url) as other:
        await ValkeyLimits(one).take(LINKS, "shared", 2)
        assert await ValkeyLimits(other).used(LINKS, "shared") == 2
        assert (await refused_after(ValkeyLimits(other), LINKS, "shared"))[0] == 1


async def test_without_valkey_each_process_counts_for_itself() -> None:
    """Case 23: open doors would be worse, and closed ones too."""
    with valkey.running() as url:
        client = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        limits = ValkeyLimits(client)
        await limits.take(LINKS, "a")
    assert (await refused_after(limits, LINKS, "a"))[0] == 3
    assert await limits.used(LINKS, "a") == 3
    await client.aclose()


async def test_a_valkey_that_says_nothing_is_waited_for_once_and_not_long(tmp_path: Path) -> None:
    """Case 23: a hundred requests would else wait for it one by one."""
    server = await asyncio.start_unix_server(silent, tmp_path / "v")
    async with Redis.from_url(f"unix://{tmp_path / 'v'}") as client, asyncio.timeout(60):
        assert (await refused_after(ValkeyLimits(client), Limit("many", 50, 3600), "a"))[0] == 50
    server.close()


async def test_lifted_limits_refuse_nobody() -> None:
    for _again in range(10):
        await Unlimited().take(LINKS, "a")
    assert await Unlimited().used(LINKS, "a") == 0
