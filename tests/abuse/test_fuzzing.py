"""Whatever is sent to whichever call or page: it is refused or taken, and never breaks. Case 59, 61."""

import json
from typing import Any

import httpx
import pytest

from ssc.web import openapi
from tests.abuse import attack
from tests.cast import Cast

JSON = {"content-type": "application/json"}


async def test_no_value_in_any_field_of_any_call_breaks_it(cast: Cast) -> None:
    """Case 59: every value in all fields at once, and in each field with the others as they should be."""
    staff = await cast.staff()
    document = openapi.document(cast.app)
    broken = []
    async with await cast.browser(staff) as browser:
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                for body in bodies(document, operation):
                    answer = await browser.request(method, attack.filled(path), content=body, headers=JSON)
                    if answer.status_code >= 500:
                        broken.append((method, path, body[:80], answer.status_code))
    assert broken == []


async def test_no_value_reaches_what_a_path_names_and_breaks_it(cast: Cast) -> None:
    """The calls whose path names something that is there: else 404 would come before the body is looked at."""
    member = await cast.member("Mali Member")
    waiting = await cast.member("Una Unclaimed", claimed=False, birth_date=None)
    await cast.address(waiting, "una@example.org", confirmed=False, source="roster")
    staff = await cast.staff()
    document = openapi.document(cast.app)
    async with await cast.browser(staff) as office, await cast.browser(member) as browser:
        await office.post(f"{attack.API}/invitations", json={"email": "una@example.org"})
        asking: dict[str, object] = {
            "name": "Rin Request",
            "email": "rin@example.org",
            "country": "TH",
            "programme": "ssp-a",
        }
        asking |= {"fiscal_year": 2023, "host": "Chiba", "sending": "", "note": ""}
        assert (await browser.post(f"{attack.API}/membership-requests", json=asking)).status_code == 202
        await cast.run_jobs()
        token = next(link for sent in cast.letters() for link in sent.links if "/invitations/" in link).split("/")[-1]
        request = (await office.get(f"{attack.API}/membership-requests")).json()["items"][0]["id"]
        for path, named in (
            ("/invitations/{token}/accept", token),
            ("/membership-requests/{identity}/decision", request),
        ):
            operation = document["paths"][f"{attack.API}{path}"]["post"]
            statuses = {
                (await office.post(attack.filled(f"{attack.API}{path}", named), content=body, headers=JSON)).status_code
                for body in bodies(document, operation)
            }
            assert max(statuses) < 500
            assert 422 in statuses


def bodies(document: Any, operation: Any) -> list[bytes]:
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return []
    model = resolved(document, content["application/json"]["schema"])
    fields = {name: example(document, one) for name, one in model.get("properties", {}).items()}
    made = [dict.fromkeys(fields, value) for value in attack.JSON_VALUES]
    made += [
        {other: value if other == name else json.dumps(held) for other, held in fields.items()}
        for name in fields
        for value in attack.TELLING_JSON_VALUES
    ]
    return [
        ("{" + ", ".join(f"{json.dumps(name)}: {value}" for name, value in one.items()) + "}").encode() for one in made
    ]


def resolved(document: Any, schema: Any) -> Any:
    for name in ("anyOf", "allOf"):
        if name in schema:
            schema = next(one for one in schema[name] if one.get("type") != "null")
    if "$ref" in schema:
        return resolved(document, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    return schema


def example(document: Any, schema: Any) -> Any:
    """A value that may pass."""
    schema = resolved(document, schema)
    if "enum" in schema:
        return schema["enum"][0]
    known = {"uuid": attack.NOWHERE, "date": "1990-01-01", "email": "ann@example.org"}
    if schema.get("format") in known:
        return known[schema["format"]]
    kinds = {"string": "TH", "integer": 2020, "number": 1, "boolean": True, "array": [], "object": {}}
    return kinds.get(schema.get("type"), "x")


async def test_no_query_of_any_route_breaks_it(cast: Cast) -> None:
    """Case 59: each parameter in turn with what can be written, all at once with what no text can be."""
    staff = await cast.staff()
    broken = []
    async with await cast.browser(staff) as browser:
        for method, route in attack.routes():
            names = attack.query_names(route) if method == "GET" else []
            queries = [str(httpx.QueryParams(dict.fromkeys(names, text))) for text in attack.TEXTS if names]
            queries += ["&".join(f"{name}={raw}" for name in names) for raw in attack.RAW if names]
            queries += [str(httpx.QueryParams({name: text})) for name in names for text in attack.TELLING_TEXTS]
            for query in queries:
                answer = await browser.get(f"{attack.filled(route.path)}?{query}")
                if answer.status_code >= 500:
                    broken.append((route.path, query[:80]))
    assert broken == []


async def test_no_path_of_any_route_breaks_it(cast: Cast) -> None:
    staff = await cast.staff()
    broken = []
    async with await cast.browser(staff) as browser:
        for method, route in attack.routes():
            for value in (*attack.RAW_PATHS, "x" * 3000) if "{" in route.path else ():
                answer = await browser.request(method, attack.filled(route.path, value))
                if answer.status_code >= 500:
                    broken.append((method, route.path, value[:60]))
    assert broken == []


ODD_HEADERS = (
    {"range": "bytes=5-1,0-,-9999999999999999999999", "accept-encoding": "identity;q=0, *;q=0"},
    {"accept": "text/html;q=nan, */*;q=-1", "if-none-match": '"' * 99, "accept-language": "x" * 9000},
    {"accept": "\xff\xfe", "if-none-match": "W/", "if-modified-since": "Thu, 99 Foo 99999999 25:61:61 GMT"},
    {"content-type": "application/json; charset=utf-16", "content-length": "0", "if-range": "x"},
    {"content-type": "multipart/form-data", "transfer-encoding": "x", "cookie": "ssc_session=\xff; ssc_language=../.."},
    {"x-forwarded-for": "::1, \x00, " + "1," * 900, "user-agent": "\xff" * 4000, "referer": "http://["},
)


@pytest.mark.parametrize("headers", ODD_HEADERS, ids=range(len(ODD_HEADERS)))
async def test_no_odd_header_breaks_any_route(cast: Cast, headers: dict[str, str]) -> None:
    """Case 60, 61: every route, and whatever is answered in error has its form and tells nothing of the inside."""
    member = await cast.member("Mali Member")
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    async with await cast.browser(member) as browser:
        for method, route in attack.routes():
            answer = await browser.request(method, attack.filled(route.path), headers=sent)
            assert answer.status_code < 500, (method, route.path)
            if answer.status_code >= 400:
                kind = "application/problem+json" if route.path.startswith("/api/") else "text/html; charset=utf-8"
                assert answer.headers["content-type"] == kind, (method, route.path)
                assert "Traceback" not in answer.text
