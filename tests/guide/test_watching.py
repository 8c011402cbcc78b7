"""Tell me when it opens: a confirmed address, one letter, and the address is gone."""

from datetime import timedelta

import httpx
from sqlalchemy import func, select

from ssc.accounts import tokens
from ssc.accounts.models import Token
from ssc.core import clock
from ssc.core.mail import OutgoingLetter
from ssc.guide.models import GuideWatch
from tests.cast import Cast
from tests.guide.facts import FACTS

WATCH = "/programmes/lotus/watch"


async def kept(cast: Cast) -> int:
    async with cast.running.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(GuideWatch)) or 0


async def addresses(cast: Cast) -> set[str]:
    """All that tokens and the log of mail still know of visitors."""
    async with cast.running.database.transaction() as session:
        known = {
            *await session.scalars(select(Token.address)),
            *await session.scalars(select(OutgoingLetter.to_address)),
        }
    return known - {""}


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
        closes = clock.today_in_japan() + timedelta(days=60)
        opened = {**FACTS, "call": {"state": "open", "as_of": "2026-11-25", "closes_on": closes.isoformat()}}
        assert (await desk.put("/api/v1/programmes/lotus/facts", json=opened)).status_code == 200
        await cast.run_jobs()
        again = {**opened, "number": 1, "fiscal_year": 2027}
        assert (await desk.put("/api/v1/programmes/lotus/facts", json=again)).status_code == 200
        await cast.run_jobs()
        _confirming, letter = cast.letters()
        assert (letter.to, letter.language) == ("wanjiru@example.org", "ja")
        assert (
            f"{closes.year}年{closes.month}月{closes.day}日" in letter.text
            and "http://localhost:8000/programmes/lotus" in letter.links
        )
        assert await kept(cast) == 0
        page = (await browser.get("/programmes/lotus")).text
        assert "公募中です" in page and "/watch#call" not in page
        assert "アドレスを削除しました" in (await browser.get(link)).text
    assert await addresses(cast) == set(), "nor does the link's own record know it, nor the log of mail"


async def test_she_changes_her_mind_by_the_same_link_or_by_the_letters_own_way_out(cast: Cast) -> None:
    async with cast.visitor() as browser:
        link = await asked(cast, browser)
        await browser.post(link)
        assert "Do not tell me after all" in (await browser.get(link)).text
        assert "Your address is deleted" in (await browser.post(f"{link}/stop")).text
        assert (await kept(cast), await addresses(cast)) == (0, set())
        assert "Your address is deleted" in (await browser.get(link)).text
        assert "Your address is deleted" in (await browser.post(f"{link}/stop")).text, "once more changes nothing"
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


async def test_an_address_that_nobody_confirms_is_forgotten_within_days(cast: Cast) -> None:
    async with cast.visitor() as browser:
        await asked(cast, browser, "typed-by-another@example.org")
        confirmed = await asked(cast, browser)
        await browser.post(confirmed)
        with clock.shifted(timedelta(days=10)):
            async with cast.running.database.transaction() as session:
                await tokens.forget(session)
            assert await addresses(cast) == {"wanjiru@example.org"}
            assert "one letter, when the call opens" in (await browser.get(confirmed)).text


async def test_a_call_is_closed_after_its_last_day_whoever_notes_that(cast: Cast) -> None:
    closes = clock.today_in_japan() + timedelta(days=3)
    call = {"state": "open", "as_of": "2026-11-25", "closes_on": closes.isoformat()}
    async with cast.visitor() as browser, await cast.browser(await cast.staff()) as desk:
        assert "Nobody waits to be told" in (await desk.get("/desk/guide/lotus/facts")).text
        assert (await desk.put("/api/v1/programmes/lotus/facts", json={**FACTS, "call": call})).status_code == 200

        async def shown() -> tuple[str, bool]:
            told = (await desk.get("/api/v1/programmes/lotus")).json()["call"]
            return told["state"], "/watch#call" in (await desk.get("/programmes/lotus")).text

        with clock.shifted(timedelta(days=3)):
            assert await shown() == ("open", False)
        with clock.shifted(timedelta(days=4)):
            assert await shown() == ("closed", True)
            late = {**FACTS, "number": 1, "call": call}
            refused = await desk.put("/api/v1/programmes/lotus/facts", json=late)
            assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/call/closes_on")
            link = await asked(cast, browser)
            await browser.post(link)
            assert "the 1 person who waits for that" in (await desk.get("/desk/guide/lotus/facts")).text
