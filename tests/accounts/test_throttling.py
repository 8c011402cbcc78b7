"""Failed sign-ins: ten per account and thirty per network in a quarter of an hour; a known device counts for itself."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from ssc.accounts import jobs
from ssc.accounts.models import SignInFailure
from ssc.app import create_app
from ssc.core import clock, process
from ssc.core.config import Settings
from tests.cast import BASE, PASSWORD, Cast

SESSION = "/api/v1/session"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": "on", "trusted_proxies": "10.0.0.0/8"})


async def attempt(client: httpx.AsyncClient, email: str = "ada-rao@example.org", password: str = "wrong") -> int:
    return (await client.post(SESSION, json={"email": email, "password": password})).status_code


def at(cast: Cast, address: str, **headers: str) -> httpx.AsyncClient:
    """A browser at this network address."""
    transport = httpx.ASGITransport(app=cast.app, client=(address, 4711), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers)


async def test_ten_failures_shut_an_account_for_a_quarter_of_an_hour(cast: Cast) -> None:
    """Case 25."""
    await cast.member("Ada Rao")
    visitors = [at(cast, f"192.0.2.{n}") for n in range(11)]
    assert [await attempt(visitor) for visitor in visitors] == [401] * 10 + [429]
    answer = await visitors[0].post(SESSION, json={"email": "ada-rao@example.org", "password": PASSWORD})
    assert answer.status_code == 429
    assert 890 <= int(answer.headers["retry-after"]) <= 900
    with clock.shifted(timedelta(minutes=16)):
        assert await attempt(visitors[0], password=PASSWORD) == 201


async def test_an_unknown_address_is_shut_alike(cast: Cast) -> None:
    """Case 26."""
    visitors = [at(cast, f"192.0.2.{n}") for n in range(11)]
    assert [await attempt(visitor, "nobody@example.org") for visitor in visitors] == [401] * 10 + [429]


async def test_an_account_has_one_count_for_all_its_addresses(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    await cast.address(ada, "ada@work.example")
    visitor = at(cast, "192.0.2.1")
    assert [await attempt(visitor) for _ in range(5)] == [401] * 5
    assert [await attempt(visitor, "ada@work.example") for _ in range(6)] == [401] * 5 + [429]


async def test_thirty_failures_shut_a_network(cast: Cast) -> None:
    """Case 25."""
    await cast.member("Ada Rao")
    visitor = at(cast, "2001:db8:1:2::1")
    neighbour = at(cast, "2001:db8:1:2:ffff::9")
    assert [await attempt(visitor, f"nobody{n}@example.org") for n in range(31)] == [401] * 30 + [429]
    assert await attempt(neighbour, password=PASSWORD) == 429
    assert await attempt(at(cast, "2001:db8:1:3::1"), password=PASSWORD) == 201


async def test_successes_do_not_count(cast: Cast) -> None:
    await cast.member("Ada Rao")
    for _ in range(35):
        assert await attempt(at(cast, "192.0.2.1"), password=PASSWORD) == 201


async def test_the_owner_gets_in_on_a_known_device_which_counts_for_itself(cast: Cast) -> None:
    """Case 25."""
    await cast.member("Ada Rao")
    await cast.member("Bob Sen")
    known, stranger = at(cast, "192.0.2.1"), at(cast, "192.0.2.1")
    assert await attempt(known, password=PASSWORD) == 201
    assert [await attempt(stranger) for _ in range(11)] == [401] * 10 + [429]
    assert await attempt(known, password=PASSWORD) == 201
    assert [await attempt(known) for _ in range(11)] == [401] * 10 + [429]
    assert await attempt(known, "bob-sen@example.org", PASSWORD) == 201, "it is Ada's device that is shut"


async def test_a_device_known_to_one_member_is_strange_to_another(cast: Cast) -> None:
    await cast.member("Ada Rao")
    await cast.member("Bob Sen")
    bobs = at(cast, "192.0.2.1")
    assert await attempt(bobs, "bob-sen@example.org", PASSWORD) == 201
    assert [await attempt(at(cast, f"192.0.2.{n}")) for n in range(2, 12)] == [401] * 10
    assert await attempt(bobs) == 429


async def test_many_at_once_gain_nothing(cast: Cast) -> None:
    """Case 25."""
    await cast.member("Ada Rao")
    answers = await asyncio.gather(*(attempt(at(cast, f"192.0.2.{n}")) for n in range(16)))
    assert sorted(answers) == [401] * 10 + [429] * 6


async def test_the_count_survives_a_restart_and_is_shared_by_processes(cast: Cast, settings: Settings) -> None:
    """Case 25."""
    await cast.member("Ada Rao")
    assert [await attempt(at(cast, "192.0.2.1")) for _ in range(10)] == [401] * 10
    async with process.opened(settings, pool_size=2) as another:
        other = Cast(create_app(settings, another), another)
        assert await attempt(at(other, "192.0.2.2"), password=PASSWORD) == 429
        assert await attempt(at(other, "192.0.2.2"), "nobody@example.org") == 401


async def test_a_proxy_is_believed_only_if_it_is_ours(cast: Cast) -> None:
    """Case 31."""
    ours = [at(cast, "10.0.0.7", **{"x-forwarded-for": f"198.51.100.{n}"}) for n in range(32)]
    assert [await attempt(client, f"a{n}@example.org") for n, client in enumerate(ours)] == [401] * 32
    foreign = [at(cast, "203.0.113.7", **{"x-forwarded-for": f"198.51.100.{n}"}) for n in range(32)]
    assert [await attempt(client, f"b{n}@example.org") for n, client in enumerate(foreign)] == [401] * 30 + [429] * 2


async def test_counts_name_nobody_and_are_forgotten(cast: Cast) -> None:
    await attempt(at(cast, "192.0.2.1"), "somebody@example.org")
    async with cast.running.database.transaction() as session:
        keys = (await session.scalars(select(SignInFailure.key))).all()
    assert [len(key) for key in keys] == [32, 32]
    with clock.shifted(timedelta(minutes=16)):
        await jobs.forget(cast.running)
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(SignInFailure)) == 0


@pytest.fixture
async def signed_in(cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with await cast.browser(await cast.member("Ada Rao")) as browser:
        yield browser


async def test_showing_again_that_it_is_oneself_is_counted_too(signed_in: httpx.AsyncClient) -> None:
    async def show(password: str) -> int:
        return (await signed_in.post(f"{SESSION}/fresh", json={"password": password})).status_code

    assert [await show("wrong") for _ in range(9)] == [401] * 9
    assert [await show(PASSWORD), await show("wrong"), await show("wrong")] == [204, 401, 429]
    assert await show(PASSWORD) == 429
