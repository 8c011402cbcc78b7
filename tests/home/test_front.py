"""The front of the club: what goes on, for visitors and for members, and nothing where nothing does."""

from typing import Any

from tests.cast import Cast

WHEN = {"starts_at": "2027-05-01T04:00:00Z", "ends_at": "2027-05-01T06:00:00Z", "time_zone": "Asia/Bangkok"}


async def published(desk: Any, **body: Any) -> None:
    slug = (await desk.post("/api/v1/events", json={"country": "TH", **WHEN, **body})).raise_for_status().json()["slug"]
    assert (await desk.post(f"/api/v1/events/{slug}/publish", json={})).status_code == 200


async def test_an_empty_club_has_no_empty_headings_and_leads_to_the_finder(cast: Cast) -> None:
    async with cast.visitor() as browser:
        page = (await browser.get("/")).text
    assert "Next reunions" not in page and "Members&#39; voice" not in page.partition("<main")[2]
    assert 'href="/programmes/finder"' in page and 'href="/figures"' in page


async def test_what_is_published_is_on_the_front_at_once_and_only_for_whom_it_is(cast: Cast) -> None:
    editor = await cast.holder("Ed Itor", "editor", "staff", country="JP")
    member = await cast.member("Anan Suda")
    async with cast.visitor() as visitor, await cast.browser(editor) as desk, await cast.browser(member) as browser:
        assert "Jakarta" not in (await visitor.get("/")).text
        await published(desk, title="Jakarta: science for the islands", audience="public")
        await published(desk, title="Members only", audience="members")
        item = {"title": "Spring call", "body": "It opens.", "lang": "en", "kind": "news"}
        slug = (await desk.post("/api/v1/news", json=item)).raise_for_status().json()["slug"]
        assert (await desk.post(f"/api/v1/news/{slug}/publish", json={})).status_code == 200
        public, own = (await visitor.get("/")).text, (await browser.get("/")).text
    assert "Jakarta: science for the islands" in public and "Spring call" in public and "Members only" not in public
    assert "Members only" in own and "Spring call" in own


async def test_a_member_sees_on_her_own_front_what_she_answered_to_the_next_event(cast: Cast) -> None:
    editor = await cast.holder("Ed Itor", "editor", "staff", country="JP")
    member, other = await cast.member("Anan Suda"), await cast.member("Bui Other")
    async with await cast.browser(editor) as desk, await cast.browser(member) as hers, await cast.browser(other) as his:
        await published(desk, title="Jakarta", audience="public")
        assert "You are going" not in (await hers.get("/")).text
        assert (await hers.put("/api/v1/events/jakarta/rsvp", json={"status": "going"})).status_code in (200, 201)
        assert "You are going" in (await hers.get("/")).text and "You are going" not in (await his.get("/")).text
