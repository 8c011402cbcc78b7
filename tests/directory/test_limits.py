"""How much of the directory one member reads. [abuse 42]"""

from typing import Any

import pytest
from sqlalchemy import select

from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.core.limits import Limit
from ssc.directory.actions import counting
from tests.cast import Cast


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": "on"})


async def told(cast: Cast) -> list[Any]:
    async with cast.running.database.transaction() as session:
        rows = await session.scalars(select(AuditEntry).where(AuditEntry.action == "directory.limit"))
        return [(row.actor, row.target, row.details) for row in rows]


async def test_the_limits_are_those_that_are_documented() -> None:
    assert Limit("directory-requests", 600, 3600) == counting.REQUESTS
    assert Limit("directory-profiles", 2000, 24 * 3600) == counting.PROFILES


async def test_requests_beyond_the_hours_are_refused_and_the_desk_is_told_once(cast: Cast) -> None:
    """Case 42."""
    reader = await cast.member("Rita Reader")
    browser = await cast.browser(reader)
    assert (await browser.get("/api/v1/members")).status_code == 200
    await cast.running.limits.take(counting.REQUESTS, str(reader.id), 598)
    assert (await browser.get("/api/v1/members/rita-reader")).status_code == 200
    for path in ("/members", "/members?q=x", "/members/rita-reader", "/members/rita-reader/similar"):
        answer = await browser.get(f"/api/v1{path}")
        assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many")
        assert 0 < int(answer.headers["retry-after"]) <= 3600
    assert await told(cast) == [(str(reader.id), f"member:{reader.id}", {"what": "requests"})]
    other = await cast.browser(await cast.member("Other Olsen"))
    assert (await other.get("/api/v1/members")).status_code == 200


async def test_profiles_count_once_a_day_however_they_are_seen(cast: Cast) -> None:
    """Case 42."""
    reader = await cast.member("Rita Reader")
    for number in range(4):
        await cast.member(f"Member{number} Moon")
    browser = await cast.browser(reader)
    await cast.running.limits.take_each(counting.PROFILES, str(reader.id), [f"x{n}" for n in range(1998)])
    for _again in range(3):
        answer = await browser.get("/api/v1/members", params={"q": "moon", "limit": 2})
        assert answer.status_code == 200
        assert (await browser.get("/api/v1/members/member0-moon")).status_code == 200
    beyond = await browser.get("/api/v1/members", params={"q": "moon", "limit": 3})
    assert (beyond.status_code, 0 < int(beyond.headers["retry-after"]) <= 24 * 3600) == (429, True)
    assert (await browser.get("/api/v1/members/member3-moon")).status_code == 429
    assert (await browser.get("/api/v1/members/member1-moon")).status_code == 200
    assert (await browser.get("/api/v1/members/rita-reader")).status_code == 200
    assert await told(cast) == [(str(reader.id), f"member:{reader.id}", {"what": "profiles"})]


async def test_uploads_have_their_limit(cast: Cast) -> None:
    reader = await cast.member("Rita Reader")
    browser = await cast.browser(reader)
    assert (await browser.put("/api/v1/me/photo", files={"file": b"x"})).status_code == 415
    await cast.running.limits.take(counting.UPLOADS, str(reader.id), 59)
    assert (await browser.put("/api/v1/me/photo", files={"file": b"x"})).status_code == 429
