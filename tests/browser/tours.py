"""Tours of the club: where each kind of person gets by links, and whether she can read and use what is there."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
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


async def tour_of(chromium: Browser, club: Club, folder: Path) -> Tour:
    """Gone once for all files and workers of the run, since every club begins as the same demo; kept in `folder`.

    Workers that come at the same time share the way: each goes for a person for whom none has gone.
    """
    for who in STARTS:
        with _turn(folder / f"tour-{who}", fcntl.LOCK_EX | fcntl.LOCK_NB) as kept:
            if kept is not None and not kept.exists():
                async with arrivals(chromium, club) as arrive:
                    _keep(await crawled(await reader(arrive, who), *STARTS[who]), kept)
    found = {}
    for who in STARTS:
        with _turn(folder / f"tour-{who}", fcntl.LOCK_EX) as kept:
            assert kept is not None
            found[who] = _read(kept)
    return Tour(found)


@contextmanager
def _turn(tour: Path, how: int) -> Iterator[Path | None]:
    """Where the tour is kept, for whose turn it is."""
    with tour.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, how)
        except BlockingIOError:
            yield None
        else:
            yield tour.with_suffix(".json")


def _read(kept: Path) -> dict[str, Found]:
    return {asked: Found(**page) for asked, page in json.loads(kept.read_text(encoding="utf-8")).items()}


def _keep(pages: dict[str, Found], kept: Path) -> None:
    kept.write_text(json.dumps({asked: asdict(page) for asked, page in pages.items()}), encoding="utf-8")


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
