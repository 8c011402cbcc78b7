"""The pages of one's own account: addresses, password, devices, access tokens; forms alone do it all."""

import re

import httpx
import pytest

from tests.cast import PASSWORD, Cast

OWN, WORK = "ada-rao@example.org", "ada@work.example"


@pytest.fixture
async def browser(cast: Cast) -> httpx.AsyncClient:
    ada = await cast.member("Ada Rao")
    await cast.address(ada, WORK)
    return await cast.browser(ada)


def actions(page: httpx.Response, part: str) -> list[str]:
    """The addresses of the page's forms that hold `part`."""
    return re.findall(rf'<form[^>]*action="([^"]*{part}[^"]*)"', page.text)


async def follow(browser: httpx.AsyncClient, path: str, data: dict[str, str] | None = None) -> str:
    answer = await browser.post(path, data=data or {})
    assert answer.status_code == 303
    return (await browser.get(answer.headers["location"])).text


async def test_addresses_are_added_made_primary_and_removed(cast: Cast, browser: httpx.AsyncClient) -> None:
    assert "The letter is on its way." in await follow(browser, "/me/emails", {"email": "ada@new.example"})
    await cast.run_jobs()
    assert cast.letters()[-1].to == "ada@new.example"
    assert "Your address is confirmed." in await follow(browser, cast.letters()[-1].links[0])
    page = await browser.get("/me/emails")
    assert len(actions(page, "/primary")) == 2
    assert "Letters go to this address from now on." in await follow(browser, actions(page, "/primary")[0])
    page = await browser.get("/me/emails")
    for path in actions(page, "/remove")[:2]:
        assert "The address is off your list." in await follow(browser, path)
    page = await browser.get("/me/emails")
    assert actions(page, "/remove") == []


async def test_a_wrong_address_is_explained_at_its_field(browser: httpx.AsyncClient) -> None:
    for email, sentence in (("nonsense", "This is not an address"), (WORK, "This address is on your list already.")):
        page = await browser.post("/me/emails", data={"email": email})
        assert (page.status_code, sentence in page.text) == (422, True)


async def test_the_only_confirmed_address_stays_and_says_why(cast: Cast, browser: httpx.AsyncClient) -> None:
    await follow(browser, "/me/emails", {"email": "ada@new.example"})
    own, work, new = actions(await browser.get("/me/emails"), "/remove")
    await follow(browser, work)
    assert actions(await browser.get("/me/emails"), "/remove") == [new]
    answer = await browser.post(own)
    assert (answer.status_code, "This is your only confirmed address." in answer.text) == (409, True)


async def test_a_strangers_address_is_none_of_hers(cast: Cast, browser: httpx.AsyncClient) -> None:
    eve = await cast.browser(await cast.member("Eve Tan"))
    path = actions(await browser.get("/me/emails"), "/remove")[0]
    assert (await eve.post(path)).status_code == 404
    assert (await browser.post(path)).status_code == 303


async def test_the_password_is_changed_and_given_up(browser: httpx.AsyncClient) -> None:
    page = await browser.post("/me/security/password", data={"password": "short"})
    assert (page.status_code, "Use at least 12 characters." in page.text) == (422, True)
    new = {"password": "a lantern under the bridge"}
    assert "Your new password is set." in await follow(browser, "/me/security/password", new)
    page_text = await follow(browser, "/me/security/password/remove")
    assert "Your password is gone." in page_text
    assert "You sign in by mailed links." in page_text


async def test_devices_are_listed_and_signed_out(cast: Cast, browser: httpx.AsyncClient) -> None:
    async def elsewhere() -> httpx.AsyncClient:
        other = cast.visitor(**{"user-agent": "Mozilla/5.0 (iPhone) Safari Line/14.9.0"})
        await other.post("/sign-in", data={"email": OWN, "password": PASSWORD})
        return other

    first = await elsewhere()
    page = await browser.get("/me/security")
    assert "LINE on iPhone" in page.text and "Firefox on Linux" in page.text
    (path,) = actions(page, r"/sessions/[0-9a-f-]+/end")
    assert (await first.get("/me/security")).status_code == 200
    assert "Signed out there." in await follow(browser, path)
    assert (await first.get("/me/security")).status_code == 303
    others = [await elsewhere(), await elsewhere()]
    await follow(browser, "/me/security/sessions/end")
    assert [(await other.get("/me/security")).status_code for other in others] == [303, 303]


async def test_a_token_is_made_shown_once_and_taken_back(cast: Cast, browser: httpx.AsyncClient) -> None:
    form = {"name": "<b>Notebook</b>", "scopes": ["read", "messages"], "expires_in_days": "30"}
    made = await browser.post("/me/security/tokens", data=form)
    assert made.status_code == 200
    secret = re.findall(r"<code>([\w-]{43})</code>", made.text)[0]
    assert "<b>Notebook</b>" not in made.text
    program = cast.visitor(authorization=f"Bearer {secret}")
    assert (await program.get("/api/v1/session")).status_code == 200
    page = await browser.get("/me/security")
    assert secret not in page.text
    (path,) = actions(page, "/revoke")
    assert "The access token no longer works." in await follow(browser, path)
    assert (await program.get("/api/v1/session")).status_code == 401


async def test_a_token_of_nothing_is_explained(browser: httpx.AsyncClient) -> None:
    page = await browser.post("/me/security/tokens", data={"name": "", "expires_in_days": "900"})
    assert page.status_code == 422
    for sentence in ("Please fill this in.", "Give at least 1.", "It must be 366 or less."):
        assert sentence in page.text


async def test_the_pages_speak_japanese(cast: Cast) -> None:
    ada = await cast.member("Ada Rao", language="ja")
    browser = await cast.browser(ada)
    for path in ("/me/emails", "/me/security"):
        page = await browser.get(path)
        assert (page.status_code, page.headers["content-language"]) == (200, "ja")
