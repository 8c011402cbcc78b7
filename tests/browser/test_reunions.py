"""A reunion as its coordinator lives it, and as a member does."""

import re
from datetime import timedelta
from typing import Any

import psycopg
from playwright.async_api import expect

from ssc.core import clock
from ssc.core.clock import rfc3339
from ssc.core.engines import libpq_url
from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person


async def planned(person: Person, **changed: Any) -> str:
    """A published event of Thailand in two hours, made by the API."""
    starts = (clock.now() + timedelta(hours=2)).replace(microsecond=0)
    event = {
        "title": "An evening in Bangkok",
        "country": "TH",
        "starts_at": rfc3339(starts),
        "ends_at": rfc3339(starts + timedelta(hours=3)),
        "time_zone": "Asia/Bangkok",
        "audience": "members",
        **changed,
    }
    api = f"{person.club.address}/api/v1/events"
    made = await person.context.request.post(api, data=event)
    assert made.status == 201, await made.text()
    slug: str = (await made.json())["slug"]
    assert (await person.context.request.post(f"{api}/{slug}/publish", data={})).ok
    return slug


async def test_a_coordinator_plans_a_reunion_fills_it_and_lets_people_in(arrive: Arrive) -> None:
    suda, arjun, linh = await arrive(), await arrive(size=NARROW), await arrive(size=NARROW)
    await suda.slip_in("coordinator.th@demo.example")
    await suda.visit("/events")
    await suda.follow("Plan an event", within="main")
    await suda.fill("Title", "Reunion in Chiang Mai")
    tomorrow = clock.now() + timedelta(hours=20)
    await suda.fill("Begins", f"{tomorrow:%Y-%m-%dT18:00}")
    await suda.fill("Ends", f"{tomorrow:%Y-%m-%dT17:00}")
    await suda.fill("Venue (optional)", "Chiang Mai University")
    await suda.fill("Places (optional)", "1")
    await suda.press("Save the draft")
    await suda.is_told("Ends", "The end must be later than the beginning.")
    summary = suda.page.get_by_role("alert").get_by_role("link")
    await expect(summary).to_have_text("Ends: The end must be later than the beginning.")
    await suda.fill("Ends", f"{tomorrow:%Y-%m-%dT21:00}")
    await suda.press("Save the draft")
    await suda.reads("This is a draft")
    assert await suda.barriers() == []
    await suda.press("Publish")
    address = suda.page.url
    for person, email in ((arjun, "member1@demo.example"), (linh, "member3@demo.example")):
        await person.slip_in(email)
        await person.visit(address)
        await person.press("Answer")
    await arjun.reads("You are going.")
    await linh.reads("You are number 1 of the waitlist.")
    assert await linh.barriers() == []
    await suda.follow("Edit", within="main")
    await suda.fill("Places (optional)", "2")
    await suda.press("Save")
    await linh.visit(address)
    await linh.reads("You are going.")
    await suda.follow("Door", within="main")
    await suda.page.get_by_role("button", name=re.compile("^Let in Arjun")).click()
    await suda.reads("1 of 2 are here")
    await expect(suda.page.locator("door-desk:defined")).to_be_visible()  # what the page needs has come
    await suda.context.set_offline(True)
    await suda.fill("Ticket code", "no such code")
    await suda.press("Let in")
    await suda.reads("1 wait for the connection", within="door-desk")
    with suda.refused(404):
        await suda.context.set_offline(False)
        await suda.reads("no such code: Nobody has this code.", within="door-desk")
    await keeps_the_door_without_a_line(suda)
    has_been(arjun, "reunion-in-chiang-mai")
    await suda.visit(address + "/after")
    await suda.press("Ask these questions")
    assert await suda.barriers() == []
    await looks_back(arjun, address)


async def keeps_the_door_without_a_line(suda: Person) -> None:
    """She finds somebody, lets her in, takes back a slip; the club hears of it when there is a line again."""
    await suda.context.set_offline(True)
    names = suda.page.locator(".at-door")
    await suda.fill("Name", "thuy dang")
    await suda.page.keyboard.press("Enter")
    await expect(names.get_by_role("listitem")).to_have_count(1)
    await names.get_by_role("button", name="Let in Dang Thuy Linh").press("Enter")
    await suda.reads("1 wait for the connection", within=".door-said")
    await expect(names.get_by_role("button", name="Undo Dang Thuy Linh")).to_be_focused()
    await suda.fill("Name", "nobody at all")
    await suda.reads("Nobody of this name is going.")
    await suda.fill("Name", "")
    await names.get_by_role("button", name="Undo Arjun").click()
    await suda.reads("2 wait for the connection", within=".door-said")
    await expect(names.get_by_text("Waits for the connection")).to_have_count(2)
    assert await suda.barriers() == []
    await suda.context.set_offline(False)
    await suda.reads("Arjun Kulkarni is out again.", within=".door-said")
    await expect(names.get_by_text("Waits for the connection")).to_have_count(0)
    await suda.visit(suda.page.url)
    await expect(names.get_by_role("button", name="Undo")).to_have_accessible_name("Undo Dang Thuy Linh")
    await names.get_by_role("button", name="Let in Arjun").click()
    await suda.reads("2 of 2 are here")
    suda.faults = [fault for fault in suda.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


async def test_a_helper_whose_link_is_ended_is_told_so_and_her_phone_keeps_whom_she_let_in(arrive: Arrive) -> None:
    suda, helper = await arrive(), await arrive(size=NARROW)
    await suda.slip_in("coordinator.th@demo.example")
    slug = await planned(suda, title="A door in Ayutthaya", audience="chapter")
    events = f"{suda.club.address}/api/v1/events/{slug}"
    assert (await suda.context.request.put(f"{events}/rsvp", data={"status": "going"})).ok
    made = await (await suda.context.request.post(f"{events}/helpers", data={"label": "Nok"})).json()
    await helper.visit(made["url"])
    await expect(helper.page.locator("door-desk:defined")).to_be_visible()
    assert (await suda.context.request.delete(f"{events}/helpers/{made['id']}")).ok
    with helper.refused(404):
        await helper.page.get_by_role("button", name=re.compile("^Let in .")).click()
        await helper.reads(re.compile("^This door is closed to you: .* 1 wait on this phone.$"), within=".door-said")
    await helper.reads("Waits for the connection", within=".at-door")
    await helper.visit(made["url"], 404)
    await helper.reads_heading("This door is not open")


async def looks_back(arjun: Person, address: str) -> None:
    """Who was there says how it was, and takes a certificate that anybody can look up."""
    await arjun.visit(address)
    await arjun.follow("Answer the survey", within="main")
    assert await arjun.barriers() == []
    await arjun.visit(address)
    await arjun.press("My certificate")
    await arjun.reads_heading("Certificate of attendance")
    await arjun.reads(re.compile("Arjun Kulkarni took part"))
    assert await arjun.barriers() == []


def has_been(person: Person, slug: str) -> None:
    """Moves an event into the past, as no organiser can."""
    with psycopg.connect(libpq_url(person.club.database_url)) as connection:
        moved = "UPDATE event SET starts_at = now() - interval '5 hours', ends_at = now() - interval '2 hours'"
        assert connection.execute(moved + " WHERE slug = %s", (slug,)).rowcount == 1


async def test_a_member_answers_brings_a_guest_and_withdraws(arrive: Arrive) -> None:
    suda, pim = await arrive(), await arrive(size=NARROW)
    await suda.slip_in("coordinator.th@demo.example")
    question = {"label": "What can you not eat?", "sensitive": True}
    slug = await planned(suda, questions=[question], venue="The embassy")
    await pim.slip_in("member2@demo.example")
    await pim.visit("/events")
    await pim.follow("An evening in Bangkok", within="main")
    await pim.fill("Guests you bring", "1")
    await pim.fill("Their names (optional)", "Nok")
    await pim.fill("What can you not eat? (optional)", "Nuts")
    await pim.press("Answer")
    await pim.reads("You are going, 2 persons in all.")
    await pim.follow("Show my ticket", within="main")
    await expect(pim.page.locator("svg.qr")).to_be_visible()
    assert await pim.barriers() == []
    calendar = await pim.context.request.get(f"{pim.club.address}/events/{slug}.ics")
    assert "SUMMARY:An evening in Bangkok" in await calendar.text()
    await suda.visit(f"/events/{slug}/people")
    await suda.reads("Nuts")
    assert await suda.barriers() == []
    await pim.visit(f"/events/{slug}")
    await pim.page.get_by_label("No", exact=True).check()
    await pim.press("Change my answer")
    await pim.reads("You declined.")
