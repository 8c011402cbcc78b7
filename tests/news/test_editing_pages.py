"""The editor's pages, without scripts and with what scripts call: nothing typed is lost, and side doors are shut."""

import re
from typing import Any

import httpx
import pytest

from tests.cast import Cast
from tests.news.test_feeds import jpeg
from tests.news.words import TEA, written

pytestmark = pytest.mark.anyio


async def rev_of(client: httpx.AsyncClient, address: str) -> str:
    found = re.search(r'name="rev" value="([^"]*)"', (await client.get(f"{address}/edit")).text)
    assert found is not None
    return found[1].replace("&#34;", '"')


async def test_two_editors_write_at_once_and_both_texts_are_shown(cast: Cast) -> None:
    ann = await cast.browser(await cast.holder("Ann Editor", "editor"))
    bob = await cast.browser(await cast.holder("Bob Editor", "editor"))
    made = await ann.post("/news/new", data={**TEA, "countries": ["TH"]})
    address = made.headers["location"].removesuffix("/edit")
    rev = await rev_of(ann, address)
    assert "Ann Editor is also at it." in (await bob.get(f"{address}/edit")).text
    typed: dict[str, Any] = {**TEA, "rev": rev}
    kept = await bob.post(f"{address}/typed", data={**typed, "body": "By Bob, half"})
    assert kept.json()["also"] == "Ann Editor is also at it."
    assert "By Bob, half" not in (await ann.get(f"{address}/edit")).text
    assert "By Bob, half" in (await bob.get(f"{address}/edit")).text
    assert (await ann.post(f"{address}/edit", data={**typed, "body": "By Ann"})).status_code == 303
    assert "Somebody saved another text" in (await bob.post(f"{address}/typed", data=typed)).json()["stale"]
    both = await bob.post(f"{address}/edit", data={**typed, "body": "By Bob, whole"})
    assert both.status_code == 409
    assert "<del>" in both.text
    assert "By Ann" in both.text
    assert re.search(r"<textarea[^>]*>\s*By Bob, whole</textarea>", both.text) is not None
    again = re.search(r'name="rev" value="([^"]*)"', both.text)
    assert again is not None
    forced = {**typed, "rev": again[1].replace("&#34;", '"'), "body": "By Bob, whole"}
    assert (await bob.post(f"{address}/edit", data=forced)).status_code == 303
    listed = (await ann.get(f"{address}/versions")).text
    assert (listed.count(f'href="{address}/versions/'), "Ann Editor" in listed) == (2, True)
    assert "By Ann" in (await ann.get(f"{address}/versions/2")).text
    assert (await ann.post(f"{address}/versions/2/restore")).status_code == 303
    assert (await ann.get(f"/api/v1{address}")).json()["body"] == "By Ann"


async def test_an_item_is_looked_at_scheduled_and_shown_by_a_link(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    address = f"/news/{(await written(editor))['slug']}"
    looked = await editor.post(f"{address}/edit", data={**TEA, "body": "# Not *yet*", "act": "look"})
    assert "<h2>Not <em>yet</em></h2>" in looked.text
    assert (await editor.post(f"{address}/look", data={"body": "<script>x</script>"})).text == (
        "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"
    )
    assert (await editor.get(f"/api/v1{address}")).json()["body"] == "We *met*."
    unsaid = await editor.post(f"{address}/pictures", data={"alt": ""}, files={"file": ("a.jpg", jpeg(), "image/jpeg")})
    assert (unsaid.status_code, "say in words what it shows" in unsaid.text) == (422, True)
    files = {"file": ("a.svg", b"<svg onload='x'/>", "image/svg+xml")}
    assert (await editor.post(f"{address}/pictures", data={"alt": "X"}, files=files)).status_code == 422
    past = await editor.post(f"{address}/publish", data={"at": "2020-01-01T09:00"})
    assert (past.status_code, "This time has passed." in past.text) == (422, True)
    assert (await editor.post(f"{address}/publish", data={"at": "2099-01-01T09:00"})).status_code == 303
    assert "2099-01-01T00:00:00Z" in (await editor.get(f"{address}/edit")).text
    link = (await editor.post(f"{address}/links")).headers["location"].partition("link=")[2]
    assert "We <em>met</em>." in (await cast.visitor().get(f"/news-preview/{link}")).text
    await editor.post(f"{address}/links/end")
    assert (await cast.visitor().get(f"/news-preview/{link}")).status_code == 404
    assert "Tea in Kyoto" in (await editor.get("/desk/news")).text


async def test_every_side_door_asks_who_comes(cast: Cast) -> None:
    """A member who wrote it, an editor, another member, a visitor: at each address of an unpublished item."""
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    host, other = (
        await cast.browser(await cast.member("Hana Host")),
        await cast.browser(await cast.member("Olga Other")),
    )
    slug = (await written(host, kind="opportunity"))["slug"]
    visitor = cast.visitor()
    for path in ("", "/edit", "/versions", "/versions/1"):
        answers = [await one.get(f"/news/{slug}{path}") for one in (host, editor, other, visitor)]
        assert [one.status_code for one in answers] == [200, 200, 404, 303 if path else 404], path
    for path in ("/edit", "/typed", "/look", "/links", "/pictures", "/versions/1/restore", "/publish", "/withdraw"):
        statuses = [(await one.post(f"/news/{slug}{path}")).status_code for one in (other, visitor)]
        assert statuses == [404, 401], path
    assert (await host.post(f"/news/{slug}/submit")).status_code == 303
    assert (await host.get(f"/news/{slug}/edit")).status_code == 403
    returned = await editor.post(f"/news/{slug}/return", data={"note": "Until when?"})
    assert returned.status_code == 303
    assert "Until when?" in (await host.get(f"/news/{slug}/edit")).text


async def test_editors_say_on_a_page_which_kinds_need_two(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    await editor.post("/desk/news/kinds", data={"needs_second": ["notice", "opportunity"]})
    await editor.post("/desk/news/kinds", data={"needs_second": ["notice"]})
    held = {one["kind"] for one in (await editor.get("/api/v1/news-kinds")).json() if one["needs_second"]}
    assert held == {"notice"}


@pytest.mark.parametrize("rev", ["²", "9" * 5000, "99999999999", "-1", "r0"])
async def test_a_revision_that_is_none_breaks_nothing(cast: Cast, rev: str) -> None:
    ann = await cast.browser(await cast.holder("Ann Editor", "editor"))
    slug = (await written(ann))["slug"]
    kept = await ann.post(f"/news/{slug}/typed", data={"rev": rev, "body": "Half a sentence"})
    assert kept.status_code == 200
    assert (await ann.get(f"/news/{slug}/edit")).status_code == 200
