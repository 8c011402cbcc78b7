"""Topic groups: proposed, opened, joined, looked after, closed; found by those who may."""

import asyncio

import httpx

from tests.cast import Cast
from tests.communities.rooms import announced, approved, conversations, joined, notices, opened, proposed
from tests.messaging.people import handles, read, say, thread_of


async def test_a_proposal_is_there_for_its_proposer_and_who_decides(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    minor = await cast.browser(await cast.minor())
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await proposed(anns)
    assert slug == "perovskite-cells"
    path = f"/api/v1/groups/{slug}"
    assert ((await anns.get(path)).json()["state"], (await moderator.get(path)).json()["state"]) == (
        "proposed",
        "proposed",
    )
    assert (await bobs.get(path)).status_code == 404
    assert (await bobs.put(f"{path}/membership")).status_code == 404
    assert (await anns.put(f"{path}/membership")).status_code == 409
    assert (await anns.post(f"{path}/decision", json={"approve": True})).status_code == 403
    assert (
        await minor.post("/api/v1/groups", json={"title": "A", "description": "B", "field": "C"})
    ).status_code == 403
    opened_it = await moderator.post(f"{path}/decision", json={"approve": True, "note": "Welcome"})
    assert opened_it.json()["state"] == "open"
    assert (await moderator.post(f"{path}/decision", json={"approve": False})).status_code == 409
    found = (await bobs.get(path)).json()
    assert (found["members"], found["membership"], found["owner"]["handle"]) == (1, "none", "ann-able")
    assert "thread_id" not in found
    assert "decision_note" not in found
    assert (await notices(anns))[0] == ("topic-groups", "Your group “Perovskite cells” is open.")
    assert await proposed(bobs) == "perovskite-cells-2"
    waiting = (await moderator.get("/api/v1/group-proposals")).json()["items"]
    assert [one["slug"] for one in waiting] == ["perovskite-cells-2"]
    assert (await bobs.get("/api/v1/group-proposals")).status_code == 403
    assert (await cast.visitor().get(path)).status_code == 401


async def test_one_that_is_declined_says_why_to_its_proposer_alone(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await proposed(anns, "My shop")
    answer = await moderator.post(f"/api/v1/groups/{slug}/decision", json={"approve": False, "note": "No shops here"})
    assert answer.json()["state"] == "declined"
    assert (await anns.get(f"/api/v1/groups/{slug}")).json()["decision_note"] == "No shops here"
    assert (await bobs.get(f"/api/v1/groups/{slug}")).status_code == 404
    assert (await bobs.get("/api/v1/groups")).json()["items"] == []


async def test_members_read_announcements_and_converse(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    minor = await cast.browser(await cast.minor())
    stranger = await cast.browser(await cast.member("Stan Stranger"))
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells")
    assert [await joined(bobs, slug), await joined(bobs, slug), await joined(minor, slug)] == ["member"] * 3
    found = (await bobs.get(f"/api/v1/groups/{slug}")).json()
    assert (found["members"], found["membership"]) == (2, "member")
    thread = f"/api/v1/threads/{found['thread_id']}"
    await say(anns, thread, "Our first meeting is online")
    for client in (bobs, minor):
        assert await read(client, thread) == [("text", "Our first meeting is online")]
        assert (await client.post(f"{thread}/messages", json={"client_id": "x", "body": "Hm"})).status_code == 403
    assert ((await thread_of(bobs, thread))["kind"], (await thread_of(bobs, thread))["members"]) == ("topic", 2)
    assert (await stranger.get(thread)).status_code == 404
    await announced(cast)
    assert (await notices(bobs))[0] == ("announcement", "An announcement in Perovskite cells")
    await opened(bobs, "Which furnace?", f"groups/{slug}")
    assert await conversations(minor, f"groups/{slug}") == [("Which furnace?", False)]
    assert (await stranger.get(f"/api/v1/groups/{slug}/conversations")).status_code == 403


async def test_who_decides_hears_of_proposals_until_none_waits(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    staff = await cast.browser(await cast.staff())
    slug = await proposed(anns, "Perovskite cells")
    said = ("group-proposals", "The topic group “Perovskite cells” is proposed.")
    assert (await notices(moderator), await notices(staff), await notices(bobs)) == ([said], [said], [])
    await proposed(anns, "Quantum dots")
    assert await notices(moderator) == [("group-proposals", "2 topic groups are proposed.")]
    declined = await moderator.post(f"/api/v1/groups/{slug}/decision", json={"approve": False, "note": "Too narrow"})
    assert declined.status_code == 200
    assert [text for _kind, text in await notices(anns)] == [
        "The moderators did not open the group “Perovskite cells”. Their reason stands on its page."
    ]
    assert "Too narrow" in (await anns.get(f"/groups/{slug}")).text
    assert "/groups/quantum-dots/close" in (await anns.get("/groups/quantum-dots")).text
    assert (await anns.post("/groups/quantum-dots/close")).status_code == 303
    assert "This proposal was taken back." in (await anns.get("/groups/quantum-dots")).text
    read = [one["read_at"] is not None for one in (await staff.get("/api/v1/notifications")).json()["items"]]
    assert read == [True]


async def test_by_request_its_owner_lets_in(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    await cast.member("Sue Second")
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells", joining="request")
    path = f"/api/v1/groups/{slug}"
    assert await joined(bobs, slug) == "asked"
    assert (await notices(anns))[0] == ("topic-groups", "1 person would like to join “Perovskite cells”.")
    assert [one["member"]["handle"] for one in (await anns.get(f"{path}/requests")).json()["items"]] == ["bob-baker"]
    assert (await bobs.get(f"{path}/requests")).status_code == 403
    assert (await bobs.put(f"{path}/members/bob-baker")).status_code == 403
    assert (await bobs.get(f"{path}/conversations")).status_code == 403
    assert (await anns.put(f"{path}/members/sue-second")).status_code == 404
    assert (await anns.put(f"{path}/members/bob-baker")).status_code == 204
    assert (await bobs.get(path)).json()["membership"] == "member"
    assert (await bobs.get(f"{path}/conversations")).status_code == 200
    assert (await anns.delete(f"{path}/members/bob-baker")).status_code == 204
    assert (await bobs.get(f"{path}/conversations")).status_code == 403


async def test_those_who_ask_come_page_by_page(cast: Cast) -> None:
    anns, moderator = [
        await cast.browser(one)
        for one in (await cast.member("Ann Able"), await cast.holder("Mod Erator", "moderator", country="JP"))
    ]
    slug = await approved(anns, moderator, "Perovskite cells", joining="request")
    for number in range(7):
        await joined(await cast.browser(await cast.member(f"Asker {chr(65 + number)}")), slug)
    found: list[str] = []
    query: dict[str, str | int] = {"limit": 3}
    while True:
        answer = (await anns.get(f"/api/v1/groups/{slug}/requests", params=query)).json()
        found += [one["member"]["handle"] for one in answer["items"]]
        if answer["next"] is None:
            break
        query["cursor"] = answer["next"]
    assert found == [f"asker-{letter}" for letter in "abcdefg"]
    assert (await anns.get(f"/api/v1/groups/{slug}/requests", params={"cursor": "x"})).status_code == 422
    page = (await anns.get(f"/groups/{slug}")).text
    assert (page.count("/accept"), f"/groups/{slug}/requests" in page) == (5, True)
    whole = await anns.get(f"/groups/{slug}/requests?limit=4")
    assert (whole.text.count("/accept"), f"/groups/{slug}/requests?cursor=" in whole.text) == (4, True)
    stranger = await cast.browser(await cast.member("Stan Stranger"))
    assert (await stranger.get(f"/groups/{slug}/requests")).status_code == 403


async def test_two_at_once_are_one_membership(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells")
    assert await asyncio.gather(*(joined(bobs, slug) for _time in range(4))) == ["member"] * 4
    found = (await bobs.get(f"/api/v1/groups/{slug}")).json()
    assert found["members"] == 2
    assert sorted(await handles(anns, f"/api/v1/threads/{found['thread_id']}")) == ["ann-able"]


async def test_who_leaves_hands_it_over_and_its_conversations_go(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells")
    await joined(bobs, slug)
    talk = await opened(anns, "Which furnace?", f"groups/{slug}")
    assert (await bobs.patch(f"/api/v1/groups/{slug}", json={"title": "Mine"})).status_code == 403
    assert (await anns.delete(f"/api/v1/groups/{slug}/membership")).status_code == 204
    assert (await anns.get(f"/api/v1/threads/{talk['thread_id']}")).status_code == 404
    found = (await bobs.get(f"/api/v1/groups/{slug}")).json()
    assert (found["owner"]["handle"], found["members"]) == ("bob-baker", 1)
    await say(bobs, f"/api/v1/threads/{found['thread_id']}", "Now I look after it")
    renamed = await bobs.patch(f"/api/v1/groups/{slug}", json={"title": "Perovskites"})
    assert (renamed.json()["title"], renamed.json()["slug"]) == ("Perovskites", slug)
    assert (await thread_of(bobs, f"/api/v1/threads/{found['thread_id']}"))["title"] == "Perovskites"


async def test_a_closed_one_can_only_be_read(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells")
    talk = await opened(anns, "Which furnace?", f"groups/{slug}")
    thread = f"/api/v1/threads/{talk['thread_id']}"
    assert (await bobs.post(f"/api/v1/groups/{slug}/close")).status_code == 403
    assert (await anns.post(f"/api/v1/groups/{slug}/close")).json()["state"] == "closed"
    assert (await bobs.put(f"/api/v1/groups/{slug}/membership")).status_code == 409
    assert (await anns.post(f"{thread}/messages", json={"client_id": "x", "body": "Hm"})).status_code == 403
    refused = await anns.post(f"/api/v1/groups/{slug}/conversations", json={"title": "More"})
    assert refused.status_code == 409
    assert (await bobs.get("/api/v1/groups")).json()["items"] == []
    assert [one["slug"] for one in (await anns.get("/api/v1/groups?mine=true")).json()["items"]] == [slug]


async def test_search_finds_what_stands_open_and_members_alone(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    await approved(anns, moderator, "Perovskite cells")
    await proposed(anns, "Perovskite secrets")
    asked = {"q": "perovskite", "kind": "groups"}
    assert [one["url"] for one in (await bobs.get("/api/v1/search", params=asked)).json()["items"]] == [
        "/groups/perovskite-cells"
    ]
    assert (await cast.visitor().get("/api/v1/search", params=asked)).status_code == 422
    assert (await cast.visitor().get("/api/v1/search", params={"q": "perovskite"})).json()["items"] == []
    narrowed = await bobs.get("/api/v1/groups", params={"field": "solar energy", "q": "CELLS"})
    assert [one["slug"] for one in narrowed.json()["items"]] == ["perovskite-cells"]


async def test_pages_of_groups(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    minor = await cast.browser(await cast.minor())
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    assert (await minor.get("/groups/new")).status_code == 403
    form = {"title": "太陽電池", "description": "For <b>all</b>", "field": "Solar energy", "joining": "request"}
    assert (await anns.post("/groups", data=form | {"title": ""})).status_code == 422
    made = await anns.post("/groups", data=form)
    assert (made.status_code, made.headers["location"]) == (303, "/groups/group?done=proposed")
    assert "太陽電池" in (await moderator.get("/desk/groups")).text
    assert (await anns.get("/desk/groups")).status_code == 403
    assert (await moderator.post("/groups/group/decision", data={"approve": "true"})).status_code == 303
    assert (await bobs.post("/groups/group/join")).headers["location"] == "/groups/group?done=asked"
    page = (await anns.get("/groups/group")).text
    assert "/groups/group/members/bob-baker/accept" in page
    assert "<b>all</b>" not in page
    assert (await anns.post("/groups/group/members/bob-baker/accept")).status_code == 303
    wrote = await anns.post("/groups/group/announcements")
    assert wrote.headers["location"].startswith("/messages/")
    assert (await bobs.post("/groups/group/announcements")).status_code == 403
    changed = await anns.post("/groups/group/edit", data=form | {"title": "Solar cells"})
    assert changed.status_code == 303
    assert "Solar cells" in (await bobs.get("/communities")).text
    assert (await bobs.post("/groups/group/leave")).status_code == 303
    assert (await anns.post("/groups/group/close")).status_code == 303


async def test_who_leaves_it_is_told_no_more_of_what_was_said_in_its_conversations(cast: Cast) -> None:
    anns, bobs, cais = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker", "Cai Cole")]
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    slug = await approved(anns, moderator, "Perovskite cells")
    for client in (bobs, cais):
        await joined(client, slug)
    for title in ("Which furnace?", "Which oven?"):
        conversation = await opened(anns, title, f"groups/{slug}")
        for client in (bobs, cais):
            assert (await client.put(f"/api/v1/conversations/{conversation['id']}/following")).is_success
        await say(anns, f"/api/v1/threads/{conversation['thread_id']}", "What do you say, @bob-baker and @cai-cole?")

    async def mentions(client: httpx.AsyncClient) -> int:
        items = (await client.get("/api/v1/notifications")).json()["items"]
        return len([one for one in items if one["kind"] == "mention" and one["read_at"] is None])

    assert [await mentions(bobs), await mentions(cais)] == [2, 2]
    assert (await bobs.delete(f"/api/v1/groups/{slug}/membership")).status_code == 204
    assert [await mentions(bobs), await mentions(cais)] == [0, 2]
