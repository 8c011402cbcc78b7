"""What is the same for every visitor is rendered once, and never shown to the wrong person."""

import io
import json

import httpx
import pytest

from tests.cast import Cast


async def test_a_visitor_gets_the_kept_page_and_a_304_when_she_knows_it(cast: Cast) -> None:
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        first = await browser.get("/")
        again = await browser.get("/")
        known = await browser.get("/", headers={"If-None-Match": first.headers["etag"]})
        head = await browser.head("/")
    assert again.content == first.content
    assert (known.status_code, known.content) == (304, b"")
    assert (head.status_code, head.content) == (200, b"")
    assert "ssc-keep" not in first.headers
    assert first.headers["cache-control"] == "public, max-age=0, must-revalidate"


async def test_each_language_is_kept_for_itself(cast: Cast) -> None:
    async with cast.visitor() as browser:
        english = await browser.get("/", headers={"Accept-Language": "en"})
        japanese = await browser.get("/", headers={"Accept-Language": "ja"})
    assert english.headers["content-language"] == "en"
    assert japanese.headers["content-language"] == "ja"
    assert english.headers["etag"] != japanese.headers["etag"]


async def test_a_member_never_gets_the_visitors_page_nor_leaves_hers_on_the_shelf(cast: Cast) -> None:
    suda = await cast.member("Suda Chaiyaporn")
    async with cast.visitor() as browser:
        before = await browser.get("/")
    async with await cast.browser(suda) as hers:
        mine = await hers.get("/")
    async with cast.visitor() as browser:
        after = await browser.get("/")
    assert "Suda Chaiyaporn" in mine.text
    assert mine.headers["cache-control"] == "private, no-store"
    assert after.content == before.content


@pytest.mark.parametrize("through_the_front", [True, False])
async def test_a_kept_answer_is_the_same_whichever_way_it_comes(cast: Cast, through_the_front: bool) -> None:
    await cast.running.shelf.heard()
    plain = {} if through_the_front else {"Cookie": "ssc_language=en"}
    async with cast.visitor() as browser:
        made = await browser.get("/")
        kept = await browser.get("/", headers=plain)
        known = await browser.get("/", headers=plain | {"If-None-Match": made.headers["etag"]})
        weak = await browser.get("/", headers=plain | {"If-None-Match": f'"other", W/{made.headers["etag"]}'})
        other = await browser.get("/", headers=plain | {"If-None-Match": '"other"'})
    assert (kept.content, other.content) == (made.content, made.content)
    assert [a.status_code for a in (kept, known, weak, other)] == [200, 304, 304, 200]
    assert _names(kept) == _names(made)
    assert _names(known) == _names(made) - {"content-length"}
    assert len({a.headers["x-request-id"] for a in (made, kept, known)}) == 3


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Authorization": "Bearer nonsense"}, 303),
        ({"Content-Type": "multipart/form-data; charset=utf-7"}, 400),
    ],
)
async def test_what_the_guard_refuses_it_refuses_when_the_page_is_kept(
    cast: Cast, headers: dict[str, str], status: int
) -> None:
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        first = [(await browser.get("/")).status_code for _ in range(2)]
        refused = await browser.get("/", headers=headers)
    assert first == [200, 200]
    assert refused.status_code == status


async def test_a_kept_page_is_counted_under_its_route(cast: Cast, access_lines: io.StringIO) -> None:
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        for _ in range(2):
            await browser.get("/")
        await browser.head("/")
    said = [json.loads(line) for line in access_lines.getvalue().splitlines()]
    assert [(line["method"], line["route"], line["status"]) for line in said] == [
        ("GET", "/", 200),
        ("GET", "/", 200),
        ("HEAD", "/", 200),
    ]
    assert len({line["request"] for line in said}) == 3


def _names(answer: httpx.Response) -> set[str]:
    return set(answer.headers)
