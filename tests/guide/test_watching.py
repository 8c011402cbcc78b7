"""Tell me when it opens: a confirmed address, one letter, and the address is gone."""

import httpx
from sqlalchemy import func, select

from ssc.guide.models import GuideWatch
from tests.cast import Cast
from tests.guide.facts import FACTS

WATCH = "/programmes/lotus/watch"


async def kept(cast: Cast) -> int:
    async with cast.running.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(GuideWatch)) or 0


async def asked(cast: Cast, browser: httpx.AsyncClient, address: str = "wanjiru@example.org") -> str:
    """The path of the link that confirms."""
    assert (await browser.post(WATCH, data={"email": address})).status_code == 202
    await cast.run_jobs()
    return next(link for link in cast.letters()[-1].links if "/watches/" in link).removeprefix("http://localhost:8000")


async def test_one_letter_comes_when_the_call_opens_and_the_address_is_deleted(cast: Cast) -> None:
    editor = await cast.holder("Ed Itor", "editor", country="JP")
    async with cast.visitor(**{"accept-language": "ja"}) as browser, await cast.browser(editor) as desk:
        link = await asked(cast, browser)
        assert await kept(cast) == 0, "nothing is kept of an address that nobody has confirmed"
        assert "知らせてください" in (await browser.get(link)).text
        assert await kept(cast) == 0, "a scanner that looks changes nothing"
        assert (await browser.post(link)).status_code == 200
        assert (await browser.post(link)).status_code == 410, "a link confirms once"
        assert await kept(cast) == 1
        opened = {**FACTS, "call": {"state": "open", "as_of": "2026-11-25", "closes_on": "2027-01-31"}}
        assert (await desk.put("/api/v1/programmes/lotus/facts", json=opened)).status_code == 200
        await cast.run_jobs()
        again = {**opened, "number": 1, "fiscal_year": 2027}
        assert (await desk.put("/api/v1/programmes/lotus/facts", json=again)).status_code == 200
        await cast.run_jobs()
        _confirming, letter = cast.letters()
        assert (letter.to, letter.language) == ("wanjiru@example.org", "ja")
        assert "2027年1月31日" in letter.text and "http://localhost:8000/programmes/lotus" in letter.links
        assert await kept(cast) == 0
        page = (await browser.get("/programmes/lotus")).text
    assert "公募中です" in page and "/watch#call" not in page


async def test_she_changes_her_mind_by_the_same_link_or_by_the_letters_own_way_out(cast: Cast) -> None:
    async with cast.visitor() as browser:
        link = await asked(cast, browser)
        await browser.post(link)
        assert "Do not tell me after all" in (await browser.get(link)).text
        assert "Your address is deleted" in (await browser.post(f"{link}/stop")).text
        assert await kept(cast) == 0
        second = await asked(cast, browser)
        await browser.post(second)
        async with cast.running.database.transaction() as session:
            watch = await session.scalar(select(GuideWatch))
        assert watch is not None
        for bad in ("g.x", f"g.{watch.id}"):
            assert (await browser.post(f"/unsubscribe/{bad}")).status_code == 404
    assert await kept(cast) == 1


async def test_what_opens_and_shuts_at_once_tells_nobody_and_errors_stand_at_the_field(cast: Cast) -> None:
    async with cast.visitor() as browser:
        wrong = await browser.post(WATCH, data={"email": "nobody"})
        none = await browser.post("/api/v1/programmes/forums/watches", json={"email": "a@example.org"})
    assert wrong.status_code == 422 and "This is not an address" in wrong.text and "LOTUS" in wrong.text
    assert none.status_code == 404
