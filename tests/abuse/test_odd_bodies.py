"""Whatever is sent to whichever call: it is refused or taken, and never breaks. Case 59."""

import json
from typing import Any

import pytest

from ssc.web import openapi
from tests.abuse import attack
from tests.cast import Cast

pytestmark = pytest.mark.long

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
