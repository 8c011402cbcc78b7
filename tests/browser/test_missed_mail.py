"""As a member with two browsers and a mail folder: one mail for what was missed, none for what was read in time, and
one click that stops exactly what it says."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person
from tests.browser.waiting import minutes_pass

HERS = "member3@demo.example"
OTHERS = "member4@demo.example"


async def test_one_mail_for_what_was_missed_none_for_what_was_read_and_one_click_stops_what_it_says(
    arrive: Arrive,
) -> None:
    linh, phone, bayu, mail_program = await arrive(), await arrive(size=NARROW), await arrive(), await arrive()
    for device in (linh, phone):
        await device.slip_in(HERS)
    await bayu.slip_in("member6@demo.example")
    rice, tea, maps = [await thread(bayu, title) for title in ("Rice", "Tea", "Maps")]
    await write(bayu, rice, "@member3 Did you measure it?")
    await write(bayu, rice, "@member3 And again?")
    await write(bayu, tea, "@member3 Will you come?")
    await phone.visit(f"/messages/{tea}")
    await expect(phone.page.locator(".message", has_text="Will you come?")).to_be_visible()
    await has_read(phone, tea)
    await linh.visit("/members")
    await minutes_pass(linh.club)
    letter = await linh.club.letter(HERS, "Rice")
    assert ("Did you measure it?" in letter.text, "And again?" in letter.text) == (True, True)
    assert mailed(linh) == ["Rice"]

    stops = [link for link in letter.links if "/unsubscribe/" in link]
    await mail_program.visit(stops[0])
    await mail_program.reads_heading("What should stop?")
    assert await mail_program.barriers() == []
    answer = await mail_program.context.request.post(stops[0], form={"List-Unsubscribe": "One-Click"}, max_redirects=0)
    assert (answer.status, await mail_program.context.cookies()) == (200, [])
    await linh.visit(f"/messages/{rice}")
    await expect(linh.page.locator(".message", has_text="And again?")).to_be_visible()
    await has_read(linh, rice)
    await linh.visit("/members")

    await write(bayu, rice, "@member3 You get no mail about this")
    await write(bayu, maps, "@member3 But about this")
    await minutes_pass(linh.club)
    other = await linh.club.letter(HERS, "Maps")
    assert mailed(linh) == ["Rice", "Maps"]
    await linh.visit("/notifications")
    await expect(linh.page.locator(".notice.fresh", has_text="Rice")).to_have_count(1)
    await linh.visit("/me/preferences")
    await linh.reads("What you get no more mail about")
    await linh.page.locator("#stops").get_by_role("button", name="Allow again").click()
    await linh.reads("Your preferences are saved.")

    await linh.open(other, "/messages/")
    await linh.reads_heading(re.compile("Maps"))


async def has_read(person: Person, thread_id: str) -> None:
    """The club has heard of it."""
    async with asyncio.timeout(60):
        while True:
            answer = await person.context.request.get(f"{person.club.address}/api/v1/threads/{thread_id}")
            if (await answer.json())["unread"] == 0:
                return
            await asyncio.sleep(0.05)


def mailed(person: Person) -> list[str]:
    """What letters about conversations she got."""
    return [one.subject for one in person.club.letters(HERS) if one.subject in ("Rice", "Tea", "Maps")]


async def thread(person: Person, title: str) -> str:
    members = ["member3", "member4"]
    asked = {"kind": "group", "title": title, "members": members}
    answer = await person.context.request.post(f"{person.club.address}/api/v1/threads", data=asked)
    assert answer.status == 201, await answer.text()
    made: str = (await answer.json())["id"]
    return made


async def write(person: Person, thread_id: str, body: str) -> None:
    address = f"{person.club.address}/api/v1/threads/{thread_id}/messages"
    answer = await person.context.request.post(address, data={"client_id": body[:40], "body": body})
    assert answer.status in (200, 201), await answer.text()
