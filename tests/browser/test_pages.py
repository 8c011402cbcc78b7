"""Every page: nothing on it leads nowhere, and none is forgotten by those who look whether it can be used."""

from collections import defaultdict

import pytest

from tests.browser.conftest import Arrive
from tests.browser.crawl import Found, kind_of, page_kinds
from tests.browser.tours import GALLERY, STARTS, Tour

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
async def test_the_page_of_who_is_offline_can_be_read(arrive: Arrive, language: str) -> None:
    person = await arrive()
    await person.visit(f"/offline/{language}")
    assert await person.barriers_in_every_look(language) == []
