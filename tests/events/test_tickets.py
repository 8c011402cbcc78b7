"""Tickets by mail: once, to whoever has a place, with the code as text and as a square within the letter."""

import io
from datetime import timedelta

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from ssc.core import clock
from ssc.events.actions import removing, rooms
from ssc.events.invitations import Pass
from ssc.events.models import Event
from tests.cast import Cast, Sent
from tests.events.planning import published


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH"))


def tickets(cast: Cast) -> list[Sent]:
    return [letter for letter in cast.letters() if letter.subject.startswith("Your ticket: ")]


async def test_who_has_a_place_gets_her_ticket_by_mail_once(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali, bela = await cast.browser(await cast.member("Mali Member")), await cast.browser(await cast.member("Bela B"))
    slug = await published(cora, capacity=2, venue="The embassy", title="Tea;\nBcc: all@example.org")
    path = f"/api/v1/events/{slug}/rsvp"
    code = (await mali.put(path, json={"status": "going", "guests": 1})).json()["ticket_code"]
    assert (await bela.put(path, json={"status": "going"})).json()["status"] == "waitlisted"
    await cast.run_jobs()
    (letter,) = tickets(cast)
    assert (letter.to, letter.subject) == ("mali-member@example.org", "Your ticket: Tea; Bcc: all@example.org")
    assert (f"door: {code}" in letter.text, "places for 2 persons" in letter.text) == (True, True)
    ((name, square),) = letter.pictures.items()
    assert f'src="cid:{name.strip("<>")}"' in letter.html
    drawn = Image.open(io.BytesIO(square))
    assert (drawn.format, drawn.size[0] > 200, drawn.getpixel((0, 0)) in (1, 255)) == ("PNG", True, True)
    await mali.put(path, json={"status": "going", "guests": 0})
    await cast.run_jobs()
    told = {letter.to for letter in tickets(cast)}
    assert (len(tickets(cast)), told) == (2, {"mali-member@example.org", "bela-b@example.org"})  # the place went to her
    with clock.shifted(timedelta(hours=1)):
        await cast.run_jobs()
    assert [letter.subject for letter in cast.letters() if "You have a place" in letter.subject] == []


async def test_somebody_on_the_roster_gets_hers_with_her_link_and_who_wants_no_such_mail_gets_none(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    una, quiet = await cast.member("Una Roster", claimed=False), await cast.member("Quiet Q", claimed=False)
    await cast.address(una, "una@roster.example", confirmed=False, source="roster")
    await cast.address(quiet, "quiet@roster.example", confirmed=False, source="roster")
    await cast.change(quiet, notifications={"event-place": {"mail": False}})
    slug = await published(cora)
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event).where(Event.slug == slug))).one()
    for person in (una, quiet):
        link = f"/event-answers/{Pass(event.id, person.id).token(cast.running.settings.key)}"
        assert (await cast.visitor().post(link, data={"status": "going"})).status_code == 303
    await cast.run_jobs()
    (letter,) = tickets(cast)
    assert (letter.to, any("/event-answers/" in link for link in letter.links)) == ("una@roster.example", True)


async def test_a_reported_event_is_seen_by_moderators_and_taken_away_from_everybody(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali, olga = await cast.browser(await cast.member("Mali Member")), await cast.browser(await cast.member("Olga O"))
    moderator = await cast.browser(await cast.holder("Moda Moderator", "moderator", country="JP"))
    slug = await published(cora, summary="Buy coins here", online=True, online_url="https://meet.example/secret")
    await olga.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going"})
    draft = (await cora.post("/api/v1/events", json={**_plan(), "title": "Only a draft"})).json()["slug"]
    report = {"target": {"type": "event", "id": draft}, "reason": "spam", "note": "Coins"}
    assert (await mali.post("/api/v1/reports", json=report)).status_code == 404
    report["target"] = {"type": "event", "id": slug}
    assert (await mali.post("/api/v1/reports", json=report)).status_code == 202
    assert "/report/event/" in (await mali.get(f"/events/{slug}")).text
    (waiting,) = (await moderator.get("/api/v1/reports")).json()["items"]
    whole = (await moderator.get(f"/api/v1/reports/{waiting['id']}")).text
    assert ("Buy coins here" in whole, "meet.example" in whole) == (True, False)
    decided = await moderator.post(
        f"/api/v1/reports/{waiting['id']}/decision", json={"decision": "remove", "note": "N"}
    )
    assert decided.status_code == 200, decided.text
    found = [(await who.get(f"/api/v1/events/{slug}")).status_code for who in (mali, olga, cora, cast.visitor())]
    assert found == [404, 404, 404, 404]
    listed = (await cora.get("/api/v1/events")).json()["items"]
    assert slug not in [one["slug"] for one in listed]
    told = (await olga.get("/api/v1/notifications")).json()["items"]
    assert "does not take place" in told[0]["text"]


async def test_a_removed_events_thread_is_closed_with_it_and_comes_back_when_the_removal_is_undone(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    olga = await cast.browser(await cast.member("Olga O"))
    mali = await cast.browser(await cast.member("Mali Member"))
    moderator = await cast.browser(await cast.holder("Moda Moderator", "moderator", country="JP"))
    slug = await published(cora)
    path = f"/api/v1/events/{slug}"
    await olga.put(f"{path}/rsvp", json={"status": "going"})
    await cast.run_jobs()
    thread = (await olga.get(path)).json()["thread_id"]
    said = {"client_id": "1", "body": "See you there"}
    assert (await olga.post(f"/api/v1/threads/{thread}/messages", json=said)).status_code == 201
    report = {"target": {"type": "event", "id": slug}, "reason": "spam", "note": "Coins"}
    await mali.post("/api/v1/reports", json=report)
    (waiting,) = (await moderator.get("/api/v1/reports")).json()["items"]
    decision = {"decision": "remove", "note": "N"}
    await moderator.post(f"/api/v1/reports/{waiting['id']}/decision", json=decision)
    for who in (olga, cora):
        assert (await who.get(f"/api/v1/threads/{thread}")).status_code == 404
        assert thread not in [one["id"] for one in (await who.get("/api/v1/threads")).json()["items"]]
    again = {"client_id": "2", "body": "Still?"}
    assert (await olga.post(f"/api/v1/threads/{thread}/messages", json=again)).status_code == 404
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event).where(Event.slug == slug))).one()
        await rooms.keep(session, event.id)  # a job that waited since before
    assert (await olga.get(f"/api/v1/threads/{thread}")).status_code == 404
    (made,) = (await moderator.get("/api/v1/decisions")).json()["items"]
    assert "/take-back" in (await moderator.get("/desk/decisions")).text
    undo = f"/api/v1/decisions/{made['id']}/take-back"
    assert [(await who.post(undo)).status_code for who in (cora, moderator, moderator)] == [403, 200, 200]
    assert "/take-back" not in (await moderator.get("/desk/decisions")).text
    seen = (await olga.get(path)).json()
    assert (seen["status"], seen["thread_id"], seen["going"]) == ("published", thread, 1)
    messages = (await olga.get(f"/api/v1/threads/{thread}/messages")).json()["items"]
    assert [one["body"] for one in messages if one["kind"] == "text"] == ["See you there"]
    assert (await cora.get(f"/api/v1/threads/{thread}")).status_code == 200
    told = (await olga.get("/api/v1/notifications")).json()["items"]
    assert told[0]["text"].startswith("“Reunion in Bangkok” takes place after all. It begins: ")
    calendar = (await cast.visitor().get(f"/events/{slug}.ics")).text
    assert ("STATUS:CONFIRMED" in calendar or "STATUS:CANCELLED" not in calendar, "SEQUENCE:2" in calendar) == (
        True,
        True,
    )
    await cast.run_jobs()
    (letter,) = [one for one in cast.letters() if "taken back" in one.subject]
    assert (letter.to, "What was removed is there again." in letter.text) == ("cora-coordinator@example.org", True)


async def test_what_its_organisers_had_cancelled_stays_cancelled_when_it_is_given_back(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    slug = await published(cora)
    await cora.post(f"/api/v1/events/{slug}/cancel", json={"reason": "A storm."})
    by = (await cast.staff()).id
    for act in (removing.take_away, removing.give_back, removing.give_back):
        async with cast.running.database.transaction() as session:
            event = (await session.scalars(select(Event).with_for_update())).one()
            await act(session, event, by)
    seen = (await cora.get(f"/api/v1/events/{slug}")).json()
    assert (seen["status"], seen["cancel_reason"]) == ("cancelled", "A storm.")


def _plan() -> dict[str, object]:
    now = clock.now().replace(microsecond=0)
    times = {"starts_at": now + timedelta(days=9), "ends_at": now + timedelta(days=9, hours=1)}
    return {"country": "TH", "time_zone": "Asia/Bangkok", **{name: clock.rfc3339(at) for name, at in times.items()}}
