"""Who comes and who waits: places are never given twice, and everybody can see why she stands where she stands."""

import asyncio
import csv
import io
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from ssc.core import clock
from ssc.core.audit import AuditEntry
from ssc.core.clock import rfc3339
from ssc.events.actions import passing, placing
from ssc.events.forms.answer import RsvpBody
from ssc.events.invitations import Pass
from ssc.events.models import Answer, Event, SensitiveAnswer
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from tests.cast import Cast
from tests.events.planning import later, pointers, published


async def going(who: httpx.AsyncClient, slug: str, guests: int = 0, **more: Any) -> dict[str, Any]:
    return await said(who, slug, "going", guests=guests, **more)


async def said(who: httpx.AsyncClient, slug: str, status: str, **more: Any) -> dict[str, Any]:
    answer = await who.put(f"/api/v1/events/{slug}/rsvp", json={"status": status, **more})
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def event_of(cast: Cast, slug: str) -> Event:
    async with cast.running.database.transaction() as session:
        return (await session.scalars(select(Event).where(Event.slug == slug))).one()


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH"))


@pytest.fixture
async def people(cast: Cast) -> list[httpx.AsyncClient]:
    """Anan, Bela, Chai and Dao."""
    return [await cast.browser(await cast.member(name)) for name in ("Anan A", "Bela B", "Chai C", "Dao D")]


async def test_a_place_that_becomes_free_goes_to_the_head_of_the_waitlist(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, chai, dao = people
    slug = await published(cora, capacity=3, guests_per_person=1)
    first = await going(anan, slug, 1)
    assert (first["status"], first["guests"], len(first["ticket_code"])) == ("going", 1, 10)
    assert await going(bela, slug, 1) == {"status": "waitlisted", "guests": 1, "position": 1}
    assert await going(chai, slug) == {"status": "waitlisted", "guests": 0, "position": 2}
    assert await going(bela, slug, 1) == {"status": "waitlisted", "guests": 1, "position": 1}
    shown = (await dao.get(f"/api/v1/events/{slug}")).json()
    assert (shown["going"], shown["waitlisted"], "my_rsvp" in shown) == (2, 3, False)
    smaller = await going(bela, slug)
    assert smaller == {"status": "going", "guests": 0, "ticket_code": smaller["ticket_code"]}
    assert (await chai.get(f"/api/v1/events/{slug}/rsvp")).json()["position"] == 1
    assert (await said(anan, slug, "declined")) == {"status": "declined", "guests": 0}
    assert (await chai.get(f"/api/v1/events/{slug}/rsvp")).json()["status"] == "going"
    log = (await chai.get(f"/api/v1/events/{slug}/rsvp/log")).json()["items"]
    assert [line["text"] for line in log] == [
        "A place became free, and you were first: you are going.",
        "Somebody before you got a place.",
        "All places were taken: you joined the waitlist.",
    ]
    told = (await chai.get("/api/v1/notifications")).json()["items"]
    assert [one["text"] for one in told] == ["You have a place: “Reunion in Bangkok”."]
    assert (await dao.get(f"/api/v1/events/{slug}/rsvp")).status_code == 404


async def test_the_last_seat_asked_for_by_fifty_at_once_goes_to_one(cast: Cast, cora: httpx.AsyncClient) -> None:
    """(case 62)"""
    slug = await published(cora, capacity=1)
    browsers = [await cast.browser(await cast.member(f"Member M{n}")) for n in range(50)]
    answers = await asyncio.gather(*(going(browser, slug) for browser in browsers))
    assert sorted(answer["status"] for answer in answers) == ["going"] + ["waitlisted"] * 49
    assert sorted(answer["position"] for answer in answers if "position" in answer) == list(range(1, 50))
    winner = next(browser for browser, answer in zip(browsers, answers, strict=True) if answer["status"] == "going")
    rest = [browser for browser in browsers if browser is not winner][:10]
    await asyncio.gather(said(winner, slug, "declined"), *(said(browser, slug, "declined") for browser in rest))
    async with cast.running.database.transaction() as session:
        counted = dict(iter(await session.execute(select(Answer.status, func.count()).group_by(Answer.status))))
    assert counted == {"going": 1, "waitlisted": 38, "declined": 11}


async def test_an_answer_in_one_go_heeds_what_changed_since_its_event_was_read(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    """The quick way and the careful one tell the same: questions, closing, version."""
    anan, bela, chai, _dao = people
    slug = await published(cora, capacity=2, guests_per_person=1, questions=["Which train?"])
    first = await going(anan, slug, 1, guest_names=["Nok"], answers=["The 7:40"])
    assert (first["status"], first["guest_names"]) == ("going", ["Nok"])
    (row,) = (await cora.get(f"/api/v1/events/{slug}/attendees")).json()["items"]
    assert (row["answers"], row["by_organiser"], row["ticket_code"]) == (
        {"q1": "The 7:40"},
        False,
        first["ticket_code"],
    )
    read = await event_of(cast, slug)
    await cora.patch(f"/api/v1/events/{slug}", json={"rsvp_closes_at": rfc3339(later(days=1)), "capacity": 3})
    async with cast.running.database.transaction() as session:
        viewer = Viewer(await member_named(cast, "Bela B"))
        placed = await placing.say(session, viewer, read, RsvpBody(status="going"))  # as an older version was read
    assert (placed.answer.status, placed.position) == ("going", None)
    waits = await going(chai, slug)
    assert (waits["status"], waits["position"]) == ("waitlisted", 1)
    log = (await chai.get(f"/api/v1/events/{slug}/rsvp/log")).json()["items"]
    assert [line["what"] for line in log] == ["waitlisted"]
    shown = (await bela.get(f"/api/v1/events/{slug}")).json()
    assert (shown["going"], shown["waitlisted"], shown["capacity"]) == (3, 1, 3)
    with clock.shifted(timedelta(days=2)):
        assert (await people[3].put(f"/api/v1/events/{slug}/rsvp", json={"status": "going"})).status_code == 409


async def test_a_party_moves_whole_and_nobody_jumps_the_queue(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, chai, dao = people
    slug = await published(cora, capacity=4, guests_per_person=3)
    await going(anan, slug, 2)
    assert (await going(bela, slug, 2))["position"] == 1
    assert (await going(chai, slug))["position"] == 2  # one place is free, and Bela's party of three was first
    more = await anan.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going", "guests": 3})
    assert (more.status_code, (await anan.get(f"/api/v1/events/{slug}/rsvp")).json()["guests"]) == (409, 2)
    assert pointers(await dao.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going", "guests": 4})) == ["/guests"]
    path = f"/api/v1/events/{slug}"
    assert (await cora.patch(path, json={"capacity": 2})).status_code == 200
    assert (await anan.get(f"{path}/rsvp")).json()["status"] == "going"  # lowering throws nobody out
    assert (await cora.patch(path, json={"capacity": 7})).json()["going"] == 7
    assert (await bela.get(f"{path}/rsvp")).json()["status"] == "going"
    assert (await cora.patch(path, json={"capacity": None})).json()["capacity"] is None
    assert (await going(dao, slug, 3))["status"] == "going"


async def test_an_offered_place_is_held_for_a_time_and_then_goes_to_the_next(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, chai, dao = people
    slug = await published(cora, capacity=1, places="timed")
    await going(anan, slug)
    for waiting in (bela, chai):
        await going(waiting, slug)
    await said(anan, slug, "declined")
    offered = (await bela.get(f"/api/v1/events/{slug}/rsvp")).json()
    assert (offered["status"], offered["position"], "offer_expires_at" in offered) == ("waitlisted", 1, True)
    assert (await going(dao, slug))["status"] == "waitlisted"  # what is offered counts as taken
    with clock.shifted(timedelta(hours=11)):
        assert (await bela.get(f"/api/v1/events/{slug}/rsvp")).json() == offered
    with clock.shifted(timedelta(hours=12, seconds=1)):
        assert (await chai.get(f"/api/v1/events/{slug}")).json()["my_rsvp"]["position"] == 2
        assert (await going(bela, slug))["status"] == "waitlisted"  # too late: she stands at the end now
        taken = (await chai.get(f"/api/v1/events/{slug}/rsvp")).json()
        assert (taken["position"], "offer_expires_at" in taken) == (1, True)
        assert (await going(chai, slug))["status"] == "going"
    log = (await bela.get(f"/api/v1/events/{slug}/rsvp/log")).json()["items"]
    assert [line["what"] for line in log] == [
        "offer-taken",  # by Chai, who now stood before her
        "waitlisted",
        "offer-expired",
        "offered",
        "waitlisted",
    ]


async def test_an_offer_near_the_day_is_short_and_its_job_passes_it_on(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, chai, _dao = people
    soon = later(hours=10)
    times = {"starts_at": rfc3339(soon), "ends_at": rfc3339(soon + timedelta(hours=2))}
    slug = await published(cora, capacity=1, places="timed", **times)
    for who in (anan, bela, chai):
        await going(who, slug)
    await said(anan, slug, "declined")
    until = (await bela.get(f"/api/v1/events/{slug}/rsvp")).json()["offer_expires_at"]
    assert until < rfc3339(later(hours=2))
    async with cast.running.database.transaction() as session:
        await session.change("UPDATE event_answer SET offer_expires_at = now() WHERE offer_expires_at IS NOT NULL", {})
        await session.change("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at IS NOT NULL", {})
    await cast.run_jobs()
    statuses = [(await who.get(f"/api/v1/events/{slug}/rsvp")).json() for who in (bela, chai)]
    assert (statuses[0]["status"], statuses[1]["position"], "offer_expires_at" in statuses[1]) == ("maybe", 1, True)


async def test_an_offer_accepted_in_the_second_it_expires_has_one_outcome(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    """(case 62)"""
    anan, bela, chai, _dao = people
    slug = await published(cora, capacity=1, places="timed")
    for who in (anan, bela, chai):
        await going(who, slug)
    await said(anan, slug, "declined")
    async with cast.running.database.transaction() as session:
        await session.change(
            "UPDATE event_answer SET offer_expires_at = now() + interval '20 ms' WHERE offer_expires_at IS NOT NULL", {}
        )
    outcomes = [await going(bela, slug), (await chai.get(f"/api/v1/events/{slug}/rsvp")).json()]
    event = await event_of(cast, slug)
    assert event.going == sum(1 + one["guests"] for one in outcomes if one["status"] == "going")
    assert [one["status"] for one in outcomes] in (["going", "waitlisted"], ["waitlisted", "waitlisted"])
    assert ("offer_expires_at" in outcomes[1]) == (outcomes[0]["status"] == "waitlisted")


async def test_one_may_always_withdraw_but_not_always_come(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, *_others = people
    slug = await published(cora, rsvp_closes_at=rfc3339(later(days=10)))
    await going(anan, slug)
    with clock.shifted(timedelta(days=11)):
        late = await bela.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going"})
        assert (late.status_code, late.json()["type"]) == (409, "/problems/event-closed")
        assert (await said(anan, slug, "declined"))["status"] == "declined"
    await going(bela, slug)
    await cora.post(f"/api/v1/events/{slug}/cancel", json={"reason": "A storm"})
    assert (await anan.put(f"/api/v1/events/{slug}/rsvp", json={"status": "maybe"})).status_code == 409
    assert (await said(bela, slug, "declined"))["status"] == "declined"
    async with cast.running.database.transaction() as session:
        await session.change("UPDATE account SET limited_until = now() + interval '1 day'", {})
    assert (await anan.put(f"/api/v1/events/{slug}/rsvp", json={"status": "declined"})).status_code == 403


async def test_what_is_told_in_confidence_is_read_by_named_organisers_and_forgotten(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, *_others = people
    staff = await cast.browser(await cast.staff())
    questions = [
        {"key": "talk", "label": "Will you speak?", "kind": "yes-no", "required": True},
        {"key": "food", "label": "What can you not eat?", "sensitive": True},
        {"key": "size", "label": "Shirt", "kind": "choice", "choices": ["S", "L"]},
    ]
    slug = await published(cora, questions=questions)
    path = f"/api/v1/events/{slug}/rsvp"
    for answers, pointer in (
        ({}, "/answers/talk"),
        ({"talk": "perhaps"}, "/answers/talk"),
        ({"talk": True, "size": "M"}, "/answers/size"),
        ({"talk": True, "age": "7"}, "/answers"),
        ([True, "", "", ""], "/answers"),
    ):
        assert pointers(await anan.put(path, json={"status": "going", "answers": answers})) == [pointer]
    await going(anan, slug, answers={"talk": True, "What can you not eat?": "=nuts", "size": "L"})
    await going(bela, slug, answers=[False])
    seen = {
        name: [row["answers"] for row in (await who.get(f"/api/v1/events/{slug}/attendees")).json()["items"]]
        for name, who in (("cora", cora), ("staff", staff))
    }
    open_answers = [{"talk": "yes", "size": "L"}, {"talk": "no"}]
    assert seen == {"cora": [{**open_answers[0], "food": "=nuts"}, open_answers[1]], "staff": open_answers}
    assert (await anan.get(f"/api/v1/events/{slug}/attendees")).status_code == 403
    assert "=nuts" in (await anan.get(f"/events/{slug}")).text
    file = await cora.get(f"/api/v1/events/{slug}/attendees.csv")
    assert file.text.startswith("\ufeffName,")
    async with cast.running.database.transaction() as session:
        exported = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "event.export"))).one()
    assert exported.details["persons"] == 2
    rows = list(csv.reader(io.StringIO(file.text[1:])))
    assert rows[1] == ["Anan A", "Thailand", "", "Going", "0", "", "yes", "'=nuts", "L"]
    async with cast.running.database.transaction() as session:
        long_ago = {"starts_at": later(days=-9), "ends_at": later(days=-8)}
        await session.execute(update(Event).values(**long_ago))
        await passing.forget_confidences(session)
        assert await session.scalar(select(func.count()).select_from(SensitiveAnswer)) == 0


async def test_an_organiser_answers_for_somebody_and_enters_a_delegation(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan = people[0]
    await cast.change(await member_named(cast, "Anan A"), affiliation="@SUM(A1)")
    slug = await published(cora, guests_per_person=0)
    path = f"/api/v1/events/{slug}/attendees"
    names = ["His Excellency", "Ms Sato"]
    entered = await cora.put(f"{path}/anan-a", json={"status": "going", "guests": 2, "guest_names": names})
    assert (entered.status_code, entered.json()["guest_names"], entered.json()["by_organiser"]) == (200, names, True)
    assert (await cora.put(f"{path}/nobody-known", json={"status": "going"})).status_code == 404
    told = (await anan.get("/api/v1/notifications")).json()["items"]
    assert [one["text"] for one in told] == ["An organiser has put you down as going: “Reunion in Bangkok”."]
    assert (await anan.get(f"/api/v1/events/{slug}/rsvp/log")).json()["items"][0]["text"] == (
        "An organiser answered for you. You have a place."
    )
    rows = list(csv.reader(io.StringIO((await cora.get(f"/api/v1/events/{slug}/attendees.csv")).text)))
    assert rows[1][2:] == ["'@SUM(A1)", "Going", "2", "His Excellency; Ms Sato"]
    page = await cora.get(f"/events/{slug}/people", params={"q": "ana"})
    assert ("Anan A" in page.text, "His Excellency" in page.text) == (True, True)
    sent = {"handle": "bela-b", "status": "maybe", "guests": "0"}
    assert (await cora.post(f"/events/{slug}/people", data=sent)).status_code == 303
    assert (await cora.post(f"/events/{slug}/people", data={**sent, "handle": "nobody"})).status_code == 422
    delegation = {"handle": "Dao", "status": "going", "guest_names": "Her Excellency, Mr Kato、 田中さん"}
    assert (await cora.post(f"/events/{slug}/people", data=delegation)).status_code == 303
    assert (await cora.get(path, params={"q": "dao"})).json()["items"][0]["guest_names"] == [
        "Her Excellency",
        "Mr Kato",
        "田中さん",
    ]
    await cast.member("Dao Other")
    several = await cora.post(f"/events/{slug}/people", data=delegation)
    assert (several.status_code, "Dao D (dao-d), Dao Other (dao-other)" in several.text) == (422, True)
    too_long = await cora.post(
        f"/events/{slug}/people", data={**delegation, "handle": "dao-d", "guest_names": "x" * 121}
    )
    assert (too_long.status_code, "f-guest_names-error" in too_long.text) == (422, True)
    assert [row["member"]["name"] for row in (await cora.get(path, params={"status": "maybe"})).json()["items"]] == [
        "Bela B"
    ]


async def test_somebody_without_an_account_who_is_going_finds_the_online_address_under_her_link(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    una = await cast.member("Una Unclaimed", claimed=False)
    slug = await published(cora, online=True, online_url="https://meet.example/una")
    event = await event_of(cast, slug)
    path, visitor = f"/event-answers/{Pass(event.id, una.id).token(cast.running.settings.key)}", cast.visitor()
    shown = []
    for status in ("maybe", "going", "declined"):
        assert (await visitor.post(path, data={"status": status})).status_code == 303
        shown.append("https://meet.example/una" in (await visitor.get(path)).text)
    assert shown == [False, True, False]


async def member_named(cast: Cast, name: str) -> Member:
    async with cast.running.database.transaction() as session:
        return (await session.scalars(select(Member).where(Member.name == name))).one()


async def test_somebody_on_the_roster_answers_by_the_link_before_she_has_an_account(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    una = await cast.member("Una Unclaimed", claimed=False)
    slug = await published(cora, questions=["What do you eat?"])
    event = await event_of(cast, slug)
    path = f"/event-answers/{Pass(event.id, una.id).token(cast.running.settings.key)}"
    visitor = cast.visitor()
    page = await visitor.get(path)
    assert (page.status_code, "Dear Una Unclaimed" in page.text) == (200, True)
    forged = path[:-1] + ("B" if path.endswith("A") else "A")  # one time in 4,096 two letters were hers by chance
    assert (await visitor.get(forged)).status_code == 404
    assert (await visitor.post(path, data={"status": "going", "guests": "9"})).status_code == 422
    sent = {"status": "going", "guests": "1", "guest_names": "Her friend", "q-q1": "Rice"}
    assert (await visitor.post(path, data=sent)).status_code == 303
    assert "You are going, 2 persons in all." in (await visitor.get(path)).text
    (row,) = (await cora.get(f"/api/v1/events/{slug}/attendees")).json()["items"]
    assert row["member"] == {"handle": None, "name": "Una Unclaimed", "photo": None}
    assert (row["guest_names"], row["answers"]) == (["Her friend"], {"q1": "Rice"})
    changed = await cora.put(f"/api/v1/events/{slug}/attendees/{una.id}", json={"status": "declined"})
    assert changed.json()["status"] == "declined"
    shown = (await visitor.get(f"/api/v1{path}")).json()
    assert (shown["name"], shown["event"]["slug"], shown["rsvp"]["status"]) == ("Una Unclaimed", slug, "declined")
    back = (await visitor.put(f"/api/v1{path}", json={"status": "maybe"})).json()
    assert back == {"status": "maybe", "guests": 0}
    assert (await visitor.put(f"/api/v1{path[:-2]}AA", json={"status": "maybe"})).status_code == 404
    await cast.change(una, joined_at=clock.now(), handle="una-unclaimed")
    assert (await visitor.get(path)).status_code == 404


async def test_a_member_answers_on_the_page_and_meets_the_others_in_the_events_thread(
    cast: Cast, cora: httpx.AsyncClient, people: list[httpx.AsyncClient]
) -> None:
    anan, bela, *_others = people
    slug = await published(cora, capacity=10, questions=[{"label": "Talk?", "kind": "yes-no", "required": True}])
    assert "Sign in to answer" in (await cast.visitor().get(f"/events/{slug}")).text
    refused = await anan.post(f"/events/{slug}/rsvp", data={"status": "going", "guests": "7"})
    assert (refused.status_code, "Each may bring 1 at most." in refused.text) == (422, True)
    refused = await anan.post(f"/events/{slug}/rsvp", data={"status": "going"})
    assert (refused.status_code, "Please answer this question." in refused.text) == (422, True)
    answered = await anan.post(f"/events/{slug}/rsvp", data={"status": "going", "guests": "1", "q-q1": "yes"})
    assert (answered.status_code, answered.headers["location"]) == (303, f"/events/{slug}#answer")
    await cast.run_jobs()
    shown = (await anan.get(f"/api/v1/events/{slug}")).json()
    thread = (await anan.get(f"/api/v1/threads/{shown['thread_id']}")).json()
    assert (thread["kind"], thread["title"], thread["members"]) == ("event", "Reunion in Bangkok", 2)
    assert "thread_id" not in (await bela.get(f"/api/v1/events/{slug}")).json()
    assert "2 of 10 places are taken." in (await cast.visitor().get(f"/events/{slug}")).text
    await said(anan, slug, "declined")
    await cast.run_jobs()
    assert "thread_id" not in (await anan.get(f"/api/v1/events/{slug}")).json()
