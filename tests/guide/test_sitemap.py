"""Reach: the sitemap, the addresses of each language, and what a first visit costs."""

import re
from xml.etree import ElementTree

import httpx

from ssc.places import countries
from tests.cast import Cast
from tests.statements import count_statements

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ADDRESSES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
LARGEST = 60_000
FINDER = "/programmes/finder?country=TH&status=graduate&age=24&field=Energy&been_to_japan=false"


async def paths(browser: httpx.AsyncClient) -> list[str]:
    root = ElementTree.fromstring((await browser.get("/sitemap.xml")).text)
    found = [loc.text or "" for loc in root.findall("s:url/s:loc", NAMES)]
    assert all(one.startswith("http://localhost:8000/") for one in found)
    return [one.removeprefix("http://localhost:8000") for one in found]


async def test_every_address_of_the_sitemap_answers_and_says_which_it_is(cast: Cast) -> None:
    await cast.exchange("E 1/ü", [await cast.member("Anan Suda")])
    async with cast.visitor() as browser:
        found = await paths(browser)
        assert (
            len(found) == len(set(found))
            and "/programmes/finder?hl=ja" in found
            and "/exchanges/E%201%2F%C3%BC" in found
        )
        for path in found:
            if "exchanges/" in path:
                continue  # a code with a slash has no page of its own
            answer = await browser.get(path)
            assert answer.status_code == 200, path
            if path.endswith("hl=ja"):
                assert '<html lang="ja">' in answer.text, path
        canonical = (await browser.get("/programmes/lotus?hl=ja")).text
        robots = (await browser.get("/robots.txt")).text
    assert '<link rel="canonical" href="http://localhost:8000/programmes/lotus?hl=ja">' in canonical
    assert 'hreflang="en" href="http://localhost:8000/programmes/lotus?hl=en"' in canonical
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


async def test_a_language_of_the_address_is_nobody_elses(cast: Cast) -> None:
    """(case 60)"""
    async with cast.visitor() as browser:
        for asked, spoken in (("", "en"), ("?hl=ja", "ja"), ("", "en"), ("?hl=xx", "en"), ("?hl=ja&hl=en", "ja")):
            for _again in range(2):
                assert f'<html lang="{spoken}">' in (await browser.get(f"/about{asked}")).text


async def test_a_first_visit_to_any_page_of_the_guide_costs_less_than_sixty_kilobytes(cast: Cast) -> None:
    """What a browser fetches to show the page: itself, its style and its first script, as they go over the wire."""
    await cast.running.shelf.heard()
    people = [await cast.member(f"Somebody {code}", country=code) for code in sorted(countries.CODES)[:40]]
    await cast.exchange("E-1", people, fields=["Energy"])
    async with cast.visitor(**{"accept-encoding": "gzip"}) as browser:
        for path in ("/", "/programmes", "/programmes/finder", "/programmes/ssp", "/figures", "/about", FINDER):
            page = await browser.get(path)
            total = int(page.headers["content-length"])
            for address in set(ADDRESSES.findall(page.text)):
                if address.endswith((".css", ".js")):
                    total += int((await browser.get(address)).headers["content-length"])
            assert total < LARGEST, (path, total)
            assert "http://" not in re.sub(r'"http://localhost:8000[^"]*"', "", page.text.partition("<main")[0]), path


async def test_a_visitors_page_asks_few_questions_once_and_none_again(cast: Cast) -> None:
    asked = {
        "/": 3,
        "/programmes": 1,
        "/programmes/lotus": 1,
        "/programmes/finder": 1,
        "/programmes/finder?country=TH&age=20": 5,
        "/programmes/finder/letter?country=TH": 3,
        "/figures": 4,
        "/about": 1,
        "/contact": 0,
    }
    found: dict[str, int] = {}
    seen: list[str] = []
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        count_statements(cast.running.database, seen)
        for path in asked:
            seen.clear()
            assert (await browser.get(path)).status_code == 200
            found[path] = len(seen)
            seen.clear()
            if path != "/contact":  # a form, which is nobody's for long
                await browser.get(path)
                assert seen == [], path
    assert found == asked
