"""Pages kept for visitors: what the public may no longer see of a member is on none of them at the next request."""

from collections.abc import AsyncIterator

import httpx
import pytest

from ssc.people.models import Member
from tests.cast import Cast
from tests.stories.tales import published

pytestmark = pytest.mark.anyio

FRONTS = ("/", "/stories")


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Author")


@pytest.fixture
async def slug(cast: Cast, anan: Member) -> AsyncIterator[str]:
    """A story of hers, with her profile, on pages that are kept."""
    async with await cast.browser(await cast.holder("Emi Editor", "editor", country="JP")) as editor:
        yield await published(cast, anan, editor, shows_profile=True)


async def shown(visitor: httpx.AsyncClient, slug: str) -> list[bool]:
    """On which of the pages the story stands; each is asked twice, so that it is kept."""
    found = []
    for page in (*FRONTS, f"/stories/{slug}"):
        first, again = await visitor.get(page), await visitor.get(page)
        assert first.status_code == again.status_code
        found.append(first.status_code == 200 and "A week of robots" in first.text)
    return found


async def test_who_is_suspended_is_on_no_kept_page_and_comes_back_when_it_is_lifted(
    cast: Cast, anan: Member, slug: str
) -> None:
    await cast.running.shelf.heard()
    visitor, desk = cast.visitor(), await cast.browser(await cast.staff())
    assert await shown(visitor, slug) == [True] * 3
    address = f"/api/v1/members/{anan.handle}/suspension"
    assert (await desk.put(address, json={"until": None, "reason": "spam"})).status_code in (200, 204)
    assert await shown(visitor, slug) == [False] * 3
    assert (await desk.request("DELETE", address, json={"reason": "a mistake"})).status_code == 204
    assert await shown(visitor, slug) == [True] * 3


async def test_who_hides_her_name_is_no_longer_linked_on_a_kept_page(cast: Cast, anan: Member, slug: str) -> None:
    await cast.change(anan, visibility={"name": "everyone"})
    await cast.running.shelf.heard()
    visitor, own, link = cast.visitor(), await cast.browser(anan), f'href="/members/{anan.handle}"'
    assert link in (await visitor.get(f"/stories/{slug}")).text
    assert link in (await visitor.get(f"/stories/{slug}")).text
    hidden = {"visibility": {"name": "members"}}
    assert (await own.patch("/api/v1/me/preferences", json=hidden)).status_code == 200
    page = await visitor.get(f"/stories/{slug}")
    assert (page.status_code, link in page.text) == (200, False)


async def test_who_moves_is_told_of_under_her_new_country(cast: Cast, anan: Member, slug: str) -> None:
    await cast.running.shelf.heard()
    visitor, own = cast.visitor(), await cast.browser(anan)
    assert [("Thailand" in (await visitor.get("/stories")).text) for _ in range(2)] == [True, True]
    assert (await own.patch("/api/v1/me", json={"country": "KE"})).status_code == 200
    page = (await visitor.get("/stories")).text
    assert ("Thailand" in page, "Kenya" in page) == (False, True)
