"""Signing in by password: the cookie, the new session, the answer that tells nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ssc.accounts import passwords
from ssc.accounts.models import SignedInSession
from ssc.app import create_app
from ssc.core import clock, ids, process
from ssc.core.config import Settings
from ssc.people.models import Suspension
from tests.cast import PASSWORD, Cast

SESSION = "/api/v1/session"


def credentials(email: str, password: str = PASSWORD) -> dict[str, str]:
    return {"email": email, "password": password}


async def test_a_member_signs_in_and_is_known_until_she_signs_out(cast: Cast) -> None:
    ada = await cast.holder("Ada Rao", "editor", language="ja")
    browser = cast.visitor()
    answer = await browser.post(SESSION, json=credentials("ada-rao@example.org"))
    member = {"handle": ada.handle, "name": "Ada Rao", "photo": None, "roles": ["editor"], "language": "ja"}
    assert (answer.status_code, answer.json()) == (201, {"member": member})
    assert (await browser.get(SESSION)).json() == {"member": member}
    assert (await browser.delete(SESSION)).status_code == 204
    assert (await browser.get(SESSION)).status_code == 401
    assert (await browser.delete(SESSION)).status_code == 204


async def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(cast: Cast) -> None:
    """Case 27."""
    browser = await cast.browser(await cast.member("Ada Rao"))
    stolen = cast.visitor(cookie=f"ssc_session={browser.cookies['ssc_session']}")
    assert (await stolen.get(SESSION)).status_code == 200
    await browser.delete(SESSION)
    assert (await stolen.get(SESSION)).status_code == 401


async def test_the_cookie_is_for_this_site_and_for_no_script(cast: Cast) -> None:
    await cast.member("Ada Rao")
    answer = await cast.visitor().post(SESSION, json=credentials("ada-rao@example.org"))
    given = dict(header.split("=", 1) for header in answer.headers.get_list("set-cookie"))
    assert sorted(given) == ["ssc_device", "ssc_session"]
    value, *flags = given["ssc_session"].split("; ")
    assert len(value) == 43
    assert sorted(flags) == ["HttpOnly", "Max-Age=15552000", "Path=/", "SameSite=lax"]


async def test_under_https_the_cookie_is_bound_to_this_host(cast: Cast, settings: Settings) -> None:
    await cast.member("Ada Rao")
    secure = settings.model_copy(update={"base_url": "https://club.example"})
    async with process.opened(secure, pool_size=2) as running:
        visitor = Cast(create_app(secure, running), running).visitor()
        answer = await visitor.post(f"https://club.example{SESSION}", json=credentials("ada-rao@example.org"))
    given = dict(header.split("=", 1) for header in answer.headers.get_list("set-cookie"))
    assert sorted(given) == ["__Host-ssc_device", "__Host-ssc_session"]
    flags = sorted(given["__Host-ssc_session"].split("; ")[1:])
    assert flags == ["HttpOnly", "Max-Age=15552000", "Path=/", "SameSite=lax", "Secure"]


async def test_a_planted_cookie_is_never_the_one_that_is_signed_in(cast: Cast) -> None:
    """Case 27."""
    ada, eve = await cast.member("Ada Rao"), await cast.member("Eve Tan")
    browser = await cast.browser(eve)
    planted = browser.cookies["ssc_session"]
    await browser.post(SESSION, json=credentials("ada-rao@example.org"))
    assert browser.cookies["ssc_session"] != planted
    assert (await browser.get(SESSION)).json()["member"]["handle"] == ada.handle
    assert (await cast.visitor(cookie=f"ssc_session={planted}").get(SESSION)).status_code == 401
    invented = "x" * 43
    browser = cast.visitor(cookie=f"ssc_session={invented}")
    await browser.post(SESSION, json=credentials("ada-rao@example.org"))
    assert (await cast.visitor(cookie=f"ssc_session={invented}").get(SESSION)).status_code == 401


async def test_only_the_hash_of_the_cookie_is_stored(cast: Cast) -> None:
    """Case 28."""
    await cast.member("Ada Rao")
    browser = cast.visitor()
    await browser.post(SESSION, json=credentials("ada-rao@example.org"))
    async with cast.running.database.transaction() as session:
        stored = await session.scalar(select(SignedInSession.digest))
    assert stored == ids.digest(browser.cookies["ssc_session"])


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada-rao@example.org", "not her password"),
        ("nobody@example.org", PASSWORD),
        ("unclaimed@example.org", PASSWORD),
        ("passwordless@example.org", PASSWORD),
        ("ada-rao@example.org", ""),
    ],
)
async def test_what_is_wrong_is_not_said(cast: Cast, email: str, password: str) -> None:
    """Case 26."""
    await cast.member("Ada Rao")
    answer = await cast.visitor().post(SESSION, json=credentials(email, password))
    assert answer.status_code == 401
    assert answer.headers.get_list("set-cookie") == []
    assert answer.json() == {
        "type": "/problems/wrong-credentials",
        "title": "The address or the password is not right",
        "status": 401,
    }
    assert (await cast.visitor().post(SESSION, json=credentials("ada-rao@example.org"))).status_code == 201


@pytest.mark.parametrize("email", ["nobody@example.org", "ada-rao@example.org"])
async def test_for_an_unknown_address_a_password_is_hashed_as_for_a_known_one(cast: Cast, email: str) -> None:
    """Case 26: the dear part of the work is the same, one hash each."""
    await cast.member("Ada Rao")
    before = passwords.computed()
    answer = await cast.visitor().post(SESSION, json=credentials(email, "not the password at all"))
    assert (answer.status_code, passwords.computed() - before) == (401, 1)


@pytest.mark.parametrize("spelt", ["ADA-RAO@example.org", " ada-rao@Example.ORG ", "ａｄａ-rao@example.org"])
async def test_an_address_may_be_spelt_in_other_letters(cast: Cast, spelt: str) -> None:
    await cast.member("Ada Rao")
    assert (await cast.visitor().post(SESSION, json=credentials(spelt))).status_code == 201


async def test_a_suspended_member_hears_until_when_and_why_but_only_with_her_password(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    until = clock.now() + timedelta(days=2)
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=ada.id, reason="Unwanted mail to many", until=until))
    answer = await cast.visitor().post(SESSION, json=credentials("ada-rao@example.org"))
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/suspended")
    day = f"{until.astimezone(clock.JAPAN):%-d %B %Y}"
    assert answer.json()["detail"] == f"Your account is suspended until {day}. Reason: Unwanted mail to many"
    wrong = await cast.visitor().post(SESSION, json=credentials("ada-rao@example.org", "not her password"))
    assert (wrong.status_code, wrong.json()["type"]) == (401, "/problems/wrong-credentials")
    with clock.shifted(timedelta(days=3)):
        assert (await cast.visitor().post(SESSION, json=credentials("ada-rao@example.org"))).status_code == 201


async def test_a_cross_site_page_signs_nobody_in_or_out(cast: Cast) -> None:
    """Case 56."""
    browser = await cast.browser(await cast.member("Ada Rao"))
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
    ):
        assert (await browser.delete(SESSION, headers=headers)).status_code == 403
    assert (await browser.get(SESSION)).status_code == 200
    assert (await browser.delete(SESSION, headers={"sec-fetch-site": "same-origin"})).status_code == 204
