"""With the keyboard alone: what one is told by which channel, quiet hours, and a conversation that is muted."""

import re

from playwright.async_api import Locator, expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person

MANY = 300


async def test_choices_quiet_hours_and_muting_need_no_mouse(arrive: Arrive) -> None:
    linh = await arrive()
    await linh.slip_in("member9@demo.example")
    await linh.visit("/me/preferences")
    page = linh.page
    from_, to = page.get_by_label("Quiet from"), page.get_by_label("Quiet until")
    await reach(linh, from_)
    await page.keyboard.type("1030PM")
    await reach(linh, to)
    await page.keyboard.type("0645AM")
    typed = [await field.input_value() for field in (from_, to)]
    assert typed in (["22:30", "06:45"], ["10:30", "06:45"])  # by the clock of the browser's own language
    mention = {
        channel: page.get_by_label(f"When somebody mentions you: {channel}")
        for channel in ("App", "Mail", "Push", "Digest")
    }
    before = {channel: await box.is_checked() for channel, box in mention.items()}
    for box in (mention["Mail"], mention["Digest"]):
        await reach(linh, box)
        await page.keyboard.press("Space")
    await reach(linh, page.get_by_role("button", name="Save preferences"))
    await page.keyboard.press("Enter")
    await linh.reads("Your preferences are saved.")
    assert [await field.input_value() for field in (from_, to)] == typed
    after = {channel: await box.is_checked() for channel, box in mention.items()}
    assert after == {**before, "Mail": not before["Mail"], "Digest": not before["Digest"]}
    always = page.get_by_label("The safety of your account: Mail")
    assert (await always.is_checked(), await always.is_disabled()) == (True, True)

    thread = await a_thread(linh)
    await linh.visit(f"/messages/{thread}/settings")
    await reach(linh, page.get_by_role("button", name="Mute for a week"))
    await page.keyboard.press("Enter")
    await linh.reads(re.compile("Muted until"))
    await linh.visit("/me/preferences")
    await reach(linh, page.get_by_role("link", name="Which ones I have muted"))
    await page.keyboard.press("Enter")
    await linh.reads("Quiet talk", within="body")


async def reach(person: Person, what: Locator) -> None:
    """By Tab, as who has no mouse; what is reached is seen to be."""
    for _step in range(MANY):
        await person.page.keyboard.press("Tab")
        if await what.evaluate("element => element === document.activeElement"):
            await expect(what).to_be_in_viewport()
            outline = "element => getComputedStyle(element).outlineStyle"
            assert await what.evaluate(outline) != "none" or await what.evaluate("e => e.matches(':focus-visible')")
            return
    raise AssertionError(f"{what} is not reached with the keyboard")


async def a_thread(person: Person) -> str:
    asked = {"kind": "group", "title": "Quiet talk", "members": ["member8"]}
    answer = await person.context.request.post(f"{person.club.address}/api/v1/threads", data=asked)
    made: str = (await answer.json())["id"]
    return made


async def test_a_device_that_lives_by_another_clock_offers_its_own(arrive: Arrive) -> None:
    linh = await arrive(timezone_id="Asia/Calcutta")
    await linh.slip_in("member8@demo.example")
    await linh.visit("/me/preferences")
    offered = linh.page.get_by_role("button", name="Your device's clock: Calcutta. Use it")
    await reach(linh, offered)
    await linh.page.keyboard.press("Enter")
    await linh.press("Save preferences")
    await linh.reads("Your preferences are saved.")
    await expect(linh.page.get_by_label("Your time zone", exact=True)).to_have_value("Asia/Kolkata")
    await expect(linh.page.locator("html.scripted device-zone:defined")).to_be_attached()
    await expect(offered).to_have_count(0)
