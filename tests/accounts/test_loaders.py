"""Who is asking: by cookie or token, with the rights of today."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from sqlalchemy import select

from ssc.accounts.loaders import Correspondent, Fresh, Moderator, SignedIn, Staff, Visitor
from ssc.accounts.models import SignedInSession
from ssc.core import clock
from ssc.people.models import Block, Suspension
from ssc.web import api
from tests.cast import Cast

router = api.router()


@router.get("/probe/visitor")
@router.post("/probe/visitor")
async def _visitor(viewer: Visitor) -> Any:
    return viewer and viewer.member.handle


@router.get("/probe/signed-in")
async def _signed_in(request: Request, viewer: SignedIn) -> Any:
    assert request.state.viewer is viewer
    return {
        "handle": viewer.member.handle,
        "roles": sorted(viewer.roles),
        "exchanges": len(viewer.exchanges),
        "blocked": len(viewer.blocked),
        "limited": viewer.limited,
    }


@router.get("/probe/fresh")
async def _fresh(viewer: Fresh) -> Any:
    return viewer.member.handle


@router.get("/probe/staff")
async def _staff(viewer: Staff) -> Any:
    return viewer.member.handle


@router.get("/probe/moderator")
async def _moderator(viewer: Moderator) -> Any:
    return viewer.member.handle


@router.get("/probe/threads")
@router.post("/probe/threads")
async def _threads(viewer: Correspondent) -> Any:
    return viewer.member.handle


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    app.include_router(router)
    return app


async def see(client: httpx.AsyncClient, name: str, method: str = "GET") -> tuple[int, Any]:
    answer = await client.request(method, f"/api/v1/probe/{name}")
    body = answer.json()
    return answer.status_code, body if answer.status_code == 200 else body["type"]


async def test_a_visitor_is_nobody_and_is_asked_to_sign_in(cast: Cast) -> None:
    visitor = cast.visitor()
    assert await see(visitor, "visitor") == (200, None)
    assert await see(visitor, "signed-in") == (401, "/problems/not-signed-in")
    assert await see(visitor, "staff") == (401, "/problems/not-signed-in")


async def test_a_cookie_brings_all_that_decides_what_she_may_see(cast: Cast) -> None:
    ada, bob, eve = [await cast.member(name) for name in ("Ada Rao", "Bob Sen", "Eve Tan")]
    await cast.exchange("SSP-1", [ada, bob])
    await cast.exchange("SSP-2", [ada])
    await cast.grant(ada, "coordinator:TH")
    async with cast.running.database.transaction() as session:
        session.add(Block(member_id=ada.id, blocked_id=bob.id))
        session.add(Block(member_id=eve.id, blocked_id=ada.id))
    assert await see(await cast.browser(ada), "signed-in") == (
        200,
        {"handle": "ada-rao", "roles": ["coordinator:TH"], "exchanges": 2, "blocked": 2, "limited": False},
    )


async def test_signing_in_is_fresh_for_ten_minutes(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    with clock.shifted(timedelta(minutes=9)):
        assert await see(browser, "fresh") == (200, "ada-rao")
    with clock.shifted(timedelta(minutes=11)):
        assert await see(browser, "fresh") == (403, "/problems/fresh-sign-in-required")


async def test_a_session_ends_unused_after_thirty_days_and_used_after_a_hundred_and_eighty(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    unused, used = await cast.browser(ada), await cast.browser(ada)
    for day in range(20, 180, 20):
        with clock.shifted(timedelta(days=day)):
            assert await see(used, "visitor") == (200, "ada-rao")
    with clock.shifted(timedelta(days=31)):
        assert await see(unused, "visitor") == (200, None)
    with clock.shifted(timedelta(days=181)):
        assert await see(used, "visitor") == (200, None)


async def test_staff_and_moderators_pass_where_members_are_refused(cast: Cast) -> None:
    member = await cast.browser(await cast.member("Ada Rao"))
    staff = await cast.browser(await cast.staff())
    moderator = await cast.browser(await cast.holder("Mo Moderator", "moderator"))
    assert await see(staff, "staff") == (200, "sachi-staff")
    assert await see(moderator, "staff") == (403, "/problems/forbidden")
    assert await see(moderator, "moderator") == (200, "mo-moderator")
    assert await see(member, "moderator") == (403, "/problems/forbidden")


async def test_a_suspension_ends_sessions_for_good_and_stops_tokens_as_long_as_it_lasts(cast: Cast) -> None:
    """Case 27."""
    ada = await cast.member("Ada Rao")
    browser, program = await cast.browser(ada), await cast.bearer(ada, "read")
    assert await see(browser, "visitor") == (200, "ada-rao")
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=ada.id, reason="spam", until=clock.now() + timedelta(days=2)))
    assert await see(browser, "visitor") == (200, None)
    assert await see(program, "visitor") == (401, "/problems/not-signed-in")
    with clock.shifted(timedelta(days=3)):
        assert await see(browser, "visitor") == (200, None)
        assert await see(program, "visitor") == (200, "ada-rao")
        assert await see(await cast.browser(ada), "visitor") == (200, "ada-rao")


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        (("read",), [200, 403, 403, 403]),
        (("write",), [403, 200, 403, 403]),
        (("messages",), [403, 403, 200, 200]),
        (("read", "write", "messages"), [200, 200, 200, 200]),
    ],
)
async def test_a_token_does_what_its_scopes_name(cast: Cast, scopes: tuple[str, ...], expected: list[int]) -> None:
    program = await cast.bearer(await cast.member("Ada Rao"), *scopes)
    calls = [("visitor", "GET"), ("visitor", "POST"), ("threads", "GET"), ("threads", "POST")]
    assert [(await see(program, name, method))[0] for name, method in calls] == expected


async def test_a_token_has_its_owners_office_only_with_the_scope_staff(cast: Cast) -> None:
    staff = await cast.staff()
    assert await see(await cast.bearer(staff, "read", "staff"), "staff") == (200, "sachi-staff")
    assert await see(await cast.bearer(staff, "read"), "staff") == (403, "/problems/forbidden")
    assert await see(await cast.bearer(await cast.member("Ada Rao"), "read", "staff"), "staff") == (
        403,
        "/problems/forbidden",
    )


async def test_a_token_never_signed_in_freshly(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    assert await see(await cast.browser(ada), "fresh") == (200, "ada-rao")
    assert await see(await cast.bearer(ada, "read", "write"), "fresh") == (403, "/problems/fresh-sign-in-required")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Basic YTpi", "Bearer a b", "Bearer \xe9"])
async def test_a_token_that_is_none_is_refused_even_beside_a_good_cookie(cast: Cast, header: str) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    assert await see(browser, "visitor") == (200, "ada-rao")
    answer = await browser.get("/api/v1/probe/visitor", headers={b"authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_a_token_expires(cast: Cast) -> None:
    program = await cast.bearer(await cast.member("Ada Rao"), "read")
    assert await see(program, "visitor") == (200, "ada-rao")
    with clock.shifted(timedelta(days=31)):
        assert await see(program, "visitor") == (401, "/problems/not-signed-in")


async def test_the_page_speaks_the_members_language_whatever_the_browser_wants(cast: Cast) -> None:
    ada = await cast.member("Ada Rao", language="ja")
    browser = await cast.browser(ada, **{"accept-language": "en"})
    answer = await browser.get("/api/v1/probe/staff")
    assert (answer.status_code, answer.headers["content-language"]) == (403, "ja")


async def test_a_change_of_rights_brings_a_new_cookie_and_ends_the_old(cast: Cast) -> None:
    """Case 27."""
    ada = await cast.member("Ada Rao")
    browser = await cast.browser(ada)
    old = browser.cookies["ssc_session"]
    await cast.grant(ada, "staff")
    assert await see(browser, "staff") == (200, "ada-rao")
    assert browser.cookies["ssc_session"] != old
    assert await see(browser, "staff") == (200, "ada-rao")
    left = cast.visitor()
    left.cookies.set("ssc_session", old)
    assert await see(left, "visitor") == (200, None)


async def test_when_she_was_last_seen_is_noted_at_most_every_five_minutes(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))

    async def noted(minutes: int) -> datetime | None:
        with clock.shifted(timedelta(minutes=minutes)):
            assert await see(browser, "visitor") == (200, "ada-rao")
        async with cast.running.database.transaction() as session:
            return await session.scalar(select(SignedInSession.last_seen_at))

    first = await noted(0)
    assert await noted(4) == first
    later = await noted(6)
    assert first is not None and later is not None and timedelta(minutes=6) <= later - first < timedelta(minutes=7)
