"""What rings today, before there are threads: mates who join, and people who ask to come back."""

import re

import httpx

from ssc.core.process import Process
from ssc.people.models import Member
from tests.cast import Cast
from tests.roster.test_claiming import accept, invite

API = "/api/v1/notifications"


async def told(cast: Cast, member: Member) -> list[tuple[str, str, int]]:
    async with await cast.browser(member) as browser:
        items = (await browser.get(API)).raise_for_status().json()["items"]
        return [(item["text"], item["url"], item["count"]) for item in items if item["read_at"] is None]


async def test_mates_hear_who_has_joined_once_and_reading_the_cohort_reads_it(cast: Cast) -> None:
    mate, both, stranger = [await cast.member(name) for name in ("Mali Mate", "Bo Both", "Stan Stranger")]
    joining = await cast.member("Anan Suda", claimed=False)
    await cast.address(joining, "anan@old.example", confirmed=False, source="roster")
    await cast.exchange("SSP-1", [mate, both, joining], fiscal_year=2022, title="Robots")
    await cast.exchange("SSP-2", [both, joining], fiscal_year=2023, title="Plants")
    async with cast.visitor() as visitor:
        secret = await invite(cast, "anan@old.example")
        assert (await accept(visitor, secret)).status_code == 201
    assert await told(cast, mate) == [("Anan Suda, who was in “Robots” with you, has joined.", "/exchanges/SSP-1", 1)]
    assert await told(cast, both) == [("Anan Suda, who was in “Plants” with you, has joined.", "/exchanges/SSP-2", 1)]
    assert await told(cast, stranger) == []
    async with await cast.browser(mate) as browser:
        assert bell(await browser.get("/")) == "1"
        await browser.get("/exchanges/SSP-2")
        assert bell(await browser.get("/exchanges")) == "1"
        assert bell(await browser.get("/exchanges/SSP-1")) == "0"
    assert await told(cast, mate) == []
    assert len(await told(cast, both)) == 1


async def test_a_claim_that_may_be_contested_is_not_announced(cast: Cast, running: Process) -> None:
    """The same claim without that is: the test above."""
    mate = await cast.member("Mali Mate")
    joining = await cast.member("Anan Suda", claimed=False, birth_date=None)
    await cast.exchange("SSP-1", [mate, joining], fiscal_year=2023)
    sachi = await cast.browser(await cast.staff())
    asked = {
        "name": "Anan Suda",
        "email": "anan@new.example",
        "country": "TH",
        "programme": "ssp-a",
        "fiscal_year": 2023,
        "host": "Chiba University",
        "sending": "",
        "note": "",
    }
    await cast.address(joining, "anan@old.example", confirmed=False, source="roster")
    async with cast.visitor() as visitor:
        (await visitor.post("/api/v1/membership-requests", json=asked)).raise_for_status()
        await cast.run_jobs()
        [request] = (await sachi.get("/api/v1/membership-requests")).json()["items"]
        decision = {"approve": True, "note": "", "member": str(joining.id)}
        (await sachi.post(f"/api/v1/membership-requests/{request['id']}/decision", json=decision)).raise_for_status()
        await cast.run_jobs()
        letters = [letter for letter in cast.letters() if letter.to == "anan@new.example"]
        secret = next(link for link in letters[-1].links if "/invitations/" in link).rsplit("/", 1)[1]
        claimed = await accept(visitor, secret, birth_date="1995-04-30")
        assert claimed.status_code == 201, claimed.text
    assert await told(cast, mate) == []


async def test_mates_are_asked_to_vouch_and_the_owner_to_object(cast: Cast) -> None:
    lost = await cast.member("Lost Suda")
    mate, stranger = await cast.member("Mali Mate"), await cast.member("Stan Stranger")
    await cast.exchange("SSP-1", [lost, mate], fiscal_year=2023)
    body = {"name": "Lost Suda", "country": "TH", "programme": "ssp-a", "fiscal_year": 2023, "email": "new@example.org"}
    async with cast.visitor() as visitor:
        (await visitor.post("/api/v1/recoveries", json=body)).raise_for_status()
        await cast.run_jobs()
        (await visitor.post("/api/v1/recoveries", json={**body, "email": "b@example.org"})).raise_for_status()
        await cast.run_jobs()
    assert await told(cast, mate) == [("2 people ask to come back. Do you know them?", "/recoveries", 2)]
    assert await told(cast, lost) == [
        ("Somebody asks for your account. If it is not you, object now.", "/recoveries", 2)
    ]
    assert await told(cast, stranger) == []
    async with await cast.browser(mate) as browser:
        assert bell(await browser.get("/recoveries")) == "0"
    assert await told(cast, mate) == []


def bell(page: httpx.Response) -> str:
    found = re.search(r'data-part="words">New notices: (\d+)<', page.text)
    assert found is not None, page.text
    return found[1]
