"""Other sites send nothing in a member's name, to no route there is; and nobody is led away. Case 55, 56."""

import httpx
import pytest

from tests.abuse import attack
from tests.cast import Cast

FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:8000.evil.example"},
    {"origin": "https://localhost:8000"},
)
OWN: tuple[dict[str, str], ...] = ({"origin": "http://localhost:8000"}, {"sec-fetch-site": "same-origin"}, {})

AWAY = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "https:evil.example",
    "https://evil.example",
    "http:/\\evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    ".evil.example",
    "/%0d%0aSet-Cookie:a=b\r\nx: y",
    "\\\\evil.example",
    "/" + "a" * 3000,
    "",
)


async def test_no_unsafe_route_takes_a_members_request_from_another_site(cast: Cast) -> None:
    """Case 56, over every route: refused before anything is looked at, also what the address does not know."""
    member = await cast.member("Mali Member")
    unsafe = [(method, attack.filled(route.path)) for method, route in attack.routes() if method != "GET"]
    async with await cast.browser(member) as browser:
        for method, path in unsafe:
            for headers in FOREIGN:
                assert await kind_of(browser, method, path, headers) == "cross-site", (method, path, headers)
        for headers in OWN:
            assert (await browser.patch("/api/v1/me", json={"headline": "Ours"}, headers=headers)).status_code == 200
        assert (await browser.get("/api/v1/me", headers=FOREIGN[0])).status_code == 200


async def test_no_page_takes_a_visitors_form_from_another_site(cast: Cast) -> None:
    """Without a cookie too, or a visitor would be signed in as somebody else.

    But for the way out of letters, which mail programs press from wherever they are (RFC 8058).
    """
    pages = [attack.filled(route.path) for method, route in attack.routes() if method == "POST"]
    async with cast.visitor() as browser:
        for path in pages:
            if path.startswith("/unsubscribe/"):
                assert await kind_of(browser, "POST", path, FOREIGN[0]) == "404", path
            elif not path.startswith("/api/"):
                assert await kind_of(browser, "POST", path, FOREIGN[0]) == "cross-site", path
        own = await browser.post("/language", data={"language": "ja"}, headers=OWN[0])
    assert own.status_code == 303


async def kind_of(browser: httpx.AsyncClient, method: str, path: str, headers: dict[str, str]) -> str:
    answer = await browser.request(method, path, headers=headers)
    if answer.status_code != 403:
        return str(answer.status_code)
    if path.startswith("/api/"):
        return str(answer.json()["type"].removeprefix("/problems/"))
    return "cross-site" if "/problems/cross-site" in answer.text or "another site" in answer.text else "403"


@pytest.mark.parametrize("target", AWAY)
async def test_no_page_that_leads_on_leads_away(cast: Cast, target: str) -> None:
    """Case 55, on every page that takes `next`."""
    member = await cast.member("Mali Member")
    email = "mali-member@example.org"
    from_visitor = (
        ("POST", "/sign-in", {"email": email, "password": "seven quiet herons wade", "next": target}),
        ("POST", "/language", {"language": "en", "next": target}),
    )
    from_member = (
        ("GET", "/sign-in", {"next": target}),
        ("POST", "/session/fresh", {"password": "seven quiet herons wade", "next": target}),
        ("POST", "/language", {"language": "en", "next": target}),
    )
    for sent, who in ((from_visitor, None), (from_member, member)):
        for method, path, values in sent:
            async with cast.visitor() if who is None else await cast.browser(who) as browser:
                if method == "GET":
                    answer = await browser.get(path, params=values)
                else:
                    answer = await browser.post(path, data=values)
                assert (answer.status_code, answer.headers["location"]) == (303, "/"), (method, path)
    async with cast.visitor() as browser:
        shown = await browser.get("/sign-in", params={"next": target})
        onward = [v for form in attack.Markup(shown.text).forms for name, v in form.values if name == "next"]
        assert [v for v in onward if v not in ("/", "/sign-in") and not v.startswith("/sign-in?")] == []


async def test_a_mailed_link_leads_on_within_the_site_only(cast: Cast) -> None:
    await cast.member("Mali Member")
    ends = {}
    for target in ("/exchanges?programme=ssp-a", "//evil.example", "/\\evil.example"):
        async with cast.visitor() as browser:
            await browser.post("/sign-in", data={"email": "mali-member@example.org", "way": "link", "next": target})
            await cast.run_jobs()
            ends[target] = (await browser.post(cast.letters()[-1].links[0])).headers["location"]
    assert ends == {
        "/exchanges?programme=ssp-a": "/exchanges?programme=ssp-a",
        "//evil.example": "/",
        "/\\evil.example": "/",
    }
