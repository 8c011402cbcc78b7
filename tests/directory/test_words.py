"""How words are spelt for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc.directory import words


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("Nguyễn Thị Ánh", "nguyen anh"),
        ("Nguyễn Thị Ánh", "NGUYỄN"),
        ("Łukasz Müller-Øster", "lukasz oster"),
        ("Seán O'Brien", "obrien"),
        ("Seán O'Brien", "o'brien sean"),
        ("田中 花子", "田中花子"),
        ("田中花子", "中花"),
        ("田中花子", "子"),
        ("アン・バン", "あんばん"),
        ("ﾀﾅｶ", "タナカ"),
        ("김민수", "민수"),
        ("สมชาย ใจดี", "ชาย"),
        ("प्रिया शर्मा", "प्रिया"),
        ("محمّد عَلي", "محمد علي"),
        ("Ива\u0301н Йорданов", "иван йорданов"),
        ("Ａｎａｎ", "anan"),
        ("Chiba University", "ch"),
    ],
)
def test_a_text_is_found_by_its_parts_in_any_script(kept: str, asked: str) -> None:
    text = words.searchable([kept])
    for word in words.asked(asked):
        start, pattern = words.pattern(word).startswith("% "), words.pattern(word).strip("%")
        assert pattern in text, (text, word, start)


def test_two_letters_begin_a_word() -> None:
    assert words.pattern("an") == "% an%"
    assert words.pattern("ana") == "%ana%"


@pytest.mark.parametrize("typed", ["tanaka", "tamaka", "tanka", "tannaka", "tnaaka", "tanakx", "anaka"])
def test_one_slip_is_one_letter_more_less_another_or_two_swapped(typed: str) -> None:
    assert words.one_slip_apart(typed, "tanaka")
    assert set(words.without_one(typed)) & set(words.without_one("tanaka")) != set()


@pytest.mark.parametrize("typed", ["tamala", "tnk", "atanak", "yamada", ""])
def test_two_slips_are_not_forgiven(typed: str) -> None:
    assert not words.one_slip_apart(typed, "tanaka")


@given(st.text(max_size=40))
def test_whatever_is_typed_leaves_nothing_that_a_pattern_could_misread(typed: str) -> None:
    for word in words.asked(typed):
        assert not set(word) & set("%_\\' \0")


@given(st.text(max_size=60))
def test_every_word_of_a_text_finds_it(text: str) -> None:
    kept = words.searchable([text])
    for word in words.asked(text):
        assert words.pattern(word).strip("%") in kept
