"""The guide's pages: what a visitor reads, and from where she goes on."""

from html import unescape
from pathlib import Path

from ssc.core import i18n
from ssc.guide import texts
from ssc.guide.queries import entries
from tests.cast import Cast


async def test_the_finder_answers_on_a_page_with_an_address_to_share(cast: Cast) -> None:
    thai = await cast.member("Anan Suda")
    await cast.exchange("E-1", [thai], host="Chiba University", fields=["Energy"])
    async with cast.visitor() as browser:
        blank = (await browser.get("/programmes/finder")).text
        page = await browser.get("/programmes/finder?country=TH&status=graduate&age=24&been_to_japan=false")
        wrong = await browser.get("/programmes/finder?age=300")
    assert "How one gets in" in blank and "Fits you" not in blank
    assert "4 courses fit you by their rules" in page.text and "Chiba University" in page.text
    assert "/programmes/finder/letter?country=TH&amp;status=graduate&amp;age=24&amp;been_to_japan=false" in page.text
    assert wrong.status_code == 422 and "It must be 120 or less." in wrong.text


async def test_where_nothing_fits_other_ways_are_named(cast: Cast) -> None:
    async with cast.visitor() as browser:
        page = (await browser.get("/programmes/finder?country=JP&status=graduate&age=24")).text
    assert "No course fits you by its rules" in page and "https://www.studyinjapan.go.jp/en/" in page


async def test_who_comes_from_where_nobody_came_is_shown_hosts_of_her_field(cast: Cast) -> None:
    await cast.exchange("E-1", [await cast.member("Anan Suda")], host="Chiba University", fields=["Energy"])
    async with cast.visitor() as browser:
        page = (await browser.get("/programmes/finder?country=FJ&field=energy&status=graduate")).text
    assert "Somebody has to be the first" in page and "Chiba University" in page


async def test_the_letter_is_in_english_and_japanese_and_names_what_fits(cast: Cast) -> None:
    async with cast.visitor() as browser:
        page = (await browser.get("/programmes/finder/letter?country=IN&status=graduate&field=<b>&age=25")).text
        astray = await browser.get("/programmes/finder/letter?age=x")
    assert "Dear Professor," in page and "先生へ" in page and "国・地域：インド" in page
    assert "&lt;b&gt;" in page and "Course D" in page and "Supporters Program" not in page
    assert astray.headers["location"] == "/programmes/finder"


async def test_every_page_of_the_guide_stands_in_both_languages_and_is_kept_for_visitors(cast: Cast) -> None:
    for language in ("en", "ja"):
        async with cast.visitor(**{"accept-language": language}) as browser:
            for slug in texts.slugs():
                address = "/about" if slug == "about" else f"/programmes/{slug}"
                page = await browser.get(address)
                assert page.status_code == 200, slug
                assert texts.released(slug, language).summary in unescape(page.text)
                assert page.headers["cache-control"].startswith("public")
                again = await browser.get(address, headers={"if-none-match": page.headers["etag"]})
                assert (again.status_code, again.content) == (304, b"")


def test_the_texts_of_all_languages_are_of_the_same_pages() -> None:
    folder = Path(entries.__file__).parents[4] / "frontend" / "guide"
    assert sorted(path.stem for path in folder.glob("*.toml")) == sorted(texts.languages()) == ["en", "ja"]
    assert texts.languages()[0] == i18n.SOURCE
    english = {slug: texts.released(slug, "en") for slug in texts.slugs()}
    for slug, page in english.items():
        other = texts.released(slug, "ja")
        assert other != page and not other.summary.isascii(), slug
        assert bool(other.how) == bool(page.how) and other.body.count("## ") == page.body.count("## "), slug
