"""What everybody reads of stories: lists, filters, pages; and what no side door gives away."""

import io
import json
import re
from datetime import timedelta

import pytest
from PIL import Image

from ssc.core import clock
from ssc.core.i18n import speaking
from ssc.people.models import Suspension
from tests.cast import Cast
from tests.stories.tales import begun, published, slugs

pytestmark = pytest.mark.anyio


async def test_a_published_story_is_read_by_everybody_and_found_by_all_that_it_is_about(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    anan, bui = await cast.member("Anan Author", country="TH"), await cast.member("Bui Author", country="VN")
    await cast.exchange("SSP-1", [anan], host="Chiba University", fields=["Robotics"], fiscal_year=2023)
    await cast.exchange("SSP-2", [bui], host="Osaka University", programme="ssp-b", fiscal_year=2024)
    prompts = {"role": "It **decided** my field.", "message": "Go."}
    first = await published(cast, anan, editor, exchange="SSP-1", prompts=prompts, affiliation="Chula")
    second = await published(
        cast, bui, editor, title="桜と半導体", body="とても楽しかったです。", lang="ja", exchange="SSP-2"
    )
    visitor = cast.visitor()
    assert await slugs(visitor) == [second, first]
    for query, found in (
        ({"country": "th"}, [first]),
        ({"field": "robotics"}, [first]),
        ({"programme": "ssp-b"}, [second]),
        ({"fiscal_year": 2023}, [first]),
        ({"host": "Osaka University"}, [second]),
        ({"lang": "ja"}, [second]),
        ({"lang": "ja", "country": "TH"}, []),
        ({"no_such": "parameter"}, [second, first]),
    ):
        assert await slugs(visitor, **query) == found, query
    start = (await visitor.get("/api/v1/stories", params={"limit": 1})).json()
    assert await slugs(visitor, limit=1, cursor=start["next"]) == [first]
    shown = (await visitor.get(f"/api/v1/stories/{first}")).json()
    assert shown["author"] == {"name": "Anan", "country": "TH", "affiliation": "Chula"}
    assert shown["exchange"]["code"] == "SSP-1" and shown["fields"] == ["Robotics"]
    assert shown["body"] == "I came with **one** question." and shown["prompts"] == prompts
    assert shown["html"] == (
        "<p>I came with <strong>one</strong> question.</p>\n"
        "<h2>What did the exchange do for your study or research?</h2>\n<p>It <strong>decided</strong> my field.</p>\n"
        "<h2>What would you say to those who are about to go?</h2>\n<p>Go.</p>\n"
    )
    assert not {"state", "missing_consents", "shows_profile"} & set(shown)
    page = await visitor.get(f"/stories/{first}")
    assert page.status_code == 200 and "It <strong>decided</strong> my field." in page.text
    assert f"/stories/{second}" not in page.text
    third = await published(cast, await cast.member("Chai Author", country="TH"), editor, title="Nearby")
    assert f'href="/stories/{third}"' in (await visitor.get(f"/stories/{first}")).text  # related: the same country


async def test_a_shared_address_has_a_picture_and_data_and_neither_breaks_out_of_its_place(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    title = "</script><script>alert(1)</script> 桜"
    slug = await published(cast, await cast.member("Anan Author"), editor, title=title)
    page = (await cast.visitor().get(f"/stories/{slug}")).text
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(data)
    assert (told["@type"], told["headline"], told["author"]["name"]) == ("Article", title, "Anan")
    assert f'<meta property="og:image" content="http://localhost:8000/stories/{slug}/card.png">' in page
    picture = await cast.visitor().get(f"/stories/{slug}/card.png")
    assert (picture.headers["content-type"], Image.open(io.BytesIO(picture.content)).size) == ("image/png", (1200, 630))
    assert (await editor.post(f"/api/v1/stories/{slug}/withdraw")).status_code == 200
    assert (await editor.get(f"/stories/{slug}/card.png")).status_code == 404


async def test_a_reader_who_has_the_story_already_is_not_sent_it_again(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    slug = await published(cast, await cast.member("Anan Author"), editor)
    for address in ("/api/v1/stories", f"/api/v1/stories/{slug}", "/stories", f"/stories/{slug}"):
        visitor = cast.visitor()
        first = await visitor.get(address)
        again = await visitor.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code) == (200, 304), address


async def test_what_is_not_public_is_for_its_author_and_editors_and_to_others_as_if_it_were_not(cast: Cast) -> None:
    """(case 58)"""
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    stranger, visitor = await cast.browser(await cast.member("Sam Stranger")), cast.visitor()
    author, slug = await begun(cast, await cast.member("Anan Author"))
    for client, status in ((author, 200), (editor, 200), (stranger, 404), (visitor, 404)):
        assert (await client.get(f"/api/v1/stories/{slug}")).status_code == status
        assert (await client.get(f"/stories/{slug}")).status_code == status
        assert await slugs(client) == []
    for verb in ("submit", "publish", "withdraw"):
        assert (await stranger.post(f"/api/v1/stories/{slug}/{verb}")).status_code == 404
    assert (await stranger.patch(f"/api/v1/stories/{slug}", json={"title": "Mine"})).status_code == 404


async def test_a_story_goes_with_what_its_author_may_show_and_comes_back_with_it(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    anan = await cast.member("Anan Author")
    slug = await published(cast, anan, editor)
    visitor, reader_ = cast.visitor(), await cast.member("Rita Reader")
    reader = await cast.browser(reader_)
    assert await slugs(visitor) == await slugs(reader) == [slug]
    young = {"birth_date": clock.today_in_japan() - timedelta(days=16 * 366)}
    old = {"birth_date": anan.birth_date}
    for gone, back in ((young, old), ({"deceased": True}, {"deceased": False})):
        await cast.change(anan, **gone)
        assert await slugs(visitor) == []
        assert (await visitor.get(f"/api/v1/stories/{slug}")).status_code == 404
        await cast.change(anan, **back)
        assert await slugs(visitor) == [slug]
    await cast.block(reader_, anan)
    assert (await slugs(reader), await slugs(visitor)) == ([], [slug])
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=anan.id, reason="spam"))
    assert await slugs(visitor) == []


async def test_a_profile_is_named_only_where_the_author_wants_it_and_the_reader_may_see_it(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Emi Editor", "editor", country="JP"))
    anan = await cast.member("Anan Author", visibility={"name": "members"})
    hidden = await published(cast, anan, editor)
    shown = await published(cast, anan, editor, title="Another week", shows_profile=True)
    member = await cast.browser(await cast.member("Rita Reader"))
    handles = {
        (who, slug): (await client.get(f"/api/v1/stories/{slug}")).json()["author"].get("handle")
        for who, client in (("member", member), ("visitor", cast.visitor()))
        for slug in (hidden, shown)
    }
    assert {key for key, handle in handles.items() if handle} == {("member", shown)}


async def test_odd_addresses_and_filters_are_refused_or_find_nothing(cast: Cast) -> None:
    visitor = cast.visitor()
    for query in ({"fiscal_year": "soon"}, {"limit": "0"}, {"cursor": "abc"}, {"country": "THA"}):
        assert (await visitor.get("/api/v1/stories", params=query)).status_code == 422, query
    for slug in ("nobody-wrote-this", "x" * 300, "a%00b", "%F0%9F%92%A9", "..%2f..%2fetc"):
        assert (await visitor.get(f"/api/v1/stories/{slug}")).status_code in (404, 400), slug
    assert await slugs(visitor, host="Nowhere", field="'; DROP TABLE story;--") == []
    empty = await visitor.get("/stories")
    assert empty.status_code == 200 and "No story is told yet" in empty.text
    with speaking("ja"):
        japanese = await cast.visitor(**{"accept-language": "ja"}).get("/stories")
    assert japanese.status_code == 200
