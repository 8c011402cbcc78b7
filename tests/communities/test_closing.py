"""A conversation is closed and opened again: a line says who did, nobody writes meanwhile, all read and react."""

import asyncio
from typing import Any

import httpx

from tests.cast import Cast
from tests.communities.rooms import announcements, approved, joined, opened, settled
from tests.messaging.people import read, say, thread_of


async def closed(client: httpx.AsyncClient, talk: dict[str, Any], **body: Any) -> httpx.Response:
    return await client.put(f"/api/v1/conversations/{talk['id']}/closure", json=body or None)


async def reopened(client: httpx.AsyncClient, talk: dict[str, Any]) -> int:
    return (await client.delete(f"/api/v1/conversations/{talk['id']}/closure")).status_code


async def writes(client: httpx.AsyncClient, thread: str) -> int:
    return (await client.post(f"{thread}/messages", json={"client_id": "a try", "body": "More"})).status_code


async def test_who_opened_it_closes_it_and_opens_it_again(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    talk = await opened(anns, "Trains")
    thread = f"/api/v1/threads/{talk['thread_id']}"
    await bobs.put(f"/api/v1/conversations/{talk['id']}/following")
    await say(bobs, thread, "The night train is best")
    assert (await closed(bobs, talk)).status_code == 403
    told = await closed(anns, talk, note="It is in the wiki")
    assert (told.status_code, told.json()["closed"], told.json()["closed_note"]) == (200, True, "It is in the wiki")
    assert (await closed(anns, talk, note="Again")).json()["closed_note"] == "It is in the wiki"
    assert await read(bobs, thread) == [("text", "The night train is best"), ("closed", "Ann Able")]
    assert ((await thread_of(bobs, thread))["closed"], (await thread_of(bobs, thread))["members"]) == (True, 2)
    refused = await bobs.post(f"{thread}/messages", json={"client_id": "x", "body": "But"})
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "This conversation is closed. It can still be read and reacted to.",
    )
    assert (await bobs.patch(f"{thread}/messages/1", json={"body": "Worst"})).status_code == 403
    assert (await anns.put(f"{thread}/messages/1/reactions/👍")).status_code == 200
    assert await reopened(bobs, talk) == 403
    assert [await reopened(anns, talk), await reopened(anns, talk)] == [204, 204]
    assert (await read(bobs, thread))[2:] == [("opened", "Ann Able")]
    await say(bobs, thread, "And the bus?")
    assert (await bobs.patch(f"{thread}/messages/1", json={"body": "Worst"})).status_code == 200
    assert (await anns.get(f"/api/v1/conversations/{talk['id']}")).json()["closed"] is False


async def test_coordinators_and_moderators_of_the_chapter_close_it_and_only_they_open_it(cast: Cast) -> None:
    ann, cora = await cast.member("Ann Able"), await cast.coordinator("TH")
    moderator = await cast.holder("Mod Erator", "moderator")
    elsewhere = await cast.browser(await cast.coordinator("VN", "Vera Elsewhere"))
    await settled(cast)
    anns, coras, mods = [await cast.browser(one) for one in (ann, cora, moderator)]
    staff = await cast.browser(await cast.staff())
    talk = await opened(anns, "Trains")
    thread = f"/api/v1/threads/{talk['thread_id']}"
    for client in (coras, mods, staff):
        assert (await closed(client, talk)).status_code == 200
        assert await writes(anns, thread) == 403
        assert await reopened(anns, talk) == 403
        assert await reopened(client, talk) == 204
    await say(anns, thread, "Open again")
    assert (await closed(elsewhere, talk)).status_code == 404
    assert await reopened(elsewhere, talk) == 404


async def test_a_minor_and_a_stranger_close_nothing(cast: Cast) -> None:
    anns = await cast.browser(await cast.member("Ann Able"))
    minor = await cast.browser(await cast.minor())
    stranger = await cast.browser(await cast.member("Stan Stranger", country="VN"))
    await settled(cast)
    talk = await opened(anns, "Trains")
    assert [(await closed(one, talk)).status_code for one in (minor, stranger, cast.visitor())] == [403, 404, 401]
    assert (await closed(anns, talk, note="x" * 301)).status_code == 422
    assert (await closed(anns, talk)).status_code == 200


async def test_an_owner_closes_it_in_a_group_and_a_closed_group_closes_all_of_its_threads(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells")
    await joined(bobs, slug)
    talk, other = await opened(bobs, "Which furnace?", f"groups/{slug}"), await opened(bobs, "Food", f"groups/{slug}")
    assert (await closed(moderator, talk)).status_code == 404
    assert (await closed(anns, talk)).status_code == 200
    assert await reopened(bobs, talk) == 403
    announced = f"/api/v1/threads/{(await anns.get(f'/api/v1/groups/{slug}')).json()['thread_id']}"
    assert (await anns.post(f"/api/v1/groups/{slug}/close")).status_code == 200
    await settled(cast)
    for client, thread in ((bobs, f"/api/v1/threads/{other['thread_id']}"), (bobs, announced), (anns, announced)):
        assert (await thread_of(client, thread))["closed"] is True
        assert await writes(client, thread) == 403
    told = (await bobs.get(f"/api/v1/conversations/{other['id']}")).json()
    assert (told["closed"], told["members"]) == (True, 1)
    assert await reopened(anns, talk) == 403


async def test_two_who_close_at_once_leave_one_line(cast: Cast) -> None:
    anns, coras = await cast.browser(await cast.member("Ann Able")), await cast.browser(await cast.coordinator("TH"))
    await settled(cast)
    talk = await opened(anns, "Trains")
    await asyncio.gather(*(closed(client, talk) for client in (anns, coras, anns, coras)))
    assert [kind for kind, _body in await read(anns, f"/api/v1/threads/{talk['thread_id']}")] == ["closed"]


async def test_pages_say_that_it_is_closed_and_why(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    talk = await opened(anns, "Trains")
    page, thread = f"/conversations/{talk['id']}", f"/messages/{talk['thread_id']}"
    await bobs.post(f"{page}/follow")
    assert f"{page}/close" in (await anns.get(page)).text
    assert f"{page}/close" not in (await bobs.get(page)).text
    assert (await bobs.post(f"{page}/close")).status_code == 403
    assert (await anns.post(f"{page}/close", data={"note": "x" * 301})).status_code == 422
    assert "<message-composer hidden" not in (await bobs.get(thread)).text
    answer = await anns.post(f"{page}/close", data={"note": "Solved <b>now</b>"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}?done=closed")
    shown = (await bobs.get(thread)).text
    assert "<message-composer hidden" in shown
    assert "Solved &lt;b&gt;now&lt;/b&gt;" in shown
    assert "Ann Able closed the conversation" in shown
    assert "Solved &lt;b&gt;now&lt;/b&gt;" in (await bobs.get(page)).text
    assert "Closed" in (await bobs.get("/chapters/TH")).text
    assert f"{page}/reopen" in (await anns.get(page)).text
    assert f"{page}/reopen" not in (await bobs.get(page)).text
    late = await bobs.post(thread, data={"client_id": "1", "body": "Too late, but not lost"})
    assert (late.status_code, "Too late, but not lost" in late.text) == (422, True)
    assert "<message-composer hidden" not in late.text
    assert (await anns.post(f"{page}/reopen")).headers["location"] == f"{page}?done=reopened"
    assert (await bobs.post(thread, data={"client_id": "2", "body": "In time"})).status_code == 303


async def test_members_react_to_announcements_and_do_not_answer_them(cast: Cast) -> None:
    coras, anns = await cast.browser(await cast.coordinator("TH")), await cast.browser(await cast.member("Ann Able"))
    minor = await cast.browser(await cast.minor())
    await settled(cast)
    thread = await announcements(coras)
    await say(coras, thread, "We meet in May")
    reacted = await anns.put(f"{thread}/messages/1/reactions/🎉")
    assert (reacted.status_code, reacted.json()["reactions"]) == (200, {"🎉": ["ann-able"]})
    assert await writes(anns, thread) == 403
    assert (await minor.put(f"{thread}/messages/1/reactions/🎉")).status_code == 403
    assert (await minor.get(f"{thread}/messages")).json()["items"][0]["reactions"] == {"🎉": ["ann-able"]}
    one = thread.replace("/api/v1/threads", "/messages") + "/1"
    assert "/reactions" in (await anns.get(one)).text
    assert "#composer" not in (await anns.get(one)).text
    assert '<section class="stack" aria-labelledby="react">' not in (await minor.get(one)).text
    assert (await anns.post(f"{one}/reactions", data={"emoji": "🎉"})).status_code == 303
    assert (await coras.get(f"{thread}/messages")).json()["items"][0]["reactions"] == {}
