"""The day and after it: the door, the survey, the report."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from ssc.core import clock
from ssc.core.clock import rfc3339
from ssc.events import clocks
from ssc.events.actions import passing
from ssc.events.invitations import Pass
from ssc.events.models import Answer, Event
from tests.cast import Cast
from tests.events.planning import later, pointers, published


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH"))


async def tomorrow(organiser: httpx.AsyncClient, **more: Any) -> str:
    """An event that begins in six hours and lasts two."""
    starts = later(hours=6)
    times = {"starts_at": rfc3339(starts), "ends_at": rfc3339(starts + timedelta(hours=2))}
    return await published(organiser, **times, **more)


async def test_people_are_let_in_once_by_code_and_it_can_be_undone(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali, bela = await cast.browser(await cast.member("Mali Member")), await cast.browser(await cast.member("Bela B"))
    slug = await tomorrow(cora)
    path = f"/api/v1/events/{slug}"
    going = (await mali.put(f"{path}/rsvp", json={"status": "going", "guests": 1})).json()
    await bela.put(f"{path}/rsvp", json={"status": "maybe"})
    code = going["ticket_code"]
    assert (await mali.post(f"{path}/check-ins", json={"ticket_code": code})).status_code == 403
    first = await cora.post(f"{path}/check-ins", json={"ticket_code": code})
    person = {"handle": "mali-member", "name": "Mali Member", "photo": None}
    assert first.json() == {
        "member": person,
        "guests": 1,
        "checked_in_at": first.json()["checked_in_at"],
        "already": False,
    }
    typed = f" {code[:5].lower()}-{code[5:]} "
    again = (await cora.post(f"{path}/check-ins", json={"ticket_code": typed})).json()
    assert again == {**first.json(), "already": True}
    assert (await cora.post(f"{path}/check-ins", json={"ticket_code": "NOBODY"})).status_code == 404
    async with cast.running.database.transaction() as session:
        other = (await session.scalars(select(Answer).where(Answer.status == "maybe"))).one().ticket_code
    refused = await cora.post(f"{path}/check-ins", json={"ticket_code": other})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-going")
    assert "2 of 2 are here" in (await cora.get(f"/events/{slug}/door")).text
    assert [(await cora.delete(f"{path}/check-ins/{code}")).status_code for _again in range(2)] == [204, 204]
    page = await cora.post(f"/events/{slug}/door", data={"ticket_code": code})
    assert "Mali Member is in." in page.text
    ticket = await mali.get(f"/events/{slug}/ticket")
    assert ("<svg" in ticket.text, code in ticket.text) == (True, True)
    assert (await bela.get(f"/events/{slug}/ticket")).status_code == 404


async def test_a_helpers_link_opens_the_door_on_the_day_and_nothing_else(cast: Cast, cora: httpx.AsyncClient) -> None:
    una = await cast.member("Una Roster", claimed=False)
    slug = await tomorrow(cora)
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
    token = Pass(event.id, una.id).token(cast.running.settings.key)
    await cast.visitor().post(f"/event-answers/{token}", data={"status": "going"})
    made = (await cora.post(f"/api/v1/events/{slug}/helpers", json={"label": "Nok"})).json()
    helper, door = cast.visitor(), made["url"].removeprefix("http://localhost:8000")
    page = await helper.get(door, params={"q": "una"})
    assert (page.status_code, "Una Roster" in page.text, "Links for helpers" in page.text) == (200, True, False)
    async with cast.running.database.transaction() as session:
        code = (await session.scalars(select(Answer))).one().ticket_code
    let_in = await helper.post(f"/api/v1{door}/check-ins", json={"ticket_code": code})
    assert (let_in.status_code, let_in.json()["member"]["name"]) == (200, "Una Roster")
    assert (await helper.post(f"{door}/undo", data={"ticket_code": code})).status_code == 303
    assert (await helper.get(f"/events/{slug}/people")).status_code == 303  # to the sign-in
    with clock.shifted(timedelta(days=2)):
        assert (await helper.get(door)).status_code == 404
    assert (await cora.delete(f"/api/v1/events/{slug}/helpers/{made['id']}")).status_code == 204
    assert (await helper.get(door)).status_code == 404


async def test_a_helper_who_comes_early_is_told_when_and_an_event_that_moves_takes_her_link_along(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    slug = await tomorrow(cora)
    door = (
        (await cora.post(f"/api/v1/events/{slug}/helpers", json={})).json()["url"].removeprefix("http://localhost:8000")
    )
    helper, away = cast.visitor(), timedelta(days=9)
    assert (await helper.get(door)).status_code == 200
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
    moved = {"starts_at": rfc3339(event.starts_at + away), "ends_at": rfc3339(event.ends_at + away)}
    assert (await cora.patch(f"/api/v1/events/{slug}", json=moved)).status_code == 200
    early = await helper.get(door)
    opens = clocks.moment(event.starts_at + away - timedelta(days=1), event.time_zone)
    assert (early.status_code, f"It opens by this same link: {opens}." in early.text) == (404, True)
    assert (await helper.get(f"/api/v1{door}/check-ins")).json()["type"].endswith("/problems/door-shut")
    with clock.shifted(away):
        assert (await helper.get(door)).status_code == 200
    with clock.shifted(away + timedelta(days=2)):
        late = await helper.get(door)
        assert (late.status_code, "ask the organisers for a new link" in late.text) == (404, True)


async def test_a_coordinator_says_of_somebody_without_an_account_that_it_is_she_and_staff_see_it(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    una = await cast.member("Una Roster", claimed=False)
    olga = await cast.member("Olga Organiser")
    slug = await tomorrow(cora, organisers=["olga-organiser"])
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
    token = Pass(event.id, una.id).token(cast.running.settings.key)
    await cast.visitor().post(f"/event-answers/{token}", data={"status": "going"})
    assert "<svg" in (await cast.visitor().get(f"/event-answers/{token}")).text
    (row,) = (await cora.get(f"/api/v1/events/{slug}/attendees")).json()["items"]
    known = {"ticket_code": row["ticket_code"], "known": True}
    path = f"/api/v1/events/{slug}/check-ins"
    assert (await (await cast.browser(olga)).post(path, json=known)).status_code == 403  # named, but no coordinator
    helper = (await cora.post(f"/api/v1/events/{slug}/helpers", json={})).json()["url"].rpartition("/")[2]
    assert (await cast.visitor().post(f"/api/v1/door/{helper}/check-ins", json=known)).status_code == 403
    assert (await cora.get(path)).json() == {"expected": 1, "here": 0}
    page = await cora.post(f"/events/{slug}/door", data={"ticket_code": row["ticket_code"]})
    assert ("I know this person" in page.text, "Known in person" in page.text) == (True, False)
    page = await cora.post(f"/events/{slug}/door", data={"ticket_code": row["ticket_code"], "known": "true"})
    assert ("I know this person" in page.text, "Known in person" in page.text) == (False, True)
    assert (await cast.visitor().get(f"/api/v1/door/{helper}/check-ins")).json() == {"expected": 1, "here": 1}
    asked: dict[str, object] = {"name": "Una Roster", "email": "una@new.example", "country": "TH"}
    asked |= {"programme": "ssp-a", "fiscal_year": 2023, "host": "Chiba University", "sending": "Chula", "note": ""}
    assert (await cast.visitor().post("/api/v1/membership-requests", json=asked)).status_code == 202
    await cast.run_jobs()
    staff = await cast.browser(await cast.staff())
    desk = (await staff.get("/desk/membership-requests")).text
    assert "known in person by Cora Coordinator at “Reunion in Bangkok”" in desk


async def test_a_survey_hides_everybody_until_five_have_answered(cast: Cast, cora: httpx.AsyncClient) -> None:
    people = [await cast.browser(await cast.member(f"Member M{n}")) for n in range(6)]
    slug = await tomorrow(cora)
    path = f"/api/v1/events/{slug}"
    for person in people[:5]:
        await person.put(f"{path}/rsvp", json={"status": "going"})
    usual = (await cora.get(f"{path}/survey")).json()
    assert [question["key"] for question in usual["questions"]] == [
        *("satisfaction", "why", "length", "stream", "coordinate", "words")
    ]
    question = {"key": "coordinate", "label": "Would you?", "kind": "choice", "choices": ["yes", "no"]}
    assert pointers(await cora.put(f"{path}/survey", json={"questions": [{**question, "choices": ["yes"]}]})) == [
        "/questions/0/choices"
    ]
    asked = {"questions": [question, {"label": "Anything?"}]}
    assert (await cora.put(f"{path}/survey", json=asked)).json()["open"] is False
    told = {"answers": {"coordinate": "yes", "q2": "Tea!"}}
    assert (await people[0].post(f"{path}/survey/answers", json=told)).status_code == 409
    with clock.shifted(timedelta(hours=9)):
        assert (await people[5].post(f"{path}/survey/answers", json=told)).status_code == 403
        wrong = await people[0].post(f"{path}/survey/answers", json={"answers": {"coordinate": "perhaps"}})
        assert pointers(wrong) == ["/answers/coordinate"]
        for person in people[:4]:
            assert (await person.post(f"{path}/survey/answers", json=told)).status_code == 204
        assert (await people[0].post(f"{path}/survey/answers", json=told)).status_code == 409
        assert (await cora.get(f"{path}/survey/results")).json() == {"answers": 4, "results": None}
        sent = await people[4].post(f"/events/{slug}/survey", data={"q-coordinate": "no"})
        assert (sent.status_code, "your answers are in" in (await people[4].get(f"/events/{slug}/survey")).text) == (
            303,
            True,
        )
        results = (await cora.get(f"{path}/survey/results")).json()
        counts = [{"choice": "yes", "count": 4}, {"choice": "no", "count": 1}]
        assert (results["answers"], results["results"][0]["counts"]) == (5, counts)
        assert results["results"][1]["texts"] == ["Tea!"] * 4
        assert (await people[0].get(f"{path}/survey/results")).status_code == 403
        assert (await cora.put(f"{path}/survey", json={"questions": [question]})).status_code == 409
        assert "Would you?" in (await cora.get(f"/events/{slug}/after")).text


async def test_organisers_ask_questions_of_their_own_and_those_who_came_are_told_once(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    slug = await tomorrow(cora)
    path = f"/events/{slug}"
    await mali.put(f"/api/v1{path}/rsvp", json={"status": "going"})
    page = (await cora.get(f"{path}/after")).text
    assert ("How satisfied are you?" in page, "A question of your own" in page) == (True, True)
    sent: dict[str, list[str]] = {
        "usual": ["satisfaction", "words"],
        "question_label": ["Which talk was best?", "Anything?"],
    }
    sent |= {"question_kind": ["choice", "text"], "question_choices": ["Only one", ""], "question_key": ["", ""]}
    wrong = await cora.post(f"{path}/survey/open", data=sent)
    assert (wrong.status_code, "at least two answers" in wrong.text, "Which talk was best?" in wrong.text) == (
        422,
        True,
        True,
    )
    sent["question_choices"] = ["Robots, 桜", ""]
    assert (await cora.post(f"{path}/survey/open", data=sent)).status_code == 303
    asked = (await cora.get(f"/api/v1{path}/survey")).json()["questions"]
    assert [(one["label"], one["choices"]) for one in asked[2:]] == [
        ("Which talk was best?", ["Robots", "桜"]),
        ("Anything?", []),
    ]
    for hours in (1, 9, 10):
        with clock.shifted(timedelta(hours=hours)):
            async with cast.running.database.transaction() as session:
                await passing.remind(session)
    told = (await mali.get("/api/v1/notifications")).json()["items"]
    assert [(one["text"], one["count"], one["url"]) for one in told if "How was" in one["text"]] == [
        ("How was “Reunion in Bangkok”? Tell the organisers, without your name.", 1, f"{path}/survey")
    ]


async def test_a_report_does_not_count_guests_where_none_came(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    path = f"/api/v1/events/{await tomorrow(cora)}"
    code = (await mali.put(f"{path}/rsvp", json={"status": "going"})).json()["ticket_code"]
    await cora.post(f"{path}/check-ins", json={"ticket_code": code})
    assert "1 person came, from 1 country or region." in (await cora.get(f"{path}/report")).json()["body"]


async def test_a_report_begins_filled_in_and_becomes_public_news(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    slug = await tomorrow(cora, venue="The embassy", hosts=[{"name": "SSCAT", "kind": "chapter"}])
    path = f"/api/v1/events/{slug}"
    code = (await mali.put(f"{path}/rsvp", json={"status": "going", "guests": 1})).json()["ticket_code"]
    await cora.post(f"{path}/check-ins", json={"ticket_code": code})
    begun = (await cora.get(f"{path}/report")).json()
    said = ("The embassy", "Hosts: SSCAT", "2 people came, 1 of them a guest, from 1 country or region.")
    assert [part in begun["body"] for part in said] == [True, True, True]
    assert '<option value="en" selected>' in (await cora.get(f"/events/{slug}/after")).text
    assert (await cora.post(f"{path}/report/publish")).status_code == 409
    assert (await cora.put(f"{path}/report", json={"summary": "We met."})).json()["title"] == begun["title"]
    with clock.shifted(timedelta(hours=9)):
        done = (await cora.post(f"{path}/report/publish")).json()
        assert (await cora.post(f"{path}/report/publish")).json() == done
        assert (await cora.put(f"{path}/report", json={"title": "Late"})).status_code == 409
        news = (await cast.visitor().get(f"/api/v1/news/{done['news_slug']}")).json()
        assert ("Write a paragraph" in begun["body"], "Write a paragraph" in news["body"]) == (True, False)
        assert (news["kind"], news["summary"], news["countries"]) == ("reunion-report", "We met.", ["TH"])
        assert f"/news/{done['news_slug']}" in (await cast.visitor().get(f"/events/{slug}")).text
