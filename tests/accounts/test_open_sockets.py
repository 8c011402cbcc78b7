"""What ends a session or a token, or changes what a member may, reaches her open sockets at once (cases 9 and 27)."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from ssc.accounts.models import AccessToken, SignedInSession
from ssc.core import ids
from ssc.core.process import Process
from ssc.people import actions as people
from ssc.people.models import Member
from tests.cast import PASSWORD, Cast
from tests.core.live.hearing import Ear


class Sockets:
    """Ears that stand for open sockets of browsers and programs."""

    def __init__(self, running: Process, stack: AsyncExitStack) -> None:
        self.running = running
        self.stack = stack

    async def of(self, member: Member, client: AsyncClient) -> Ear:
        """A socket that came by this client's cookie or token."""
        ear = Ear(member.id)
        async with self.running.database.transaction() as session:
            if bearer := client.headers.get("authorization"):
                secret = bearer.removeprefix("Bearer ")
                ear.session_id = await session.scalar(
                    select(AccessToken.id).where(AccessToken.digest == ids.digest(secret))
                )
            else:
                cookie = client.cookies[self.running.settings.session_cookie]
                ear.session_id = await session.scalar(
                    select(SignedInSession.id).where(SignedInSession.digest == ids.digest(cookie))
                )
        assert isinstance(ear.session_id, UUID)
        await self.stack.enter_async_context(self.running.live.connect(ear))
        return ear


@pytest.fixture
async def sockets(running: Process) -> AsyncIterator[Sockets]:
    async with AsyncExitStack() as stack:
        yield Sockets(running, stack)


async def test_signing_out_closes_the_sockets_of_this_browser_alone(cast: Cast, sockets: Sockets) -> None:
    ada = await cast.member("Ada Alumna")
    phone, laptop = await cast.browser(ada), await cast.browser(ada)
    on_phone, on_laptop = await sockets.of(ada, phone), await sockets.of(ada, laptop)
    assert (await phone.delete("/api/v1/session")).status_code == 204
    assert (on_phone.told, on_laptop.told) == ([4401], [])


async def test_a_session_ended_from_afar_closes_its_sockets(cast: Cast, sockets: Sockets) -> None:
    ada, bob = await cast.member("Ada Alumna"), await cast.member("Bob Both")
    phone, laptop, stranger = await cast.browser(ada), await cast.browser(ada), await cast.browser(bob)
    on_phone, on_laptop = await sockets.of(ada, phone), await sockets.of(ada, laptop)
    assert (await stranger.delete(f"/api/v1/me/sessions/{on_phone.session_id}")).status_code == 404
    assert on_phone.told == []
    assert (await laptop.delete(f"/api/v1/me/sessions/{on_phone.session_id}")).status_code == 204
    assert (on_phone.told, on_laptop.told) == ([4401], [])


async def test_a_new_password_closes_the_sockets_of_other_sessions(cast: Cast, sockets: Sockets) -> None:
    ada = await cast.member("Ada Alumna")
    phone, laptop = await cast.browser(ada), await cast.browser(ada)
    on_phone, on_laptop = await sockets.of(ada, phone), await sockets.of(ada, laptop)
    answer = await laptop.put("/api/v1/me/password", json={"password": "eight louder herons swim"})
    assert answer.status_code in (200, 204)
    assert (on_phone.told, on_laptop.told) == ([4401], [])


async def test_signing_in_again_closes_what_the_cookie_before_had_opened(cast: Cast, sockets: Sockets) -> None:
    ada = await cast.member("Ada Alumna")
    phone = await cast.browser(ada)
    on_phone = await sockets.of(ada, phone)
    answer = await phone.post("/api/v1/session", json={"email": "ada-alumna@example.org", "password": PASSWORD})
    assert answer.status_code == 201
    assert on_phone.told == [4401]


async def test_a_revoked_token_closes_its_sockets(cast: Cast, sockets: Sockets) -> None:
    ada = await cast.member("Ada Alumna")
    browser, bot, other = await cast.browser(ada), await cast.bearer(ada, "read"), await cast.bearer(ada, "read")
    of_bot, of_other = await sockets.of(ada, bot), await sockets.of(ada, other)
    assert (await browser.delete(f"/api/v1/me/tokens/{of_bot.session_id}")).status_code == 204
    assert (of_bot.told, of_other.told) == ([4401], [])


async def test_a_suspension_closes_all_sockets_of_the_member(cast: Cast, running: Process, sockets: Sockets) -> None:
    ada, bob = await cast.member("Ada Alumna"), await cast.member("Bob Both")
    browser = await cast.browser(ada)
    of_ada, of_bob = await sockets.of(ada, browser), await sockets.of(bob, await cast.browser(bob))
    assert (await browser.get("/api/v1/session")).status_code == 200
    async with running.database.transaction() as session:
        await people.suspend(session, ada.id, by="cli", reason="spam")
    assert (of_ada.told, of_bob.told) == ([4401], [])
    assert (await browser.get("/api/v1/session")).status_code == 401
    async with running.database.transaction() as session:
        await people.lift_suspension(session, ada.id, by="cli", reason="a mistake")
    assert (await (await cast.browser(ada)).get("/api/v1/session")).status_code == 200


async def test_a_block_made_or_taken_back_reaches_both(cast: Cast, sockets: Sockets) -> None:
    ada, bob, eve = [await cast.member(name) for name in ("Ada Alumna", "Bob Both", "Eve Else")]
    browser = await cast.browser(ada)
    ears = [
        await sockets.of(member, client)
        for member, client in ((ada, browser), (bob, await cast.browser(bob)), (eve, await cast.browser(eve)))
    ]
    assert (await browser.put("/api/v1/members/bob-both/block")).status_code == 204
    assert [ear.told for ear in ears] == [["refreshed"], ["refreshed"], []]
    assert (await browser.delete("/api/v1/members/bob-both/block")).status_code == 204
    assert [ear.told for ear in ears] == [["refreshed"] * 2, ["refreshed"] * 2, []]


async def test_a_preference_or_a_role_reaches_the_member(cast: Cast, sockets: Sockets) -> None:
    ada = await cast.member("Ada Alumna")
    browser = await cast.browser(ada)
    ear = await sockets.of(ada, browser)
    assert (await browser.patch("/api/v1/me/preferences", json={"presence": True})).status_code == 200
    await cast.grant(ada, "moderator")
    assert ear.told == ["refreshed", "refreshed"]
