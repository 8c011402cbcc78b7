"""Somebody in a country with few alumni, on a slow phone, wants to know whether and how she can go to Japan."""

import re
import time

from playwright.async_api import CDPSession, ViewportSize, expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person

PHONE = ViewportSize(width=360, height=740)
TWO_MINUTES_S = 120
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


async def on_a_slow_line(person: Person) -> CDPSession:
    line = await person.context.new_cdp_session(person.page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", SLOW)
    return line


async def test_from_the_home_page_to_an_honest_answer_and_a_letter_for_her_professor(arrive: Arrive) -> None:
    losa = await arrive(size=NARROW, java_script_enabled=False)
    await losa.visit("/")
    await losa.follow("Which programme fits me?", within=".hero")
    await losa.reads_heading("Which programme fits me?")
    await losa.choose("Your nationality", "Tonga")
    await losa.choose("What are you now?", "university student")
    await losa.fill("Your age", "20")
    await losa.fill("Your field of science", "Marine Science")
    await losa.page.get_by_role("radio", name="No").check()
    await losa.press("Show what fits")
    await losa.reads("3 courses fit you by their rules")
    await losa.reads(re.compile("You cannot apply yourself: a host in Japan does"))
    await losa.reads(re.compile("Somebody has to be the first"))
    await expect(losa.page).to_have_url(re.compile(r"country=TO&status=undergraduate&age=20&field=Marine"))
    await losa.follow("Take the one-page letter to your professor or teacher")
    await losa.reads_heading("A letter for your professor")
    await losa.reads("Dear Professor,")
    await losa.reads("先生へ")


async def test_on_a_slow_line_she_is_told_when_a_call_opens(arrive: Arrive) -> None:
    losa = await arrive(size=NARROW)
    await on_a_slow_line(losa)
    await losa.visit("/programmes/finder?country=TO&status=undergraduate&age=20&been_to_japan=false")
    assert await losa.barriers() == []
    await losa.page.locator("#ssp-a").get_by_role("link", name="Tell me when it opens").click()
    await losa.reads_heading("Sakura Science, Course A: Science and Technology Experience")
    await losa.fill("Tell me when it opens", "losa@example.org")
    await losa.press("Tell me")
    await losa.reads_heading("Please look into your mailbox")
    await losa.open(await losa.club.letter("losa@example.org", about="Shall we tell you"), "/watches/")
    await losa.press("Yes, tell me")
    await losa.reads_heading("The club will write to you")
    assert await losa.barriers() == []


async def test_on_a_slow_phone_the_whole_way_to_a_letter_takes_less_than_two_minutes(arrive: Arrive) -> None:
    """Slow 3G with its two seconds before each answer, and a processor at a quarter; her thinking comes on top."""
    losa = await arrive(size=PHONE)
    line = await losa.context.new_cdp_session(losa.page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", {**SLOW, "latency": 2000})
    await line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    began = time.monotonic()
    await losa.visit("/")
    await losa.follow("Which programme fits me?", within=".hero")
    await losa.choose("Your nationality", "Tonga")
    await losa.choose("What are you now?", "university student")
    await losa.fill("Your age", "20")
    await losa.page.get_by_role("radio", name="No").check()
    await losa.press("Show what fits")
    await losa.reads("3 courses fit you by their rules")
    await losa.reads(re.compile("You cannot apply yourself: a host in Japan does"))
    await losa.reads(re.compile("Somebody has to be the first"))
    await losa.follow("Take the one-page letter to your professor or teacher")
    await losa.reads("Dear Professor,")
    assert time.monotonic() - began < TWO_MINUTES_S
    assert await losa.barriers() == []
