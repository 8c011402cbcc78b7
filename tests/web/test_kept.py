"""What is the same for every visitor is rendered once, and never shown to the wrong person."""

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.core.shelf import Shelf
from ssc.web.guard import Guard
from ssc.web.kept import KEEP, Front, Keeping
from tests.cast import BASE, Cast
from tests.conftest import AccessLines


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
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        english, japanese = [
            [await browser.get("/", headers={"Accept-Language": code}) for _ in range(2)][1] for code in ("en", "ja")
        ]
    assert english.headers["content-language"] == "en"
    assert japanese.headers["content-language"] == "ja"
    assert english.headers["etag"] != japanese.headers["etag"]


async def test_a_member_never_gets_the_visitors_page_nor_leaves_hers_on_the_shelf(cast: Cast) -> None:
    suda = await cast.member("Suda Chaiyaporn")
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        before = await browser.get("/")
    async with await cast.browser(suda) as hers:
        mine = await hers.get("/")
    async with cast.visitor() as browser:
        after = await browser.get("/")
    assert "Suda Chaiyaporn" in mine.text
    assert mine.headers["cache-control"] == "private, no-store"
    assert after.content == before.content


async def test_a_page_is_made_once_and_anew_after_its_topic_was_forgotten(settings: Settings, running: Process) -> None:
    """And another person's question is never answered from the shelf."""
    made = 0

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal made
        made += 1
        headers = [(b"content-type", b"text/plain"), (KEEP, b"news home")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": f"made {made}".encode()})

    def shelf() -> Shelf:
        return running.shelf

    await running.shelf.heard()
    app = Front(Guard(Keeping(page, settings, shelf), settings), settings, shelf)
    told = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE) as browser:
        for forgotten in ([], [], ["stories"], ["news"], ["home"]):
            running.shelf.forget(forgotten)
            told.append((await browser.get("/")).text)
        told.append((await browser.get("/", headers={"Cookie": f"{settings.session_cookie}=anything"})).text)
        told.append((await browser.get("/", headers={"Authorization": "Bearer anything"})).text)
        told.append((await browser.get("/?page=2")).text)
        told.append((await browser.get("/")).text)
    assert told == ["made 1", "made 1", "made 1", "made 2", "made 3", "made 4", "made 5", "made 6", "made 3"]


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
    assert _names(known) == _names(made) - {"content-length", "content-encoding"}
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


async def test_a_kept_page_is_counted_under_its_route(cast: Cast, access_lines: AccessLines) -> None:
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        for _ in range(2):
            await browser.get("/")
        await browser.head("/")
    assert access_lines.answers == [("GET", "/", 200), ("GET", "/", 200), ("HEAD", "/", 200)]
    assert len({entry["request"] for entry in access_lines.entries}) == 3


def _names(answer: httpx.Response) -> set[str]:
    return set(answer.headers)


@pytest.mark.parametrize("through_the_front", [True, False])
async def test_a_kept_page_is_packed_for_who_takes_it_and_whole_for_who_does_not(
    cast: Cast, through_the_front: bool
) -> None:
    """(case 60) The one never gets the other's octets; a tag of either is known."""
    await cast.running.shelf.heard()
    cookie = {} if through_the_front else {"cookie": "other=1"}
    async with cast.visitor(**cookie) as browser:
        for _again in range(2):
            packed = await browser.get("/about", headers={"accept-encoding": "br, gzip;q=0.8"})
            for refused in ("identity", "gzip;q=0, *", "gzip; q=0.0"):
                whole = await browser.get("/about", headers={"accept-encoding": refused})
                assert "content-encoding" not in whole.headers
                assert int(whole.headers["content-length"]) == len(whole.content)
            assert packed.headers["content-encoding"] == "gzip" and packed.content == whole.content
            assert int(packed.headers["content-length"]) < len(whole.content) / 2
            assert packed.headers["vary"] == whole.headers["vary"] == "Cookie, Accept-Language, Accept-Encoding"
            for tag in (packed.headers["etag"], whole.headers["etag"]):
                assert (await browser.get("/about", headers={"if-none-match": tag})).status_code == 304


async def test_a_page_written_for_a_visitors_question_is_packed_too_and_a_members_is_not(cast: Cast) -> None:
    """(case 60) By the size of a page with words of her own, and with a stranger's, somebody could guess them."""
    takes = {"accept-encoding": "gzip"}
    async with cast.visitor() as visitor, await cast.browser(await cast.member("Mai Member")) as hers:
        packed = await visitor.get("/search?q=tea", headers=takes)
        whole = await visitor.get("/search?q=tea", headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip" and packed.content == whole.content
        assert int(packed.headers["content-length"]) < len(whole.content) / 2
        assert packed.headers["vary"] == "Cookie, Accept-Language, Accept-Encoding"
        assert "content-encoding" not in (await hers.get("/search?q=tea", headers=takes)).headers
        missing = await visitor.get("/nowhere", headers={**takes, "accept": "text/html"})
        assert (missing.status_code, missing.headers["content-encoding"]) == (404, "gzip")
        head = await visitor.head("/search?q=tea", headers=takes)
        assert "content-encoding" not in head.headers and head.content == b""
