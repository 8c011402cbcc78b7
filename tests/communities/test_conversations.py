"""Titled conversations: told gently, followed and muted one by one, for those who belong."""

from datetime import timedelta

from sqlalchemy import update

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.people.models import Member
from tests.cast import Cast
from tests.communities.rooms import conversations, notices, opened, settled
from tests.messaging.people import handles, read, say, thread_of, titles


async def test_a_new_member_follows_announcements_only(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    await opened(anns, "Trains to Chiang Mai")
    assert await conversations(anns) == [("Trains to Chiang Mai", True)]
    assert await conversations(bobs) == [("Trains to Chiang Mai", False)]
    assert await titles(bobs) == ["Thailand · タイ"]
    await cast.run_jobs()
    assert await notices(bobs) == [
        ("new-conversations", "A new conversation in Thailand · タイ: “Trains to Chiang Mai”")
    ]
    assert await notices(anns) == []


async def test_each_is_followed_and_muted_by_itself(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    trains, food = await opened(anns, "Trains"), await opened(anns, "Food")
    followed = (await bobs.put(f"/api/v1/conversations/{trains['id']}/following")).json()
    thread = f"/api/v1/threads/{followed['thread_id']}"
    assert (followed["following"], followed["members"]) == (True, 2)
    await say(bobs, thread, "The night train is best")
    assert await conversations(bobs) == [("Food", False), ("Trains", True)]
    assert (await bobs.put(f"{thread}/mute", json={"until": "2100-01-01T00:00:00Z"})).status_code == 204
    told = (await bobs.get("/api/v1/chapters/TH/conversations")).json()["items"]
    assert [(one["title"], one["muted"]) for one in told] == [("Food", False), ("Trains", True)]
    again = (await bobs.put(f"/api/v1/conversations/{trains['id']}/following")).json()
    assert (again["muted"], again["members"]) == (True, 2)
    assert (await bobs.get(f"/api/v1/threads/{food['thread_id']}")).status_code == 404
    assert (await bobs.delete(f"/api/v1/conversations/{trains['id']}/following")).status_code == 204
    assert (await bobs.delete(f"/api/v1/conversations/{trains['id']}/following")).status_code == 204
    assert (await bobs.get(thread)).status_code == 404
    assert await read(anns, thread) == [("text", "The night train is best")]
    assert (await thread_of(anns, thread))["members"] == 1


async def test_strangers_find_nothing_and_minors_only_read(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    minor = await cast.browser(await cast.minor())
    stranger = await cast.browser(await cast.member("Stan Stranger", country="VN"))
    await settled(cast)
    anns = await cast.browser(ann)
    made = await opened(anns, "Trains")
    thread = f"/api/v1/threads/{made['thread_id']}"
    await say(anns, thread, "The night train is best")
    for path in (f"conversations/{made['id']}/following",):
        assert (await stranger.put(f"/api/v1/{path}")).status_code == 404
    assert (await stranger.get("/api/v1/chapters/TH/conversations")).status_code == 403
    assert (await stranger.post("/api/v1/chapters/TH/conversations", json={"title": "Hi"})).status_code == 403
    assert (await minor.post("/api/v1/chapters/TH/conversations", json={"title": "Hi"})).status_code == 403
    followed = (await minor.put(f"/api/v1/conversations/{made['id']}/following")).json()
    assert (followed["following"], followed["members"]) == (True, 1)
    assert await read(minor, thread) == [("text", "The night train is best")]
    assert (await minor.post(f"{thread}/messages", json={"client_id": "m", "body": "Hello"})).status_code == 403
    assert (await minor.put(f"{thread}/messages/1/reactions/👍")).status_code == 403
    assert await handles(anns, thread) == ["ann-able"]


async def test_who_moves_away_leaves_the_chapter_and_its_conversations(cast: Cast) -> None:
    ann, liv = await cast.member("Ann Able"), await cast.member("Liv Living", country="VN", lives_in="TH")
    await settled(cast)
    anns, livs = await cast.browser(ann), await cast.browser(liv)
    made = await opened(anns, "Trains")
    await livs.put(f"/api/v1/conversations/{made['id']}/following")
    thread = f"/api/v1/threads/{made['thread_id']}"
    assert (await livs.get(thread)).status_code == 200
    async with cast.running.database.transaction() as session:
        await session.execute(update(Member).where(Member.id == liv.id).values(lives_in=None))
    await settled(cast)
    assert (await livs.get(thread)).status_code == 404
    assert await handles(anns, thread) == ["ann-able"]


async def test_who_opened_it_or_leads_renames_it(cast: Cast) -> None:
    ann, bob, cora = await cast.member("Ann Able"), await cast.member("Bob Baker"), await cast.coordinator("TH")
    await settled(cast)
    anns, bobs, coras = [await cast.browser(one) for one in (ann, bob, cora)]
    made = await opened(anns, "Trians")
    path = f"/api/v1/conversations/{made['id']}"
    assert (await bobs.patch(path, json={"title": "Mine"})).status_code == 403
    assert (await anns.patch(path, json={"title": "  "})).status_code == 422
    assert (await anns.patch(path, json={"title": "Trains"})).json()["title"] == "Trains"
    assert (await coras.patch(path, json={"title": "Night trains"})).json()["title"] == "Night trains"
    assert (await thread_of(anns, f"/api/v1/threads/{made['thread_id']}"))["title"] == "Night trains"


async def test_a_reported_one_is_taken_away_from_all(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    moderator = await cast.browser(await cast.holder("Mod Erator", "moderator", country="JP"))
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    made = await opened(anns, "Buy my coins")
    body = {"target": {"type": "group", "id": made["id"]}, "reason": "spam", "note": ""}
    assert (await bobs.post("/api/v1/reports", json=body)).status_code == 202
    stranger = await cast.browser(await cast.member("Stan Stranger", country="VN"))
    assert (await stranger.post("/api/v1/reports", json=body)).status_code == 404
    (report,) = (await moderator.get("/api/v1/reports")).json()["items"]
    decided = await moderator.post(
        f"/api/v1/reports/{report['id']}/decision", json={"decision": "remove", "note": "Spam"}
    )
    assert decided.is_success, decided.text
    assert await conversations(anns) == []
    assert (await anns.get(f"/api/v1/threads/{made['thread_id']}")).status_code == 404
    assert (await anns.put(f"/api/v1/conversations/{made['id']}/following")).status_code == 404


async def test_pages_of_a_conversation(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    stranger = await cast.browser(await cast.member("Stan Stranger", country="VN"))
    await settled(cast)
    anns, bobs = await cast.browser(ann), await cast.browser(bob)
    assert (await anns.get("/chapters/TH/conversations/new")).status_code == 200
    assert (await stranger.get("/chapters/TH/conversations/new")).status_code == 403
    assert (await anns.post("/chapters/TH/conversations", data={"title": ""})).status_code == 422
    made = await anns.post("/chapters/TH/conversations", data={"title": "Trains"})
    assert made.status_code == 303
    assert made.headers["location"].startswith("/messages/")
    (listed,) = (await bobs.get("/api/v1/chapters/TH/conversations")).json()["items"]
    page = f"/conversations/{listed['id']}"
    assert page in (await bobs.get("/chapters/TH")).text
    assert (await stranger.get(page)).status_code == 404
    assert (await bobs.post(f"{page}/mute")).status_code == 409
    assert (await bobs.post(f"{page}/follow")).status_code == 303
    assert (await bobs.post(f"{page}/mute")).status_code == 303
    assert "Unmute it" in (await bobs.get(page)).text
    assert (await anns.post(f"{page}/rename", data={"title": "Night trains"})).status_code == 303
    assert (await anns.post(f"{page}/rename", data={"title": ""})).status_code == 422
    assert "Night trains" in (await bobs.get(page)).text
    assert (await bobs.post(f"{page}/unfollow")).status_code == 303
    assert "Follow the conversation" in (await bobs.get(page)).text


async def test_a_recovered_account_sees_none_before_its_72_hours_are_over(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await settled(cast)
    made = await opened(await cast.browser(ann), "Trains")
    bobs = await cast.browser(bob)
    assert (await bobs.get("/api/v1/chapters/TH/conversations")).status_code == 200
    async with cast.running.database.transaction() as session:
        until = clock.now() + timedelta(hours=72)
        await session.execute(update(Account).where(Account.member_id == bob.id).values(limited_until=until))
    assert (await bobs.get("/api/v1/chapters/TH/conversations")).status_code == 403
    assert (await bobs.put(f"/api/v1/conversations/{made['id']}/following")).status_code == 404
    assert "thread_id" not in (await bobs.get("/api/v1/chapters/TH")).json()
