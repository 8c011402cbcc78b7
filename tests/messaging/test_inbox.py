"""The inbox: its order, its counts, what is put away, and what a block leaves of it. [abuse 43]"""

from datetime import timedelta

import httpx
import pytest

from ssc.core import clock
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.people import THREADS, direct, group, inbox, say, thread_of, titles
from tests.statements import count_statements


@pytest.fixture
async def pair(cast: Cast) -> tuple[Member, Member]:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await cast.exchange("X-1", [ann, bob])
    return ann, bob


async def test_it_is_in_the_order_of_what_was_written_last(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    paths = [await group(anns, title, pair[1]) for title in ("One", "Two", "Three")]
    assert await titles(bobs) == ["Three", "Two", "One"]
    await say(anns, paths[0], "Latest")
    assert await titles(bobs) == ["One", "Three", "Two"]
    first = (await bobs.get(THREADS, params={"limit": 2})).json()
    second = (await bobs.get(THREADS, params={"limit": 2, "cursor": first["next"]})).json()
    assert [one["title"] for one in first["items"] + second["items"]] == ["One", "Three", "Two"]
    assert second["next"] is None
    assert (await bobs.get(THREADS, params={"cursor": "made up"})).status_code == 422
    assert (await bobs.get(THREADS, params={"filter": "odd"})).status_code == 422


async def test_unread_is_what_others_wrote_since(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    thread = await group(anns, "Sakura", pair[1])
    for body in ("One", "Two @bob-baker", "Three"):
        await say(anns, thread, body)
    await anns.delete(f"{thread}/messages/1")
    told = await thread_of(bobs, thread)
    assert (told["unread"], told["mentions"], told["read_seq"], told["last_seq"]) == (2, 1, 0, 3)
    assert told["last_message"]["body"] == "Three"
    own = await thread_of(anns, thread)
    assert (own["unread"], own["read_seq"]) == (0, 3)
    assert (await bobs.put(f"{thread}/read", json={"seq": 3})).status_code == 204
    assert [(one["unread"], one["mentions"]) for one in await inbox(bobs)] == [(0, 0)]
    assert await titles(bobs, "unread") == []
    assert (await bobs.put(f"{thread}/read", json={"seq": 1})).status_code == 204
    assert [(one["unread"], one["mentions"]) for one in await inbox(bobs, "unread")] == [(2, 1)]


async def test_writing_is_reading(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    thread = await group(anns, "Sakura", pair[1])
    await say(anns, thread, "Hello")
    assert (await thread_of(bobs, thread))["unread"] == 1
    await say(bobs, thread, "Good evening")
    assert (await thread_of(bobs, thread))["unread"] == 0
    assert (await thread_of(anns, thread))["unread"] == 1


async def test_filters_show_their_part(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    stan = await cast.member("Stan Stranger")
    await cast.change(pair[1], contact="everyone")
    stans = await cast.browser(stan)
    two, three = await direct(anns, pair[1]), await group(anns, "Three", pair[1])
    asks = await direct(stans, pair[1])
    for client, thread in ((anns, two), (anns, three), (stans, asks)):
        await say(client, thread, "Hello")
    assert await titles(bobs) == ["Stan Stranger", "Three", "Ann Able"]
    assert await titles(bobs, "direct") == ["Stan Stranger", "Ann Able"]
    assert await titles(bobs, "group") == ["Three"]
    assert await titles(bobs, "requests") == ["Stan Stranger"]
    assert [await titles(bobs, name) for name in ("muted", "archived")] == [[], []]
    until = clock.rfc3339(clock.now() + timedelta(hours=1))
    assert (await bobs.put(f"{three}/mute", json={"until": until})).status_code == 204
    assert await titles(bobs, "muted") == ["Three"]
    assert (await thread_of(bobs, three))["muted_until"] is not None
    assert (await bobs.put(f"{three}/mute", json={"until": None})).status_code == 204
    assert (await thread_of(bobs, three))["muted_until"] is None
    assert (await bobs.put(f"{three}/mute", json={"until": "soon"})).status_code == 422
    for for_ever in ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00"):
        assert (await bobs.put(f"{three}/mute", json={"until": for_ever})).status_code == 204
        assert await titles(bobs, "muted") == ["Three"]
        assert (await bobs.get("/messages?filter=muted")).status_code == 200


async def test_what_is_archived_comes_back_when_something_is_written(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    thread = await group(anns, "Sakura", pair[1])
    await say(anns, thread, "Hello")
    assert (await bobs.put(f"{thread}/archive")).status_code == 204
    assert (await titles(bobs), await titles(bobs, "archived")) == ([], ["Sakura"])
    assert await titles(anns) == ["Sakura"]
    await say(anns, thread, "Again")
    assert (await titles(bobs), await titles(bobs, "archived")) == (["Sakura"], [])
    await bobs.put(f"{thread}/archive")
    assert (await bobs.delete(f"{thread}/archive")).status_code == 204
    assert await titles(bobs) == ["Sakura"]


async def test_a_draft_is_ones_own_on_every_device(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    thread = await group(anns, "Sakura", pair[1])
    assert (await anns.put(f"{thread}/draft", json={"body": "下書き"})).status_code == 204
    phone = await cast.browser(pair[0])
    assert (await thread_of(phone, thread))["draft"] == "下書き"
    assert (await thread_of(bobs, thread))["draft"] == ""
    assert (await anns.put(f"{thread}/draft", json={"body": "x" * 10_001})).status_code == 422


async def test_nobody_learns_that_a_thread_was_opened_until_something_is_said(
    cast: Cast, pair: tuple[Member, Member]
) -> None:
    anns, bobs = [await cast.browser(one) for one in pair]
    thread = await direct(anns, pair[1])
    assert (await titles(anns), await titles(bobs)) == (["Bob Baker"], [])
    await say(anns, thread, "Hello")
    assert await titles(bobs) == ["Ann Able"]


async def test_a_block_withholds_who_it_is_and_what_she_writes(cast: Cast, pair: tuple[Member, Member]) -> None:
    """(case 43)"""
    ann, bob = pair
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    together, two = await group(anns, "Sakura", bob), await direct(anns, bob)
    await say(anns, together, "Hello @bob-baker")
    await say(anns, two, "Hello")
    before = {one["id"]: one for one in await inbox(bobs)}
    assert {(one["title"], one["unread"]) for one in before.values()} == {("Sakura", 1), ("Ann Able", 1)}
    await cast.block(bob, ann)
    after = await inbox(await cast.browser(bob))
    assert {(one["title"], one["unread"], one["mentions"]) for one in after} == {
        ("Sakura", 0, 0),
        ("Name withheld", 0, 0),
    }
    for one in after:
        last = one["last_message"]
        assert (last["withheld"], last["author"], last["body"], last["html"]) == (True, None, "", "")
        assert last["seq"] == before[one["id"]]["last_message"]["seq"]
    members = (await bobs.get(f"{together}/members")).json()["items"]
    assert [one["handle"] for one in members] == ["bob-baker"]
    assert "ann" not in (await bobs.get(THREADS)).text.lower()


async def test_a_hundred_threads_ask_no_more_than_one(cast: Cast, pair: tuple[Member, Member]) -> None:
    anns = await cast.browser(pair[0])

    async def statements(client: httpx.AsyncClient) -> int:
        seen: list[str] = []
        count_statements(cast.running.database, seen)
        await client.get(THREADS, params={"limit": 100})
        return len(seen)

    for number in range(2):
        await say(anns, await group(anns, f"Group {number}", pair[1]), "Hello")
    few = await statements(anns)
    for number in range(8):
        await say(anns, await group(anns, f"More {number}", pair[1]), "Hello")
    assert await statements(anns) == few
