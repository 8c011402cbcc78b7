"""Tours of the club: where each kind of person gets by links, and whether she can read and use what is there."""

import fcntl
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.arriving import Arrive, arrivals
from tests.browser.club import Club
from tests.browser.crawl import Found, crawled, kind_of
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
LOCALES = {"en": "en-GB", "ja": "ja-JP"}


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


async def tour_of(chromium: Browser, club: Club, kept: Path) -> Tour:
    """Gone once for all files and workers of the run, since every club begins as the same demo; then it is `kept`."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tour = _read(kept)
        if tour is None:
            tour = Tour(await _gone(chromium, club))
            _keep(tour, kept)
    return tour


def _read(kept: Path) -> Tour | None:
    if not kept.exists():
        return None
    found = json.loads(kept.read_text(encoding="utf-8"))
    return Tour({who: {asked: Found(**page) for asked, page in pages.items()} for who, pages in found.items()})


def _keep(tour: Tour, kept: Path) -> None:
    found = {who: {asked: asdict(page) for asked, page in pages.items()} for who, pages in tour.found.items()}
    kept.write_text(json.dumps(found), encoding="utf-8")


async def _gone(chromium: Browser, club: Club) -> dict[str, dict[str, Found]]:
    async with arrivals(chromium, club) as arrive:
        return {who: await crawled(await reader(arrive, who), *starts) for who, starts in STARTS.items()}


async def reader(arrive: Arrive, who: str, **options: object) -> Person:
    person = await arrive(**options)
    if ACCOUNTS[who]:
        await person.slip_in(ACCOUNTS[who])
    return person


async def barriers_on_the_way(arrive: Arrive, tour: Tour, who: str, language: str) -> dict[str, list[str]]:
    """What keeps people from reading or using this person's pages in any look of theirs, by path."""
    person = await reader(arrive, who, locale=LOCALES[language])
    await person.speak(language)
    wrong: dict[str, list[str]] = {}
    plan = tour.plan(who)
    assert len(plan) > 1
    for path in plan:
        with person.refused(401):
            await person.page.goto(person.club.address + path)
        if found := await person.barriers_in_every_look(language):
            wrong[path] = found
    return wrong
