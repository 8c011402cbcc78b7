"""Files of all kinds: encodings, separators, and what is no table."""

import io
import zipfile
from pathlib import Path

import pytest

from ssc.roster.reading import BadCell, NotATable, Row, opened
from tests.roster.reading.files import bad, csv_of, good, rows_of, workbook

LINES = ("氏名,国籍,採択番号,受入機関", "田中 花子,日本,SSP-A-2014-00001,九州大学")
TEXT = "\r\n".join(LINES)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        "\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"),
        TEXT.encode("cp932"),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", ";").encode(),
        ("sep=;\r\n" + TEXT.replace(",", ";")).encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
    ],
)
def test_encodings_and_separators_say_the_same(content: bytes) -> None:
    rows = rows_of(content)
    assert [row.number for row in rows if isinstance(row, Row)] == [2]
    values = good(content)[0]
    assert (values.name, values.country, values.exchange_code, values.host) == (
        "田中 花子",
        "JP",
        "SSP-A-2014-00001",
        "九州大学",
    )


def test_rows_count_as_in_a_spreadsheet() -> None:
    """Line breaks within a cell make no row, empty lines and title rows do."""
    content = csv_of(
        "Roster of 2014",
        "",
        "name,country,exchange_code,exchange_title",
        'Asha,IN,X-1,"one\ntwo"',
        "",
        "Binh,Atlantis,X-1,",
        ",,,",
        "Chen,CN,X-1,",
    )
    assert [(r.row if isinstance(r, BadCell) else r.number) for r in rows_of(content)] == [4, 6, 8]
    assert bad(content) == [(6, "country", "country.unknown")]


def test_a_row_with_a_comma_too_many_is_named_and_stops_no_other() -> None:
    content = csv_of("name,country,exchange_code", "Rao, Asha,IN,X-1", "Binh,VN,X-1")
    assert bad(content) == [(2, "", "cells.surplus")]
    assert [row.number for row in rows_of(content) if isinstance(row, Row)] == [3]


def test_a_cell_that_does_not_decode_spoils_its_row_only() -> None:
    content = b"name,country,exchange_code\nJos\xe9 Rizal,PH,X-1\nBinh Tr\xe1\xba\xa7n,VN,X-1\n"
    assert bad(content) == [(2, "name", "undecodable")]


def test_an_open_quotation_mark_is_bad_rows_and_no_crash() -> None:
    content = csv_of("name,country,exchange_code", "Asha,IN,X-1", '"Binh,VN,X-1') + b"\nfiller" * 40000
    assert [row.number for row in rows_of(content) if isinstance(row, Row)] == [2]
    assert bad(content)[0] == (3, "", "row.unreadable")


def test_a_header_that_is_repeated_is_no_person() -> None:
    content = csv_of("name,country,exchange_code", "Asha,IN,X-1", "Name,Country,Exchange Code", "Binh,VN,X-1")
    assert [values.name for values in good(content)] == ["Asha", "Binh"]


@pytest.mark.parametrize(
    "content, reason, unsupported",
    [
        (b"", "empty", False),
        (b"%PDF-1.7 ...", "kind", True),
        (b"\x89PNG\r\n\x1a\n", "kind", True),
        (b"<!DOCTYPE html><table>", "kind", True),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-excel", True),
        (bytes(range(256)) * 20, "kind", True),
        (b"PK\x03\x04 and nothing", "damaged", False),
        (b"just some words\nand more of them\n", "no-header", False),
        (csv_of("name,exchange_code", "Asha,X-1"), "no-column", False),
        (csv_of("name,country", "Asha,IN"), "no-column", False),
    ],
)
def test_what_is_no_roster_is_refused_with_its_reason(content: bytes, reason: str, unsupported: bool) -> None:
    with pytest.raises(NotATable) as refusal:
        rows_of(content)
    assert (refusal.value.reason, refusal.value.unsupported) == (reason, unsupported)
    assert refusal.value.message


def test_a_file_beyond_the_limit_is_refused_before_it_is_read() -> None:
    content = csv_of("name,country,exchange_code", "Asha,IN,X-1")
    with opened(io.BytesIO(content), limit=len(content)) as table:
        assert list(table.sheets) == [""]
    with pytest.raises(NotATable, match="too-large"), opened(io.BytesIO(content), limit=len(content) - 1):
        pass


def test_a_word_document_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(NotATable) as refusal:
        rows_of(file.getvalue())
    assert refusal.value.unsupported


def test_a_bomb_is_refused_by_its_own_account_of_its_size() -> None:
    """Case 58."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (400 * 1024 * 1024))
    assert len(file.getvalue()) < 1024 * 1024
    with pytest.raises(NotATable, match="unfolds"):
        rows_of(file.getvalue())


def test_a_workbook_that_would_fill_the_memory_ends_its_reader_and_not_us() -> None:
    """Two cells in opposite corners of a sheet: a dense table of them would have 17 thousand million."""
    small = workbook({"Sheet": [["name", "country", "exchange_code"], ["Asha", "IN", "X-1"]]})
    assert len(good(small)) == 1
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as before, zipfile.ZipFile(file, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            after.writestr(entry, content)
    with pytest.raises(NotATable, match="unfolds"):
        rows_of(file.getvalue())


def test_the_sample_has_420_good_rows_and_7_bad_ones(sample: Path) -> None:
    rows = rows_of(sample.read_bytes())
    assert sum(isinstance(row, Row) for row in rows) == 420
    assert bad(sample.read_bytes()) == [
        (422, "email", "email.invalid"),
        (423, "country", "country.unknown"),
        (424, "birth_date", "date.impossible"),
        (425, "ends_on", "period.backwards"),
        (426, "programme", "programme.unknown"),
        (427, "name", "missing"),
        (428, "name", "name.formula"),
    ]
