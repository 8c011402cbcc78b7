"""Groups: who is taken in and who is asked, who leaves, and the lines that tell of it. [abuse 9, 38]"""

from datetime import timedelta

import httpx
import pytest

from ssc.core import clock, ids
from ssc.messaging import jobs
from ssc.messaging.actions.owned import keep_in_step, open_owned
from ssc.people.models import Member
from tests.cast import Cast
from tests.messaging.people import THREADS, group, handles, inbox, read, say, thread_of, titles


class Mates:
    """Ann, Bob and Cat took part together; Stan is a stranger who takes messages from everyone."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    async def arrive(self) -> "Mates":
        self.ann, self.bob, self.cat = [
            await self.cast.member(name) for name in ("Ann Able", "Bob Baker", "Cat Carter")
        ]
        self.stan = await self.cast.member("Stan Stranger", contact="everyone")
        await self.cast.exchange("X-1", [self.ann, self.bob, self.cat])
        self.anns, self.bobs, self.cats, self.stans = [
            await self.cast.browser(one) for one in (self.ann, self.bob, self.cat, self.stan)
        ]
        return self


@pytest.fixture
async def mates(cast: Cast) -> Mates:
    return await Mates(cast).arrive()


async def add(client: httpx.AsyncClient, thread: str, member: Member) -> httpx.Response:
    return await client.post(f"{thread}/members", json={"member": member.handle})


async def test_a_group_takes_mates_in_and_invites_strangers(mates: Mates) -> None:
    thread = await group(mates.anns, "桜の会", mates.bob, mates.stan)
    assert await handles(mates.bobs, thread) == ["ann-able", "bob-baker", "(stan-stranger)"]
    await say(mates.anns, thread, "Hello")
    assert (await thread_of(mates.bobs, thread))["members"] == 2
    invited = await thread_of(mates.stans, thread)
    assert (invited["request"], invited["last_message"], invited["title"]) == ("incoming", None, "桜の会")
    assert (await mates.stans.get(f"{thread}/messages")).json()["items"] == []
    assert (await mates.stans.put(f"{thread}/acceptance")).json()["request"] is None
    assert (await mates.stans.put(f"{thread}/acceptance")).status_code == 200
    assert await read(mates.stans, thread) == [("text", "Hello"), ("joined", "Stan Stranger")]
    assert (await thread_of(mates.bobs, thread))["members"] == 3


async def test_an_invitation_can_be_declined(mates: Mates) -> None:
    thread = await group(mates.anns, "Sakura", mates.stan)
    assert await titles(mates.stans, "requests") == ["Sakura"]
    assert (await mates.stans.delete(f"{thread}/acceptance")).status_code == 204
    assert (await mates.stans.get(thread)).status_code == 404
    assert await titles(mates.stans) == []
    assert await read(mates.anns, thread) == []
    assert (await mates.anns.delete(f"{thread}/acceptance")).status_code == 409


async def test_in_a_group_a_refusal_of_one_refuses_all(mates: Mates, cast: Cast) -> None:
    await cast.change(mates.cat, contact="nobody")
    form = {"kind": "group", "title": "Sakura", "members": ["bob-baker", "cat-carter"]}
    refused = await mates.anns.post("/api/v1/threads", json=form)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-accepting")
    assert (await mates.anns.post("/api/v1/threads", json={**form, "members": ["nobody"]})).status_code == 404
    assert await inbox(mates.anns) == []
    await cast.change(mates.cat, contact="shared-history")
    assert (await mates.anns.post("/api/v1/threads", json=form)).status_code == 201


async def test_joining_leaving_and_renaming_are_lines(mates: Mates) -> None:
    thread = await group(mates.anns, "Sakura", mates.bob)
    assert (await add(mates.anns, thread, mates.cat)).status_code == 201
    assert (await add(mates.anns, thread, mates.cat)).status_code == 200
    assert (await mates.anns.patch(thread, json={"title": "Ume"})).json()["title"] == "Ume"
    assert (await mates.anns.patch(thread, json={"title": "Ume"})).status_code == 200
    assert (await mates.bobs.delete(f"{thread}/members/bob-baker")).status_code == 204
    assert (await mates.anns.delete(f"{thread}/members/cat-carter")).status_code == 204
    lines = (await mates.anns.get(f"{thread}/messages")).json()["items"]
    assert [(one["seq"], one["rev"], one["kind"], one["body"]) for one in lines] == [
        (1, 1, "joined", "Cat Carter"),
        (2, 2, "renamed", "Ume"),
        (3, 3, "left", "Bob Baker"),
        (4, 4, "left", "Cat Carter"),
    ]
    assert {(one["author"], one["client_id"]) for one in lines} == {(None, None)}
    assert await handles(mates.anns, thread) == ["ann-able"]
    for client in (mates.bobs, mates.cats):
        assert (await client.get(thread)).status_code == 404
        assert (await client.get(f"{thread}/messages")).status_code == 404


async def test_title_and_members_are_the_owners(mates: Mates) -> None:
    thread = await group(mates.anns, "Sakura", mates.bob)
    assert (await mates.bobs.patch(thread, json={"title": "Mine"})).status_code == 403
    assert (await add(mates.bobs, thread, mates.cat)).status_code == 403
    assert (await mates.bobs.delete(f"{thread}/members/ann-able")).status_code == 403
    assert (await mates.cats.patch(thread, json={"title": "Mine"})).status_code == 404
    assert (await mates.anns.patch(thread, json={"owner": "cat-carter"})).status_code == 422
    assert (await mates.anns.patch(thread, json={"owner": "bob-baker"})).json()["owner"] == "bob-baker"
    assert (await mates.anns.patch(thread, json={"title": "Mine"})).status_code == 403
    assert (await mates.bobs.patch(thread, json={"title": "Mine"})).status_code == 200


async def test_an_owner_who_leaves_hands_over_to_the_longest_standing(mates: Mates) -> None:
    thread = await group(mates.anns, "Sakura", mates.stan)
    await add(mates.anns, thread, mates.cat)
    await add(mates.anns, thread, mates.bob)
    assert (await mates.anns.delete(f"{thread}/members/ann-able")).status_code == 204
    assert (await thread_of(mates.bobs, thread))["owner"] == "cat-carter"
    for client, handle in ((mates.cats, "cat-carter"), (mates.bobs, "bob-baker")):
        assert (await client.delete(f"{thread}/members/{handle}")).status_code == 204
    assert (await mates.stans.get(thread)).status_code == 404


async def test_who_left_is_asked_before_she_is_in_again(mates: Mates) -> None:
    thread = await group(mates.anns, "Sakura", mates.bob)
    await say(mates.anns, thread, "Before")
    await mates.bobs.delete(f"{thread}/members/bob-baker")
    await say(mates.anns, thread, "Without Bob")
    assert (await add(mates.anns, thread, mates.bob)).json()["invited"] is True
    assert (await thread_of(mates.bobs, thread))["request"] == "incoming"
    await mates.bobs.put(f"{thread}/acceptance")
    assert await handles(mates.anns, thread) == ["ann-able", "bob-baker"]


@pytest.mark.parametrize(("history", "expected"), [("all", ["Before", "After"]), ("since-joining", ["After"])])
async def test_what_was_written_before_is_shown_by_the_groups_setting(
    mates: Mates, history: str, expected: list[str]
) -> None:
    thread = await group(mates.anns, "Sakura", history=history)
    await say(mates.anns, thread, "Before")
    await add(mates.anns, thread, mates.bob)
    assert (await thread_of(mates.bobs, thread))["unread"] == 0
    await say(mates.anns, thread, "After")
    assert [body for kind, body in await read(mates.bobs, thread) if kind == "text"] == expected
    assert (await thread_of(mates.bobs, thread))["unread"] == 1


async def test_strangers_to_a_group_find_nothing_of_it(mates: Mates) -> None:
    """(case 38)"""
    thread = await group(mates.anns, "Sakura", mates.bob)
    for method, path in (
        ("GET", ""),
        ("PATCH", ""),
        ("PUT", "/acceptance"),
        ("DELETE", "/acceptance"),
        ("GET", "/members"),
        ("POST", "/members"),
        ("DELETE", "/members/ann-able"),
        ("DELETE", "/members/stan-stranger"),
        ("PUT", "/mute"),
        ("PUT", "/archive"),
        ("DELETE", "/archive"),
        ("PUT", "/draft"),
    ):
        body = {"/members": {"member": "x"}, "/mute": {"until": None}, "/draft": {"body": ""}, "": {"title": "x"}}
        sent = body.get(path) if method in ("POST", "PATCH", "PUT") else None
        there = await mates.stans.request(method, thread + path, json=sent)
        nowhere = await mates.stans.request(method, f"/api/v1/threads/{ids.new()}{path}", json=sent)
        assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json()), (method, path)
        assert there.status_code == 404


async def test_direct_threads_are_neither_left_nor_grown(mates: Mates) -> None:
    answer = await mates.anns.post("/api/v1/threads", json={"kind": "direct", "member": "bob-baker"})
    thread = f"/api/v1/threads/{answer.json()['id']}"
    assert (await mates.anns.delete(f"{thread}/members/ann-able")).status_code == 403
    assert (await add(mates.anns, thread, mates.cat)).status_code == 403
    assert (await mates.anns.patch(thread, json={"title": "Us"})).status_code == 403


async def test_minors_sit_with_fellows_or_with_two_of_the_secretariat(cast: Cast) -> None:
    minor, fellow, adult = await cast.minor(), await cast.minor("Fay Fellow"), await cast.member("Ada Adult")
    await cast.exchange("HS-1", [minor, fellow, adult], programme="ssp-high-school")
    one, two = await cast.staff("Sachi Staff"), await cast.staff("Saburo Staff")
    minors, adults, staffs, seconds = [await cast.browser(member) for member in (minor, adult, one, two)]

    async def asked(client: httpx.AsyncClient, *members: Member) -> int:
        form = {"kind": "group", "title": "Sakura", "members": [member.handle for member in members]}
        return (await client.post("/api/v1/threads", json=form)).status_code

    assert await asked(minors, fellow) == 201
    assert await asked(minors, fellow, adult) == 403
    assert await asked(adults, minor) == 403
    assert await asked(staffs, minor) == 403
    assert await asked(staffs, minor, two, adult) == 403
    thread = await group(staffs, "Your visa", minor, two)
    assert await handles(minors, thread) == ["sachi-staff", "mina-minor", "saburo-staff"]
    assert (await add(staffs, thread, adult)).status_code == 403
    assert (await thread_of(staffs, thread))["posts"] is True
    await seconds.delete(f"{thread}/members/saburo-staff")
    assert (await thread_of(staffs, thread))["posts"] is False
    sent = await staffs.post(f"{thread}/messages", json={"client_id": "1", "body": "Alone?"})
    assert sent.status_code == 403
    await add(staffs, thread, two)
    await seconds.put(f"{thread}/acceptance")
    assert (await thread_of(staffs, thread))["posts"] is True
    await say(staffs, thread, "Together")


async def test_every_day_groups_and_rooms_follow_who_came_of_age(cast: Cast) -> None:
    mina, mika, ann = await cast.minor("Mina Minor"), await cast.minor("Mika Minor"), await cast.member("Ann Able")
    await cast.exchange("HS-1", [mina, mika], programme="ssp-high-school")
    minas, mikas = await cast.browser(mina), await cast.browser(mika)
    thread = await group(minas, "Ours", mika)
    async with cast.running.database.transaction() as session:
        room = await open_owned(session, "chapter", "chapter:TH", "Thailand")
        await keep_in_step(session, room, [ann.id, mina.id])
    await jobs.ages(cast.running)
    assert await handles(mikas, thread) == ["mina-minor", "mika-minor"]
    assert (await minas.get(f"{THREADS}/{room}")).json()["members"] == 1
    await cast.change(mina, birth_date=clock.today_in_japan() - timedelta(days=20 * 366))
    await jobs.ages(cast.running)
    assert await handles(mikas, thread) == ["mika-minor"]
    assert (await thread_of(mikas, thread))["owner"] == "mika-minor"
    assert await read(mikas, thread) == [("left", "Mina Minor")]
    assert (await minas.get(thread)).status_code == 404
    assert (await minas.get(f"{THREADS}/{room}")).json()["members"] == 2
    await say(minas, f"{THREADS}/{room}", "Of age at last")
