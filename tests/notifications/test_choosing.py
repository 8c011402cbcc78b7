"""Choosing: the table on the preferences page, and what of it is kept."""

import re

import httpx
import pytest

from ssc.people.models import Member
from tests.cast import Cast

FORM = {
    "language": "en",
    "time_zone": "Asia/Bangkok",
    "contact": "everyone",
    "digest": "weekly",
    "mail_quotes": "true",
    "quiet_from": "22:00",
    "quiet_to": "07:00",
}


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


def ticked(page: httpx.Response) -> set[str]:
    return set(re.findall(r'name="told" value="([^"]+)" checked', page.text))


async def test_the_table_is_ticked_as_the_member_is_told(cast: Cast, anan: Member) -> None:
    async with await cast.browser(anan) as browser:
        assert {one for one in ticked(await browser.get("/me/preferences")) if one.startswith("cohort-news")} == {
            "cohort-news:app",
            "cohort-news:digest",
        }
        told = ["cohort-news:app", "mention:app", "mention:mail", "mention:push", "nonsense", "security:digest"]
        saved = await browser.post("/me/preferences", data={**FORM, "told": told})
        assert (saved.status_code, saved.headers["location"]) == (303, "/me/preferences?done=saved")
        shown = ticked(await browser.get("/me/preferences"))
        assert shown == {*told[:4], "security:app", "security:mail", "security:push"}
        kept = (await browser.get("/api/v1/me/preferences")).json()
        assert kept["notifications"]["cohort-news"] == {"app": True, "mail": False, "push": False, "digest": False}
        assert (kept["digest"], kept["mail_quotes"], kept["mail_opt_out"]) == ("weekly", True, False)
        assert kept["quiet_hours"] == {"from": "22:00", "to": "07:00"}


async def test_only_what_differs_from_the_usual_is_kept(cast: Cast, anan: Member) -> None:
    async with await cast.browser(anan) as browser:
        change = {"mention": {"mail": False, "app": True}, "direct-message": {"mail": True}}
        (await browser.patch("/api/v1/me/preferences", json={"notifications": change})).raise_for_status()
        assert await kept(cast, anan) == {"mention": {"mail": False}}
        back = {"notifications": {"mention": {"mail": True}}}
        (await browser.patch("/api/v1/me/preferences", json=back)).raise_for_status()
        assert await kept(cast, anan) == {}


async def test_the_page_speaks_japanese(cast: Cast, anan: Member) -> None:
    await cast.change(anan, language="ja")
    async with await cast.browser(anan) as browser:
        assert "お知らせの内容と受け取り方" in (await browser.get("/me/preferences")).text


async def kept(cast: Cast, member: Member) -> dict[str, dict[str, bool]]:
    async with cast.running.database.transaction() as session:
        return dict((await session.get_one(Member, member.id)).notifications)
