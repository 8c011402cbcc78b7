"""What is refused first, and how: API.md's order over every call there is; strict JSON; bounded bodies. Case 59, 61."""

import json
from collections.abc import AsyncIterator
from time import process_time
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from ssc.web import openapi
from ssc.web.api import JSON_LIMIT
from tests.cast import Cast

PROBLEM = "application/problem+json"
SESSION = "/api/v1/session"
NOWHERE = "00000000-0000-7000-8000-000000000000"


def calls(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path with its places filled by what does not exist, operation) of every call of the API."""
    document = openapi.document(app)
    found = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            places = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"]
            filled = path
            for place in places:
                filled = filled.replace("{" + place + "}", NOWHERE)
            found.append((method.upper(), filled, operation))
    return found


def takes_json(operation: dict[str, Any]) -> bool:
    return "application/json" in operation.get("requestBody", {}).get("content", {})


def needs_sign_in(operation: dict[str, Any]) -> bool:
    return bool(operation.get("security")) and {} not in operation["security"]


async def test_every_call_reads_its_body_before_it_asks_who_is_there(cast: Cast) -> None:
    """413, 415 and 400 come first, for visitors too; then 401, before the body's fields are looked at."""
    async with cast.visitor() as browser:
        for method, path, operation in calls(cast.app):
            if not takes_json(operation):
                continue
            as_json = {"content-type": "application/json"}
            large = await browser.request(method, path, content=b"[" + b" " * JSON_LIMIT + b"]", headers=as_json)
            typeless = await browser.request(method, path, content=b"{}", headers={"content-type": "text/plain"})
            broken = await browser.request(method, path, content=b"{", headers=as_json)
            statuses = (large.status_code, typeless.status_code, broken.status_code)
            assert statuses == (413, 415, 400), (method, path)
            if needs_sign_in(operation):
                wrong = await browser.request(method, path, json={"no such field": 1})
                assert (wrong.status_code, wrong.json()["type"]) == (401, "/problems/not-signed-in"), (method, path)


async def test_every_call_that_needs_a_person_says_so_before_anything_else(cast: Cast) -> None:
    async with cast.visitor() as browser:
        for method, path, operation in calls(cast.app):
            if needs_sign_in(operation):
                answer = await browser.request(method, path, params={"limit": "many", "cursor": "forged"})
                assert answer.status_code == 401, (method, path)
                assert answer.headers["www-authenticate"] == "Bearer", (method, path)


async def test_what_does_not_exist_comes_before_what_is_wrong_with_it(cast: Cast) -> None:
    """Staff may do everything: a thing that is not there is 404 although the body is invalid too (case 38)."""
    staff = await cast.staff()
    found = {}
    async with await cast.browser(staff) as browser:
        for method, path, operation in calls(cast.app):
            names = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"]
            if names and names != ["token"]:
                body: dict[str, Any] = {"json": {"no such field": 1}} if takes_json(operation) else {}
                missing = await browser.request(method, path, **body)
                malformed = await browser.request(method, path.replace(NOWHERE, "not%20an%20id"), **body)
                found[f"{method} {path}"] = (missing.status_code, malformed.status_code)
    assert {call: statuses for call, statuses in found.items() if statuses not in {(404, 404), (204, 204)}} == {}


async def test_every_refusal_is_a_problem_without_a_trace(cast: Cast) -> None:
    """Case 61, over every call: whatever comes back in error has the shape of RFC 9457."""
    member = await cast.member("Mali Member")
    async with cast.visitor() as visitor, await cast.browser(member) as browser:
        for method, path, _operation in calls(cast.app):
            for asker in (visitor, browser):
                answer = await asker.request(method, path)
                if answer.status_code >= 400:
                    assert_problem(answer)


def assert_problem(answer: httpx.Response) -> None:
    body = answer.json()
    assert answer.headers["content-type"] == PROBLEM
    assert (body["status"], body["type"].split("/")[:2]) == (answer.status_code, ["", "problems"])
    assert answer.status_code < 500
    assert set(body) <= {"type", "title", "status", "detail", "instance", "errors"}
    assert answer.headers["cache-control"] == "no-store"


async def test_the_type_of_a_problem_leads_to_a_page_that_explains_it(cast: Cast) -> None:
    async with cast.visitor() as browser:
        call = await browser.get("/api/v1/me")
        page = await browser.get(call.json()["type"])
        unknown = await browser.get("/problems/no-such-kind")
    assert (page.status_code, call.json()["title"] in page.text) == (200, True)
    assert (unknown.status_code, unknown.headers["content-type"]) == (404, "text/html; charset=utf-8")


async def test_a_method_that_an_address_does_not_know(cast: Cast) -> None:
    async with cast.visitor() as browser:
        call, page = await browser.patch(SESSION, json={}), await browser.post("/robots.txt")
    assert (call.status_code, call.json()["type"]) == (405, "/problems/method-not-allowed")
    assert (page.status_code, page.headers["content-type"]) == (405, "text/html; charset=utf-8")
    assert "GET" in page.headers["allow"]


async def test_a_member_who_mistypes_an_address_is_still_signed_in(cast: Cast) -> None:
    member = await cast.member("Aoi Mori", language="ja")
    async with await cast.browser(member) as browser, cast.visitor() as stranger:
        hers, theirs = await browser.get("/no-such-page"), await stranger.get("/no-such-page")
    assert (hers.status_code, hers.headers["content-language"], "/me/security" in hers.text) == (404, "ja", True)
    assert (theirs.status_code, theirs.headers["content-language"], "/me/security" in theirs.text) == (404, "en", False)


NESTED = b'{"a":' * 64 + b"1" + b"}" * 64

UNREADABLE = {
    "cut off": b'{"headline": "x"',
    "two values": b"{}{}",
    "not UTF-8": b'{"headline": "\xff\xfe"}',
    "UTF-16": '{"headline": "x"}'.encode("utf-16"),
    "NaN": b'{"headline": NaN}',
    "infinity": b'{"headline": -Infinity}',
    "too large a float": b'{"headline": 1e999}',
    "too many digits": b'{"headline": ' + b"9" * 5000 + b"}",
    "NUL": b'{"headline": "a\\u0000b"}',
    "NUL in a name": b'{"a\\u0000b": 1}',
    "half a surrogate": b'{"headline": "\\ud83d"}',
    "half a surrogate in a name": b'{"\\udead": 1}',
    "a raw control character": b'{"headline": "a\nb"}',
    "too deep": b'{"headline": ' + NESTED + b"}",
    "much too deep": b"[" * 100_000,
    "deep behind a bracket in a string": b'{"a": "]]]]]", "b": ' + NESTED + b"}",
    # Looked through once for each of its quotes, this would hold the process for an hour.
    "a long string without an end": b'{"headline": "' + b'\\"' * 400_000,
    "deep behind an escaped quote": b'{"a": "\\"", "b": ' + NESTED + b"}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_json_in_utf8_cannot_be_is_400(body: bytes, cast: Cast) -> None:
    """Case 59."""
    member = await cast.member("Mali Member")
    async with await cast.browser(member, **{"content-type": "application/json"}) as browser:
        answer = await browser.patch("/api/v1/me", content=body)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/not-parsable")


async def test_a_string_that_nobody_ends_is_refused_at_once(cast: Cast) -> None:
    """A megabyte of escaped quotes: whoever asked nobody's leave had the process count for an hour."""
    body = b'{"email": "' + b'\\"' * ((1 << 19) - 20)
    began = process_time()
    async with cast.visitor(**{"content-type": "application/json"}) as browser:
        answer = await browser.post("/api/v1/session", content=body)
    assert process_time() - began < 2
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/not-parsable")


UNSUITABLE = {
    "2^63": b'{"headline": 9223372036854775808}',
    "a number for a text": b'{"headline": 1}',
    "an unknown field": b'{"joined_at": "2020-01-01T00:00:00Z"}',
    "a control character": b'{"headline": "a\\u0007b"}',
    "too long": json.dumps({"headline": "x" * 5000}).encode(),
    "a list": b"[]",
    "a text": b'"x"',
    "nothing": b"null",
    "nested within bounds": NESTED,
}


@pytest.mark.parametrize("body", UNSUITABLE.values(), ids=UNSUITABLE)
async def test_what_can_be_read_but_does_not_fit_is_422_and_says_where(body: bytes, cast: Cast) -> None:
    member = await cast.member("Mali Member")
    async with await cast.browser(member, **{"content-type": "application/json"}) as browser:
        answer = await browser.patch("/api/v1/me", content=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    assert [set(error) for error in answer.json()["errors"]] != []
    assert {name for error in answer.json()["errors"] for name in error} == {"pointer", "message"}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("APPLICATION/JSON", 200),
        ("application/merge-patch+json", 200),
        ("text/json", 415),
        ("application/jsonx", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/plain", 415),
        ("", 415),
    ],
)
async def test_only_json_is_taken_for_json(kind: str, status: int, cast: Cast) -> None:
    """Case 56: a form on another site can send text/plain without asking anybody."""
    member = await cast.member("Mali Member")
    async with await cast.browser(member, **{"content-type": kind}) as browser:
        answer = await browser.patch("/api/v1/me", content=b'{"headline": "A line"}')
    assert answer.status_code == status


async def pieces(size: int, piece: int = 64 << 10) -> AsyncIterator[bytes]:
    """A body in pieces, so that no Content-Length announces it."""
    yield b'{"headline": "'
    for _ in range(size // piece):
        yield b"a" * piece
    yield b'"}'


async def test_a_body_without_an_announced_length_is_bounded_while_it_is_read(cast: Cast) -> None:
    """Case 59."""
    member = await cast.member("Mali Member")
    async with await cast.browser(member, **{"content-type": "application/json"}) as browser:
        within = await browser.patch("/api/v1/me", content=pieces(JSON_LIMIT // 2))
        beyond = await browser.patch("/api/v1/me", content=pieces(JSON_LIMIT * 2))
        lying = await browser.patch("/api/v1/me", content=pieces(JSON_LIMIT * 2), headers={"content-length": "10"})
    assert (within.status_code, beyond.status_code, lying.status_code) == (422, 413, 413)


async def test_a_form_of_a_page_is_bounded_too_and_answered_by_a_page(cast: Cast) -> None:
    async with cast.visitor() as browser:
        within = await browser.post("/language", data={"language": "ja", "next": "/"})
        beyond = await browser.post("/language", data={"language": "x" * (JSON_LIMIT + 1)})
    assert within.status_code == 303
    assert (beyond.status_code, beyond.headers["content-type"]) == (413, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=1", 200),
        ("limit=100&unknown=x", 200),
        ("limit=0", 422),
        ("limit=101", 422),
        ("limit=9223372036854775808", 422),
        ("limit=many", 422),
        ("cursor=forged", 422),
        ("cursor=%00", 422),
        ("cursor=" + "A" * 3000, 422),
        ("q=%ff%fe", 200),
        ("q=%00", 422),
        ("q=" + "a" * 5000, 422),
    ],
)
async def test_parameters_out_of_bounds_are_422_and_unknown_ones_are_ignored(
    query: str, status: int, cast: Cast
) -> None:
    member = await cast.member("Mali Member")
    async with await cast.browser(member) as browser:
        answer = await browser.get(f"/api/v1/members?{query}")
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("handle", ["%00", "%ff", "%ed%a0%80", "..%2f..", "a" * 3000, "%F0%9F%8C%B8", "'--"])
async def test_odd_paths_lead_nowhere_and_break_nothing(handle: str, cast: Cast) -> None:
    member = await cast.member("Mali Member")
    async with await cast.browser(member) as browser:
        statuses = [
            (await browser.get(f"/{path}/{handle}")).status_code
            for path in ("api/v1/members", "members", "problems", "files/photos/x", "static")
        ]
    assert set(statuses) == {404}


async def test_a_fault_of_ours_shows_its_number_and_nothing_else(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    """Case 61."""

    async def fail() -> None:
        raise RuntimeError("secret detail")

    for path in ("/api/v1/failing", "/failing"):
        cast.app.add_api_route(path, fail)
    async with cast.visitor() as browser:
        call, page = await browser.get("/api/v1/failing"), await browser.get("/failing")
    assert call.status_code == page.status_code == 500
    assert call.json() == {
        "type": "/problems/broken",
        "title": "Something broke on our side",
        "status": 500,
        "instance": call.headers["x-request-id"],
    }
    assert page.headers["x-request-id"] in page.text
    assert "secret detail" not in call.text + page.text
    assert [record.exc_info is not None for record in caplog.records if record.message == "unexpected"] == [True, True]
