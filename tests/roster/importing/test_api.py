"""Roster imports by the API: who may, what is refused, how an import is followed to its end."""

import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ssc.core.process import Process
from tests.cast import Cast
from tests.roster.reading.files import csv_of, workbook

SAMPLE = Path(__file__).parent.parent / "reading" / "roster-sample.csv"
IMPORTS = "/api/v1/roster-imports"
GOOD = csv_of("name,country,exchange_code", "Asha,IN,SSP-A-2014-1")


async def upload(
    browser: httpx.AsyncClient, content: bytes = GOOD, name: str = "roster.csv", **fields: str
) -> httpx.Response:
    return await browser.post(IMPORTS, files={"file": (name, io.BytesIO(content))}, data=fields)


async def followed(cast: Cast, browser: httpx.AsyncClient, content: bytes = GOOD, **fields: str) -> dict[str, Any]:
    """The import's answer once it has run."""
    asked = await upload(browser, content, **fields)
    assert asked.status_code == 202, asked.text
    before = (await browser.get(f"{IMPORTS}/{asked.json()['id']}")).json()
    assert (before["state"], before["rows"], before["done"]) == ("queued", 0, 0)
    await cast.run_jobs()
    answer: dict[str, Any] = (await browser.get(f"{IMPORTS}/{asked.json()['id']}")).json()
    return answer


async def test_the_sample_is_imported_and_its_bad_rows_are_named(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        done = await followed(cast, browser, SAMPLE.read_bytes(), dry_run="false")
        assert {key: done[key] for key in ("state", "dry_run", "rows", "done", "created", "waiting")} == {
            "state": "done",
            "dry_run": False,
            "rows": 427,
            "done": 427,
            "created": 401,
            "waiting": 2,
        }
        assert [(error["row"], error["column"]) for error in done["errors"]] == [
            (422, "email"),
            (423, "country"),
            (424, "birth_date"),
            (425, "ends_on"),
            (426, "programme"),
            (427, "name"),
            (428, "name"),
        ]
        assert done["errors"][5]["message"] == "This is missing."
        again = await followed(cast, browser, SAMPLE.read_bytes())
        assert (again["created"], again["updated"], again["unchanged"], again["waiting"]) == (0, 0, 418, 2)


async def test_outcomes_are_paged_and_filtered(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        done = await followed(cast, browser, SAMPLE.read_bytes(), dry_run="true")
        seen: list[int] = []
        cursor = ""
        while True:
            page = (await browser.get(done["outcomes"] + f"?limit=100{cursor}")).json()
            seen += [item["row"] for item in page["items"]]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert seen == list(range(2, 429))
        waiting = (await browser.get(done["outcomes"] + "?outcome=waiting")).json()["items"]
        assert [(item["row"], item["name"], item["member"]) for item in waiting] == [
            (72, "Cao Jie", None),
            (123, "Michael Sanchez", None),
        ]
        assert (await browser.get(done["outcomes"] + "?outcome=lost")).status_code == 422


async def test_what_is_no_table_is_refused_before_anything_is_queued(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        refused = await upload(browser, b"%PDF-1.7", "roster.pdf")
        assert (refused.status_code, refused.json()["type"]) == (415, "/problems/unsupported-file")
        for content in (b"", b"nothing of the kind\n", csv_of("name,country", "Asha,IN")):
            refused = await upload(browser, content)
            assert (refused.status_code, [e["pointer"] for e in refused.json()["errors"]]) == (422, ["/file"])
        assert (await browser.post(IMPORTS, data={"dry_run": "true"})).status_code == 422
        assert (await upload(browser, dry_run="perhaps")).status_code == 422
        assert (await upload(browser, b"name\n" + b"x" * (31 << 20))).status_code == 413
        assert (await browser.get(IMPORTS)).json() == {"items": [], "next": None}


async def test_a_mapping_may_be_given(cast: Cast) -> None:
    content = csv_of("Who,Where,Which", "Asha,IN,SSP-A-2014-1")
    mapping = {"Who": "name", "Where": "country", "Which": "exchange_code"}
    async with await cast.browser(await cast.staff()) as browser:
        assert (await upload(browser, content)).status_code == 422
        assert (await followed(cast, browser, content, mapping=json.dumps(mapping)))["created"] == 1
        for wrong, pointer in (('{"Who": "nobody"}', "/mapping/Who"), ("{", "/mapping"), ("NaN", "/mapping")):
            refused = await upload(browser, content, mapping=wrong)
            assert (refused.status_code, [e["pointer"] for e in refused.json()["errors"]]) == (422, [pointer])


async def test_a_workbook_comes_in_as_well(cast: Cast) -> None:
    book = workbook(
        {"表紙": [["2014"]], "名簿": [["題"], ["氏名", "国", "採択番号"], ["田中 花子", "日本", "SSP-A-2014-1"]]}
    )
    async with await cast.browser(await cast.staff()) as browser:
        done = await followed(cast, browser, book)
        assert (done["state"], done["rows"], done["created"]) == ("done", 1, 1)


async def test_only_staff_import(cast: Cast) -> None:
    member = await cast.member("Asha Rao")
    async with await cast.browser(await cast.staff()) as staff, await cast.browser(member) as stranger:
        done = await followed(cast, staff)
        assert (await upload(stranger)).status_code == 403
        for path in (IMPORTS, f"{IMPORTS}/{done['id']}", done["outcomes"]):
            assert (await staff.get(path)).status_code == 200
            assert (await stranger.get(path)).status_code == 403
        assert (await staff.get(f"{IMPORTS}/{member.id}")).status_code == 404
        assert (await staff.get(f"{IMPORTS}/nonsense")).status_code == 404
    async with cast.visitor() as visitor:
        assert (await upload(visitor)).status_code == 401


async def test_a_file_is_forgotten_once_it_is_imported(cast: Cast, running: Process) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        rehearsed = await followed(cast, browser, dry_run="true")
        folder = running.settings.data_dir / "files" / "rosters"
        assert len(list(folder.iterdir())) == 1
        assert rehearsed["state"] == "done"
        await followed(cast, browser)
        assert len(list(folder.iterdir())) == 1
        await browser.post(f"/desk/roster-imports/{rehearsed['id']}/carry-out")
        await cast.run_jobs()
        assert list(folder.iterdir()) == []
        again = await browser.post(f"/desk/roster-imports/{rehearsed['id']}/carry-out")
        assert again.status_code == 409


@pytest.mark.parametrize("language, message", [("en", "This is missing."), ("ja", "入力されていません。")])
async def test_errors_are_said_in_the_readers_language(cast: Cast, language: str, message: str) -> None:
    staff = await cast.staff()
    await cast.change(staff, language=language)
    async with await cast.browser(staff) as browser:
        done = await followed(cast, browser, csv_of("name,country,exchange_code", ",IN,SSP-A-2014-1"))
        assert [error["message"] for error in done["errors"]] == [message]
