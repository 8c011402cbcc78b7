"""Reach: what a first visit costs over the wire, that nobody else is asked for anything, and how pages print."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.club import Club
from tests.browser.conftest import Arrive
from tests.browser.person import Person

BUDGET = 60_000
FOUND = "/programmes/finder?country=KE&status=undergraduate&age=21&field=Energy&been_to_japan=false"
PLAIN = (
    "/",
    "/news",
    "/stories",
    "/programmes",
    "/programmes/ssp",
    "/programmes/ssp-a",
    "/programmes/forums",
    "/programmes/finder",
    FOUND,
    f"{FOUND.replace('finder?', 'finder/letter?')}",
    "/events",
    "/exchanges",
    "/figures",
    "/about",
    "/contact",
    "/search",
    "/search?q=Japan",
    "/members",
    "/privacy",
    "/terms",
    "/join",
    "/sign-in",
)


@pytest.fixture(scope="module")
def records(club: Club) -> list[str]:
    """One page of each kind of record that is public."""
    with httpx.Client(base_url=f"{club.address}/api/v1") as client:
        kinds = {"news": "slug", "stories": "slug", "events": "slug", "exchanges": "code"}
        return [f"/{kind}/{client.get(f'/{kind}').json()['items'][0][key]}" for kind, key in kinds.items()]


@pytest.fixture
async def wire(arrive: Arrive) -> AsyncIterator["Wire"]:
    yield Wire(await arrive())


class Wire:
    """What comes over the wire to one person's browser, as Chromium itself counts it: heads and packed bodies."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._sizes: dict[str, int] = {}
        self._addresses: dict[str, str] = {}

    async def first_visit(self, path: str) -> dict[str, int]:
        """Address → octets, with nothing kept from before. Uploaded pictures are left out."""
        session = await self.person.context.new_cdp_session(self.person.page)
        session.on("Network.requestWillBeSent", lambda told: self._asked(told))
        session.on("Network.loadingFinished", lambda told: self._came(told))
        await session.send("Network.enable")
        await session.send("Network.clearBrowserCache")
        self._sizes, self._addresses = {}, {}
        await self.person.page.goto(self.person.club.address + path, wait_until="networkidle")
        await session.detach()
        return self._sizes

    def _asked(self, told: dict[str, dict[str, str]]) -> None:
        self._addresses[str(told["requestId"])] = told["request"]["url"]

    def _came(self, told: dict[str, float]) -> None:
        address = urlsplit(self._addresses.get(str(told["requestId"]), ""))
        if address.scheme.startswith("http") and not address.path.startswith("/files/"):
            self._sizes[address.path] = self._sizes.get(address.path, 0) + int(told["encodedDataLength"])


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_first_visit_to_any_public_page_costs_at_most_sixty_kilobytes(
    wire: Wire, records: list[str], language: str
) -> None:
    await wire.person.speak(language)
    dear: dict[str, dict[str, int]] = {}
    for path in (*PLAIN, *records):
        sizes = await wire.first_visit(path)
        assert any(one.endswith("/css/app.css") for one in sizes), path
        if sum(sizes.values()) > BUDGET:
            dear[path] = {"all": sum(sizes.values()), **dict(sorted(sizes.items(), key=lambda pair: -pair[1])[:6])}
    assert dear == {}


async def test_on_paper_a_page_is_its_words(arrive: Arrive, records: list[str]) -> None:
    """Menu, buttons and forms stay on the screen; nothing is cut off at the edge."""
    person = await arrive()
    for path in (*(one for one in records if "exchanges" not in one), "/programmes/ssp-a", "/figures"):
        await person.visit(path)
        await person.page.emulate_media(media="print")
        for hidden in ("nav.bar-nav", ".bar-end", "footer.foot", ".skip"):
            for each in await person.page.locator(hidden).all():
                await expect(each).to_be_hidden()
        await expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        assert await person.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        await person.page.emulate_media(media="screen")


async def test_a_table_is_a_table_for_the_ear_also_where_it_is_drawn_as_cards(arrive: Arrive) -> None:
    person = await arrive(size={"width": 320, "height": 640})
    await person.visit("/figures")
    session = await person.context.new_cdp_session(person.page)
    nodes = (await session.send("Accessibility.getFullAXTree"))["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    tables = await person.page.locator("table:visible").count()
    assert roles.count("table") == tables > 0
    assert {"row", "columnheader", "rowheader", "cell"} <= set(roles)


# How high the bar is, by how much the menu's line is too long, and what stands in the line and under "More".
_MENU = """() => {
    const nav = document.querySelector(".bar-nav"), shown = (each) => each.checkVisibility();
    const words = (link) => link.firstChild.data.trim();
    const line = [...nav.querySelectorAll(":scope > ul > li")].filter(shown);
    const beyond = line.at(-1).getBoundingClientRect().right - nav.getBoundingClientRect().right;
    const more = [...nav.querySelectorAll(".more-of-menu ul a")].filter(shown).map(words);
    return {
        high: document.querySelector(".bar").offsetHeight,
        beyond: Math.ceil(beyond),
        line: line.filter((each) => !each.matches(".stays")).map((each) => words(each.querySelector("a"))),
        more,
    };
}"""


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("email", ["", "member1@demo.example", "staff@demo.example"])
async def test_the_main_menu_stands_in_one_line_and_the_rest_of_it_is_under_more(
    arrive: Arrive, email: str, language: str
) -> None:
    person = await arrive(java_script_enabled=False)
    if email:
        await person.slip_in(email)
    await person.speak(language)
    for width in (1920, 1440, 1280, 1100, 970):
        await person.page.set_viewport_size({"width": width, "height": 900})
        await person.visit("/stories")
        if await (summary := person.page.locator(".more-of-menu summary")).is_visible():
            await summary.click()
        menu = await person.page.evaluate(_MENU)
        known = await person.page.locator(".more-of-menu ul a").all_text_contents()
        assert menu["beyond"] <= 0 and menu["high"] < 80, (width, menu)
        assert len(menu["line"]) >= (4 if width == 1280 else 2), (width, menu)
        assert [*menu["line"], *menu["more"]] == known, width
