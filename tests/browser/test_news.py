"""An editor writes a bilingual item and an issue of the magazine; another is at it too; nothing typed is lost."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree import ElementTree

from playwright.async_api import Route, expect

from ssc.core import clock
from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person

ATOM = "{http://www.w3.org/2005/Atom}"


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


async def test_what_was_typed_before_the_script_came_is_kept_too(arrive: Arrive) -> None:
    """On a slow line the page is there first."""
    editor = await arrive()
    await editor.slip_in("staff@demo.example")
    released = asyncio.Event()

    async def later(route: Route) -> None:
        await released.wait()
        await route.continue_()

    await editor.page.route("**/writing-desk*.js", later)
    await editor.page.goto(f"{editor.club.address}/news/the-club-is-open/edit", wait_until="commit")
    await editor.page.get_by_role("textbox", name="Text", exact=True).fill("# Early\n\nTyped *soon*.")
    released.set()
    await expect(editor.page.locator("[data-part=look] h2")).to_have_text("Early")
    await editor.reads(re.compile("What you typed is kept"))


@dataclass(frozen=True)
class Heard:
    """An entry as a feed reader takes it: what it is known by must never change, or it is shown as new."""

    id: str
    title: str
    lang: str
    html: str
    updated: datetime


async def heard(reader: Person, language: str) -> dict[str, Heard]:
    """Title → entry of the feed that the list of news names, in this language."""
    await reader.visit(f"/news?lang={language}")
    named = reader.page.locator('head link[rel=alternate][type="application/atom+xml"]').first
    answer = await reader.context.request.get(reader.club.address + str(await named.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = ElementTree.fromstring(await answer.body())
    found = {}
    for entry in feed.iter(f"{ATOM}entry"):
        told = {child.tag.removeprefix(ATOM): child.text or "" for child in entry}
        lang = entry.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        found[told["title"]] = Heard(
            told["id"], told["title"], lang, told["content"], datetime.fromisoformat(told["updated"])
        )
    return found


async def test_an_editor_writes_schedules_and_corrects_an_item_in_two_languages_and_a_feed_reader_hears_it(
    arrive: Arrive,
) -> None:
    editor, reader = await arrive(), await arrive(size=NARROW)
    await editor.slip_in("staff@demo.example")
    await editor.visit("/news/new")
    await editor.fill("Title", "The call of spring opens")
    await editor.page.get_by_role("textbox", name="Text", exact=True).fill("It opens in **April**.")
    await editor.press("Keep as a draft")
    await editor.follow("Write it in another language", within="main")
    await editor.reads("It opens in **April**.")
    await editor.fill("Title", "春の募集が始まります")
    await editor.page.locator("main").get_by_label("Language", exact=True).select_option("ja")
    await editor.page.get_by_role("textbox", name="Text", exact=True).fill("**四月**に始まります。")
    await editor.press("Keep as a draft")
    await editor.follow("The call of spring opens", within="main")

    await editor.reads("春の募集が始まります")
    tomorrow = (clock.now() + timedelta(days=1)).astimezone(clock.JAPAN)
    await editor.page.locator("#publish-at").fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    await editor.press("Publish")
    await editor.reads(re.compile("It appears"))
    assert "The call of spring opens" not in await heard(reader, "en")
    await reader.visit("/news/the-call-of-spring-opens", status=404)

    await editor.press("Do not publish it")
    await editor.press("Publish")
    await editor.follow("春の募集が始まります", within="main")
    await editor.press("Publish")
    english, japanese = await heard(reader, "en"), await heard(reader, "ja")
    first = english["The call of spring opens"]
    assert first.html == "<p>It opens in <strong>April</strong>.</p>\n" and first.lang == "en"
    assert japanese["春の募集が始まります"].lang == "ja" and "春の募集が始まります" not in english

    await editor.visit("/news/the-call-of-spring-opens/edit")
    await editor.page.get_by_role("textbox", name="Text", exact=True).fill("It opens in **May**.")
    await editor.press("Save")
    await editor.reads("It is saved.")
    again = (await heard(reader, "en"))["The call of spring opens"]
    assert (again.id, "May" in again.html, again.updated > first.updated) == (first.id, True, True)
    await reader.visit("/news/the-call-of-spring-opens")
    await reader.reads("It opens in May.")
    await reader.follow("Japanese", within="main")
    await reader.reads_heading("春の募集が始まります")
    assert await reader.barriers() == []
