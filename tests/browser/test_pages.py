"""Every page: nothing on it leads nowhere, and everybody can read and use it."""

from collections import defaultdict

import pytest

from tests.browser.conftest import NARROW, WIDE, Arrive
from tests.browser.crawl import Found, crawled, kind_of, page_kinds
from tests.browser.person import Person

GALLERY = "/desk/gallery"  # whose people are invented
ACCOUNTS = {"visitor": "", "member": "member1@demo.example", "staff": "staff@demo.example"}
# Where somebody begins: home, and the pages to which not a link but an act leads.
STARTS = {
    "visitor": ("/", "/sign-in/mailed", "/password-reset/mailed", "/problems/not-found"),
    "member": ("/", "/session/fresh", "/welcome", "/welcome/profile", "/welcome/cohort"),
    "staff": ("/", "/desk", GALLERY),
}
# Read where letters lead to, or in the course of an import: in the stories of those who got there.
TOLD_ELSEWHERE = ("{token}", "/desk/roster-imports/")
LOOKS = {
    "en-wide-light": ("en", {"locale": "en-GB", "color_scheme": "light", "size": WIDE}),
    "ja-narrow-dark": ("ja", {"locale": "ja-JP", "color_scheme": "dark", "size": NARROW}),
}


async def reader(arrive: Arrive, who: str, **options: object) -> Person:
    person = await arrive(**options)
    if ACCOUNTS[who]:
        await person.slip_in(ACCOUNTS[who])
    return person


async def test_every_page_is_reached_and_no_link_leads_nowhere(arrive: Arrive) -> None:
    reached: set[str] = set()
    for who, starts in STARTS.items():
        pages = await crawled(await reader(arrive, who), *starts)
        assert dead_ends(pages, (200, 401) if who == "visitor" else (200,)) == set()
        assert {path: page.torn for path, page in pages.items() if page.torn} == {}
        assert called_the_same(pages) == {}
        reached |= {kind_of(path) for path, page in pages.items() if page.status == 200}
    assert {kind for kind in page_kinds() - reached if not any(part in kind for part in TOLD_ELSEWHERE)} == set()


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


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("who", STARTS)
async def test_every_page_can_be_read_and_used_by_everybody(arrive: Arrive, who: str, look: str) -> None:
    language, options = LOOKS[look]
    person = await reader(arrive, who, **options)
    await person.speak(language)
    wrong: dict[str, list[str]] = {}
    for path in await one_of_each_kind(arrive, person, who):
        with person.refused(401):
            await person.page.goto(person.club.address + path)
        if found := await person.barriers(language):
            wrong[path] = found
    assert wrong == {}


async def one_of_each_kind(arrive: Arrive, person: Person, who: str) -> list[str]:
    """A page of each kind that this person is the first to see; and home, which is another one for each."""
    pages = await crawled(person, *STARTS[who])
    own = {kind_of(path): path for path, page in pages.items() if page.links and page.status < 404}
    if who == "staff":
        return [path for kind, path in own.items() if kind.startswith("/desk")]
    if who == "member":
        seen = {kind_of(path) for path in await crawled(await arrive(), *STARTS["visitor"])}
        return ["/", *(path for kind, path in own.items() if kind not in seen)]
    return list(own.values())
