"""The survey for who has no account: a letter with her own link, once, and as anonymous as for members."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.core.clock import rfc3339
from ssc.events.actions import passing
from ssc.events.invitations import Pass
from ssc.events.models import Event, SurveyAnswer, SurveyTaken
from ssc.people.models import Member
from tests.cast import Cast, Sent
from tests.events.planning import later, pointers, published

QUESTION = {"key": "back", "label": "Would you come back?", "kind": "choice", "choices": ["yes", "no"]}


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH"))


async def tonight(organiser: httpx.AsyncClient) -> str:
    """An event that begins in six hours and lasts two, with a survey."""
    starts = later(hours=6)
    slug = await published(organiser, starts_at=rfc3339(starts), ends_at=rfc3339(starts + timedelta(hours=2)))
    asked = {"questions": [QUESTION, {"key": "words", "label": "Anything?"}]}
    assert (await organiser.put(f"/api/v1/events/{slug}/survey", json=asked)).status_code == 200
    return slug


async def on_the_roster(cast: Cast, name: str, **columns: Any) -> Member:
    made = await cast.member(name, claimed=False, **columns)
    await cast.address(made, f"{name.split()[0].lower()}@roster.example", confirmed=False, source="roster")
    return made


async def link_of(cast: Cast, member: Member, slug: str, status: str = "going") -> str:
    """Her own link, by which she has answered."""
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event).where(Event.slug == slug))).one()
    link = f"/event-answers/{Pass(event.id, member.id).token(cast.running.settings.key)}"
    assert (await cast.visitor().post(link, data={"status": status})).status_code == 303
    return link


async def remind(cast: Cast) -> list[Sent]:
    async with cast.running.database.transaction() as session:
        await passing.remind(session)
    await cast.run_jobs()
    return [letter for letter in cast.letters() if letter.subject.startswith("How was")]


async def test_who_was_there_without_an_account_is_asked_by_letter_once_and_answers_by_her_link(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    una, quiet = await on_the_roster(cast, "Una Roster"), await on_the_roster(cast, "Quiet Roster")
    await cast.change(quiet, notifications={"event-surveys": {"mail": False}})
    mae = await on_the_roster(cast, "Mae Maybe")
    slug = await tonight(cora)
    link, may = await link_of(cast, una, slug), await link_of(cast, mae, slug, "maybe")
    await link_of(cast, quiet, slug)
    visitor = cast.visitor()
    told = {"answers": {"back": "yes"}}
    assert (await visitor.post(f"/api/v1{link}/survey/answers", json=told)).status_code == 409  # not over yet
    assert "Answer the survey" not in (await visitor.get(link)).text
    with clock.shifted(timedelta(hours=9)):
        (letter,) = await remind(cast)
        assert await remind(cast) == [letter]
        assert (letter.to, any("/unsubscribe/" in one for one in letter.links)) == ("una@roster.example", True)
        address = next(one for one in letter.links if one.endswith("/survey")).removeprefix("http://localhost:8000")
        assert address == f"{link}/survey"
        assert "Answer the survey" in (await visitor.get(link)).text
        page = await visitor.get(address)
        assert (page.status_code, "Would you come back?" in page.text) == (200, True)
        assert (await visitor.get(f"{may}/survey")).status_code == 403
        assert (await visitor.post(f"/api/v1{may}/survey/answers", json=told)).status_code == 403
        wrong = await visitor.post(f"/api/v1{link}/survey/answers", json={"answers": {"back": "perhaps"}})
        assert pointers(wrong) == ["/answers/back"]
        refused = await visitor.post(address, data={"q-back": "perhaps", "q-words": "Tea"})
        assert (refused.status_code, "Choose one of the answers." in refused.text) == (422, True)
        assert (await visitor.post(address, data={"q-back": "yes", "q-words": "Tea"})).status_code == 303
        assert "your answers are in" in (await visitor.get(address)).text
        assert "Answer the survey" not in (await visitor.get(link)).text
        assert (await visitor.post(f"/api/v1{link}/survey/answers", json=told)).status_code == 409
        shown = (await visitor.get(f"/api/v1{link}/survey")).json()
        assert (shown["open"], shown["answered"], len(shown["questions"])) == (True, True, 2)
        assert (await cora.get(f"/api/v1/events/{slug}/survey/results")).json() == {"answers": 1, "results": None}
    async with cast.running.database.transaction() as session:
        taken = (await session.scalars(select(SurveyTaken.member_id))).all()
        stored = (await session.scalars(select(SurveyAnswer))).one()
    assert (taken, stored.answers, stored.id.version) == ([una.id], {"back": "yes", "words": "Tea"}, 4)


async def test_a_guest_who_joins_has_answered_and_does_not_answer_again(cast: Cast, cora: httpx.AsyncClient) -> None:
    una = await on_the_roster(cast, "Una Roster")
    slug = await tonight(cora)
    link = await link_of(cast, una, slug)
    with clock.shifted(timedelta(hours=9)):
        sent = await cast.visitor().post(f"/api/v1{link}/survey/answers", json={"answers": {"back": "no"}})
        assert sent.status_code == 204
        await cast.change(una, joined_at=clock.now(), handle="una-roster")
        async with cast.running.database.transaction() as session:
            session.add(Account(member_id=una.id))
        assert (await cast.visitor().get(f"{link}/survey")).status_code == 404
        herself = await cast.browser(una)
        again = await herself.post(f"/api/v1/events/{slug}/survey/answers", json={"answers": {"back": "yes"}})
        assert (again.status_code, again.json()["detail"]) == (409, "You have answered this survey.")
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(SurveyAnswer)) == 1


async def test_what_was_cancelled_is_asked_about_by_nobody(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    slug = await tonight(cora)
    await mali.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going"})
    await cora.post(f"/api/v1/events/{slug}/cancel", json={"reason": "A storm."})
    with clock.shifted(timedelta(hours=9)):
        assert (await mali.get(f"/api/v1/events/{slug}/survey")).json()["open"] is False
        sent = await mali.post(f"/api/v1/events/{slug}/survey/answers", json={"answers": {"back": "no"}})
        assert sent.status_code == 409


async def test_the_clubs_own_questions_are_read_in_everybodys_language_and_counted_as_one(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    una = await on_the_roster(cast, "Una Roster")
    slug = await tonight(cora)
    survey = f"/api/v1/events/{slug}/survey"
    async with cast.visitor() as visitor:
        link = await link_of(cast, una, slug)
        with clock.shifted(timedelta(hours=9)):
            form = {"usual": ["satisfaction", "words"]}
            assert (await cora.post(f"/events/{slug}/survey/open", data=form)).status_code == 303
            kept = (await cora.get(survey)).json()["questions"]
            assert [one["label"] for one in kept] == ["How satisfied are you?", "What else do you want to tell us?"]
            page = (await visitor.get(f"{link}/survey", headers={"Accept-Language": "ja"})).text
            assert "満足度を教えてください" in page and 'value="very satisfied"' in page
            assert "How satisfied" not in page and ">very satisfied<" not in page
            sent = await visitor.post(f"{link}/survey", data={"q-satisfaction": "very satisfied"})
            assert sent.status_code == 303
    async with cast.running.database.transaction() as session:
        assert (await session.scalars(select(SurveyAnswer.answers))).all() == [{"satisfaction": "very satisfied"}]
