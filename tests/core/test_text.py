"""Text in any script: normal forms, look-alikes, search keys. Case 36."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from ssc.core import text


class Note(BaseModel):
    title: text.filled_line(12)  # type: ignore[valid-type]
    body: text.block(20) = ""  # type: ignore[valid-type]


def test_lines_are_normalised_and_blocks_keep_their_breaks() -> None:
    note = Note(title="  Cafe\u0301 \t au\u3000lait ", body="a\r\nb\rc\td\n")
    assert (note.title, note.body) == ("Café au lait", "a\nb\nc\td")


@pytest.mark.parametrize("title", ["", "   ", "\u3000", "x" * 13, "a\x00b", "a\x07b", "a\x7fb", "a\x85b", "\ud83d"])
def test_what_is_empty_too_long_or_cannot_be_stored_is_refused(title: str) -> None:
    assert Note(title="x" * 12)
    with pytest.raises(ValidationError):
        Note(title=title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tanaka", "ＴＡＮＡＫＡ"),
        ("Kelvin", "\u212aelvin"),
        ("staff", "st\u200baff"),
        ("staff", "sta\u00adff"),
        ("Straße", "STRASSE"),
        ("ﬁnd", "find"),
        ("名前", "名\u2060前"),
        ("a b", "a\u00a0 b"),
    ],
)
def test_look_alikes_share_their_key(one: str, other: str) -> None:
    assert text.canonical(one) == text.canonical(other)


def test_a_name_in_two_scripts_is_not_an_attack() -> None:
    assert len({text.canonical(name) for name in ("田中", "Tanaka", "たなか", "タナカ")}) == 4


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("Ιωάννης", "ιωαννησ"),
        ("Алексей Ёлкин", "алексеи елкин"),
        ("田中 太郎", "田中 太郎"),
        ("がぎぐ", "がぎぐ"),
        ("สมชาย ใจดี", "สมชาย ใจดี"),
        ("राहुल शर्मा", "राहुल शर्मा"),
        ("محمد", "محمد"),
    ],
)
def test_search_keys_drop_diacritics_only_where_they_are_an_addition(name: str, key: str) -> None:
    assert text.plain(name) == unicodedata.normalize("NFC", key)


@given(st.text(max_size=40))
def test_keys_are_stable_whatever_is_written(written: str) -> None:
    assert text.canonical(text.canonical(written)) == text.canonical(written)
    assert text.plain(text.plain(written)) == text.plain(written)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mai Nguyen", "MN"), ("Mai", "M"), ("田中 太郎", "田"), ("", "?"), ("(x) …", "?"), ("สมชาย ใจดี", "ส")],
)
def test_initials_fit_the_script(name: str, letters: str) -> None:
    assert text.initials(name) == letters


@given(st.text(max_size=20))
def test_there_are_initials_for_every_name(name: str) -> None:
    assert 1 <= len(text.initials(name)) <= 6
