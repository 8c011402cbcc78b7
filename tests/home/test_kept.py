"""What is the same for every visitor is rendered once, and never shown to the wrong person."""

import httpx
from starlette.types import Receive, Scope, Send

from ssc.core.config import Settings
from ssc.web.kept import KEEP, Kept, Shelf
from tests.cast import BASE, Cast


async def test_a_visitor_gets_the_kept_page_and_a_304_when_she_knows_it(cast: Cast) -> None:
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


async def test_a_page_is_rendered_anew_after_its_topic_was_forgotten(settings: Settings) -> None:
    rendered = 0
    shelf = Shelf()

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal rendered
        rendered += 1
        headers = [(b"content-type", b"text/plain"), (KEEP, b"news")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": f"rendered {rendered}".encode()})

    transport = httpx.ASGITransport(app=Kept(page, settings, shelf))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as browser:
        told = [(await browser.get("/")).text for _ in range(2)]
        shelf.forget("stories")
        told.append((await browser.get("/")).text)
        shelf.forget("news")
        told.append((await browser.get("/")).text)
        own = await browser.get("/", headers={"Cookie": f"{settings.session_cookie}=anything"})
    assert told == ["rendered 1", "rendered 1", "rendered 1", "rendered 2"]
    assert own.text == "rendered 3"
