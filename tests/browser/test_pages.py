"""Every page: nothing on it leads nowhere, and everybody can read and use it."""

from collections import defaultdict

import pytest

from tests.browser.conftest import NARROW, Arrive
from tests.browser.crawl import crawled, kind_of, page_kinds
from tests.browser.person import Person

# Where people begin who do not come by a link of a page: what they were told in a letter, or typed themselves.
GALLERY = "/desk/gallery"  # whose people are invented
STARTS = ("/", "/desk", GALLERY)
READERS = {"visitor": "", "member": "member1@demo.example", "staff": "staff@demo.example"}
# Read where letters lead to: in the stories of those who got them.
MAILED = "{token}"


async def reader(arrive: Arrive, who: str, **options: object) -> Person:
    person = await arrive(**options)
    if READERS[who]:
        await person.slip_in(READERS[who])
    return person


def starts(who: str) -> tuple[str, ...]:
    return STARTS if who == "staff" else STARTS[:1]


@pytest.mark.parametrize("who", READERS)
async def test_no_link_leads_nowhere_and_no_two_pages_are_called_the_same(arrive: Arrive, who: str) -> None:
    pages = await crawled(await reader(arrive, who), *starts(who))
    allowed = (200, 401) if who == "visitor" else (200,)
    wrong = {path for path, page in pages.items() if page.status not in allowed}
    assert {(at, to) for at, page in pages.items() if at != GALLERY for to in wrong & {*page.links} - {at}} == set()
    assert {path: page.torn for path, page in pages.items() if page.torn} == {}
    called: dict[str, set[str]] = defaultdict(set)
    for page in pages.values():
        if page.status == 200 and page.title:
            called[page.title].add(kind_of(page.path))
    assert {title: kinds for title, kinds in called.items() if len(kinds) > 1} == {}


async def test_every_page_is_reached_by_links_or_letters(arrive: Arrive) -> None:
    reached: set[str] = set()
    for who in READERS:
        pages = await crawled(await reader(arrive, who), *starts(who))
        reached |= {kind_of(path) for path, page in pages.items() if page.status == 200}
    assert {kind for kind in page_kinds() - reached if MAILED not in kind} == set()


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize(("language", "scheme", "narrow"), [("en", "light", False), ("ja", "dark", True)])
async def test_every_page_can_be_read_and_used_by_everybody(
    arrive: Arrive, who: str, language: str, scheme: str, narrow: bool
) -> None:
    size = NARROW if narrow else None
    person = await reader(arrive, who, locale={"en": "en-GB", "ja": "ja-JP"}[language], color_scheme=scheme, size=size)
    await person.speak(language)
    one_of_each = {kind_of(path): path for path, page in (await crawled(person, *starts(who))).items() if page.links}
    wrong: dict[str, object] = {}
    for path in one_of_each.values():
        with person.refused(401):
            await person.page.goto(person.club.address + path)
        if found := await person.barriers(language):
            wrong[path] = found
    assert wrong == {}
