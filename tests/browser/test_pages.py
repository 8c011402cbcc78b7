"""Every page: nothing on it leads nowhere, and everybody can read and use it."""

from collections import defaultdict
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser

from tests.browser.club import Club
from tests.browser.conftest import Arrive, arrivals
from tests.browser.crawl import Found, crawled, kind_of, page_kinds
from tests.browser.person import Person

LETTER = "/programmes/finder/letter?country=TH&status=undergraduate&age=21"
GALLERY = "/desk/gallery"  # whose people are invented
ACCOUNTS = {
    "visitor": "",
    "member": "member1@demo.example",
    "coordinator": "coordinator.in@demo.example",
    "staff": "staff@demo.example",
}
# Where somebody begins: home, and the pages to which not a link but an act leads.
STARTS = {
    "visitor": ("/", "/sign-in/mailed", "/password-reset/mailed", "/problems/not-found", LETTER),
    "member": ("/", "/session/fresh", "/welcome", "/welcome/profile", "/welcome/cohort", "/report/thanks"),
    "coordinator": ("/", "/events", "/events/new"),
    "staff": ("/", "/desk", GALLERY),
}
# Read where letters lead to, or in the course of an import, a report, an evening: in the stories of who got there.
TOLD_ELSEWHERE: tuple[str, ...] = (
    "{token}",
    "/desk/roster-imports/",
    "/desk/reports/",
    "/decisions/",
    "/messages/{thread_id}/report",
)
TOLD_ELSEWHERE += ("/events/{slug}/ticket", "/events/{slug}/survey", "/events/{slug}/quote", "/verify/", "/offline/")
TOLD_ELSEWHERE += ("/events/{slug}/photos", "/news/{slug}/photos")
TOLD_ELSEWHERE += ("/album/captions", "/me/exchanges/{code}", "/me/secretaries")


@dataclass(frozen=True)
class Tour:
    """What each finds by links from where she begins, by path."""

    found: dict[str, dict[str, Found]]

    def plan(self, who: str) -> list[str]:
        """A page of each kind that this person is the first to see; and home, which is another one for each."""
        own = {kind_of(path): path for path, page in self.found[who].items() if page.links and page.status < 404}
        before = list(STARTS)[: list(STARTS).index(who)]
        seen = {kind_of(path) for one in before for path, page in self.found[one].items() if page.status < 404}
        return ["/", *(path for kind, path in own.items() if kind not in seen and path != "/")]


@pytest.fixture(scope="module")
async def tour(chromium: Browser, club: Club) -> Tour:
    async with arrivals(chromium, club) as arrive:
        return Tour({who: await crawled(await reader(arrive, who), *starts) for who, starts in STARTS.items()})


async def reader(arrive: Arrive, who: str, **options: object) -> Person:
    person = await arrive(**options)
    if ACCOUNTS[who]:
        await person.slip_in(ACCOUNTS[who])
    return person


async def test_every_page_is_reached_and_no_link_leads_nowhere(tour: Tour) -> None:
    for who, pages in tour.found.items():
        assert dead_ends(pages, (200, 401) if who == "visitor" else (200,)) == set()
        assert {path: page.torn for path, page in pages.items() if page.torn} == {}
        assert called_the_same(pages) == {}


async def test_no_page_is_forgotten(tour: Tour) -> None:
    """Each one is examined below, or where a story gets to it."""
    examined = {kind_of(path) for who in STARTS for path in tour.plan(who) if tour.found[who][path].status == 200}
    told = {kind for kind in page_kinds() if any(part in kind for part in TOLD_ELSEWHERE)}
    assert page_kinds() - examined - told == set()


def dead_ends(pages: dict[str, Found], good: tuple[int, ...]) -> set[tuple[str, str]]:
    """Links to what is not there: (page, link)."""
    wrong = {path for path, page in pages.items() if page.status not in good}
    return {(at, to) for at, page in pages.items() if at != GALLERY for to in wrong & {*page.links} - {at}}


def called_the_same(pages: dict[str, Found]) -> dict[str, set[str]]:
    """Titles that pages of different kinds share."""
    kinds = defaultdict(set)
    for page in pages.values():
        if page.status == 200 and page.title:
            kinds[page.title].add(kind_of(page.path))
    return {title: those for title, those in kinds.items() if len(those) > 1}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("who", STARTS)
async def test_every_page_can_be_read_and_used_by_everybody(
    arrive: Arrive, tour: Tour, who: str, language: str
) -> None:
    person = await reader(arrive, who, locale={"en": "en-GB", "ja": "ja-JP"}[language])
    await person.speak(language)
    wrong: dict[str, list[str]] = {}
    for path in tour.plan(who):
        with person.refused(401):
            await person.page.goto(person.club.address + path)
        if found := await person.barriers_in_every_look(language):
            wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_page_of_who_is_offline_can_be_read(arrive: Arrive, language: str) -> None:
    person = await arrive()
    await person.visit(f"/offline/{language}")
    assert await person.barriers_in_every_look(language) == []
