"""Forms as no browser sends them: other codecs, NUL, numbers that are none, odd file names. Case 58, 59."""

import io
import json
import zipfile

import openpyxl
import pytest

from tests.abuse import attack
from tests.cast import Cast

pytestmark = pytest.mark.long

ROSTER = b"name,country,exchange_code\nAnn,TH,SSP-1\n"
FIELDS = {
    b"next": rb"/\ud800",
    b"language": b"ja",
    b"email": b"sachi-staff@example.org",
    b"way": b"link",
    b"name": rb"Sachi \ud800",
    b"bio": rb"\x00\ud800",
    b"password": rb"\ud800\x00 lantern under the bridge",
    b"scopes": b"read",
    b"sheet": rb"\ud800",
    b"fixed-host": rb"a\x00b\ud800",
    b"column-0": b"name",
    b"column-1": b"country",
    b"column-2": b"exchange_code",
}


def multipart(codec: str, fields: dict[bytes, bytes], file: tuple[str, bytes] | None = None) -> dict[str, object]:
    """A form that says of itself in which codec it is written."""
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % pair for pair in fields.items()]
    if file is not None:
        name = file[0].encode("utf-8", "surrogatepass")
        parts.append(b'Content-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s' % (name, file[1]))
    content = b"".join(b"--xx\r\n" + part + b"\r\n" for part in parts) + b"--xx--\r\n"
    said = f"; charset={codec}" if codec else ""
    return {"content": content, "headers": {"content-type": f"multipart/form-data; boundary=xx{said}"}}


@pytest.mark.parametrize(
    "codec", ["unicode_escape", "raw_unicode_escape", "punycode", "undefined", "utf-16", "\x00", "utf-7"]
)
async def test_a_form_in_a_codec_of_its_own_is_refused_everywhere(cast: Cast, codec: str) -> None:
    """One of Python's codecs would smuggle in half surrogates and NUL, or fail."""
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        for method, route in attack.routes():
            if method in ("POST", "PUT"):
                sent = multipart(codec, FIELDS, ("\\ud800.csv", ROSTER))
                answer = await browser.request(method, attack.filled(route.path), **sent)  # type: ignore[arg-type]
                assert answer.status_code == 400, (method, route.path)
        for fine in ("", "utf-8", "UTF-8"):
            own = await browser.post("/language", **multipart(fine, {b"language": b"ja", b"next": b"/terms"}))  # type: ignore[arg-type]
            assert (own.status_code, own.headers["location"]) == (303, "/terms")


async def test_nul_in_a_field_of_any_page_is_refused_and_breaks_nothing(cast: Cast) -> None:
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        kept = (await browser.post("/desk/roster-imports", files={"file": ("a.csv", ROSTER)})).headers["location"]
        pages = [attack.filled(r.path) for m, r in attack.routes() if m == "POST" and not r.path.startswith("/api/")]
        columns = {
            "sheet": "",
            "header_row": "1",
            "column-0": "name",
            "column-1": "country",
            "column-2": "exchange_code",
        }
        for page in (*pages, kept):
            for sent in (
                {name.decode(): "a\x00b" for name in FIELDS},
                {**columns, "fixed-host": "a\x00b", "act": "import"},
            ):
                assert (await browser.post(page, data=sent)).status_code < 500, page
    async with await cast.browser(staff) as browser:  # some of the pages sign out
        fine = await browser.post(kept, data={**columns, "act": "rehearse"})
    assert fine.status_code == 303


@pytest.mark.parametrize("row", ["²", "٣", "-1", "0", "9" * 30, "9" * 5000, "1e9", "nan", "\ufeff1"])
async def test_a_row_of_the_header_that_is_no_number_breaks_nothing(cast: Cast, row: str) -> None:
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        kept = (await browser.post("/desk/roster-imports", files={"file": ("a.csv", ROSTER)})).headers["location"]
        assert (await browser.post(kept, data={"header_row": row})).status_code == 422
        assert (await browser.get(kept, params={"header_row": row})).status_code in (200, 422)
        assert (await browser.get(kept, params={"header_row": "1"})).status_code == 200


@pytest.mark.parametrize(
    "mapping",
    [
        '{"fixed": {"host": "a\\u0000b"}}',
        '{"fixed": {"host": "\\ud800"}}',
        '{"header_row": 9223372036854775808}',
        '{"header_row": 1e308}',
        '{"columns": {"#99999": "name"}}',
        "[" * 50_000,
        "NaN",
        "null",
        '"x"',
        json.dumps({"fixed": {"host": "x" * 100_000}}),
    ],
)
async def test_a_mapping_that_means_nothing_is_refused(cast: Cast, mapping: str) -> None:
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        answer = await browser.post(f"{attack.API}/roster-imports", files={"file": ROSTER}, data={"mapping": mapping})
    assert (answer.status_code, answer.json().get("type")) in ((422, "/problems/invalid"), (202, None))
    await cast.run_jobs()


@pytest.mark.parametrize(
    "name",
    ["../../etc/x.csv", "a\x00b.csv", "名" * 300 + ".csv", "a\u202evsc.csv", "", "\ud83d.csv", "{{7*7}}<script>.csv"],
)
async def test_a_files_name_leads_nowhere(cast: Cast, name: str) -> None:
    """Case 58: the name is shown, never a path; the file lies under a name of ours."""
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        called = await browser.post(f"{attack.API}/roster-imports", **multipart("", {}, (name, ROSTER)))  # type: ignore[arg-type]
        mapped = await browser.post("/desk/roster-imports", **multipart("", {}, (name, ROSTER)))  # type: ignore[arg-type]
        page = await browser.get(mapped.headers["location"])
        overview = await browser.get("/desk/roster-imports")
    assert (called.status_code, mapped.status_code, page.status_code, overview.status_code) == (202, 303, 200, 200)
    attack.assert_inert(page)
    attack.assert_inert(overview)
    outside = [path for path in cast.running.settings.data_dir.parent.rglob("*.csv") if path.is_file()]
    assert outside == []


@pytest.mark.parametrize(
    "referer", ["http://[", "http://[::", "//[", "http://a]b", "javascript:x", "//evil.example//evil"]
)
async def test_a_half_address_to_come_from_breaks_nothing(cast: Cast, referer: str) -> None:
    async with cast.visitor(referer=referer) as browser:
        answer = await browser.post("/me/emails", data={"email": "ada@example.org"})
    leads = [a for a in attack.Markup(answer.text).addresses if a.startswith("/sign-in")]
    assert answer.status_code == 401
    assert [lead for lead in leads if "evil" in lead or "%2F%2F" in lead] == []


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b'<!ENTITY file SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("entity", [b"&a11;", b"&file;"])
async def test_a_workbook_whose_words_are_entities_is_refused(cast: Cast, entity: bytes) -> None:
    """Case 58: neither a billion laughs nor another file of ours comes out of a cell."""
    staff = await cast.staff()
    async with await cast.browser(staff) as browser:
        for sheet, status in ((ENTITIES + sheet_of(entity), {415, 422}), (sheet_of(b"Ann"), {202})):
            answer = await browser.post(f"{attack.API}/roster-imports", files={"file": ("a.xlsx", workbook(sheet))})
            assert answer.status_code in status, answer.text
            assert "root:" not in answer.text
            assert len(answer.content) < 10_000


def sheet_of(name: bytes) -> bytes:
    """A sheet with a header and one row, whose name is this."""
    rows = [[b"name", b"country", b"exchange_code"], [name, b"TH", b"SSP-1"]]
    cells = b"".join(
        b"<row>" + b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % cell for cell in row) + b"</row>"
        for row in rows
    )
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, cells)


def workbook(sheet: bytes) -> bytes:
    """A workbook as a spreadsheet writes it, with this for its sheet."""
    plain, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            after.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else before.read(name))
    return made.getvalue()
