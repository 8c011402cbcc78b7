"""From a draft to what everybody reads, and back: who may do it, and who sees what meanwhile."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.core.config import Settings
from ssc.core.errors import Problem
from ssc.news import actions, jobs, queries, reports
from ssc.news.forms import ChangeBody
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from tests.cast import Cast
from tests.news.words import TEA, published, written

pytestmark = pytest.mark.anyio


async def test_an_item_goes_from_draft_to_published_to_withdrawn(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    visitor = cast.visitor()
    draft = await written(editor, countries=["JP", "TH", "JP"], summary="In short")
    address = f"/api/v1/news/{draft['slug']}"
    assert draft == {
        "slug": "tea-in-kyoto",
        "kind": "news",
        "status": "draft",
        "lang": "en",
        "translations": [],
        "title": "Tea in Kyoto",
        "summary": "In short",
        "countries": ["JP", "TH"],
        "pinned": False,
        "closes_on": None,
        "published_at": None,
        "updated_at": draft["updated_at"],
        "author_name": "Ed Editor",
        "body": "We *met*.",
        "html": "<p>We <em>met</em>.</p>\n",
    }
    assert (await visitor.get(address)).status_code == 404
    assert (await visitor.get("/news/tea-in-kyoto")).status_code == 404
    shown = (await editor.post(f"{address}/publish", json={})).json()
    assert (shown["status"], shown["published_at"] is not None) == ("published", True)
    assert (await visitor.get(address)).json() == shown
    assert "<em>met</em>" in (await visitor.get("/news/tea-in-kyoto")).text
    listed = (await visitor.get("/api/v1/news")).json()
    assert listed == {"items": [{k: v for k, v in shown.items() if k not in ("body", "html")}], "next": None}
    assert (await editor.post(f"{address}/publish")).status_code == 409
    assert (await editor.post(f"{address}/withdraw")).json()["status"] == "withdrawn"
    for gone in (address, "/news/tea-in-kyoto"):
        assert (await visitor.get(gone)).status_code == 404
    assert (await visitor.get("/api/v1/news")).json()["items"] == []
    assert "tea-in-kyoto" not in (await visitor.get("/news/feed.atom")).text
    assert (await editor.post(f"{address}/withdraw")).status_code == 409


async def test_what_is_scheduled_appears_by_the_clock_and_members_are_told_once(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor", country="JP"))
    thai = await cast.browser(await cast.member("Thida Thai", country="TH"))
    await cast.member("Ken Kenyan", country="KE")
    slug = (await written(editor, countries=["TH"]))["slug"]
    soon = clock.now() + timedelta(hours=1)
    for at in (soon + timedelta(hours=1), soon):  # put off, and brought forward again
        answer = await editor.post(f"/api/v1/news/{slug}/publish", json={"at": at.isoformat()})
        assert answer.json()["status"] == "scheduled"
    assert answer.json()["scheduled_for"][:16] == soon.isoformat()[:16]
    visitor = cast.visitor()
    assert (await visitor.get(f"/api/v1/news/{slug}")).status_code == 404
    with clock.shifted(timedelta(hours=1, seconds=1)):
        assert (await visitor.get(f"/api/v1/news/{slug}")).status_code == 200
    late = await editor.post(
        f"/api/v1/news/{slug}/publish", json={"at": (clock.now() - timedelta(hours=1)).isoformat()}
    )
    assert [error["pointer"] for error in late.json()["errors"]] == ["/at"]
    await editor.post(f"/api/v1/news/{slug}/publish", json={})
    await cast.run_jobs()
    told = (await thai.get("/api/v1/notifications")).json()["items"]
    assert [(one["text"], one["url"]) for one in told] == [("News for your country: Tea in Kyoto", f"/news/{slug}")]
    await editor.post(f"/api/v1/news/{slug}/withdraw")
    await editor.post(f"/api/v1/news/{slug}/publish", json={})
    await cast.run_jobs()
    assert [one["count"] for one in (await thai.get("/api/v1/notifications")).json()["items"]] == [1]


async def test_members_hand_in_opportunities_and_editors_decide(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    host, other = (
        await cast.browser(await cast.member("Hana Host")),
        await cast.browser(await cast.member("Olga Other")),
    )
    minor = await cast.browser(await cast.minor())
    assert (await host.post("/api/v1/news", json=TEA)).status_code == 403
    assert (await minor.post("/api/v1/news", json={**TEA, "kind": "opportunity"})).status_code == 403
    draft = await written(host, kind="opportunity", title="A post in Sendai", pinned=True, closes_on="2099-03-31")
    address = f"/api/v1/news/{draft['slug']}"
    assert (draft["pinned"], draft["closes_on"]) == (False, "2099-03-31")
    for path in ("", "/versions"):
        assert (await other.get(address + path)).status_code == 404
    assert (await host.post(f"{address}/publish", json={})).status_code == 403
    assert (await host.post(f"{address}/submit")).json()["status"] == "waiting"
    assert (await host.patch(address, json={"title": "More"}, headers={"If-Match": "*"})).status_code == 403
    returned = await editor.post(f"{address}/return", json={"note": "Until when?"})
    assert (returned.json()["status"], returned.json()["note"]) == ("draft", "Until when?")
    told = (await host.get("/api/v1/notifications")).json()["items"]
    assert [one["text"] for one in told] == ["The editors gave “A post in Sendai” back to you with a note."]
    assert (await host.patch(address, json={"body": "Until March."}, headers={"If-Match": "*"})).status_code == 200
    await host.post(f"{address}/submit")
    assert (await editor.post(f"{address}/publish", json={})).json()["status"] == "published"
    assert (await other.patch(address, json={"title": "Mine"}, headers={"If-Match": "*"})).status_code == 403
    with clock.shifted(timedelta(days=80 * 366)):
        assert (await cast.visitor().get("/api/v1/news")).json()["items"] == []


async def test_a_kind_may_need_a_second_person(cast: Cast) -> None:
    first = await cast.browser(await cast.holder("Ed Editor", "editor"))
    second = await cast.browser(await cast.holder("Ada Editor", "editor"))
    member = await cast.browser(await cast.member("Mem Ber"))
    assert (await member.put("/api/v1/news-kinds/notice", json={"needs_second": True})).status_code == 403
    assert (await first.put("/api/v1/news-kinds/notice", json={"needs_second": True})).status_code == 204
    assert {one["kind"]: one["needs_second"] for one in (await first.get("/api/v1/news-kinds")).json()} == {
        "news": False,
        "reunion-report": False,
        "opportunity": False,
        "notice": True,
    }
    slug = (await written(first, kind="notice"))["slug"]
    address = f"/api/v1/news/{slug}"
    assert (await first.post(f"{address}/publish", json={})).json()["status"] == "waiting"
    assert (await cast.visitor().get(address)).status_code == 404
    assert (await first.post(f"{address}/publish", json={})).status_code == 409
    seen = (await second.get(address)).headers["etag"]
    await first.patch(address, json={"body": "Changed at the last moment"}, headers={"If-Match": "*"})
    unseen = await second.post(f"{address}/publish", json={}, headers={"If-Match": seen})
    assert unseen.json()["type"] == "/problems/edited-meanwhile"
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    assert (await second.post(f"{address}/publish", json={"at": soon})).json()["status"] == "scheduled"
    changed = await first.patch(address, json={"body": "Changed once more"}, headers={"If-Match": "*"})
    assert changed.json()["status"] == "waiting"


async def test_two_editors_at_once_lose_nothing(cast: Cast) -> None:
    ann = await cast.browser(await cast.holder("Ann Editor", "editor"))
    bob = await cast.browser(await cast.holder("Bob Editor", "editor"))
    address = f"/api/v1/news/{(await written(ann))['slug']}"
    seen_by_both = {"If-Match": (await ann.get(address)).headers["etag"]}
    assert (await bob.get(address)).headers["etag"] == seen_by_both["If-Match"]
    saved = await ann.patch(address, json={"body": "By Ann"}, headers=seen_by_both)
    assert saved.status_code == 200
    refused = await bob.patch(address, json={"body": "By Bob"}, headers=seen_by_both)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/edited-meanwhile")
    assert (await bob.patch(address, json={"body": "By Bob"})).status_code == 428
    again = await bob.patch(address, json={"title": "Bob's title"}, headers={"If-Match": saved.headers["etag"]})
    assert (again.json()["title"], again.json()["body"]) == ("Bob's title", "By Ann")
    versions = (await ann.get(f"{address}/versions")).json()
    assert [(one["rev"], one["body"], one["written_by"]) for one in versions] == [
        (3, "By Ann", "Bob Editor"),
        (2, "By Ann", "Ann Editor"),
    ]


async def test_one_item_in_two_languages(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    english = await published(editor)
    again = await editor.post("/api/v1/news", json={**TEA, "translation_of": english["slug"]})
    assert [error["pointer"] for error in again.json()["errors"]] == ["/lang"]
    japanese = await published(editor, title="京都のお茶", lang="ja", translation_of=english["slug"])
    assert japanese["translations"] == [{"lang": "en", "slug": english["slug"]}]
    visitor = cast.visitor()
    assert (await visitor.get(f"/api/v1/news/{english['slug']}")).json()["translations"] == [
        {"lang": "ja", "slug": japanese["slug"]}
    ]
    for language, title, other in (("en", "Tea in Kyoto", "京都のお茶"), ("ja", "京都のお茶", "Tea in Kyoto")):
        page = (await visitor.get("/news", headers={"Accept-Language": language})).text
        assert (title in page, other in page) == (True, False)
    page = (await visitor.get(f"/news/{english['slug']}")).text
    assert f'hreflang="ja" href="http://localhost:8000/news/{japanese["slug"]}"' in page
    await editor.post(f"/api/v1/news/{japanese['slug']}/withdraw")
    assert japanese["slug"] not in (await visitor.get(f"/news/{english['slug']}")).text


async def test_lists_are_filtered_and_paged_pinned_first(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    await published(editor, title="One", countries=["TH"])
    await published(editor, title="Two", kind="notice", pinned=True)
    await published(editor, title="Three", lang="th", countries=["KE"])
    visitor = cast.visitor()

    async def titles(query: str) -> list[str]:
        return [one["title"] for one in (await visitor.get(f"/api/v1/news?{query}")).json()["items"]]

    assert await titles("") == ["Two", "Three", "One"]
    assert await titles("kind=news&nonsense=1") == ["Three", "One"]
    assert await titles("lang=th") == ["Three"]
    assert await titles("country=TH") == ["Two", "One"]
    assert (await visitor.get("/api/v1/news?kind=gossip")).status_code == 422
    first = (await visitor.get("/api/v1/news?limit=2")).json()
    rest = (await visitor.get(f"/api/v1/news?limit=2&cursor={first['next']}")).json()
    assert ([one["title"] for one in rest["items"]], rest["next"]) == (["One"], None)


async def test_addresses_are_distinct_and_never_reserved(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    slugs = [(await written(editor, title=title))["slug"] for title in ("Tea", "Tea!", "Feed", "New", "お茶")]
    today = clock.today_in_japan().isoformat()
    assert slugs == ["tea", "tea-2", "feed-2", "new-2", f"news-{today}"]


async def test_who_handed_it_in_changes_nothing_that_an_editor_has_meanwhile(cast: Cast) -> None:
    """Her change and the editor's at the same moment: her right is asked once more when the text is held."""
    author = await cast.member("Hana Host")
    host, editor = await cast.browser(author), await cast.browser(await cast.holder("Ed Editor", "editor"))
    slug = (await written(host, kind="opportunity"))["slug"]
    async with cast.running.database.transaction() as session:
        viewer = Viewer(member=author)
        told = await queries.told(session, viewer, slug)
        assert told is not None
        told = await actions.change(session, viewer, told, ChangeBody(title="Mine yet"), "*")
    for verb in ("submit", "publish"):
        assert (await (host if verb == "submit" else editor).post(f"/api/v1/news/{slug}/{verb}")).status_code == 200
    with pytest.raises(Problem, match="forbidden"):
        async with cast.running.database.transaction() as session:
            await actions.change(session, viewer, told, ChangeBody(title="Mine still"), "*")
    assert (await cast.visitor().get(f"/api/v1/news/{slug}")).json()["title"] == "Mine yet"


async def test_what_is_changed_while_it_is_approved_waits_once_more(cast: Cast) -> None:
    first = await cast.holder("Ann Editor", "editor")
    ann, bob = await cast.browser(first), await cast.browser(await cast.holder("Bob Editor", "editor"))
    await ann.put("/api/v1/news-kinds/notice", json={"needs_second": True})
    slug = (await written(ann, kind="notice"))["slug"]
    await ann.post(f"/api/v1/news/{slug}/publish", json={})
    async with cast.running.database.transaction() as session:
        viewer = Viewer(member=first, roles=frozenset({"editor"}))
        seen = await queries.told(session, viewer, slug)
        assert seen is not None
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    assert (await bob.post(f"/api/v1/news/{slug}/publish", json={"at": soon})).json()["status"] == "scheduled"
    async with cast.running.database.transaction() as session:
        await actions.change(session, viewer, seen, ChangeBody(body="Seen by nobody else"), "*")
    assert (await bob.get(f"/api/v1/news/{slug}")).json()["status"] == "waiting"


async def test_what_is_withdrawn_while_members_are_told_is_told_to_no_more_of_them(cast: Cast) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    mai = await cast.browser(await cast.member("Mai Mate"))
    slugs = [(await published(editor, kind="notice", title=title))["slug"] for title in ("A mistake", "A notice")]
    await editor.post(f"/api/v1/news/{slugs[0]}/withdraw")
    async with cast.running.database.transaction() as session:
        items = [await queries.item_with(session, slug) for slug in slugs]
    for item in items:
        assert item is not None
        await jobs.tell(cast.running, item=str(item.id), after=None)
    told = (await mai.get("/api/v1/notifications")).json()["items"]
    assert [one["text"] for one in told] == ["Notice of the club: A notice"]


async def test_whose_recovered_account_is_not_settled_hands_nothing_in(cast: Cast) -> None:
    host = await cast.member("Hana Host")
    browser = await cast.browser(host)
    slug = (await written(browser, kind="opportunity"))["slug"]
    await limited_until(cast, host, clock.now() + timedelta(hours=72))
    assert (await browser.post(f"/api/v1/news/{slug}/submit")).status_code == 403
    await limited_until(cast, host, None)
    assert (await browser.post(f"/api/v1/news/{slug}/submit")).status_code == 200


async def limited_until(cast: Cast, member: Member, until: datetime | None) -> None:
    async with cast.running.database.transaction() as session:
        await session.execute(update(Account).where(Account.member_id == member.id).values(limited_until=until))


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-12:00", "9999-12-31T00:00:00Z"])
async def test_an_instant_that_no_calendar_holds_is_refused(cast: Cast, at: str) -> None:
    editor = await cast.browser(await cast.holder("Ed Editor", "editor"))
    slug = (await written(editor))["slug"]
    refused = await editor.post(f"/api/v1/news/{slug}/publish", json={"at": at})
    assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (422, ["/at"])
    issue = await editor.post("/api/v1/newsletters", json={"subject": "Tea", "body": "We met."})
    sent = await editor.post(f"/api/v1/newsletters/{issue.json()['id']}/send", json={"at": at})
    assert sent.status_code == 422
    assert (await editor.get("/api/v1/newsletters")).status_code == 200


async def test_what_somebody_takes_out_of_a_report_no_feed_reader_keeps(cast: Cast) -> None:
    """Who asks whether it has changed since hears that it has."""
    editor_ = await cast.holder("Ed Editor", "editor")
    editor = await cast.browser(editor_)
    slug = (await published(editor, kind="reunion-report", body="Before. Her own words. After."))["slug"]
    visitor = cast.visitor()
    since = {"If-Modified-Since": (await visitor.get(f"/api/v1/news/{slug}")).headers["last-modified"]}
    assert (await visitor.get(f"/api/v1/news/{slug}", headers=since)).status_code == 304
    with clock.shifted(timedelta(hours=1)):
        async with cast.running.database.transaction() as session:
            await reports.take_out(session, Viewer(member=editor_), slug, "Her own words.")
        answer = await visitor.get(f"/api/v1/news/{slug}", headers=since)
    assert answer.status_code == 200
    assert "Her own words" not in answer.text


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_thirty_items_a_day_whichever_way_they_come(self, cast: Cast) -> None:
        host = await cast.browser(await cast.member("Hana Host"))
        item = {**TEA, "kind": "opportunity"}
        statuses = [(await host.post("/api/v1/news", json=item)).status_code for _n in range(30)]
        assert statuses == [201] * 30
        refused = await host.post("/api/v1/news", json=item)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
