"""The staff pages of an import, from the file to every row's outcome, as a browser without scripts walks them."""

import io
import re
from pathlib import Path

import httpx

from tests.cast import Cast
from tests.roster.reading.files import csv_of, workbook

SAMPLE = Path(__file__).parent.parent / "reading" / "roster-sample.csv"
DESK = "/desk/roster-imports"


async def upload(browser: httpx.AsyncClient, content: bytes, name: str = "roster.csv") -> httpx.Response:
    return await browser.post(DESK, files={"file": (name, io.BytesIO(content))})


def fields_of(page: str) -> dict[str, str]:
    """What the mapping form would send as it is shown."""
    found: dict[str, str] = {}
    for name, options in re.findall(r'<select[^>]*name="(column-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'<input type="hidden" name="(sheet|header_row)" value="([^"]*)"', page):
        found[name] = value
    return found


async def test_from_the_file_to_the_outcomes(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        assert "No roster has been imported" in (await browser.get(DESK)).text
        uploaded = await upload(browser, SAMPLE.read_bytes())
        assert uploaded.status_code == 303
        columns = uploaded.headers["location"]
        page = await browser.get(columns)
        fields = fields_of(page.text)
        assert (page.status_code, len(fields), fields["column-0"]) == (200, 17, "name")
        rehearsed = await browser.post(columns, data=fields | {"act": "rehearse"})
        assert rehearsed.status_code == 303
        there = rehearsed.headers["location"]
        assert "<import-progress" in (await browser.get(there)).text
        await cast.run_jobs()
        outcomes = (await browser.get(there)).text
        assert "Rehearsal: nothing was changed" in outcomes
        bad = (await browser.get(there + "?outcome=bad")).text
        assert "“Atlantis” is no country or region that we know." in bad
        assert "A name cannot begin with =." in bad
        imported = await browser.post(there + "/carry-out")
        await cast.run_jobs()
        done = (await browser.get(imported.headers["location"])).text
        assert "Decide the likely duplicates" in done
        assert "Invite everybody of this import" in done


async def test_a_mapping_is_kept_for_the_next_file(cast: Cast) -> None:
    lines = ("Wer,Woher,Was", "Asha,IN,SSP-A-2014-1")
    async with await cast.browser(await cast.staff()) as browser:
        columns = (await upload(browser, csv_of(*lines))).headers["location"]
        page = (await browser.get(columns)).text
        assert "No row looks like a header" in page
        columns_of_row = (await browser.get(columns + "?header_row=1")).text
        fields = fields_of(columns_of_row)
        assert fields == {"column-0": "", "column-1": "", "column-2": "", "sheet": "", "header_row": "1"}
        refused = await browser.post(columns, data=fields | {"act": "rehearse"})
        assert refused.status_code == 422
        assert "No row of the file looks like the header of a roster." in refused.text
        mapped = fields | {"column-0": "name", "column-1": "country", "column-2": "exchange_code"}
        twice = await browser.post(columns, data=mapped | {"column-1": "name"})
        assert (twice.status_code, "Two columns cannot both be the same field." in twice.text) == (422, True)
        started = await browser.post(columns, data=mapped | {"act": "import", "keep": "true"})
        assert started.status_code == 303
        await cast.run_jobs()
        again = (await upload(browser, csv_of(*lines, "Binh,VN,SSP-A-2014-1"))).headers["location"]
        assert fields_of((await browser.get(again)).text) == mapped


async def test_a_sheet_can_be_chosen(cast: Cast) -> None:
    sheets = {
        "2014": [["氏名", "国", "採択番号"], ["Asha", "IN", "SSP-A-2014-1"]],
        "2015": [["題"], ["氏名", "国", "採択番号"], ["Binh", "VN", "SSP-A-2015-1"]],
    }
    async with await cast.browser(await cast.staff()) as browser:
        columns = (await upload(browser, workbook(sheets), "r.xlsx")).headers["location"]
        page = (await browser.get(columns + "?sheet=2015")).text
        assert (fields_of(page)["sheet"], fields_of(page)["header_row"]) == ("2015", "2")
        started = await browser.post(columns, data=fields_of(page) | {"act": "import"})
        await cast.run_jobs()
        assert "Binh" in (await browser.get(started.headers["location"])).text


async def test_what_is_no_table_is_said_at_the_field(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as browser:
        for content, sentence in ((b"%PDF-1.7", "This is no table that can be read."), (b"", "Choose a file first.")):
            refused = await upload(browser, content)
            assert (refused.status_code, sentence in refused.text) == (422, True)


async def test_the_downloaded_outcomes_run_nothing(cast: Cast) -> None:
    content = csv_of("name,country,exchange_code", '"=HYPERLINK(1)",IN,SSP-A-2014-1', "Asha,IN,SSP-A-2014-1")
    async with await cast.browser(await cast.staff()) as browser:
        columns = (await upload(browser, content)).headers["location"]
        fields = fields_of((await browser.get(columns)).text)
        started = await browser.post(columns, data=fields | {"act": "import"})
        await cast.run_jobs()
        file = await browser.get(started.headers["location"] + "/outcomes.csv")
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert file.text.splitlines() == [
            "\ufeffRow,Outcome,Name,Remarks",
            "2,Error,'=HYPERLINK(1),name: A name cannot begin with =.",
            "3,New,Asha,",
        ]


async def test_only_staff_see_these_pages(cast: Cast) -> None:
    async with await cast.browser(await cast.staff()) as staff, await cast.browser(await cast.member("Asha")) as other:
        columns = (await upload(staff, csv_of("name,country,exchange_code", "A,IN,X-1"))).headers["location"]
        for path in (DESK, columns, "/desk/duplicates"):
            assert (await staff.get(path)).status_code == 200
            assert (await other.get(path)).status_code == 403
        assert (await other.post(columns, data={})).status_code == 403
        assert (await staff.get(DESK + "/nonsense")).status_code == 404
