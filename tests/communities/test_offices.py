"""Coordinators: put forward, appointed, gone when the term is over; what they leave to each other."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from ssc.communities.chapters.rules import usual_end
from ssc.communities.jobs import tell_of_ends
from ssc.core import clock
from ssc.people.models import Role
from tests.cast import Cast
from tests.communities.rooms import announcements, appoint, chapter, in_days, notices, settled, term_ends
from tests.messaging.people import handles, say, thread_of

VOLUNTEER = "/api/v1/chapters/TH/volunteer"


async def test_adults_of_the_chapter_put_themselves_forward(cast: Cast) -> None:
    ann, minor = await cast.member("Ann Able"), await cast.minor()
    stranger, cora = await cast.member("Stan Stranger", country="VN"), await cast.coordinator("TH")
    await cast.exchange("X-1", [ann])
    anns = await cast.browser(ann)
    assert (await anns.put(VOLUNTEER, json={"note": "I know everybody"})).status_code == 204
    assert (await anns.put(VOLUNTEER)).status_code == 204
    assert (await chapter(anns))["volunteering"] is True
    for other in (minor, stranger, cora):
        assert (await (await cast.browser(other)).put(VOLUNTEER)).status_code == 403
    staff = await cast.browser(await cast.staff())
    told = (await staff.get("/api/v1/chapters/TH/office")).json()
    assert [(one["member"]["handle"], one["note"]) for one in told["candidates"]] == [("ann-able", "")]
    assert (await anns.delete(VOLUNTEER)).status_code == 204
    assert (await chapter(anns))["volunteering"] is False
    assert (await anns.get("/api/v1/chapters/TH/office")).status_code == 403


async def test_the_secretariat_hears_of_candidates_and_they_of_what_came_of_it(cast: Cast) -> None:
    anns, bobs = [await cast.browser(await cast.member(name)) for name in ("Ann Able", "Bob Baker")]
    staff, other = await cast.browser(await cast.staff()), await cast.browser(await cast.staff("Saki Staff"))
    coras = await cast.browser(await cast.coordinator("TH"))
    await anns.put(VOLUNTEER, json={"note": "I know everybody"})
    await anns.put(VOLUNTEER, json={"note": "And everything"})
    said = ("candidacies", "A member would like to coordinate the chapter of Thailand.")
    assert (await notices(staff), await notices(other), await notices(coras)) == ([said], [said], [])
    await bobs.put(VOLUNTEER)
    assert await notices(staff) == [("candidacies", "2 members would like to coordinate a chapter.")]
    candidates = (await staff.get("/api/v1/candidacies")).json()["items"]
    assert [(one["member"]["handle"], one["country"]) for one in candidates] == [
        ("ann-able", "TH"),
        ("bob-baker", "TH"),
    ]
    assert (await coras.get("/api/v1/candidacies")).status_code == 403
    declined = "/api/v1/chapters/TH/candidates/ann-able"
    assert [(await one.delete(declined)).status_code for one in (anns, coras)] == [403, 403]
    assert [(await staff.delete(declined, params={"reason": "Full"})).status_code for _n in range(2)] == [204, 404]
    assert await notices(anns) == [
        ("office", "The secretariat thanks you for your offer to coordinate Thailand, and asks others.")
    ]
    assert (await anns.get("/api/v1/notifications")).json()["items"][0]["url"] == "/chapters/TH"
    assert (await appoint(staff, "bob-baker", ends_on=in_days(30))).status_code == 200
    assert (await notices(bobs))[0][1].startswith("You are coordinator for Thailand until")
    unread = (await other.get("/api/v1/notifications")).json()["items"]
    assert [one["read_at"] is not None for one in unread] == [True]


async def test_pages_decline_an_offer(cast: Cast) -> None:
    anns, staff = await cast.browser(await cast.member("Ann Able")), await cast.browser(await cast.staff())
    await anns.put(VOLUNTEER)
    assert "/desk/chapters/decline?member=ann-able&amp;country=TH" in (await staff.get("/desk/chapters")).text
    form = {"member": "ann-able", "country": "TH", "reason": "Two are enough"}
    asked = (await staff.get("/desk/chapters/decline?member=ann-able&country=TH")).text
    assert [words for words in ("Ann Able", "Thailand", 'value="ann-able"') if words not in asked] == []
    assert "<select" not in asked
    assert "<select" in (await staff.get("/desk/chapters/decline")).text
    named = (await staff.get("/desk/chapters?member=ann-able&country=TH")).text
    assert 'href="/members/ann-able"' in named[named.index('id="appoint"') :]
    for odd in ("%00", "%ED%A0%80", "%F0%9F%8C%B8" * 50, "nobody"):
        for page in ("/desk/chapters", "/desk/chapters/decline", "/desk/chapters/end"):
            assert (await staff.get(f"{page}?member={odd}&country={odd}")).status_code == 200, (page, odd)
    unnamed = (await staff.get("/desk/chapters")).text
    assert 'href="/members/ann-able"' not in unnamed[unnamed.index('id="appoint"') :]
    assert (await staff.post("/desk/chapters/decline", data=form | {"reason": ""})).status_code == 422
    assert (await anns.post("/desk/chapters/decline", data=form)).status_code == 403
    assert (await staff.post("/desk/chapters/decline", data=form)).headers["location"] == "/desk/chapters?done=declined"
    assert (await chapter(anns))["volunteering"] is False


async def test_staff_appoint_and_the_office_is_there_at_once(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await settled(cast)
    anns, staff = await cast.browser(ann), await cast.browser(await cast.staff())
    await anns.put(VOLUNTEER)
    given = await appoint(staff, "ann-able", lead=True, ends_on=in_days(30))
    assert (given.status_code, given.json()["lead"], given.json()["ends_on"]) == (200, True, in_days(30))
    found = await chapter(anns)
    assert [(one["member"]["handle"], one["lead"], one["ends_on"]) for one in found["coordinators"]] == [
        ("ann-able", True, in_days(30))
    ]
    assert found["volunteering"] is False
    await say(anns, await announcements(anns), "Hello from your coordinator")
    assert (await anns.get("/api/v1/chapters/TH/office")).json()["room"] is not None
    assert [kind for kind, _text in await notices(anns)] == ["office"]
    assert (await appoint(anns, "ann-able", "staff")).status_code == 403


async def test_terms_that_cannot_be_are_refused_at_the_field(cast: Cast) -> None:
    await cast.member("Ann Able")
    await cast.minor()
    staff = await cast.browser(await cast.staff())
    for body in ({"ends_on": in_days(-1)}, {"starts_on": in_days(9), "ends_on": in_days(3)}):
        refused = await appoint(staff, "ann-able", **body)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/ends_on")
    assert (await appoint(staff, "mina-minor")).status_code == 409
    assert (await appoint(staff, "nobody")).status_code == 404
    assert (await appoint(staff, "ann-able", "coordinator:XX")).status_code == 404
    assert (await appoint(staff, "ann-able", "queen")).status_code == 404
    given = await appoint(staff, "ann-able")
    assert given.json()["ends_on"] == usual_end(clock.today_in_japan()).isoformat()


async def test_of_two_who_appoint_at_once_there_is_one_term(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    one = await cast.browser(await cast.staff())
    other = await cast.browser(await cast.staff("Saki Staff"))
    answers = await asyncio.gather(appoint(one, "ann-able"), appoint(other, "ann-able"))
    assert [answer.status_code for answer in answers] == [200, 200]
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(func.count()).where(Role.member_id == ann.id)) == 1


async def test_with_the_term_end_the_rights(cast: Cast) -> None:
    ann, successor = await cast.member("Ann Able"), await cast.member("Sue Successor")
    await settled(cast)
    anns, sues, staff = await cast.browser(ann), await cast.browser(successor), await cast.browser(await cast.staff())
    await appoint(staff, "ann-able", ends_on=in_days(30))
    thread = await announcements(anns)
    noted = await anns.post("/api/v1/chapters/TH/notes", json={"body": "Ask **Khun Lek** for the hall."})
    assert (noted.status_code, noted.json()["html"]) == (201, "<p>Ask <strong>Khun Lek</strong> for the hall.</p>\n")
    starts = clock.now() + timedelta(days=90)
    draft = {
        "title": "Half planned",
        "country": "TH",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=3)).isoformat(),
        "time_zone": "Asia/Bangkok",
    }
    assert (await anns.post("/api/v1/events", json=draft)).status_code == 201
    room = (await anns.get("/api/v1/chapters/TH/office")).json()["room"]
    assert (await anns.get(f"/api/v1/threads/{room}")).status_code == 200

    await term_ends(cast, ann, clock.today_in_japan() - timedelta(days=1))
    await settled(cast)
    assert (await chapter(anns))["coordinators"] == []
    assert (await anns.get("/api/v1/chapters/TH/office")).status_code == 403
    assert (await anns.post(f"{thread}/messages", json={"client_id": "b", "body": "Still me"})).status_code == 403
    assert (await anns.get(f"/api/v1/threads/{room}")).status_code == 404
    assert (await thread_of(anns, thread))["posts"] is False
    assert (await anns.post("/api/v1/events", json=draft)).status_code == 403

    assert (await appoint(staff, "sue-successor")).status_code == 200
    found = (await sues.get("/api/v1/chapters/TH/office")).json()
    assert [note["body"] for note in found["notes"]] == ["Ask **Khun Lek** for the hall."]
    assert [one["title"] for one in found["drafts"]] == ["Half planned"]
    assert [one["member"]["handle"] for one in found["terms"]] == ["sue-successor", "ann-able"]
    note = found["notes"][0]["id"]
    assert (await sues.delete(f"/api/v1/chapters/TH/notes/{note}")).status_code == 403
    assert (await staff.delete(f"/api/v1/chapters/TH/notes/{note}")).status_code == 204


async def test_a_term_says_a_month_before_that_it_ends_and_on_the_day_after_that_it_has(cast: Cast) -> None:
    ann, bea = await cast.member("Ann Able"), await cast.member("Bea Again")
    anns, beas, staff = await cast.browser(ann), await cast.browser(bea), await cast.browser(await cast.staff())
    last_day = clock.today_in_japan() + timedelta(days=40)
    spoken = f"{last_day.day} {last_day:%B} {last_day.year}"
    for handle in ("ann-able", "bea-again"):
        assert (await appoint(staff, handle, ends_on=last_day.isoformat())).status_code == 200
    async with cast.running.database.transaction() as session:  # another term of hers follows
        session.add(
            Role(
                member_id=bea.id, role="coordinator", country="TH", starts_on=last_day + timedelta(days=1), ends_on=None
            )
        )
    for day in (9, 10, 11, 40, 41, 42):
        with clock.shifted(timedelta(days=day)):
            await tell_of_ends(cast.running)
            if day == 11:
                soon = f"Your term as coordinator for Thailand ends with {spoken}. What whoever follows"
                assert (await notices(anns))[0][1].startswith(soon)
    assert [text for _kind, text in await notices(anns)] == [
        "Your term as coordinator for Thailand has ended. Thank you for all you did."
    ]
    assert [text for _kind, text in await notices(beas)] == [f"You are coordinator for Thailand until {spoken}."]


async def test_the_secretariat_can_end_a_term(cast: Cast) -> None:
    cora, staff = await cast.coordinator("TH"), await cast.browser(await cast.staff())
    await settled(cast)
    coras = await cast.browser(cora)
    assert (await coras.get("/api/v1/chapters/TH/office")).status_code == 200
    ended = "/api/v1/members/cora-coordinator/roles/coordinator:TH"
    assert (await coras.delete(ended)).status_code == 403
    assert (await staff.delete(ended, params={"reason": "She moved"})).status_code == 204
    assert (await staff.delete(ended)).status_code == 404
    assert (await coras.get("/api/v1/chapters/TH/office")).status_code == 403


async def test_all_coordinators_share_a_room_with_the_secretariat(cast: Cast) -> None:
    cora, kofi = await cast.coordinator("TH"), await cast.coordinator("KE", "Kofi Coordinator")
    ann = await cast.browser(await cast.member("Ann Able"))
    sachi = await cast.staff()
    await settled(cast)
    coras, kofis = await cast.browser(cora), await cast.browser(kofi)
    room = f"/api/v1/threads/{(await coras.get('/api/v1/chapters/TH/office')).json()['room']}"
    assert sorted(await handles(kofis, room)) == ["cora-coordinator", "kofi-coordinator", "sachi-staff"]
    await say(kofis, room, "How do you find a hall?")
    assert (await ann.get(room)).status_code == 404
    assert (await (await cast.browser(sachi)).get(room)).status_code == 200
    assert (await coras.get("/api/v1/chapters/KE/office")).status_code == 403


async def test_who_is_released_on_the_first_day_stays_in_the_chapter_as_before(cast: Cast) -> None:
    ann = await cast.member("Ann Able")
    await settled(cast)
    anns, staff = await cast.browser(ann), await cast.browser(await cast.staff())
    await appoint(staff, "ann-able")
    thread = await announcements(anns)
    await say(anns, thread, "Only today")
    released = await staff.delete("/api/v1/members/ann-able/roles/coordinator:TH")
    assert released.status_code == 204
    assert (await thread_of(anns, thread))["posts"] is False
    page = await anns.get("/chapters/TH")
    assert (page.status_code, thread.replace("/api/v1/threads", "/messages") in page.text) == (200, True)
    assert "Write an announcement" not in page.text


async def test_who_finds_her_office_shut_is_still_signed_in(cast: Cast) -> None:
    """With the office her session gets a new cookie: it comes with a refusal as well."""
    cora, staff = await cast.coordinator("TH"), await cast.browser(await cast.staff())
    coras = await cast.browser(cora)
    await staff.delete("/api/v1/members/cora-coordinator/roles/coordinator:TH")
    assert (await coras.get("/chapters/TH/office")).status_code == 403
    assert (await coras.get("/api/v1/session")).status_code == 200
