"""Feeds: as their standards have them; conditional reads; and pictures by the page's own permission."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from PIL import Image

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.news.models import NewsItem
from ssc.writing import actions as writing
from tests.cast import Cast
from tests.news.words import published, written

pytestmark = pytest.mark.anyio

A = "{http://www.w3.org/2005/Atom}"


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "pink").save(file, "JPEG")
    return file.getvalue()


async def with_picture(client: httpx.AsyncClient, slug: str) -> dict[str, Any]:
    files = {"file": ("tea.jpg", jpeg(), "image/jpeg")}
    answer = await client.post(f"/api/v1/news/{slug}/pictures", data={"alt": "Green tea"}, files=files)
    assert answer.status_code == 201, answer.text
    picture: dict[str, Any] = answer.json()
    await client.patch(f"/api/v1/news/{slug}", json={"body": picture["markdown"]}, headers={"If-Match": "*"})
    return picture


async def test_the_atom_feed_is_as_rfc_4287_has_it(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    await published(editor, title="A & B <c>", summary="In & out", countries=["TH"])
    await published(editor, title="お知らせ", lang="ja", kind="notice")
    answer = await cast.visitor().get("/news/feed.atom?lang=en")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(A + name)) == 1
    links = {link.get("rel"): link.get("href") for link in feed.findall(A + "link")}
    assert links == {
        "self": "http://localhost:8000/news/feed.atom?lang=en",
        "alternate": "http://localhost:8000/news?lang=en",
    }
    (entry,) = feed.findall(A + "entry")
    assert entry.findtext(A + "title") == "A & B <c>"
    assert (entry.findtext(A + "id") or "").startswith("urn:uuid:")
    assert entry.findtext(A + "summary") == "In & out"
    assert entry.findtext(A + "content") == "<p>We <em>met</em>.</p>\n"
    for instant in ("published", "updated"):
        datetime.strptime(entry.findtext(A + instant) or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    base = await cast.visitor().get("/api/v1/news/feed.atom?lang=en")
    assert base.content == answer.content
    notices = ET.fromstring((await cast.visitor().get("/news/feed.atom?kind=notice")).content)
    assert [entry.findtext(A + "title") for entry in notices.findall(A + "entry")] == ["お知らせ"]


async def test_the_json_feed_is_version_1_1(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    shown = await published(editor)
    await with_picture(editor, shown["slug"])
    answer = await cast.visitor().get("/news/feed.json")
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    assert (feed["version"], feed["feed_url"]) == (
        "https://jsonfeed.org/version/1.1",
        "http://localhost:8000/news/feed.json",
    )
    (item,) = feed["items"]
    assert set(item) == {
        "id", "url", "title", "language", "content_html", "authors", "date_published", "date_modified", "tags",
    }  # fmt: skip
    assert item["url"] == f"http://localhost:8000/news/{shown['slug']}"
    assert 'src="http://localhost:8000/files/news/' in item["content_html"]


@pytest.mark.parametrize(
    "address", ["/news", "/news/tea-in-kyoto", "/news/feed.atom", "/api/v1/news", "/api/v1/news/tea-in-kyoto"]
)
async def test_what_a_visitor_has_is_not_sent_again_until_it_changes(
    cast: Cast, running: Process, address: str
) -> None:
    editor, visitor = await cast.browser(await cast.holder("Ed Editor", "editor")), cast.visitor()
    await running.shelf.heard()
    await published(editor)
    first = await visitor.get(address)
    known = {"If-None-Match": first.headers["etag"]}
    assert first.headers["cache-control"].startswith("public")
    assert (await visitor.get(address, headers=known)).status_code == 304
    since = {"If-Modified-Since": first.headers["last-modified"]}
    assert (await visitor.get(address, headers=since)).status_code == 304
    item = "/api/v1/news/tea-in-kyoto"
    with clock.shifted(timedelta(hours=1)):
        await editor.patch(item, json={"title": "Tea"}, headers={"If-Match": "*"})
        again = await visitor.get(address, headers=known)
        assert (again.status_code, again.headers["etag"] != known["If-None-Match"]) == (200, True)
        assert (await visitor.get(address, headers=since)).status_code == 200
    assert "no-store" in (await editor.get(address)).headers["cache-control"] or "feed" in address


async def test_a_picture_is_there_for_who_may_read_a_text_that_shows_it(cast: Cast, session: Session) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    host = await cast.browser(await cast.member("Hana Host"))
    other, visitor = await cast.browser(await cast.member("Olga Other")), cast.visitor()
    slug = (await written(host, kind="opportunity"))["slug"]
    refused = await host.post(
        f"/api/v1/news/{slug}/pictures", data={"alt": " "}, files={"file": ("a.jpg", jpeg(), "image/jpeg")}
    )
    assert refused.status_code == 422
    picture = await with_picture(host, slug)
    small = picture["url"].replace("1600", "480")
    html = (await host.get(f"/api/v1/news/{slug}")).json()["html"]
    assert f'<img src="{picture["url"]}"' in html
    assert 'alt="Green tea"' in html

    async def statuses(query: str = "") -> list[int]:
        return [(await one.get(small + query)).status_code for one in (host, editor, other, visitor)]

    assert await statuses() == [200, 200, 404, 404]
    item = await session.get_one(NewsItem, await id_of(session, slug))
    token = await writing.make_preview(session, item.writing_id, item.author_id or item.id)
    elsewhere = await session.get_one(NewsItem, await id_of(session, (await written(editor))["slug"]))
    foreign = await writing.make_preview(session, elsewhere.writing_id, elsewhere.author_id or item.id)
    await session.commit()
    assert await statuses(f"?preview={token}") == [200] * 4
    assert await statuses(f"?preview={foreign}") == [200, 200, 404, 404]
    looked = await visitor.get(f"/news-preview/{token}")
    assert f"{picture['url']}?preview={token}" in looked.text
    assert (looked.headers["cache-control"], looked.headers["x-robots-tag"]) == ("private, no-store", "noindex")
    assert (await visitor.get("/news-preview/nobodys")).status_code == 404
    with clock.shifted(timedelta(days=8)):
        assert (await visitor.get(f"/news-preview/{token}")).status_code == 410
        assert (await visitor.get(f"{small}?preview={token}")).status_code == 404
    await editor.post(f"/api/v1/news/{slug}/publish", json={})
    assert await statuses() == [200] * 4
    await editor.post(f"/api/v1/news/{slug}/withdraw")
    assert await statuses() == [200, 200, 404, 404]


async def id_of(session: Session, slug: str) -> Any:
    rows = await session.rows("SELECT id FROM news_item WHERE slug = %(slug)s", {"slug": slug})
    return rows[0].id
