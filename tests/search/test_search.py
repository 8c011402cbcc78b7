"""Searching everything: what is found, by whom, and that nothing hidden is found by anybody."""

from time import process_time
from typing import Any

import httpx
import pytest

from ssc.search.marking import excerpt, marked, words_of
from tests.cast import Cast


async def found(browser: httpx.AsyncClient, q: str, **more: Any) -> list[tuple[str, str]]:
    answer = (await browser.get("/api/v1/search", params={"q": q, **more})).raise_for_status().json()
    return [(item["kind"], item["title"]) for item in answer["items"]]


async def test_visitors_find_public_things_and_members_people_too(cast: Cast) -> None:
    suda = await cast.member("Suda Lotusova", headline="Optics")
    await cast.member("Hida Lotus", visibility={"name": "me"})
    await cast.minor("Mina Lotus")
    await cast.exchange("E-1", [suda], title="The lotus of Chiba")
    async with cast.visitor() as visitor, await cast.browser(suda) as member:
        public = [("programmes", "LOTUS Programme (India and Japan)"), ("exchanges", "The lotus of Chiba")]
        assert await found(visitor, "lotus") == public
        assert await found(visitor, "lotus", kind="exchanges") == public[1:]
        assert await found(member, "lotus") == [public[0], ("people", "Suda Lotusova"), public[1]]
        assert await found(member, "optics", kind="people") == [("people", "Suda Lotusova")]
        assert await found(visitor, "optics") == await found(visitor, "zzzz") == await found(visitor, "") == []
        refused = await visitor.get("/api/v1/search?q=lotus&kind=people")
        page = (await visitor.get("/search?q=LOTUS")).text
        theirs = (await member.get("/search?q=lotus")).text
    assert (refused.status_code, [e["pointer"] for e in refused.json()["errors"]]) == (422, ["/kind"])
    assert "The <mark>lotus</mark> of Chiba" in page and "Lotusova" not in page
    assert "Suda <mark>Lotus</mark>ova" in theirs and "Hida" not in theirs and "Mina" not in theirs


async def test_an_events_audience_is_the_searchs_too(cast: Cast) -> None:
    staff, member = await cast.staff(), await cast.member("Anan Suda")
    when = {"starts_at": "2027-05-01T04:00:00Z", "ends_at": "2027-05-01T06:00:00Z", "time_zone": "Asia/Bangkok"}
    async with await cast.browser(staff) as desk, await cast.browser(member) as browser, cast.visitor() as visitor:
        for title, audience in (("Orchid open", "public"), ("Orchid members", "members"), ("Orchid draft", "public")):
            body = {"title": title, "country": "TH", "audience": audience, **when}
            slug = (await desk.post("/api/v1/events", json=body)).raise_for_status().json()["slug"]
            if "draft" not in title:
                assert (await desk.post(f"/api/v1/events/{slug}/publish", json={})).status_code == 200
        assert await found(visitor, "orchid") == [("events", "Orchid open")]
        assert {title for _kind, title in await found(browser, "orchid")} == {"Orchid open", "Orchid members"}


async def test_odd_words_neither_fail_nor_run(cast: Cast) -> None:
    """(cases 41, 50, 51)"""
    async with cast.visitor() as browser:
        assert await found(browser, "%") == [("programmes", "Sakura Science Exchange Program")], "99% is written there"
        for odd in ("_", "\\", "'; DROP TABLE member; --", "a & | !b:*", "{{7*7}}", "[" * 200, "上海 ﾊﾝｶｸ"):
            assert await found(browser, odd) == []
            assert (await browser.get("/search", params={"q": odd})).status_code == 200
        page = (await browser.get("/search", params={"q": "<script>alert(1)</script>"})).text
        assert "<script>alert" not in page
        assert (await browser.get("/api/v1/search", params={"q": "x" * 201})).status_code == 422
        assert (await browser.get("/search", params={"q": "\x00"})).status_code == 422


@pytest.mark.parametrize(
    ("source", "asked", "expected"),
    [
        ("Nguyễn Văn", "nguyen", "<mark>Nguyễn</mark> Văn"),
        ("東京大学で学ぶ", "東京大学", "<mark>東京大学</mark>で学ぶ"),
        ("a <b> & a", "a", "<mark>a</mark> &lt;b&gt; &amp; <mark>a</mark>"),
        ("science sciences", "science sciences", "<mark>science</mark> <mark>sciences</mark>"),
        ("nothing", "zz", "nothing"),
    ],
)
def test_words_are_marked_where_they_stand(source: str, asked: str, expected: str) -> None:
    assert marked(source, words_of(asked)) == expected


def test_an_excerpt_is_the_part_around_the_first_word() -> None:
    shown = excerpt("before " * 100 + "needle" + " after" * 100, words_of("needle"))
    assert shown.startswith("… before ") and shown.endswith(" …") and "<mark>needle</mark>" in shown
    japanese = excerpt("前" * 300 + "針" + "後" * 300, words_of("針"))  # where no space says where a word begins
    assert japanese.startswith("… 前") and "<mark>針</mark>" in japanese
    assert len(shown) < 400


@pytest.mark.parametrize("asked", ["a e i o u t n", "thé", "noon"])
def test_the_part_of_a_long_text_is_found_at_once(asked: str) -> None:
    """Any visitor may look for one letter, and gets fifty hits: all others would wait for as many long texts."""
    source = "a tea garden in Kyoto and a walk at noon, banana alas " * 900 + "Thé "
    began = process_time()
    shown = excerpt(source, words_of(asked))
    assert process_time() - began < 0.5
    assert "<mark>" in shown
    assert len(shown) < 4000


def test_brackets_without_end_are_passed_at_once() -> None:
    began = process_time()
    assert str(excerpt("[" * 50_000 + " tea", words_of("tea"))).endswith("[ <mark>tea</mark>")
    assert process_time() - began < 0.5


def test_an_excerpt_shows_no_markdown() -> None:
    assert excerpt("## Title\n\n- **bold** [link](https://a.example)\n1. one", []) == "Title bold link one"
