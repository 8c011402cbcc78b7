"""Somebody who has never been here looks around."""

import re

from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person


async def test_a_visitor_reads_home_in_either_language(arrive: Arrive) -> None:
    visitor = await arrive()
    await visitor.visit("/")
    await visitor.reads_heading("One week in Japan. A network for life.")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    await visitor.page.get_by_role("button", name="日本語").click()
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "ja")
    await visitor.reads_heading(re.compile("日本での一週間"))
    await visitor.page.get_by_role("button", name="English").click()
    await visitor.reads_heading("One week in Japan. A network for life.")
    reader = await arrive(locale="ja-JP")
    await reader.visit("/")
    await reader.reads_heading(re.compile("日本での一週間"))


async def test_an_address_that_leads_nowhere_says_where_to_go_on(arrive: Arrive) -> None:
    visitor = await arrive()
    await visitor.visit("/nowhere", status=404)
    await visitor.reads_heading("There is nothing here")
    await visitor.page.locator("main").get_by_role("link").first.click()
    await visitor.reads_heading("One week in Japan. A network for life.")


async def test_every_public_page_is_found_with_the_keyboard_alone(arrive: Arrive) -> None:
    visitor = await arrive()
    await visitor.visit("/")
    await visitor.page.keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name="Skip to content")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.locator("main")).to_be_focused()
    await visitor.page.goto(visitor.club.address)
    for path in await paths_in_order(visitor):
        await walk_to(visitor, path)
        await visitor.page.keyboard.press("Enter")
        await expect(visitor.page).to_have_url(re.compile(re.escape(path) + "$"))
        await expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)
        await visitor.page.goto(visitor.club.address)  # going back knows where one was on the page


async def paths_in_order(visitor: Person) -> list[str]:
    links = await visitor.page.locator("header a, main a, footer a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return list(dict.fromkeys(links))


async def walk_to(visitor: Person, path: str) -> None:
    """Tabs from the top until the link has the focus, which must be seen at each stop."""
    await visitor.page.evaluate("document.activeElement.blur()")
    for _stop in range(60):
        await visitor.page.keyboard.press("Tab")
        at, shown, outline = await visitor.page.evaluate(
            "() => { const here = document.activeElement, style = getComputedStyle(here);"
            " return [here.getAttribute('href'), here.outerHTML.slice(0, 120),"
            " style.outlineStyle + ' ' + style.boxShadow] }"
        )
        assert outline != "none none", f"nothing shows that {shown} has the focus"
        if at == path:
            return
    raise AssertionError(f"{path} is not reached with the keyboard")
