"""The pages of signing in: without a script, explained at the field, and never leading off the site."""

import re
from datetime import timedelta

import httpx
import pytest

from ssc.core import clock
from ssc.core.config import Settings
from ssc.people.models import Suspension
from tests.cast import PASSWORD, Cast

OWN = "ada-rao@example.org"


def errors(page: httpx.Response) -> list[str]:
    """The sentences at the fields, and the one at the top that belongs to none."""
    at_fields = re.findall(r'<p class="error"[^>]*>.*?</span>([^<]+)</p>', page.text, re.DOTALL)
    at_top = re.findall(r"<li>([^<]+)</li>", page.text)
    return [sentence.strip() for sentence in [*at_top, *at_fields]]


async def test_a_member_signs_in_on_the_page_and_is_where_she_wanted_to_go(cast: Cast) -> None:
    await cast.member("Ada Rao")
    browser = cast.visitor()
    away = await browser.get("/me/emails?done=added")
    assert (away.status_code, away.headers["location"]) == (303, "/sign-in?next=%2Fme%2Femails%3Fdone%3Dadded")
    page = await browser.get(away.headers["location"])
    assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store")
    assert 'value="/me/emails?done=added"' in page.text
    form = {"email": OWN, "password": PASSWORD, "next": "/me/emails?done=added"}
    answer = await browser.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/emails?done=added")
    assert (await browser.get("/me/emails")).status_code == 200
    assert (await browser.get("/sign-in?next=/me/security")).headers["location"] == "/me/security"


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "///evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nset-cookie: x=1",
        "",
        "me",
        "/" + "a" * 3000,
    ],
)
async def test_next_stays_on_the_site(cast: Cast, evil: str) -> None:
    """Case 55."""
    await cast.member("Ada Rao")
    form = {"email": OWN, "password": PASSWORD}
    answer = await cast.visitor().post("/sign-in", data={**form, "next": evil})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    good = await cast.visitor().post("/sign-in", data={**form, "next": "/me/security?a=1#b"})
    assert good.headers["location"] == "/me/security?a=1#b"
    signed_in = cast.visitor()
    await signed_in.post("/sign-in", data=form)
    assert (await signed_in.get("/sign-in", params={"next": evil})).headers["location"] == "/"


@pytest.mark.parametrize(
    ("form", "status", "sentences"),
    [
        (
            {"email": OWN, "password": "wrong"},
            401,
            [
                "The address and the password do not fit together. "
                "Check both for typing errors, or have a sign-in link mailed to you."
            ],
        ),
        ({"email": OWN, "password": ""}, 422, ["Write your password, or have a sign-in link mailed to you."]),
        (
            {"email": "ada at example", "password": "x"},
            422,
            ["This is not an address that mail can reach. Write it like name@example.org."],
        ),
        ({}, 422, ["Please fill this in.", "Please fill this in."]),
    ],
)
async def test_what_is_wrong_is_explained(cast: Cast, form: dict[str, str], status: int, sentences: list[str]) -> None:
    await cast.member("Ada Rao")
    page = await cast.visitor().post("/sign-in", data=form)
    assert (page.status_code, errors(page)) == (status, sentences)
    assert "wrong" not in re.findall(r'type="password"[^>]*value="([^"]*)"', page.text)
    good = await cast.visitor().post("/sign-in", data={"email": OWN, "password": PASSWORD})
    assert good.status_code == 303


async def test_a_suspended_member_reads_until_when_and_why(cast: Cast) -> None:
    ada = await cast.member("Ada Rao")
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=ada.id, reason="Unwanted mail", until=None))
    page = await cast.visitor().post("/sign-in", data={"email": OWN, "password": PASSWORD})
    assert (page.status_code, errors(page)) == (
        403,
        ["Your account is suspended until further notice. Reason: Unwanted mail"],
    )


class TestThrottled:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_who_tried_too_often_reads_how_long_to_wait(self, cast: Cast) -> None:
        await cast.member("Ada Rao")
        visitor = cast.visitor()
        for _ in range(10):
            assert (await visitor.post("/sign-in", data={"email": OWN, "password": "wrong"})).status_code == 401
        page = await visitor.post("/sign-in", data={"email": OWN, "password": "wrong"})
        assert (page.status_code, errors(page)) == (429, ["Too many attempts. Please wait 15 min. and try again."])
        assert int(page.headers["retry-after"]) > 800
        mailed = await visitor.post("/sign-in", data={"email": OWN, "way": "link"})
        assert mailed.status_code == 303


async def test_the_same_page_mails_a_link_which_leads_on(cast: Cast) -> None:
    await cast.member("Ada Rao")
    browser = cast.visitor()
    form = {"email": OWN, "password": "", "way": "link", "next": "/me/security"}
    asked = await browser.post("/sign-in", data=form)
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in/mailed")
    assert (await browser.get("/sign-in/mailed")).status_code == 200
    await cast.run_jobs()
    link = cast.letters()[-1].links[0]
    answer = await browser.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/security")
    assert (await browser.get("/me/security")).status_code == 200


async def test_for_an_unknown_address_the_page_is_the_same(cast: Cast) -> None:
    """Case 26."""
    await cast.member("Ada Rao")
    for path, form in (("/sign-in", {"way": "link"}), ("/password-reset", {})):
        known, unknown = [
            await cast.visitor().post(path, data={**form, "email": email}) for email in (OWN, "no@example.org")
        ]
        assert (known.status_code, known.headers["location"]) == (303, unknown.headers["location"])


async def test_a_form_of_another_site_signs_nobody_in(cast: Cast) -> None:
    """Case 56: else somebody could be signed in as the attacker, and tell him all she writes."""
    await cast.member("Ada Rao")
    form = {"email": OWN, "password": PASSWORD}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}):
        assert (await cast.visitor().post("/sign-in", data=form, headers=headers)).status_code == 403
    own = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
    assert (await cast.visitor().post("/sign-in", data=form, headers=own)).status_code == 303


async def test_signing_out_is_a_button(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Ada Rao"))
    assert (await browser.get("/sign-out")).status_code == 405
    assert (await browser.get("/me/emails")).status_code == 200
    assert (await browser.post("/sign-out")).headers["location"] == "/"
    assert (await browser.get("/me/emails")).status_code == 303


async def test_what_matters_asks_again_and_goes_on(cast: Cast) -> None:
    await cast.member("Ada Rao")
    browser = cast.visitor()
    await browser.post("/sign-in", data={"email": OWN, "password": PASSWORD})
    with clock.shifted(timedelta(minutes=11)):
        page = await browser.get("/me/security")
        assert 'href="/session/fresh?next=/me/security"' in page.text
        refused = await browser.post(
            "/me/security/password",
            data={"password": "a lantern under the bridge"},
            headers={"referer": "http://localhost:8000/me/security"},
        )
        assert refused.status_code == 403
        assert 'href="/session/fresh?next=%2Fme%2Fsecurity"' in refused.text
        wrong = await browser.post("/session/fresh", data={"password": "wrong", "next": "/me/security"})
        assert (wrong.status_code, errors(wrong)[-1]) == (401, "This is not your password.")
        right = await browser.post("/session/fresh", data={"password": PASSWORD, "next": "/me/security"})
        assert (right.status_code, right.headers["location"]) == (303, "/me/security")
        assert (await browser.post("/me/security/password", data={"password": "a lantern under the bridge"})).headers[
            "location"
        ] == "/me/security?done=password"


async def test_who_has_no_password_is_mailed_a_link(cast: Cast) -> None:
    await cast.member("Ada Rao")
    browser = cast.visitor()
    await browser.post("/sign-in", data={"email": OWN, "password": PASSWORD})
    await browser.post("/me/security/password/remove")
    with clock.shifted(timedelta(minutes=11)):
        page = await browser.get("/session/fresh?next=/me/emails")
        assert 'type="password"' not in page.text
        assert (await browser.post("/session/fresh/link", data={"next": "/me/emails"})).status_code == 303
        await cast.run_jobs()
        link = next(one for letter in cast.letters() for one in letter.links if "/session/link/" in one)
        assert (await browser.post(link)).headers["location"] == "/me/emails"
        assert 'action="/me/emails"' in (await browser.get("/me/emails")).text
