"""The guard before every route: hosts, other sites' requests, addresses, languages, headers. Cases 30, 31, 56, 60."""

import pytest
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from ssc.app import create_app
from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.web.guard import network_of
from tests.cast import Cast

CHANGE = "/api/v1/session"  # DELETE: sign out
HEADERS_OF_EVERY_ANSWER = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000"])
async def test_the_clubs_own_hosts_are_served(host: str, cast: Cast) -> None:
    async with cast.visitor(host=host) as browser:
        assert (await browser.get("/")).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost", "localhost:8001", "localhost:8000.evil.example", "localhost:8000@evil", "", " "],
)
async def test_other_hosts_are_refused(host: str, cast: Cast) -> None:
    """Case 30."""
    async with cast.visitor(host=host) as browser:
        page, call = await browser.get("/"), await browser.get("/api/v1/me")
    assert (page.status_code, call.status_code) == (421, 421)
    assert call.json()["type"] == "/problems/misdirected"
    assert page.headers["content-type"].startswith("text/html")


async def test_two_hosts_at_once_are_refused(cast: Cast) -> None:
    """Case 30: uvicorn passes both on; a cache before us might believe the other one."""
    async with cast.visitor() as browser:
        request = browser.build_request("GET", "/")
        assert (await browser.send(request)).status_code == 200
        request = browser.build_request("GET", "/", headers=[("host", "localhost:8000"), ("host", "evil.example")])
        assert (await browser.send(request)).status_code == 421


async def test_in_production_only_the_named_host_is_served(settings: Settings, running: Process) -> None:
    production = settings.model_copy(
        update={
            "env": "production",
            "base_url": "https://club.example.org",
            "limits": "on",
            "mail_url": SecretStr("smtp://mail.example.org"),
            "mail_from": "club@example.org",
        }
    )
    production.__dict__.pop("hosts", None)
    cast = Cast(create_app(production, running), running)
    async with cast.visitor(host="club.example.org") as browser:
        answer = await browser.get("/")
        assert answer.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    async with cast.visitor(host="localhost") as browser:
        assert answer.status_code == 200
        assert (await browser.get("/")).status_code == 421


async def test_forwarding_headers_do_not_change_which_host_it_is(cast: Cast) -> None:
    """Case 30: a forged X-Forwarded-Host changes nothing, neither the answer nor an address in it."""
    async with cast.visitor(**{"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}) as browser:
        page = await browser.get("/")
    assert page.status_code == 200
    assert "evil.example" not in page.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"sec-fetch-site": "same-origin"}, 204),
        ({"sec-fetch-site": "none"}, 204),
        ({"origin": "http://localhost:8000"}, 204),
        ({"origin": "http://127.0.0.1:8000"}, 204),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "https://localhost:8000"}, 403),
        ({"origin": "http://localhost:8001"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost:8000"}, 403),
    ],
)
async def test_changes_from_other_sites_are_refused(headers: dict[str, str], status: int, cast: Cast) -> None:
    """Case 56."""
    member = await cast.member("Mali Member")
    async with await cast.browser(member, **headers) as browser:
        answer = await browser.delete(CHANGE)
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["type"] == "/problems/cross-site"
        assert (await browser.get("/api/v1/me")).status_code == (401 if status == 204 else 200)


async def test_other_sites_may_link_here_and_programs_need_no_origin(cast: Cast) -> None:
    """Reading is allowed from everywhere, and a token is no cookie: no browser sends it by itself."""
    member = await cast.member("Mali Member")
    async with await cast.browser(member, **{"sec-fetch-site": "cross-site"}) as browser:
        assert (await browser.get("/")).status_code == 200
    async with await cast.bearer(member, "read", "write") as program:
        answer = await program.patch("/api/v1/me", json={"headline": "x"}, headers={"origin": "http://evil.example"})
        assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/", "/nowhere", "/api/v1/nowhere", "/healthz", "/robots.txt", "/static/x/none.css"])
async def test_every_answer_bears_the_protective_headers(path: str, cast: Cast) -> None:
    async with cast.visitor() as browser:
        answer = await browser.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS_OF_EVERY_ANSWER} == HEADERS_OF_EVERY_ANSWER
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert len(answer.headers["x-request-id"]) == 16


async def test_a_request_id_that_a_client_sends_is_not_taken_over(cast: Cast) -> None:
    async with cast.visitor(**{"x-request-id": "forged"}) as browser:
        first, second = await browser.get("/healthz"), await browser.get("/healthz")
    assert len({"forged", first.headers["x-request-id"], second.headers["x-request-id"]}) == 3


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB,ja;q=0.5", "en"),
        ("ja;q=0,en;q=0.1", "en"),
        ("fr,de", "en"),
        ("*", "en"),
        ("ja;q=nan", "en"),
        (";;;,,q=1,ja;q=x", "en"),
        ("x" * 5000 + ",ja", "en"),
    ],
)
async def test_the_language_follows_the_browser(accept: str, language: str, cast: Cast) -> None:
    async with cast.visitor(**{"accept-language": accept}) as browser:
        page = await browser.get("/")
    assert (page.status_code, page.headers["content-language"]) == (200, language)
    assert f'<html lang="{language}"' in page.text


async def test_a_chosen_language_is_remembered_and_an_unknown_one_is_not(cast: Cast) -> None:
    async with cast.visitor(**{"accept-language": "en"}) as browser:
        await browser.post("/language", data={"language": "xx", "next": "/"})
        unchanged = await browser.get("/")
        chosen = await browser.post("/language", data={"language": "ja", "next": "/terms"})
        page = await browser.get("/")
    assert (unchanged.headers["content-language"], page.headers["content-language"]) == ("en", "ja")
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/terms")


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "///evil", "https:evil", "https://evil", ""])
async def test_coming_back_stays_on_the_site(target: str, cast: Cast) -> None:
    """Case 55."""
    async with cast.visitor() as browser:
        answer = await browser.post("/language", data={"language": "ja", "next": target})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    ("proxies", "sent", "counted"),
    [
        ("", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.0/8", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.0/8", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.0/8,203.0.113.0/24", "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        ("127.0.0.0/8", "nonsense", "127.0.0.1"),
        ("127.0.0.0/8", "198.51.100.1, nonsense", "127.0.0.1"),
        ("10.0.0.0/8", "203.0.113.9", "127.0.0.1"),
    ],
)
async def test_a_forwarded_address_counts_only_as_far_as_our_proxies_wrote_it(
    proxies: str, sent: str, counted: str, settings: Settings, running: Process
) -> None:
    """Case 31."""
    seen: list[str] = []
    app = create_app(settings.model_copy(update={"trusted_proxies": proxies}), running)

    @app.get("/tried")
    async def tried(request: Request) -> PlainTextResponse:
        seen.append(request.state.address)
        return PlainTextResponse("")

    async with Cast(app, running).visitor(**{"x-forwarded-for": sent}) as browser:
        await browser.get("/tried")
    assert seen == [counted]


def test_an_ipv6_network_counts_as_one_address() -> None:
    """Case 25."""
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::"
    assert network_of("2001:db8:1:3::1") == "2001:db8:1:3::"
    assert network_of("::ffff:203.0.113.9") == network_of("203.0.113.9") == "203.0.113.9"
    assert network_of("not an address") == "not an address"


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-"},
        {"range": "bytes=9-1,,-"},
        {"range": "x" * 3000},
        {"accept": "application/x-nothing"},
        {"accept": "*/*;q=nan"},
        {"if-none-match": "*"},
        {"if-none-match": '"' * 99},
        {"if-modified-since": "yesterday"},
        {"if-modified-since": "Mon, 01 Jan 2020 00:00:00 +99999999999999999999", "cookie": "a=b"},
        {"cookie": "ssc_session=\x7f; ;;=;ssc_session"},
        {"cookie": "a=" + "b" * 20_000},
        {"authorization": "Basic x"},
    ],
)
async def test_odd_headers_break_nothing(headers: dict[str, str], cast: Cast) -> None:
    """Case 60."""
    async with cast.visitor(**headers) as browser:
        statuses = [
            (await browser.get(path)).status_code for path in ("/", "/robots.txt", "/api/v1/exchanges", "/api/v1/news")
        ]
    assert max(statuses) < 500
    if "authorization" not in headers:
        assert set(statuses) <= {200, 304}
