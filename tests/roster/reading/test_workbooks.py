"""Workbooks as people keep them: titles, several sheets, merged cells, dates and numbers as such."""

from datetime import date, datetime

from ssc.roster.reading import Mapping, Row
from tests.roster.reading.files import bad, good, rows_of, workbook


def test_cells_of_all_types_are_understood() -> None:
    content = workbook(
        {
            "名簿": [
                ["氏名", "国籍", "生年月日", "年度", "採択番号", "開始日", "連絡不可"],
                ["Asha Rao", "インド", date(1990, 1, 2), 2014, 12, datetime(2014, 11, 4), True],
                ["Binh Tran", "ベトナム", 32875, "平成26年度", "A-7", "平成26年11月4日", False],
            ]
        }
    )
    first, second = good(content)
    assert (first.birth_date, first.fiscal_year, first.exchange_code) == (date(1990, 1, 2), 2014, "12")
    assert (first.starts_on, first.do_not_contact) == (date(2014, 11, 4), True)
    assert (second.birth_date, second.fiscal_year) == (date(1990, 1, 2), 2014)
    assert (second.starts_on, second.do_not_contact) == (date(2014, 11, 4), False)


def test_title_rows_and_an_indent_do_not_hide_the_header() -> None:
    content = workbook(
        {
            "Sheet1": [
                [],
                [None, "さくらサイエンスプログラム 参加者名簿"],
                [None, None, "作成日", date(2020, 1, 1)],
                [],
                [None, "No.", "姓", "名", "国・地域", "交流計画番号"],
                [None, 1, "RAO", "Asha", "インド", "X-1"],
                [None, 2, None, "Binh", "Nowhere", "X-1"],
            ]
        },
        {"Sheet1": ["B2:F2"]},
    )
    rows = rows_of(content)
    assert [(row.number, row.values.name) for row in rows if isinstance(row, Row)] == [(6, "Asha RAO")]
    assert bad(content) == [(7, "country", "country.unknown")]


def test_merged_cells_reach_down_over_their_people_but_make_none() -> None:
    content = workbook(
        {
            "S": [
                ["採択番号", "受入機関", "氏名", "国"],
                ["X-1", "九州大学", "Asha", "IN"],
                [None, None, "Binh", "VN"],
                [None, None, None, None],
                ["X-2", "東京大学", "Chen", "CN"],
                [None, None, "Dao", None],
            ]
        },
        {"S": ["A2:A4", "B2:B4", "A5:A6", "B5:B6", "D5:D6"]},
    )
    assert [(v.exchange_code, v.host, v.name, v.country) for v in good(content)] == [
        ("X-1", "九州大学", "Asha", "IN"),
        ("X-1", "九州大学", "Binh", "VN"),
        ("X-2", "東京大学", "Chen", "CN"),
        ("X-2", "東京大学", "Dao", "CN"),
    ]


def test_a_header_of_two_lines_is_read_by_its_second() -> None:
    content = workbook(
        {
            "S": [
                ["氏名", None, "国籍", "番号", "採択番号"],
                ["姓", "名", None, None, None],
                ["田中", "花子", "日本", 1, "X-1"],
            ]
        },
        {"S": ["A1:B1", "C1:C2", "D1:D2", "E1:E2"]},
    )
    assert [(v.name, v.country) for v in good(content)] == [("田中 花子", "JP")]


def test_the_sheet_that_holds_a_roster_is_found() -> None:
    sheets = {
        "表紙": [["2014年度"], ["担当", "田中"]],
        "受入機関": [["受入機関", "年度"], ["九州大学", 2014]],
        "名簿": [["氏名", "国", "採択番号"], ["Asha", "IN", "X-1"]],
        "別名簿": [["氏名", "国", "採択番号"], ["Binh", "VN", "X-1"]],
    }
    assert [v.name for v in good(workbook(sheets))] == ["Asha"]
    assert [v.name for v in good(workbook(sheets), Mapping(sheet="別名簿"))] == ["Binh"]
