"""A chapter: who belongs to it, who is counted, what visitors, strangers and minors see of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from ssc.core import clock
from ssc.events.models import Event
from ssc.people.models import Member
from tests.cast import Cast
from tests.communities.rooms import announced, announcements, approved, chapter, notices, opened, settled
from tests.communities.test_rooms import keep
from tests.messaging.people import handles, inbox, read, say, thread_of
from tests.statements import count_statements


async def test_it_has_a_page_before_anyone_has_joined(cast: Cast) -> None:
    await cast.exchange("X-1", [await cast.member("Una Unclaimed", claimed=False)])
    visitor = cast.visitor()
    found = await chapter(visitor)
    assert (found["country"], found["name"], found["members"]) == ("TH", "Thailand", 0)
    assert [(one["name"], one["exchanges"]) for one in found["hosts"]] == [("Chiba University", 1)]
    assert "thread_id" not in found
    assert (await visitor.get("/api/v1/chapters/TV")).status_code == 404
    assert (await visitor.get("/api/v1/chapters/no")).status_code == 404
    listed = (await visitor.get("/api/v1/chapters")).json()
    assert ([one["country"] for one in listed["items"]], listed["next"]) == (["TH"], None)


async def test_it_counts_who_comes_from_there_or_lives_there_but_no_minors(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await cast.member("Liv Living", country="VN", lives_in="TH")
    await cast.member("Ova Elsewhere", country="VN")
    minor = await cast.minor()
    await settled(cast)
    anns = await cast.browser(ann)
    found = await chapter(anns)
    assert found["members"] == 2
    thread = await announcements(anns)
    assert (await thread_of(anns, thread))["members"] == 2
    minors = await cast.browser(minor)
    assert (await chapter(minors))["thread_id"] == found["thread_id"]
    assert (await thread_of(minors, thread))["posts"] is False


async def test_members_read_announcements_and_only_coordinators_and_staff_write(cast: Cast) -> None:
    ann, cora, sachi = await cast.member("Ann Able"), await cast.coordinator("TH"), await cast.staff()
    stranger = await cast.browser(await cast.member("Stan Stranger", country="VN"))
    minor = await cast.browser(await cast.minor())
    await settled(cast)
    anns, coras = await cast.browser(ann), await cast.browser(cora)
    thread = await announcements(anns)
    assert (await anns.post(f"{thread}/messages", json={"client_id": "a", "body": "Me too"})).status_code == 403
    assert (await minor.post(f"{thread}/messages", json={"client_id": "a", "body": "Me too"})).status_code == 403
    await say(coras, thread, "We meet in May")
    assert await read(anns, thread) == await read(minor, thread) == [("text", "We meet in May")]
    assert (await anns.put(f"{thread}/messages/1/reactions/👍")).status_code == 200
    assert (await minor.put(f"{thread}/messages/1/reactions/👍")).status_code == 403
    assert await handles(anns, thread) == ["cora-coordinator"]
    assert (await stranger.get(thread)).status_code == 404
    sachis = await cast.browser(sachi)
    assert (await sachis.get(thread)).status_code == 404
    came = await sachis.post("/chapters/TH/announcements")
    assert (came.status_code, came.headers["location"]) == (303, thread.replace("/api/v1/threads", "/messages"))
    await say(sachis, thread, "And the secretariat comes too")
    await settled(cast)
    assert (await thread_of(sachis, thread))["posts"] is True
    assert (await anns.post("/chapters/TH/announcements")).status_code == 403


async def test_an_announcement_is_told_to_all_but_who_muted_it_or_read_it(cast: Cast) -> None:
    ann, bob, sue = [await cast.member(name) for name in ("Ann Able", "Bob Baker", "Sue Silent")]
    cora = await cast.coordinator("TH")
    await settled(cast)
    anns, bobs, sues, coras = [await cast.browser(one) for one in (ann, bob, sue, cora)]
    thread = await announcements(anns)
    assert (await sues.put(f"{thread}/mute", json={"until": "2100-01-01T00:00:00Z"})).status_code == 204
    await say(coras, thread, "We meet in May")
    assert (await bobs.put(f"{thread}/read", json={"seq": 1})).status_code in (200, 204)
    await announced(cast)
    await announced(cast)
    assert await notices(anns) == [("announcement", "An announcement in Thailand · タイ")]
    assert await notices(bobs) == await notices(sues) == await notices(coras) == []
    await say(coras, thread, "Bring a friend")
    await announced(cast)
    assert await notices(anns) == [("announcement", "2 announcements in Thailand · タイ")]


async def test_it_follows_where_somebody_lives(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await cast.exchange("X-1", [ann])
    await settled(cast)
    anns = await cast.browser(ann)
    thai = await announcements(anns)
    assert (await anns.patch("/api/v1/me", json={"lives_in": "VN"})).status_code == 200
    await cast.run_jobs()
    assert (await anns.get(await announcements(anns, "VN"))).status_code == 200
    assert (await anns.get(thai)).status_code == 200
    assert (await anns.patch("/api/v1/me", json={"lives_in": None})).status_code == 200
    await cast.run_jobs()
    assert [one["title"] for one in await inbox(anns) if one["kind"] == "chapter"] == ["Thailand · タイ"]


async def test_who_is_gone_from_the_club_is_gone_from_it(cast: Cast) -> None:
    ann, bob = await cast.member("Ann Able"), await cast.member("Bob Baker")
    await settled(cast)
    anns = await cast.browser(ann)
    thread = await announcements(anns)
    async with cast.running.database.transaction() as session:
        await session.execute(update(Member).where(Member.id == bob.id).values(joined_at=None))
    await settled(cast)
    assert (await thread_of(anns, thread))["members"] == 1
    assert (await chapter(anns))["members"] == 1


async def test_ten_thousand_members_take_no_more_statements_than_one(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await settled(cast)
    async with cast.running.database.transaction() as session:
        await session.change(
            """
            INSERT INTO member (id, handle, name, name_key, country, adult_from, fields, languages, links, open_to,
                visibility, language, time_zone, contact, read_receipts, presence, do_not_contact, mail_opt_out,
                deceased, joined_at, created_at, updated_at)
            SELECT gen_random_uuid(), 'many-' || n, 'Many ' || n, 'many', 'TH', '0001-01-01', '{}', '{}', '{}', '{}',
                '{}', 'en', 'Asia/Bangkok', 'everyone', false, false, false, false, false, now(), now(), now()
            FROM generate_series(1, 10000) AS g (n)
            """,
            {},
        )
    seen: list[str] = []
    count_statements(cast.running.database, seen)
    await settled(cast)
    all_of_them = len(seen)
    thread = await announcements(await cast.browser(ann))
    assert (await thread_of(await cast.browser(ann), thread))["members"] == 10_001
    late = await cast.member("Lara Late")
    seen.clear()
    await settled(cast, late)
    assert len(seen) == all_of_them
    assert (await thread_of(await cast.browser(late), thread))["members"] == 10_002


async def test_its_reunions_stand_there_as_far_as_one_may_see_them(cast: Cast) -> None:
    ann, cora = await cast.member("Ann Able"), await cast.coordinator("TH")
    coras = await cast.browser(cora)
    starts = clock.now() + timedelta(days=30)
    for title, audience in (("Spring reunion", "public"), ("Only ours", "chapter")):
        made = await coras.post(
            "/api/v1/events",
            json={
                "title": title,
                "country": "TH",
                "starts_at": starts.isoformat(),
                "ends_at": (starts + timedelta(hours=3)).isoformat(),
                "time_zone": "Asia/Bangkok",
                "audience": audience,
            },
        )
        assert (await coras.post(f"/api/v1/events/{made.json()['slug']}/publish", json={})).status_code == 200
    anns = await cast.browser(ann)
    assert sorted(one["title"] for one in (await chapter(anns))["upcoming"]) == ["Only ours", "Spring reunion"]
    assert [one["title"] for one in (await chapter(cast.visitor()))["upcoming"]] == ["Spring reunion"]
    async with cast.running.database.transaction() as session:
        days = timedelta(days=60)
        await session.execute(update(Event).values(starts_at=Event.starts_at - days, ends_at=Event.ends_at - days))
    found = await chapter(cast.visitor())
    assert ([one["title"] for one in found["past"]], found["upcoming"]) == (["Spring reunion"], [])


async def test_the_list_gives_each_its_own_and_asks_no_more_for_many(cast: Cast) -> None:
    """Each has its next and last reunions, however many another country has."""
    ann = await cast.member("Ann Able")
    await settled(cast)
    now = clock.now()
    async with cast.running.database.transaction() as session:
        for country, number, days in (("TH", 15, -30), ("TH", 2, 30)):
            session.add_all(
                _reunion(country, f"{days}-{at}", now + timedelta(days=days, hours=at)) for at in range(number)
            )
    anns = await cast.browser(ann)
    seen: list[str] = []
    count_statements(cast.running.database, seen)

    async def listed() -> tuple[dict[str, Any], int]:
        seen.clear()
        answer = await anns.get("/api/v1/chapters")
        assert answer.status_code == 200, answer.text
        return {one["country"]: one for one in answer.json()["items"]}, len(seen)

    await listed()
    alone, asked = await listed()
    assert [alone["TH"]["past"][0]["slug"], len(alone["TH"]["past"])] == ["th--30-14", 10]
    for country in ("VN", "ID", "LK"):
        await cast.member(f"Mo {country}", country=country)
    async with cast.running.database.transaction() as session:
        session.add(_reunion("VN", "first", now - timedelta(days=900)))
    many, asked_for_many = await listed()
    assert asked_for_many == asked
    assert [one["slug"] for one in many["VN"]["past"]] == ["vn-first"]
    assert [one["slug"] for one in many["TH"]["upcoming"]] == ["th-30-0", "th-30-1"]
    assert {country for country, one in many.items() if "thread_id" in one} == {"TH"}
    assert many["TH"]["thread_id"] == (await chapter(anns))["thread_id"]


def _reunion(country: str, name: str, starts_at: datetime) -> Event:
    return Event(
        slug=f"{country.lower()}-{name}",
        title="A reunion",
        country=country,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        time_zone="UTC",
        audience="public",
        published_at=starts_at - timedelta(days=60),
    )


async def test_visitors_learn_that_somebody_coordinates_though_not_who(cast: Cast) -> None:
    ann, visitor = await cast.browser(await cast.member("Ann Able")), cast.visitor()
    empty = "Nobody coordinates this chapter just now."
    assert empty in (await visitor.get("/chapters/TH")).text
    assert (await chapter(visitor))["coordinated"] is False
    await cast.coordinator("TH")
    page = (await visitor.get("/chapters/TH")).text
    assert "Members see who coordinates this chapter." in page
    assert [words for words in (empty, "Cora Coordinator") if words in page] == []
    found = await chapter(visitor)
    assert (found["coordinated"], found["coordinators"]) == (True, [])
    assert "Cora Coordinator" in (await ann.get("/chapters/TH")).text
    assert "coordinated" not in await chapter(ann)


async def test_programs_come_to_where_announcements_are_written(cast: Cast) -> None:
    people = (await cast.member("Ann Able"), await cast.coordinator("TH"), await cast.staff())
    ann, cora, staff = [await cast.browser(one) for one in people]
    await settled(cast)
    path = "/api/v1/chapters/TH/announcements"
    answers = [await one.post(path) for one in (cora, staff)]
    assert [one.json()["thread_id"] for one in answers] == [(await chapter(cora))["thread_id"]] * 2
    await say(staff, f"/api/v1/threads/{answers[1].json()['thread_id']}", "From the secretariat")
    assert (await ann.post(path)).status_code == 403


async def test_from_a_thread_one_comes_to_the_page_to_which_it_belongs(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await cast.exchange("X 1", [ann])
    cora, staff = await cast.coordinator("TH"), await cast.staff()
    await settled(cast)
    await keep(cast)
    anns, coras, staffs = await cast.browser(ann), await cast.browser(cora), await cast.browser(staff)
    stranger = await cast.browser(await cast.member("Stan Stranger", country="VN"))
    slug = await approved(anns, staffs, "Solar cells")
    talk = await opened(anns, "Trains")
    group = (await anns.get(f"/api/v1/groups/{slug}")).json()["thread_id"]
    for thread, page in (
        ((await chapter(anns))["thread_id"], "/chapters/TH"),
        (talk["thread_id"], f"/conversations/{talk['id']}"),
        (group, f"/groups/{slug}"),
        ((await anns.get("/api/v1/exchanges/X 1")).json()["thread_id"], "/exchanges/X%201"),
    ):
        assert f'href="/rooms/{thread}"' in (await anns.get(f"/messages/{thread}")).text
        went = await anns.get(f"/rooms/{thread}")
        assert (went.status_code, went.headers["location"]) == (303, page)
        assert (await stranger.get(f"/rooms/{thread}")).status_code == 404
    room = (await coras.get("/api/v1/chapters/TH/office")).json()["room"]
    assert (await coras.get(f"/rooms/{room}")).headers["location"] == "/chapters"
    direct = (await staffs.post("/api/v1/threads", json={"kind": "direct", "member": "ann-able"})).json()["id"]
    assert "/rooms/" not in (await staffs.get(f"/messages/{direct}")).text
    assert (await staffs.get(f"/rooms/{direct}")).status_code == 404
