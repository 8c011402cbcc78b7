"""Pages of mailed links: opening one changes nothing, the button does, and nobody else learns the address."""

import httpx
import pytest
from sqlalchemy import select

from ssc.accounts.models import EmailAddress, SignedInSession, Token
from ssc.people.models import Member
from tests.cast import BASE, Cast
from tests.conftest import AccessLines

OWN, NEW = "ada-rao@example.org", "ada@new.example"
API = "/api/v1"


@pytest.fixture
async def ada(cast: Cast) -> Member:
    return await cast.member("Ada Rao")


async def link_of(cast: Cast, kind: str, ada: Member) -> str:
    """The path that a letter of this kind leads to."""
    browser = await cast.browser(ada)
    if kind == "sign-in":
        await browser.post(f"{API}/session/link", json={"email": OWN})
    elif kind == "reset":
        await browser.post(f"{API}/password-reset", json={"email": OWN})
    else:
        await browser.post(f"{API}/me/emails", json={"email": NEW})
    await cast.run_jobs()
    link = cast.letters()[-1].links[0]
    if kind == "undo":
        await browser.post(link)
        await cast.run_jobs()
        link = cast.letters()[-1].links[0]
    return link.removeprefix(BASE)


KINDS = ["sign-in", "reset", "confirm", "undo"]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_scanner_that_opens_the_link_changes_nothing(cast: Cast, ada: Member, kind: str) -> None:
    """Case 29."""
    link = await link_of(cast, kind, ada)

    async def state() -> list[object]:
        async with cast.running.database.transaction() as session:
            tokens = await session.execute(select(Token.id, Token.used_at).order_by(Token.id))
            addresses = await session.execute(
                select(EmailAddress.key, EmailAddress.confirmed_at).order_by(EmailAddress.key)
            )
            sessions = await session.execute(select(SignedInSession.id).order_by(SignedInSession.id))
            return [*tokens, *addresses, *sessions]

    before = await state()
    scanner = cast.visitor()
    for method in ("GET", "HEAD", "GET", "OPTIONS"):
        answer = await scanner.request(method, link)
        assert answer.headers.get_list("set-cookie") == []
    assert await state() == before
    form = {"password": "a lantern under the bridge"} if kind == "reset" else {}
    assert (await cast.visitor().post(link, data=form)).status_code in (200, 303)
    assert await state() != before


@pytest.mark.parametrize("kind", KINDS)
async def test_the_page_tells_no_other_site_its_address(cast: Cast, ada: Member, kind: str) -> None:
    """Case 29."""
    link = await link_of(cast, kind, ada)
    page = await cast.visitor().get(link)
    assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")
    assert page.headers["cache-control"] == "private, no-store"
    assert f'action="{link}"' in page.text


@pytest.mark.parametrize("kind", KINDS)
async def test_a_used_link_says_so_and_what_to_do(cast: Cast, ada: Member, kind: str) -> None:
    link = await link_of(cast, kind, ada)
    form = {"password": "a lantern under the bridge"} if kind == "reset" else {}
    assert (await cast.visitor().post(link, data=form)).status_code in (200, 303)
    for answer in (await cast.visitor().get(link), await cast.visitor().post(link, data=form)):
        assert (answer.status_code, answer.headers["referrer-policy"]) == (410, "no-referrer")
        assert "This link is used up or has expired" in answer.text


async def test_a_browser_that_hides_the_origin_presses_the_button_all_the_same(cast: Cast, ada: Member) -> None:
    """The page's `no-referrer` makes browsers send `Origin: null` with its form."""
    link = await link_of(cast, "sign-in", ada)
    browser = await cast.browser(ada)
    hidden = {"origin": "null"}
    assert (await browser.post(link, headers={**hidden, "sec-fetch-site": "cross-site"})).status_code == 403
    assert (await browser.post(link, headers=hidden)).status_code == 403
    assert (await browser.post(link, headers={**hidden, "sec-fetch-site": "same-origin"})).status_code == 303


async def test_confirming_needs_no_sign_in_but_names_the_account(cast: Cast, ada: Member) -> None:
    link = await link_of(cast, "confirm", ada)
    page = await cast.visitor().get(link)
    assert NEW in page.text and "Ada Rao" in page.text
    done = await cast.visitor().post(link)
    assert (done.status_code, NEW in done.text) == (200, True)
    listed: httpx.Response = await (await cast.browser(ada)).get(f"{API}/me/emails")
    assert [item["confirmed"] for item in listed.json()["items"]] == [True, True]


async def test_confirming_while_signed_in_leads_back_to_the_list(cast: Cast, ada: Member) -> None:
    link = await link_of(cast, "confirm", ada)
    browser = await cast.browser(ada)
    assert (await browser.post(link)).headers["location"] == "/me/emails?done=confirmed"
    assert "Your address is confirmed." in (await browser.get("/me/emails?done=confirmed")).text


async def test_a_refused_password_is_explained_and_the_link_stays_good(cast: Cast, ada: Member) -> None:
    link = await link_of(cast, "reset", ada)
    page = await cast.visitor().post(link, data={"password": "sakura-science"})
    assert page.status_code == 422
    assert "This is mostly your own data or the club&#39;s words. Add words of another kind." in page.text
    browser = cast.visitor()
    answer = await browser.post(link, data={"password": "a lantern under the bridge"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/security?done=password")
    assert (await browser.get("/me/security?done=password")).status_code == 200


async def test_the_link_carries_its_token_into_no_log(
    cast: Cast, ada: Member, caplog: pytest.LogCaptureFixture, access_lines: AccessLines
) -> None:
    """Case 46."""
    link = await link_of(cast, "sign-in", ada)
    token = link.rpartition("/")[2]
    with caplog.at_level("DEBUG"):
        await cast.visitor().get(link)
        await cast.visitor().get(f"/sign-in?next={link}")
        await cast.visitor().post(f"{API}/session/link/redeem", json={"token": token})
    assert len(access_lines.entries) == 4  # the asking for the link among them
    assert token not in access_lines.getvalue()
    assert OWN not in access_lines.getvalue()
    ours = [record for record in caplog.records if record.name.startswith("ssc")]
    assert [record for record in ours if token in str(record.__dict__) or OWN in str(record.__dict__)] == []
