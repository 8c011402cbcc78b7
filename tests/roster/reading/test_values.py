"""Cells as people write them: days, years, countries, programmes, roles, names, addresses."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssc.core import clock
from ssc.places.countries import CODES, name
from ssc.roster.reading import BadCell, Mapping, Row
from ssc.roster.reading.countries import a_country
from ssc.roster.reading.names import whole_name
from ssc.roster.reading.programmes import CODES as PROGRAMMES
from tests.roster.reading.files import bad, csv_of, good, one, rows_of

NOVEMBER = date(2014, 11, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2014-11-04", "2014/11/04", "2014.11.4", "20141104", "4 Nov 2014", "4-Nov-2014", "Nov 4, 2014",
        "4th November 2014",
        "Tuesday, 4 November 2014", "2014年11月4日", "２０１４年１１月４日", "平成26年11月4日", "H26.11.4",
        "h26/11/04", "平成二十六年十一月四日",
        "2014-11-04 00:00:00", "2014-11-04T09:00:00Z", "41947", "2014年11月4日(火)", "4-Nov-14",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    assert good(one(starts_on=text))[0].starts_on == NOVEMBER


@pytest.mark.parametrize(
    "text, day",
    [
        ("令和6年4月1日", date(2024, 4, 1)),
        ("R6.4.1", date(2024, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("S50.12.31", date(1975, 12, 31)),
        ("13/04/1994", date(1994, 4, 13)),
        ("04/13/1994", date(1994, 4, 13)),
        ("04/04/1994", date(1994, 4, 4)),
        ("1-Jan-94", date(1994, 1, 1)),
        ("1 Jan '05", date(2005, 1, 1)),
    ],
)
def test_birth_dates(text: str, day: date) -> None:
    assert good(one(birth_date=text))[0].birth_date == day


@pytest.mark.parametrize(
    "text, fault",
    [
        ("1995-02-30", "date.impossible"),
        ("昭和70年1月1日", "date.impossible"),
        ("03/04/1994", "date.ambiguous"),
        ("13/04/94", "date.ambiguous"),
        ("1994", "date.incomplete"),
        ("1994年4月", "date.incomplete"),
        ("1 Jan 20", "date.invalid"),
        ("soon", "date.invalid"),
        ("2999-01-01", "birth.future"),
        ("1890-01-01", "birth.old"),
    ],
)
def test_days_that_cannot_be_are_said_so(text: str, fault: str) -> None:
    assert bad(one(birth_date=text)) == [(2, "birth_date", fault)]


def test_a_mapping_settles_which_comes_first() -> None:
    content = one(birth_date="03/04/1994")
    assert good(content, Mapping(day_first=True))[0].birth_date == date(1994, 4, 3)
    assert good(content, Mapping(day_first=False))[0].birth_date == date(1994, 3, 4)


@given(
    st.dates(date(1930, 1, 1), date(2010, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%B %d, %Y", "%Y年%m月%d日"]),
)
def test_every_day_comes_back(day: date, style: str) -> None:
    assert good(one(birth_date=day.strftime(style)))[0].birth_date == day


def test_a_period_in_one_cell() -> None:
    for text in ("2014/11/04～2014/11/10", "2014年11月4日〜10日", "2014-11-04 to 2014-11-10", "2014/11/4 - 11/10"):
        values = good(one(期間=text))[0]
        assert (values.starts_on, values.ends_on) == (NOVEMBER, date(2014, 11, 10)), text


def test_an_exchange_that_ends_before_it_starts_is_refused() -> None:
    assert good(one(starts_on="2014-11-04", ends_on="2014-11-04"))
    assert bad(one(starts_on="2014-11-04", ends_on="2014-11-03")) == [(2, "ends_on", "period.backwards")]


@pytest.mark.parametrize(
    "text",
    [
        "2014", "FY2014", "FY 2014", "fy14", "2014年度", "平成26年度", "H26", "Ｈ２６",
        "2014-15", "2014/2015", "2014-11-04", "2015-03-31",
    ],
)  # fmt: skip
def test_one_fiscal_year_in_many_spellings(text: str) -> None:
    assert good(one(exchange_code="X-1", fiscal_year=text))[0].fiscal_year == 2014


def test_fiscal_years_of_reiwa_and_those_that_cannot_be() -> None:
    assert good(one(fiscal_year="令和6年度"))[0].fiscal_year == 2024
    assert good(one(fiscal_year="R6"))[0].fiscal_year == 2024
    for text in ("14", "1850", "2999", "soon", "2014-2019"):
        assert bad(one(fiscal_year=text)) == [(2, "fiscal_year", "year.invalid")], text


def test_year_and_programme_follow_from_the_code_where_they_are_not_said() -> None:
    values = good(one(exchange_code="ssp-high-school-2019-00012"))[0]
    assert (values.exchange_code, values.programme, values.fiscal_year) == (
        "SSP-HIGH-SCHOOL-2019-00012",
        "ssp-high-school",
        2019,
    )


@pytest.mark.parametrize(
    "text, code",
    [
        ("IN", "IN"), ("in", "IN"), ("IND", "IN"), ("India", "IN"), ("インド", "IN"), ("India (IN)", "IN"),
        ("インド/India", "IN"),
        ("Viet Nam", "VN"), ("VIETNAM", "VN"), ("ベトナム", "VN"), ("ヴェトナム", "VN"), ("台湾", "TW"),
        ("Chinese Taipei", "TW"),
        ("Taiwan, Province of China", "TW"), ("香港", "HK"), ("Hong Kong SAR", "HK"),
        ("Hong Kong, China", "HK"), ("Korea", "KR"),
        ("Korea, Republic of", "KR"), ("Republic of Korea", "KR"), ("韓国", "KR"), ("北朝鮮", "KP"),
        ("中国", "CN"), ("P.R. China", "CN"),
        ("Lao PDR", "LA"), ("ラオス", "LA"), ("Myanmar", "MM"), ("Burma", "MM"), ("ミャンマー", "MM"),
        ("Myanmar (Burma)", "MM"),
        ("Côte d’Ivoire", "CI"), ("Cote d'Ivoire", "CI"), ("Brunei Darussalam", "BN"),
        ("the Philippines", "PH"), ("Timor-Leste", "TL"),
        ("Micronesia", "FM"), ("Indian", "IN"), ("日本人", "JP"), ("中国籍", "CN"), ("ｲﾝﾄﾞ", "IN"),
        ("Türkiye", "TR"), ("Turkey", "TR"),
        ("Kyrgyz Republic", "KG"), ("アメリカ合衆国", "US"), ("UK", "GB"), ("Papua New Guinea", "PG"),
        ("スリランカ", "LK"),
    ],
)  # fmt: skip
def test_countries_by_any_name(text: str, code: str) -> None:
    assert a_country(text) == code


def test_every_country_is_known_by_what_we_call_it() -> None:
    for language in ("en", "ja"):
        assert [code for code in CODES if a_country(name(code, language)) != code] == []


def test_countries_that_are_none_or_several() -> None:
    assert bad(one(country="Atlantis")) == [(2, "country", "country.unknown")]
    assert bad(one(country="Congo")) == [(2, "country", "country.ambiguous")]
    assert bad(one(country="India/China")) == [(2, "country", "country.unknown")]
    assert bad(one(country="")) == [(2, "country", "missing")]


@pytest.mark.parametrize(
    "text, code",
    [
        *((code, code) for code in PROGRAMMES),
        *((code.upper(), code) for code in PROGRAMMES),
        ("A", "ssp-a"), ("Course A", "ssp-a"), ("Aコース", "ssp-a"), ("Ａコース", "ssp-a"), ("A Course", "ssp-a"),
        ("さくらサイエンス A コース", "ssp-a"), ("さくらサイエンスプログラム一般公募Bコース", "ssp-b"),
        ("SSP C", "ssp-c"),
        ("Sakura Science Exchange Program Course D", "ssp-d"), ("共同研究活動コース", "ssp-b"),
        ("A 科学技術体験コース", "ssp-a"),
        ("Sakura Science High School Program", "ssp-high-school"), ("高校生プログラム", "ssp-high-school"),
        ("SSHP", "ssp-high-school"),
        ("さくらサイエンス・ハイスクールプログラム", "ssp-high-school"), ("SSP Supporters", "ssp-supporters"),
        ("LOTUS Programme", "lotus"),
        ("Y-tec Young Talents Exchange Course", "ytec-young-talents"), ("Y-tec Leadership", "ytec-leadership"),
    ],
)  # fmt: skip
def test_programmes_by_code_and_name(text: str, code: str) -> None:
    assert good(one(programme=text))[0].programme == code


def test_programmes_that_are_none_or_several() -> None:
    for text in ("ssp-z", "Erasmus", "E コース"):
        assert bad(one(programme=text)) == [(2, "programme", "programme.unknown")], text
    for text in ("Y-tec", "Sakura Science Program"):
        assert bad(one(programme=text)) == [(2, "programme", "programme.ambiguous")], text


def test_roles_and_flags() -> None:
    for text, role in {
        "participant": "participant",
        "引率者": "supervisor",
        "受入担当": "host",
        "事務局": "staff",
        "辞退": "withdrawn",
    }.items():
        assert good(one(role=text))[0].role == role
    assert bad(one(role="astronaut")) == [(2, "role", "role.unknown")]
    for text in ("yes", "1", "はい", "○", "〇", "TRUE", "x"):
        assert good(one(deceased=text))[0].deceased is True, text
    for text in ("no", "0", "いいえ", "×", "FALSE", "-"):
        assert good(one(deceased=text))[0].deceased is False, text
    assert good(one(deceased=""))[0].deceased is None
    assert bad(one(deceased="perhaps")) == [(2, "deceased", "flag.unknown")]


@pytest.mark.parametrize(
    "text, fault",
    [
        ("=HYPERLINK(1)", "name.formula"),
        ("+1", "name.formula"),
        ("@SUM", "name.formula"),
        ("＝1", "name.formula"),
        ("A\x00b", "control"),
        ("A\u202eb", "control"),
        ("x" * 121, "too-long"),
        ("", "missing"),
    ],
)
def test_names_that_are_refused(text: str, fault: str) -> None:
    assert bad(one(name=text)) == [(2, "name", fault)]


def test_names_are_kept_as_written_in_nfc() -> None:
    for text in ("=", "+", "-", "@", "O’Brien", "Nguyễn Văn Ánh", "กองสิน วะคีมัน", "Ｔａｎａｋａ", "A" * 120):
        assert good(one(name=text))[0].name == text
    assert good(one(name="  Jose\u0301\u3000\u3000Rizal "))[0].name == "José Rizal"


@pytest.mark.parametrize(
    "family, given_name, country, whole",
    [
        ("Rao", "Asha", "IN", "Asha Rao"),
        ("Wang", "Wei", "CN", "Wang Wei"),
        ("Nguyen", "Van Anh", "VN", "Nguyen Van Anh"),
        ("王", "伟", "CN", "王伟"),
        ("김", "민수", "KR", "김민수"),
        ("田中", "花子", "JP", "田中 花子"),
        ("タナカ", "ハナコ", "JP", "タナカ ハナコ"),
        ("", "Suharto", "ID", "Suharto"),
    ],
)
def test_two_parts_of_a_name_are_joined_as_its_country_does(
    family: str, given_name: str, country: str, whole: str
) -> None:
    assert whole_name(family, given_name, country) == whole
    content = csv_of("姓,名,国,採択番号", f"{family},{given_name},{country},X-1")
    assert good(content)[0].name == whole


def test_addresses_are_canonical_and_two_fit_one_cell() -> None:
    values = good(one(email="Asha.Rao@Alumni.Example; ａsha@home.example"))[0]
    assert (values.email, values.email_2) == ("asha.rao@alumni.example", "asha@home.example")
    values = good(one(email="mailto:a@b.example", email_2="Asha <c@d.example>"))[0]
    assert (values.email, values.email_2) == ("a@b.example", "c@d.example")
    assert bad(one(email="a@b.example, c@d.example, e@f.example")) == [(2, "email", "email.many")]
    for text in ("not-an-address", "a@b", "a b@c.example", "@b.example", "a@@b.example", "a@localhost"):
        assert bad(one(email=text)) == [(2, "email", "email.invalid")], text


def test_sending_organisations_are_parted_at_semicolons() -> None:
    values = good(one(sending="IIT Delhi; Univ. of A, B；デリー大学、 IIT Delhi"))[0]
    assert values.sending == ("IIT Delhi", "Univ. of A, B", "デリー大学")


def test_an_exchange_without_a_code_is_known_by_title_year_and_host() -> None:
    cells = {"exchange_code": "", "exchange_title": "Robots", "fiscal_year": "FY2014", "host": "Kyushu University"}
    values = good(one(**cells))[0]
    assert values.code_made
    assert good(one(**(cells | {"exchange_title": "ＲＯＢＯＴＳ"})))[0].exchange_code == values.exchange_code
    assert good(one(**(cells | {"fiscal_year": "2015"})))[0].exchange_code != values.exchange_code
    assert bad(one(**(cells | {"host": ""}))) == [(2, "exchange_code", "exchange.missing")]


def test_every_bad_cell_of_a_row_is_named() -> None:
    assert bad(one(name="", country="?", email="?", birth_date="?")) == [
        (2, "country", "country.unknown"),
        (2, "email", "email.invalid"),
        (2, "name", "missing"),
        (2, "birth_date", "date.invalid"),
    ]


def test_every_fault_can_be_said() -> None:
    said = [
        row.message for row in rows_of(one(name="=x", country="{0}", birth_date="1 Jan 20")) if isinstance(row, BadCell)
    ]
    assert said == [
        "“{0}” is no country or region that we know.",
        "A name cannot begin with =.",
        "“1 Jan 20” is no date. Write it like 2014-11-04.",
    ]


def test_the_future_is_measured_by_the_clock() -> None:
    tomorrow = clock.today_in_japan() + timedelta(days=1)
    assert bad(one(birth_date=tomorrow.isoformat())) == [(2, "birth_date", "birth.future")]
    with clock.shifted(timedelta(days=400)):
        assert good(one(birth_date=tomorrow.isoformat()))[0].birth_date == tomorrow


@settings(max_examples=150)
@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=8), max_size=8))
def test_no_content_whatever_raises(cells: list[list[str]]) -> None:
    lines = ["name,country,exchange_code,birth_date,period,sending,fiscal_year,email"]
    lines += [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    assert {type(row) for row in rows_of(content)} <= {Row, BadCell}


@settings(max_examples=300)
@given(
    st.text(max_size=30),
    st.sampled_from(
        ["name", "country", "birth_date", "programme", "fiscal_year", "email", "role", "period", "exchange_code"]
    ),
)
def test_no_cell_whatever_raises(text: str, column: str) -> None:
    text = text.replace("\r", "\n")
    outcome = rows_of(b"\xef\xbb\xbf" + one(**{column: text.encode("utf-8", "replace").decode()}))
    assert len(outcome) >= 1
    assert all(row.message for row in outcome if isinstance(row, BadCell))
