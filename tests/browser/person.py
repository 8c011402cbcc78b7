"""A person at a browser of her own: what she does there, and everything that goes wrong on the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize, expect

from tests.browser.club import Club
from tests.cast import Sent

PASSWORD = "sakura-demo-2026"
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=320, height=640)

# The language of the page, one title on it, and nothing wider than the window.
_BARRIERS = """language => {
    const found = [], root = document.documentElement;
    if (root.lang !== language) found.push(`the page says it is in ${root.lang}`);
    const titles = document.querySelectorAll("h1").length;
    if (titles !== 1) found.push(`${titles} titles`);
    if (root.scrollWidth > root.clientWidth) {
        const wide = [...document.querySelectorAll("body *")].filter(
            element => element.getBoundingClientRect().right > root.clientWidth + 1);
        found.push(`wider than the window: ${wide.slice(-2).map(each => each.outerHTML.slice(0, 99)).join(" | ")}`);
    }
    return found;
}"""


# What axe examines, and how a complaint reads.
_RULES: dict[str, object] = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_COLOURS: dict[str, object] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# The same answer as ever to the same words of a colour, which axe asks thousands of times: a fifth of its time.
_REMEMBER_COLOURS = """
(() => {
    const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
    colour.parseString = function (words) {
        if (!known.has(words)) {
            read.call(this, words);
            known.set(words, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
        }
        return Object.assign(this, known.get(words));
    };
})()"""
_EXAMINE = """async rules => {
    document.querySelectorAll(".manual article ~ article").forEach(alike => alike.remove());
    const results = await axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false });
    return results.violations.flatMap(
        broken => broken.nodes.map(node => `${broken.id}: ${node.html.slice(0, 160)} ${node.any.map(
            one => one.message + one.relatedNodes.map(other => other.html.slice(0, 80))).join()}`));
}"""


_AWAKE = """() => !document.querySelector("script[src*='/js/app.js']")
    || document.documentElement.matches(".scripted") && !document.querySelector(":not(:defined)")"""


class Person:
    """One browser context with one page. `faults` must stay empty: the fixture looks at the end of the story."""

    def __init__(self, club: Club, context: BrowserContext, page: Page, scripts: bool = True) -> None:
        self.club = club
        self.scripts = scripts
        self.context = context
        self.page = page
        self.faults: list[str] = []
        self._refusals: set[int] = set()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        context.on("request", self._see_request)
        context.on("requestfailed", self._see_failure)
        context.on("response", self._see_response)

    async def visit(self, path: str, status: int = 200) -> None:
        """Goes to an address of the club (or a link from a letter), which must answer with this status."""
        with self.refused(status):
            answer = await self.page.goto(urljoin(self.club.address, path))
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        await self.awake()

    async def awake(self) -> None:
        """Waits until the page's scripts have taken hold of what is on it: they come after it has loaded."""
        if self.scripts:
            await self.page.wait_for_function(_AWAKE)

    @contextmanager
    def refused(self, *statuses: int) -> Iterator[None]:
        """Within this block the club may refuse with these; anything else of 400 and above stays a fault."""
        self._refusals |= set(statuses)
        try:
            yield
        finally:
            self._refusals -= set(statuses)

    async def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """By the form, as everybody does."""
        await self.visit("/sign-in")
        await self.fill("Email", email)
        await self.fill("Password", password)
        await self.press("Sign in")
        await expect(self.page).not_to_have_url(re.compile("/sign-in"))

    async def slip_in(self, email: str, password: str = PASSWORD) -> None:
        """Signs in by the API: for stories that are about something else."""
        answer = await self.context.request.post(
            f"{self.club.address}/api/v1/session", data={"email": email, "password": password}
        )
        assert answer.status == 201, await answer.text()

    async def open(self, letter: Sent, containing: str, status: int = 200) -> None:
        """Follows the letter's link."""
        await self.visit(next(link for link in letter.links if containing in link), status)

    async def fill(self, label: str, value: str) -> None:
        await self.page.get_by_label(label, exact=True).fill(value)

    async def choose(self, label: str, option: str) -> None:
        await self.awake()
        await self.page.get_by_label(label, exact=True).select_option(label=option)

    async def check(self, label: str) -> None:
        await self.awake()
        await self.page.get_by_label(label).check()

    async def press(self, name: str, within: str = "main", refused: int = 422) -> None:
        """Presses a button. What it sends may be refused with this status, and no other."""
        await self.awake()
        with self.refused(refused):
            await self.page.locator(within).get_by_role("button", name=name, exact=True).click()
            await self.page.wait_for_load_state()

    async def menu(self, name: str) -> None:
        """Opens the account's menu and chooses from it."""
        sheet = self.page.locator("header .menu.account")
        await sheet.locator("summary").click()
        await (
            sheet.get_by_role("link", name=name, exact=True)
            .or_(sheet.get_by_role("button", name=name, exact=True))
            .click()
        )

    async def follow(self, name: str, within: str = "body") -> None:
        await self.page.locator(within).get_by_role("link", name=name, exact=True).click()

    async def reads(self, text: str | re.Pattern[str], within: str = "main") -> None:
        await expect(self.page.locator(within).get_by_text(text).first).to_be_visible()

    async def reads_heading(self, text: str | re.Pattern[str]) -> None:
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    async def is_told(self, label: str, error: str | re.Pattern[str]) -> None:
        """The field itself is described by the error, for the eye and the ear."""
        pattern = re.compile(re.escape(error)) if isinstance(error, str) else error
        await expect(self.page.get_by_label(label, exact=True)).to_have_accessible_description(pattern)
        await expect(self.page.locator(".error").filter(has_text=pattern).first).to_be_visible()

    async def speak(self, language: str) -> None:
        """Chooses the language of the pages, as its button does."""
        await self.context.request.post(f"{self.club.address}/language", form={"language": language})

    async def barriers(self, language: str = "en") -> list[str]:
        """What on the page at hand keeps somebody from reading or using it, as it looks now."""
        await self.page.wait_for_load_state()
        return [*await self.page.evaluate(_BARRIERS, language), *await self._examined(_RULES)]

    async def barriers_in_every_look(self, language: str = "en") -> list[str]:
        """In wide windows and narrow ones, by day and by night, which changes nothing but colours (test_face).

        Another language changes the words alone, not the marks nor the colours: its looks are measured, and one of
        them is examined.
        """
        await self.page.wait_for_load_state()
        found: list[str] = []
        for size in (NARROW, WIDE):
            await self.page.set_viewport_size(size)
            found += [f"{size['width']} px: {one}" for one in await self.page.evaluate(_BARRIERS, language)]
        for size in (WIDE, NARROW) if language == "en" else (NARROW,):
            await self.page.set_viewport_size(size)
            await self.page.emulate_media(color_scheme="light")
            by_day = await self._examined(_RULES)
            found += [f"{size['width']} px: {one}" for one in by_day]
            if language == "en":
                await self.page.emulate_media(color_scheme="dark")
                by_night = await self._examined(_COLOURS)
                found += [f"{size['width']} px, dark: {one}" for one in by_night if one not in by_day]
        return found

    async def _examined(self, rules: dict[str, object]) -> list[str]:
        """Of the calls in the API's manual, which are hundreds and alike, each section's first is examined:
        axe takes a minute to walk past the others.
        """
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(f"{AXE_SCRIPT};{_REMEMBER_COLOURS}")
        found: list[str] = await self.page.evaluate(_EXAMINE, rules)
        return found

    def _hear(self, message: ConsoleMessage) -> None:
        refusal = re.search(r"status of (\d{3})", message.text)
        if message.type == "error" and not (refusal and int(refusal[1]) in self._refusals):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.club.address + "/", "data:", "blob:")):
            self.faults.append(f"{self.page.url} asks {request.url}")

    def _see_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page was left before all of it had come
            self.faults.append(f"{request.url} failed: {request.failure}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._refusals:
            self.faults.append(f"{self.page.url}: {response.url} answered {response.status}")
