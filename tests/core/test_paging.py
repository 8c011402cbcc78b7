"""Cursors: signed, opaque, and stable whatever is inserted between two pages."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc.core.errors import Problem
from ssc.core.paging import Slice, decode, encode

KEY = b"a key"
CURSOR = encode(("2026-11-22T00:00:00Z", "0192"), KEY)

places = st.lists(st.one_of(st.none(), st.integers(-(2**53), 2**53), st.text()), max_size=4)


@given(places)
def test_a_cursor_says_where_the_next_page_begins(place: list[object]) -> None:
    assert decode(encode(place, KEY), KEY) == tuple(place)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "forged",
        "日本",
        CURSOR[:-1],
        CURSOR + "A",
        CURSOR[::-1],
        base64.urlsafe_b64encode(b"12345678[1]").decode(),
        encode(("2026-11-22T00:00:00Z", "0192"), b"another key"),
    ],
)
def test_a_cursor_that_we_did_not_give_out_is_refused(cursor: str) -> None:
    assert decode(CURSOR, KEY) == ("2026-11-22T00:00:00Z", "0192")
    with pytest.raises(Problem) as refused:
        decode(cursor, KEY)
    assert (refused.value.kind.status, refused.value.errors[0].pointer) == (422, "/cursor")


def test_the_last_page_has_no_next() -> None:
    wanted = Slice(2, None, KEY)
    whole, cut = wanted.cut([1, 2], lambda row: [row]), wanted.cut([1, 2, 3], lambda row: [row])
    assert (whole.rows, whole.next) == ([1, 2], None)
    assert (cut.rows, decode(cut.next or "", KEY)) == ([1, 2], (2,))


@pytest.mark.parametrize(
    "place",
    [
        [],
        ["2026-11-22T00:00:00+00:00"],
        ["2026-11-22T00:00:00+00:00", "0192"],
        ["2026-11-22", "01920000-0000-7000-8000-000000000000"],
        [1790000000, "01920000-0000-7000-8000-000000000000"],
        [True, "2026-11-22T00:00:00+00:00", "01920000-0000-7000-8000-000000000000"],
    ],
)
def test_a_cursor_of_a_list_sorted_otherwise_is_refused(place: list[object]) -> None:
    own = ["2026-11-22T00:00:00+00:00", "01920000-0000-7000-8000-000000000000"]
    at, identity = Slice(2, tuple(own)).dated or (None, None)
    assert (at and at.isoformat(), str(identity)) == (own[0], own[1])
    with pytest.raises(Problem) as refused:
        _ = Slice(2, tuple(place)).dated
    assert (refused.value.kind.status, refused.value.errors[0].pointer) == (422, "/cursor")


def test_a_list_begins_without_a_cursor() -> None:
    start = Slice()
    assert (start.dated, start.named, start.identity) == (None, None, None)
