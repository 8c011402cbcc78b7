"""Conversations as pages: everything by forms, and nothing for who is not in them."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import httpx

from ssc.core import clock
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.rooms import Rooms


async def of_two(cast: Cast) -> tuple[Member, Member]:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other")
    await cast.exchange("SSP-1", [mali, olga])
    return mali, olga


async def begun(cast: Cast, by: Member, to: Member, body: str = "Hello") -> tuple[httpx.AsyncClient, str]:
    """A conversation begun by the page. Answers her browser and the conversation's address."""
    browser = await cast.browser(by)
    answer = await browser.post("/messages/new", data={"to": to.handle, "body": body, "client_id": "1"})
    assert answer.status_code == 303, answer.text
    return browser, answer.headers["location"]


def texts(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", one).strip() for one in re.findall(r'data-part="text"[^>]*>(.*?)</div>', page, re.S)]


async def messages(browser: httpx.AsyncClient, address: str) -> list[Any]:
    answer = await browser.get("/api/v1/threads/" + address.removeprefix("/messages/") + "/messages")
    items: list[Any] = answer.json()["items"]
    return items


async def test_a_first_word_opens_the_conversation_and_the_form_goes_on(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)
    theirs = await cast.browser(olga)
    for _twice in range(2):
        sent = await theirs.post(address, data={"client_id": "a", "body": "Hello *yourself*", "reply_to": "1"})
        assert (sent.status_code, sent.headers["location"]) == (303, address)
    assert [one["body"] for one in await messages(hers, address)] == ["Hello", "Hello *yourself*"]
    page = (await hers.get(address)).text
    assert [text for text in texts(page) if text] == ["Hello", "Hello yourself"]
    assert '<p class="new-line" id="new">' in page
    again = await hers.get("/messages/new?to=olga-other")
    assert (again.status_code, again.headers["location"]) == (303, address)


async def test_an_empty_form_comes_back_with_its_error_and_keeps_what_it_answers(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)
    refused = await hers.post(address, data={"client_id": "b", "body": "  ", "reply_to": "1"})
    assert refused.status_code == 422
    assert "Please fill this in." in refused.text
    assert (await hers.get(address + "?reply=1")).text.count('name="reply_to" value="1"') == 1
    assert len(await messages(hers, address)) == 1


async def test_a_stranger_finds_no_page_and_no_form_of_a_conversation(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)
    nosy = await cast.browser(await cast.member("Nosy Stranger"))
    for path in ("", "/settings", "/1"):
        assert (await hers.get(address + path)).status_code == 200
        assert (await nosy.get(address + path)).status_code == 404
    for path in ("", "/read", "/1/edit", "/1/reactions", "/1/delete", "/mute", "/archive"):
        assert (await nosy.post(address + path, data={"client_id": "x", "body": "in"})).status_code == 404
    assert [one["body"] for one in await messages(hers, address)] == ["Hello"]


async def test_a_message_is_changed_reacted_to_and_deleted_on_its_page(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)
    theirs = await cast.browser(olga)
    assert (await theirs.post(address + "/1/edit", data={"body": "Not mine"})).status_code == 403
    await hers.post(address + "/1/edit", data={"body": "Hello there"})
    for expected in ({"🌸": ["olga-other"]}, {}):
        await theirs.post(address + "/1/reactions", data={"emoji": "🌸"})
        assert (await messages(hers, address))[0]["reactions"] == expected
    page = (await theirs.get(address + "/1")).text
    assert "What it said before" in page and ">Hello</p>" in page
    assert (await theirs.post(address + "/1/delete")).status_code == 403
    assert (await hers.post(address + "/1/delete")).status_code == 303
    assert texts((await theirs.get(address)).text)[0] == "This message was deleted."


async def test_long_conversations_are_read_part_by_part_and_from_a_day_on(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga, "1")
    for number in range(2, 121):
        await hers.post(address, data={"client_id": str(number), "body": str(number)})
    latest = (await hers.get(address)).text
    assert [text for text in texts(latest) if text] == [str(n) for n in range(71, 121)]
    assert f'href="{address}?before=71"' in latest
    earlier = (await hers.get(address + "?before=71")).text
    assert [text for text in texts(earlier) if text] == [str(n) for n in range(21, 71)]
    assert f'href="{address}?after=70"' in earlier
    jump = await hers.get(address + "?on=2020-01-01")
    assert jump.headers["location"] == f"{address}?around=1#m-1"
    assert (await hers.get(address + "?on=2999-01-01")).headers["location"] == f"{address}?around=120#m-120"
    assert (await hers.get(address + "?on=not-a-day")).status_code == 422


async def test_reading_is_noted_by_a_form_and_never_by_looking(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    _hers, address = await begun(cast, mali, olga)
    theirs = await cast.browser(olga)
    await theirs.get(address)
    assert [one["unread"] for one in (await theirs.get("/api/v1/threads")).json()["items"]] == [1]
    assert (await theirs.post(address + "/read", data={"seq": "1"})).status_code == 303
    assert [one["unread"] for one in (await theirs.get("/api/v1/threads")).json()["items"]] == [0]


async def test_a_request_is_decided_on_its_page(cast: Cast) -> None:
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other", contact="everyone")
    _hers, address = await begun(cast, mali, olga)
    theirs = await cast.browser(olga)
    assert "would like to write to you" in (await theirs.get(address)).text
    assert (await theirs.post(address + "/acceptance", data={"accept": "true"})).status_code == 303
    assert 'id="composer"' in (await theirs.get(address)).text


async def test_a_refusal_reads_the_same_whatever_its_reason(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    closed, blocked = await cast.member("Closed One", contact="nobody"), await cast.member("Blocking One")
    await cast.exchange("SSP-2", [mali, closed, blocked])
    await cast.block(blocked, mali)
    browser = await cast.browser(mali)
    assert (await browser.post("/messages/new", data={"to": olga.handle})).status_code == 303
    said = [await browser.post("/messages/new", data={"to": one.handle, "body": "Hi"}) for one in (closed, blocked)]
    assert [one.status_code for one in said] == [422, 422]
    assert all("This member does not take messages from you" in one.text for one in said)


async def test_a_group_is_begun_kept_and_left(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, theirs = await cast.browser(mali), await cast.browser(olga)
    answer = await hers.post("/messages/new", data={"others": "@olga-other", "title": "The lens", "body": "Found it"})
    address = answer.headers["location"]
    assert (await theirs.post(address + "/settings", data={"title": "Mine"})).status_code == 403
    await hers.post(address + "/settings", data={"title": "The lens we burned", "history": "all"})
    assert "The conversation is now called “The lens we burned”" in (await theirs.get(address)).text
    unknown = await hers.post(address + "/members", data={"member": "nobody-at-all"})
    assert (unknown.status_code, "There is no such member." in unknown.text) == (422, True)
    left = await theirs.post(address + "/members/olga-other/remove")
    assert left.headers["location"] == "/messages"
    assert (await theirs.get(address)).status_code == 404


async def test_muted_and_archived_conversations_stand_in_their_own_lists(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)

    async def lists() -> list[bool]:
        asked = ("all", "muted", "archived")
        return [address in (await hers.get(f"/messages?filter={name}")).text for name in asked]

    assert await lists() == [True, False, False]
    await hers.post(address + "/mute", data={"hours": "8"})
    assert await lists() == [True, True, False]
    await hers.post(address + "/mute", data={"hours": ""})
    await hers.post(address + "/archive", data={"away": "true"})
    assert await lists() == [False, False, True]
    await hers.post(address + "/archive", data={"away": "false"})
    assert await lists() == [True, False, False]


async def test_what_was_written_is_found_and_only_in_ones_own_conversations(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, _address = await begun(cast, mali, olga, "長岡の花火を見ました")
    nosy = await cast.browser(await cast.member("Nosy Stranger"))
    assert "長岡の花火" in (await hers.get("/messages/search?q=花火")).text
    assert "Nothing found" in (await nosy.get("/messages/search?q=花火")).text


async def test_a_file_goes_with_the_form(cast: Cast) -> None:
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)
    file = {"file": ("report.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")}
    sent = await hers.post(address, data={"client_id": "f", "body": ""}, files=file)
    assert sent.status_code == 303, sent.text
    (carried,) = (await messages(hers, address))[-1]["attachments"]
    assert (carried["name"], carried["kind"]) == ("report.pdf", "file")
    refused = await hers.post(address, data={"client_id": "g"}, files={"file": ("x.exe", b"MZ\x00\x00", "x/y")})
    assert refused.status_code == 422
    assert len(await messages(hers, address)) == 2


async def test_a_page_drawn_while_others_write_claims_no_more_than_it_shows(cast: Cast) -> None:
    """(case 6) Its script asks for what is above the `rev` of the page: what that passes over never comes."""
    mali, olga = await of_two(cast)
    hers, address = await begun(cast, mali, olga)
    theirs = await cast.browser(olga)
    written = asyncio.Event()
    claims: list[tuple[int, int]] = []

    async def write() -> None:
        for n in range(60):
            await theirs.post(f"/api/v1/threads{address.removeprefix('/messages')}/messages", json=said(n))
        written.set()

    async def look() -> None:
        while not written.is_set():
            page = (await hers.get(address)).text
            claimed = int(re.findall(r'<message-thread [^>]*?rev="(\d+)"', page)[0])
            claims.append((claimed, max(map(int, re.findall(r'data-rev="(\d+)"', page)))))

    await asyncio.gather(write(), look())
    assert len({claimed for claimed, _shown in claims}) > 5
    assert [(claimed, shown) for claimed, shown in claims if claimed > shown] == []


def said(n: int) -> dict[str, str]:
    return {"client_id": f"line {n}", "body": f"Line {n}"}


async def test_who_shows_herself_was_here_today(cast: Cast, rooms: Rooms) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    room = await rooms.direct(ann, bob)
    async with await cast.browser(ann) as anns, await cast.browser(bob):

        async def is_told() -> bool:
            return ">Was here today</span>" in (await anns.get(f"/messages/{room.id}")).text

        assert not await is_told()
        await cast.change(bob, presence=True)
        assert await is_told()
        with clock.shifted(timedelta(days=2)):
            assert not await is_told()
