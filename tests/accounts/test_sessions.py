"""Devices: where one is signed in, signing out from afar, and what ends sessions."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from ssc.accounts.devices import device_name
from ssc.core import clock
from tests.cast import PASSWORD, Cast

API = "/api/v1"
SESSIONS = f"{API}/me/sessions"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
)


async def sign_in(cast: Cast, user_agent: str = "", email: str = "ada-rao@example.org") -> httpx.AsyncClient:
    browser = cast.visitor(**{"user-agent": user_agent})
    answer = await browser.post(f"{API}/session", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 201
    return browser


async def devices(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get(SESSIONS)).json()["items"]
    return items


async def works(client: httpx.AsyncClient) -> bool:
    return (await client.get(f"{API}/session")).status_code == 200


async def test_the_list_names_each_device_and_this_one(cast: Cast) -> None:
    await cast.member("Ada Rao")
    phone = await sign_in(cast, PHONE)
    with clock.shifted(timedelta(hours=1)):
        laptop = await sign_in(cast, "curl/8.5.0")
        seen = await devices(laptop)
    assert [(d["device"], d["country"], d["current"]) for d in seen] == [
        ("curl", None, True),
        ("Chrome on Android", None, False),
    ]
    assert sorted(seen[0]) == ["country", "created_at", "current", "device", "id", "last_seen_at"]
    assert seen[0]["created_at"].endswith("Z")
    assert [d["current"] for d in await devices(phone)] == [False, True]


async def test_a_device_is_signed_out_from_another(cast: Cast) -> None:
    await cast.member("Ada Rao")
    phone, laptop = await sign_in(cast, PHONE), await sign_in(cast)
    lost = next(d["id"] for d in await devices(laptop) if not d["current"])
    assert await works(phone)
    assert (await laptop.delete(f"{SESSIONS}/{lost}")).status_code == 204
    assert (await works(phone), await works(laptop)) == (False, True)
    assert (await laptop.delete(f"{SESSIONS}/{lost}")).status_code == 404


async def test_another_persons_session_answers_like_one_that_does_not_exist(cast: Cast) -> None:
    """Case 38."""
    await cast.member("Ada Rao")
    hers = await sign_in(cast)
    (device,) = await devices(hers)
    eve = await cast.browser(await cast.member("Eve Tan"))
    answers = [await eve.delete(f"{SESSIONS}/{one}") for one in (device["id"], "no-id", device["id"].upper() + "0")]
    assert [(a.status_code, a.json()) for a in answers] == [(404, answers[0].json())] * 3
    assert (await hers.delete(f"{SESSIONS}/{device['id']}")).status_code == 204
    assert not await works(hers)


async def test_a_new_password_ends_the_other_sessions_and_not_this(cast: Cast) -> None:
    """Case 27."""
    ada = await cast.member("Ada Rao")
    here, there = await sign_in(cast), await cast.browser(ada)
    assert (await here.put(f"{API}/me/password", json={"password": "a lantern under the bridge"})).status_code == 204
    assert (await works(here), await works(there)) == (True, False)
    await cast.run_jobs()
    assert [letter.subject for letter in cast.letters()] == ["Your password was changed"]


async def test_doing_without_a_password_leaves_links(cast: Cast) -> None:
    await cast.member("Ada Rao")
    here = await sign_in(cast)
    assert (await here.delete(f"{API}/me/password")).status_code == 204
    body = {"email": "ada-rao@example.org", "password": PASSWORD}
    assert (await cast.visitor().post(f"{API}/session", json=body)).status_code == 401
    await cast.visitor().post(f"{API}/session/link", json={"email": "ada-rao@example.org"})
    await cast.run_jobs()
    token = cast.letters()[-1].links[0].rpartition("/")[2]
    assert (await cast.visitor().post(f"{API}/session/link/redeem", json={"token": token})).status_code == 201


async def test_a_password_needs_a_fresh_sign_in_in_a_browser(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    body = {"password": "a lantern under the bridge"}
    browser = await cast.browser(ada)
    assert (await cast.visitor().put(f"{API}/me/password", json=body)).status_code == 401
    assert (await (await cast.bearer(ada, "write")).put(f"{API}/me/password", json=body)).status_code == 403
    with clock.shifted(timedelta(minutes=11)):
        assert (await browser.put(f"{API}/me/password", json=body)).status_code == 403
        assert (await browser.post(f"{API}/session/fresh", json={"password": "wrong"})).status_code == 401
        assert (await browser.post(f"{API}/session/fresh", json={"password": PASSWORD})).status_code == 204
        assert (await browser.put(f"{API}/me/password", json=body)).status_code == 204


async def test_showing_again_that_it_is_oneself_brings_a_new_cookie(cast: Cast) -> None:
    await cast.member("Ada Rao")
    browser = await sign_in(cast)
    old = browser.cookies["ssc_session"]
    await browser.post(f"{API}/session/fresh", json={"password": PASSWORD})
    assert await works(browser)
    assert not await works(cast.visitor(cookie=f"ssc_session={old}"))


async def test_the_owner_is_told_of_a_new_device_but_not_of_the_first(cast: Cast) -> None:
    await cast.member("Ada Rao")
    first = await sign_in(cast, PHONE)
    await cast.run_jobs()
    assert cast.letters() == []
    await sign_in(cast, "curl/8.5.0")
    await first.delete(f"{API}/session")
    await first.post(f"{API}/session", json={"email": "ada-rao@example.org", "password": PASSWORD})
    await cast.run_jobs()
    (letter,) = cast.letters()
    assert (letter.to, letter.subject) == ("ada-rao@example.org", "Signed in on a new device")
    assert "curl" in letter.text and "curl" in letter.html


async def test_nobody_chooses_the_secret_by_which_a_device_is_known(cast: Cast) -> None:
    await cast.member("Ada Rao")
    browser = cast.visitor(cookie="ssc_device=short")
    answer = await browser.post(f"{API}/session", json={"email": "ada-rao@example.org", "password": PASSWORD})
    (given,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith("ssc_device=")]
    assert len(given.split(";")[0]) == len("ssc_device=") + 43


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Chrome on Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Mobile/15E148 Safari Line/14.9.0",
            "LINE on iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 "
            "Safari/537.36 Edg/126.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Mac"),
        (
            "Mozilla/5.0 (Linux; Android 12; V2027) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0 Mobile "
            "Safari/537.36 XWEB/3262 MMWEBSDK/20220903 MicroMessenger/8.0.28",
            "WeChat on Android",
        ),
        ("python-httpx/0.28.1", "python-httpx"),
        ("", ""),
        ("<script>alert(1)</script>", ""),
        ("A" * 100000, "A" * 31),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
