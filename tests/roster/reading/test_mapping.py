"""How a header is recognised, and how staff say what it means where it is not."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc.roster.reading import BadMapping, Mapping, NotATable, opened, survey
from ssc.roster.reading.headers import SURE, guessed
from ssc.roster.reading.synonyms import FIELDS
from tests.roster.reading.files import bad, csv_of, good, workbook


def fields_of(*header: str) -> list[str | None]:
    return [guess.field if guess.confidence >= SURE else None for guess in guessed(header)]


def test_our_own_names_are_known_in_any_order() -> None:
    assert fields_of(*reversed(FIELDS)) == list(reversed(FIELDS))


@pytest.mark.parametrize(
    "header, fields",
    [
        (["ＮＡＭＥ", " e-Mail ", "Country/Region"], ["name", "email", "country"]),
        (["氏名", "国籍", "メールアドレス"], ["name", "country", "email"]),
        (["氏名", "氏名（英語）", "国名"], ["name_native", "name", "country"]),
        (["氏名", "Name"], ["name_native", "name"]),
        (["姓", "名"], ["family_name", "given_name"]),
        (
            ["姓(ローマ字)", "名(ローマ字)", "姓", "名"],
            ["family_name", "given_name", "family_name_native", "given_name_native"],
        ),
        (["国名/Country", "受入機関 Host Institution"], ["country", "host"]),
        (["Date of Birth (yyyy/mm/dd)", "E-mail Address*"], ["birth_date", "email"]),
        (["メールアドレス1", "メールアドレス２"], ["email", "email_2"]),
        (["No.", "備考", ""], [None, None, None]),
    ],
)
def test_headers_are_recognised(header: list[str], fields: list[str | None]) -> None:
    assert fields_of(*header) == fields


def test_a_misspelt_header_is_suggested_but_not_taken() -> None:
    guess = guessed(["Nationallity"])[0]
    assert (guess.field, guess.confidence < SURE) == ("country", True)


@pytest.mark.parametrize(
    "mapping",
    [
        {"Who": "name", "Where": "country", "#3": "exchange_code"},
        {"name": "Who", "country": "Where", "exchange_code": 3},
        {"columns": {"who": "name", "B": "country", "C": "exchange_code"}},
    ],
)
def test_staff_say_what_columns_mean(mapping: dict[str, object]) -> None:
    content = csv_of("Who,Where,Which", "Asha,IN,X-1")
    with pytest.raises(NotATable):
        good(content)
    assert [(v.name, v.country, v.exchange_code) for v in good(content, Mapping.of(mapping))] == [("Asha", "IN", "X-1")]


def test_a_column_can_be_left_out() -> None:
    content = csv_of("name,country,exchange_code,role", "Asha,IN,X-1,whatever")
    assert bad(content) == [(2, "role", "role.unknown")]
    assert good(content, Mapping.of({"role": None}))[0].role is None


def test_fixed_values_and_values_repeated_downwards() -> None:
    content = csv_of("host,name", "Kyushu University,Asha", ",Binh", "Kyoto University,Chen")
    mapping = Mapping.of(
        {"fixed": {"country": "IN", "exchange_title": "Robots", "fiscal_year": "2014"}, "fill_down": ["host"]}
    )
    values = good(content, mapping)
    assert [(v.name, v.country, v.host) for v in values] == [
        ("Asha", "IN", "Kyushu University"),
        ("Binh", "IN", "Kyushu University"),
        ("Chen", "IN", "Kyoto University"),
    ]
    assert values[0].exchange_code == values[1].exchange_code != values[2].exchange_code
    assert values[0].code_made


def test_the_header_row_can_be_said() -> None:
    content = csv_of("name,country,exchange_code", "Nom,Pays,Code", "Asha,IN,X-1")
    mapping = Mapping.of({"header_row": 2, "columns": {"Nom": "name", "Pays": "country", "Code": "exchange_code"}})
    assert [v.name for v in good(content, mapping)] == ["Asha"]


@pytest.mark.parametrize(
    "mapping, pointer",
    [
        ([], ""),
        ({"Who": "nobody"}, "/Who"),
        ({"columns": {"a": "name", "b": "name"}}, "/columns/b"),
        ({"columns": {"a": ["name"]}}, "/columns/a"),
        ({"fixed": {"nothing": "x"}}, "/fixed/nothing"),
        ({"fixed": {"country": 1}}, "/fixed/country"),
        ({"fill_down": ["nothing"]}, "/fill_down"),
        ({"fill_down": [1]}, "/fill_down"),
        ({"header_row": 0}, "/header_row"),
        ({"header_row": True}, "/header_row"),
        ({"day_first": "yes"}, "/day_first"),
        ({"sheet": 1}, "/sheet"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(mapping: object, pointer: str) -> None:
    with pytest.raises(BadMapping) as refusal:
        Mapping.of(mapping)
    assert refusal.value.pointer == pointer


@given(
    st.builds(
        Mapping,
        sheet=st.none() | st.text(max_size=20),
        header_row=st.none() | st.integers(1, 100),
        columns=st.dictionaries(st.text(min_size=1, max_size=10), st.none(), max_size=4),
        fixed=st.dictionaries(st.sampled_from(FIELDS), st.text(min_size=1).filter(str.strip), max_size=4),
        fill_down=st.frozensets(st.sampled_from(FIELDS)),
        day_first=st.none() | st.booleans(),
    )
)
def test_a_mapping_is_kept_as_it_is(mapping: Mapping) -> None:
    assert Mapping.of(mapping.to_json()) == mapping


def test_a_survey_shows_sheets_guesses_and_samples() -> None:
    content = workbook({"A": [["notes"]], "B": [["Title"], ["Name", "Nationallity"], ["Asha", "IN"], ["Binh", "VN"]]})
    with opened(io.BytesIO(content)) as table:
        first, second = survey(table)
    assert (first.best, second.best, second.header_row) == (False, True, 2)
    assert [(c.header, c.field, c.samples) for c in second.columns] == [
        ("Name", "name", ["Asha", "Binh"]),
        ("Nationallity", "country", ["IN", "VN"]),
    ]
