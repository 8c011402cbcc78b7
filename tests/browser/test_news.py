"""An editor writes a bilingual item and an issue of the magazine; another is at it too; nothing typed is lost."""

import re

from playwright.async_api import expect

from tests.browser.conftest import NARROW, Arrive


async def test_what_an_editor_types_is_kept_shown_beside_and_found_again(arrive: Arrive) -> None:
    editor = await arrive()
    await editor.slip_in("staff@demo.example")
    await editor.visit("/news/letters-of-the-club/edit")
    await editor.page.get_by_role("textbox", name="Text", exact=True).fill("# Soon\n\nTyped *now*.")
    await expect(editor.page.locator("[data-part=look] h2")).to_have_text("Soon")
    await editor.reads(re.compile("What you typed is kept"))
    await editor.visit("/news/letters-of-the-club/edit")
    await editor.reads("Here is what you typed and had not saved")
    await editor.press("Save")
    await editor.reads("It is saved.")
    visitor = await arrive(size=NARROW)
    await visitor.visit("/news/letters-of-the-club")
    await visitor.reads_heading("How the club writes to you, and how you stop it")
    await visitor.reads("Typed now.")
    assert await visitor.barriers() == []
    await editor.visit("/desk/newsletters")
    await editor.follow("From the club, this month", within="main")
    await editor.reads(re.compile("It goes to"))
    assert await editor.barriers() == []
