"""Stories in feed readers."""

import json
from xml.etree import ElementTree

import pytest

from tests.cast import Cast
from tests.stories.tales import published

pytestmark = pytest.mark.anyio

ATOM = "{http://www.w3.org/2005/Atom}"


async def test_feeds_hold_public_stories_whole_in_one_language_or_all_and_lose_what_is_taken_down(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    anan = await cast.member("Anan Author")
    english = await published(cast, anan, editor, title="Robots & <roses>", body="A [link](/exchanges) and *more*.")
    japanese = await published(cast, anan, editor, title="桜", lang="ja", body="たのしかったです。")
    visitor = cast.visitor()

    async def titles(query: str = "") -> list[str]:
        answer = await visitor.get(f"/stories/feed.atom{query}")
        assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answer.content)
        return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]

    assert await titles() == ["桜", "Robots & <roses>"]
    assert await titles("?lang=ja") == ["桜"]
    items = json.loads((await visitor.get("/api/v1/stories/feed.json")).content)["items"]
    assert [item["url"] for item in items] == [f"http://localhost:8000/stories/{s}" for s in (japanese, english)]
    assert items[1]["content_html"] == (
        '<p>A <a href="/exchanges" rel="nofollow ugc noopener">link</a> and <em>more</em>.</p>\n'
    )
    first = await visitor.get("/stories/feed.atom")
    assert (
        await visitor.get("/stories/feed.atom", headers={"If-None-Match": first.headers["etag"]})
    ).status_code == 304
    assert (await editor.post(f"/api/v1/stories/{japanese}/withdraw")).status_code == 200
    assert await titles() == ["Robots & <roses>"]
    assert [item["title"] for item in (await visitor.get("/stories/feed.json")).json()["items"]] == ["Robots & <roses>"]
