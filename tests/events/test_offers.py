"""A place that is held for a time: its end is said in letter and log and on the page, where two buttons answer."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from ssc.core import clock
from ssc.events import clocks
from ssc.events.invitations import Pass
from ssc.events.models import Answer, Event
from tests.cast import Cast
from tests.events.planning import published


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH", "Cora Coordinator"))


async def say(who: httpx.AsyncClient, slug: str, status: str) -> None:
    assert (await who.put(f"/api/v1/events/{slug}/rsvp", json={"status": status})).status_code == 200


async def until_of(cast: Cast) -> str:
    """When the one offer there is ends, as the event's own clock shows it."""
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
        ends = (
            await session.scalars(select(Answer.offer_expires_at).where(Answer.offer_expires_at.is_not(None)))
        ).one()
    assert ends is not None
    return clocks.moment(ends, event.time_zone)


async def test_a_member_reads_until_when_and_takes_it_or_lets_it_pass_with_one_press(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    anan, bela = [await cast.browser(await cast.member(name)) for name in ("Anan A", "Bela B")]
    slug = await published(cora, capacity=1, places="timed", questions=[{"label": "Food?", "required": True}])
    first = await anan.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going", "answers": {"q1": "Rice"}})
    assert first.status_code == 200
    await bela.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going", "answers": {"q1": "Fish"}})
    assert "Let it pass" not in (await bela.get(f"/events/{slug}")).text
    await say(anan, slug, "declined")
    until = await until_of(cast)
    (notice,) = (await bela.get("/api/v1/notifications")).json()["items"]
    assert f"until {until}" in notice["text"]
    async with cast.running.database.transaction() as session:  # as it was told before it knew its end
        await session.change("UPDATE notice SET data = data - 'until'", {})
    (notice,) = (await bela.get("/api/v1/notifications")).json()["items"]
    assert notice["text"] == "A place is held for you: “Reunion in Bangkok”. Take it, or let it pass."
    page = (await bela.get(f"/events/{slug}")).text
    assert "1 of 1 places are taken. 1 waits." in page
    assert "1 of 1 places are taken." in (await cora.get(f"/events/{slug}/people")).text
    assert f"is held for you until {until}." in page
    assert 'name="status" value="going">Take the place' in page
    assert 'name="status" value="declined" formnovalidate>Let it pass' in page  # her food is nobody's business then
    assert 'type="radio" name="status"' not in page
    assert (await bela.post(f"/events/{slug}/rsvp", data={"status": "declined"})).status_code == 303
    assert "You gave back the place that was held for you." in (await bela.get(f"/events/{slug}")).text


async def test_somebody_without_an_account_hears_of_her_offer_by_letter_and_takes_it_by_her_link(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    anan = await cast.browser(await cast.member("Anan A"))
    una, quiet = await cast.member("Una Roster", claimed=False), await cast.member("Quiet Roster", claimed=False)
    await cast.address(una, "una@roster.example", confirmed=False, source="roster")
    await cast.address(quiet, "quiet@roster.example", confirmed=False, source="roster")
    await cast.change(quiet, do_not_contact=True)
    slug = await published(cora, capacity=1, places="timed")
    await say(anan, slug, "going")
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
    links = [f"/event-answers/{Pass(event.id, one.id).token(cast.running.settings.key)}" for one in (quiet, una)]
    for link in links:
        await cast.visitor().post(link, data={"status": "going"})
    await say(anan, slug, "declined")  # held for Quiet first, who is not written to
    await cast.visitor().post(links[0], data={"status": "declined"})
    await cast.run_jobs()
    (letter,) = [one for one in cast.letters() if one.to.endswith("@roster.example")]
    assert (letter.to, f"until {await until_of(cast)}" in letter.text) == ("una@roster.example", True)
    link = next(one for one in letter.links if "/event-answers/" in one).removeprefix("http://localhost:8000")
    assert "Take the place" in (await cast.visitor().get(link)).text
    assert (await cast.visitor().post(link, data={"status": "going"})).status_code == 303
    await cast.run_jobs()
    told = [one.subject for one in cast.letters() if one.to == "una@roster.example"]
    assert told == [letter.subject, "Your ticket: Reunion in Bangkok"]  # her place is told by her ticket alone


async def test_an_offer_that_ran_out_tells_her_to_answer_again_though_nobody_else_waits(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    anan, bela = [await cast.browser(await cast.member(name)) for name in ("Anan A", "Bela B")]
    slug = await published(cora, capacity=1, places="timed")
    await say(anan, slug, "going")
    await say(bela, slug, "going")
    await say(anan, slug, "declined")
    with clock.shifted(timedelta(hours=13)):
        await say(anan, slug, "maybe")
        (notice,) = (await bela.get("/api/v1/notifications")).json()["items"]
        assert notice["text"].endswith("Answer again if you can still come.")
        await say(bela, slug, "going")
        assert (await bela.get(f"/api/v1/events/{slug}/rsvp")).json()["status"] == "going"
