"""Who may begin to write to whom: each refusal beside its allowed twin."""

import asyncio
from typing import Any

import httpx
import pytest

from ssc.people.models import Member
from tests.cast import Cast

THREADS = "/api/v1/threads"


async def opened(client: httpx.AsyncClient, other: Member | str) -> httpx.Response:
    handle = other if isinstance(other, str) else other.handle
    return await client.post(THREADS, json={"kind": "direct", "member": handle})


async def outcome(client: httpx.AsyncClient, other: Member | str) -> tuple[int, str | None]:
    """The status, and how the thread stands as a request, or the problem."""
    answer = await opened(client, other)
    told: dict[str, Any] = answer.json()
    return answer.status_code, told["request"] if answer.is_success else told["type"]


NOT_ACCEPTING = (403, "/problems/not-accepting")
NOBODY = (404, "/problems/not-found")
OPEN, REQUEST = (201, None), (201, "outgoing")


async def test_a_direct_thread_is_one_for_the_two_however_they_come_to_it(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    first = await opened(anns, bob)
    again, other_way = await opened(anns, bob), await opened(bobs, ann)
    assert [one.status_code for one in (first, again, other_way)] == [201, 200, 200]
    assert first.json()["id"] == again.json()["id"] == other_way.json()["id"]
    assert (first.json()["title"], other_way.json()["title"]) == ("Bob Baker", "Ann Able")
    assert (first.json()["kind"], first.json()["members"], first.json()["last_message"]) == ("direct", 2, None)


async def test_twenty_who_open_it_at_once_find_the_same(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    answers = await asyncio.gather(*(opened(*one) for one in [(anns, bob), (bobs, ann)] * 10))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_what_two_share_decides_and_the_other_narrows_it(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    mate = await cast.member("Mate Matthews")
    await cast.exchange("X-1", [ann, mate], host="Chiba University")
    host_mate = await cast.member("Host Hopper")
    await cast.exchange("X-2", [host_mate], host="Chiba University")
    stranger = await cast.member("Stan Stranger")
    await cast.exchange("X-3", [stranger], host="Kyoto University")
    client = await cast.browser(ann)
    for other, contact, expected in (
        (mate, "nobody", NOT_ACCEPTING),
        (mate, "shared-history", OPEN),
        (host_mate, "nobody", NOT_ACCEPTING),
        (host_mate, "shared-history", OPEN),
        (stranger, "nobody", NOT_ACCEPTING),
        (stranger, "shared-history", NOT_ACCEPTING),
        (stranger, "everyone", REQUEST),
    ):
        await cast.change(other, contact=contact)
        assert await outcome(client, other) == expected, (other.name, contact)


async def test_a_thread_that_stands_goes_on_whatever_the_preference(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    client = await cast.browser(ann)
    assert await outcome(client, bob) == OPEN
    await cast.change(bob, contact="nobody")
    assert await outcome(client, bob) == (200, None)


async def test_a_block_either_way_is_refused_like_everything_else(cast: Cast) -> None:
    ann, bob, cat = [await cast.member(name) for name in ("Ann Able", "Bob Baker", "Cat Carter")]
    await cast.exchange("X-1", [ann, bob, cat])
    await cast.change(cat, contact="nobody")
    await cast.block(bob, ann)
    anns = await cast.browser(ann)
    blocked, unwilling = await opened(anns, bob), await opened(anns, cat)
    assert (blocked.status_code, blocked.json()) == (unwilling.status_code, unwilling.json())
    assert await outcome(await cast.browser(bob), ann) == NOT_ACCEPTING
    assert await outcome(await cast.browser(cat), ann) == OPEN


async def test_a_block_ends_a_thread_that_stands(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    client = await cast.browser(ann)
    assert await outcome(client, bob) == OPEN
    await cast.block(bob, ann)
    assert await outcome(client, bob) == NOT_ACCEPTING


async def test_who_is_not_there_answers_like_nobody(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    seen = await cast.member("Sue Seen", contact="everyone")
    await cast.member("Hugh Hidden", contact="everyone", visibility={"name": "me"})
    await cast.minor(contact="everyone")
    client = await cast.browser(ann)
    assert await outcome(client, seen) == REQUEST
    for handle in ("hugh-hidden", "mina-minor", "nobody", "%00", "a/b"):
        assert await outcome(client, handle) == NOBODY, handle
    assert (await client.post(THREADS, json={"kind": "direct", "member": "ann-able"})).status_code == 422


async def test_an_adult_and_a_minor_never_write_directly(cast: Cast) -> None:
    minor, fellow = await cast.minor(), await cast.minor("Fay Fellow")
    adult, staff = await cast.member("Ada Adult"), await cast.staff()
    await cast.exchange("HS-1", [minor, fellow, adult], programme="ssp-high-school")
    other_minor = await cast.minor("Oto Other", contact="everyone")
    minors = await cast.browser(minor)
    assert await outcome(minors, fellow) == OPEN
    assert await outcome(minors, adult) == NOT_ACCEPTING
    assert await outcome(await cast.browser(adult), minor) == NOT_ACCEPTING
    assert await outcome(await cast.browser(staff), minor) == NOT_ACCEPTING
    assert await outcome(minors, other_minor) == NOBODY
    refused, unwilling = await opened(await cast.browser(adult), minor), await opened(await cast.browser(adult), fellow)
    assert refused.json() == unwilling.json()


async def test_the_secretariat_writes_to_everyone_of_age_who_takes_messages(cast: Cast) -> None:
    client = await cast.browser(await cast.staff())
    assert await outcome(client, await cast.member("Ann Able")) == OPEN
    assert await outcome(client, await cast.member("Bob Baker", contact="nobody")) == NOT_ACCEPTING


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "direct"},
        {"kind": "cohort", "member": "bob-baker"},
        {"kind": "direct", "member": "bob-baker", "title": "No"},
        {"kind": "group", "members": []},
        {"kind": "group", "title": " \u200b ", "members": []},
        {"kind": "group", "title": "x" * 121, "members": []},
    ],
)
async def test_what_is_no_thread_is_refused(cast: Cast, body: dict[str, Any]) -> None:
    client = await cast.browser(await cast.member("Ann Able"))
    assert (await client.post(THREADS, json=body)).status_code == 422
