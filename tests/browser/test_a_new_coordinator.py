"""A new coordinator holds her first reunion: from the draft to the public report."""

import asyncio
import io
from datetime import timedelta

from PIL import Image
from playwright.async_api import FilePayload, expect

from ssc.core import clock
from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person
from tests.browser.test_reunions import has_been

SLUG = "reunion-in-jakarta-on-robots"


async def test_a_new_coordinator_holds_a_reunion_from_the_draft_to_the_public_report(arrive: Arrive) -> None:
    siti, arjun, linh = await arrive(), await arrive(size=NARROW), await arrive(size=NARROW)
    await asyncio.to_thread(siti.club.grant, "member4@demo.example", "coordinator:ID")
    await siti.slip_in("member4@demo.example")
    await drafts(siti)
    await invites_the_chapter(siti)
    for person, email in ((arjun, "member1@demo.example"), (linh, "member3@demo.example")):
        await person.slip_in(email)
        await person.visit(f"/events/{SLUG}")
        await person.press("Answer")
    await arjun.reads("You are going.")
    await linh.reads("You are number 1 of the waitlist.")
    await siti.visit(f"/events/{SLUG}/people")
    await siti.reads("№ 1")
    await arjun.page.get_by_label("No", exact=True).check()
    await arjun.press("Change my answer")
    await linh.visit(f"/events/{SLUG}")
    await linh.reads("You are going.")
    await linh.page.get_by_text("What moved your place").click()
    await linh.reads("A place became free, and you were first: you are going.")
    await has_her_ticket(linh)
    phone = await arrive(size=NARROW)
    await lets_in_by_phone(phone)
    has_been(siti, SLUG)
    await asks_how_it_was(siti, linh)
    await publishes_the_report(siti, linh, await arrive())


async def drafts(siti: Person) -> None:
    """What a reunion needs, in its organiser's own words, on one page."""
    month = clock.now() + timedelta(days=30)
    await siti.visit("/events")
    await siti.follow("Plan an event", within="main")
    await expect(siti.page.get_by_label("Country or region", exact=True)).to_have_value("ID")
    await expect(siti.page.get_by_label("Time zone", exact=True)).to_have_value("Asia/Jakarta")
    await siti.fill("Title", "Reunion in Jakarta on robots")
    await siti.fill("Begins", f"{month:%Y-%m-%dT18:00}")
    await siti.fill("Ends", f"{month:%Y-%m-%dT20:30}")
    await siti.fill("Venue (optional)", "Embassy of Japan")
    await siti.page.get_by_label("Everybody", exact=True).check()
    await siti.fill("Places (optional)", "1")
    await siti.page.get_by_label("Host 1", exact=True).fill("Alumni of Indonesia")
    await siti.page.get_by_label("One line for each item (optional)").fill("18:30 | Opening | Dr Siti")
    await siti.press("Save the draft")
    await siti.reads("This is a draft")
    await siti.press("Publish")
    await siti.reads("Alumni of Indonesia")
    assert siti.page.url.endswith(SLUG)


async def invites_the_chapter(siti: Person) -> None:
    """She sees how many they are, and never who."""
    await siti.follow("Tell and invite", within="main")
    await siti.press("Count")
    await siti.reads("would be invited.")
    await siti.press("Invite them")
    await expect(siti.page.get_by_role("heading", name="Invited", exact=True)).to_be_visible()
    assert await siti.barriers() == []


async def has_her_ticket(linh: Person) -> None:
    await linh.follow("Show my ticket", within="main")
    code = await linh.page.locator(".ticket-code").inner_text()
    letter = await linh.club.letter("member3@demo.example", "Your ticket: Reunion in Jakarta on robots")
    assert (code in letter.text, len(letter.pictures)) == (True, 1)


async def lets_in_by_phone(phone: Person) -> None:
    """By name, without loading the page anew; the count follows, and a slip is undone."""
    await phone.slip_in("member4@demo.example")
    await phone.visit(f"/events/{SLUG}/door")
    await expect(phone.page.locator("door-desk:defined")).to_be_visible()
    await phone.page.get_by_role("button", name="Let in").first.click()
    await phone.reads("1 of 1 are here")
    await phone.reads("is in.", within="door-desk")
    await phone.reads("Here", within=".entries")
    await phone.page.get_by_role("button", name="Undo").click()
    await phone.reads("0 of 1 are here")
    await phone.page.get_by_role("button", name="Let in").first.click()
    await phone.reads("1 of 1 are here")
    assert await phone.barriers() == []
    await phone.visit(f"/events/{SLUG}/door")
    await phone.page.get_by_role("button", name="Undo").click()
    await phone.reads("0 of 1 are here")
    await phone.page.get_by_role("button", name="Let in").first.click()
    await phone.reads("1 of 1 are here")


async def asks_how_it_was(siti: Person, linh: Person) -> None:
    """The club's questions and one of her own; nothing is shown before five have answered."""
    await siti.visit(f"/events/{SLUG}/after")
    await siti.page.get_by_text("A question of your own").first.click()
    await siti.page.locator("#s1-question_label").fill("Which robot was best?")
    await siti.press("Ask these questions")
    await siti.reads("Results are shown when five have answered")
    await linh.visit(f"/events/{SLUG}/survey")
    await linh.page.get_by_label("Which robot was best?").fill("The small one")
    await linh.press("Send my answers")
    await linh.reads("Thank you, your answers are in.")


async def publishes_the_report(siti: Person, linh: Person, visitor: Person) -> None:
    """With a photo, and with words that who said them agreed to; who takes them back is quoted no longer."""
    await siti.visit(f"/events/{SLUG}/after")
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(file, "JPEG")
    photo = FilePayload(name="tea.jpg", mimeType="image/jpeg", buffer=file.getvalue())
    await siti.page.locator("#f-file").set_input_files(photo)
    await siti.fill("What it shows", "Robots on a green table")
    await siti.check("Everybody who can be recognised agreed")
    await siti.press("Add the photo")
    await expect(siti.page.get_by_alt_text("Robots on a green table")).to_be_visible()
    await siti.fill("Name or handle", "Dang Thuy Linh")
    await siti.fill("What they said, as a proposal (optional)", "I met old friends.")
    await siti.press("Ask whether we may quote it")
    assert await siti.barriers() == []
    await linh.visit(f"/events/{SLUG}/quote")
    assert await linh.barriers() == []
    await linh.fill("Your words", "I met old friends, and two robots.")
    await linh.press("Yes, print this")
    await siti.visit(f"/events/{SLUG}/after")
    await siti.reads("I met old friends, and two robots.")
    await siti.press("Publish as news")
    await siti.reads("The report is published.")
    await visitor.visit(f"/events/{SLUG}")
    await visitor.follow("Read the report", within="main")
    await visitor.reads("I met old friends, and two robots.")
    await visitor.reads("1 person came")
    await expect(visitor.page.get_by_alt_text("Robots on a green table")).to_be_visible()
    assert await visitor.barriers() == []
    await linh.visit(f"/events/{SLUG}/quote")
    await linh.press("Take it back")
    await visitor.page.reload()
    await expect(visitor.page.get_by_text("two robots")).to_have_count(0)
    await is_out_of_the_photo(siti, linh, visitor)


async def is_out_of_the_photo(siti: Person, linh: Person, visitor: Person) -> None:
    """From the public report to the way out of its photos; one tap, and nobody sees it; she alone brings it back."""
    await visitor.follow("Are you in one of these photos, and would rather not be?", within="main")
    await visitor.reads("Sign in and take it down")
    assert await visitor.barriers() == []
    await linh.visit(f"/events/{SLUG}")
    await linh.follow("Photos of the report", within="main")
    await linh.reads_heading("Photos of the report")
    assert await linh.barriers_in_every_look() == []
    await linh.press("I am in this picture: take it down Robots on a green table")
    await linh.reads("Nobody sees this photo any more.", within="body")
    await expect(linh.page.get_by_alt_text("Robots on a green table")).to_have_count(0)
    assert await linh.barriers() == []
    await visitor.page.go_back()
    await visitor.page.reload()
    await expect(visitor.page.get_by_alt_text("Robots on a green table")).to_have_count(0)
    await siti.visit("/notifications")
    await siti.reads("is not shown any more: somebody in it asked for that")
    await siti.visit(f"/events/{SLUG}/photos")
    await siti.reads("The report shows none.")
    await linh.press("Bring it back Robots on a green table")
    await linh.reads("The photo is shown again.", within="body")
