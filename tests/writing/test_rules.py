"""When an edit amends, whether it knows what it changes, what a text is called; and articles as HTML."""

from datetime import UTC, datetime, timedelta
from time import process_time
from uuid import uuid4

import pytest
from pydantic import TypeAdapter, ValidationError

from ssc.core.markdown import Image, article, images_in
from ssc.writing import rules
from ssc.writing.forms import Words
from ssc.writing.models import Version

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANN, BOB = uuid4(), uuid4()
BODIES = TypeAdapter(Words)
GARDEN = Image({480: "/files/news/a/480.webp", 1600: "/files/news/a/1600.webp"}, 1600, 900)


@pytest.mark.parametrize(
    ("by", "after", "amending"),
    [(ANN, 0, True), (ANN, 9, True), (ANN, 10, False), (BOB, 1, False), (None, 1, False)],
)
def test_an_edit_within_ten_minutes_by_the_same_person_amends(by: object, after: int, amending: bool) -> None:
    begun = Version(begun_at=NOON, written_by=ANN)
    assert rules.amends(begun, by, NOON + timedelta(minutes=after)) is amending  # type: ignore[arg-type]


def test_a_tag_means_its_revision_whatever_else_was_on_the_page() -> None:
    shown, shown_to_another = rules.tag(3, b"page"), rules.tag(3, b"the same page with another menu")
    assert shown != shown_to_another
    assert [rules.is_meant(shown, 3), rules.is_meant(shown_to_another, 3), rules.is_meant("*", 3)] == [True] * 3
    assert [rules.is_meant(shown, 4), rules.is_meant('"3"', 3), rules.is_meant("", 3)] == [False] * 3


def test_two_versions_are_compared_line_by_line() -> None:
    assert rules.differences("a\nb\nc", "a\nB\nc") == [("same", "a"), ("old", "b"), ("new", "B"), ("same", "c")]
    assert rules.differences("a\nb", "a\nb\nc") == [("same", "a"), ("same", "b"), ("new", "c")]
    assert rules.differences("a\na\nb", "a\nb") == [("same", "a"), ("old", "a"), ("same", "b")]
    assert rules.differences("", "a\n\nb") == [("new", "a"), ("new", ""), ("new", "b")]
    assert rules.differences("a", "a") == [("same", "a")]


def test_the_longest_texts_are_compared_before_anybody_notices() -> None:
    """Any member may write one of 50,000 letters and press "save" with an old revision: all others would wait."""
    old, new = ("\n".join(f"{n * step % 1009:03}" for n in range(12_000)) for step in (1, 7))
    began = process_time()
    lines = rules.differences(old, new)
    assert process_time() - began < 5
    assert ["\n".join(line.text for line in lines if line.sort != other) for other in ("new", "old")] == [old, new]


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ("A reunion in Hà Nội!", [], "a-reunion-in-ha-noi"),
        ("A reunion in Hà Nội!", ["a-reunion-in-ha-noi"], "a-reunion-in-ha-noi-2"),
        ("同窓会のお知らせ", [], "news"),
        ("Feed", [], "feed-2"),
        ("NEW", [], "new-2"),
    ],
)
def test_an_address_is_made_of_the_title_and_never_one_that_is_reserved(
    title: str, taken: list[str], slug: str
) -> None:
    assert rules.slug_of(title, "news", taken) == slug


def test_an_article_has_headings_tables_and_pictures_of_ours() -> None:
    html = article("# Tea\n\n![A tea garden](picture:a)\n\n| a | b |\n|---|---|\n| 1 | 2 |", {"a": GARDEN})
    assert html.startswith("<h2>Tea</h2>")
    assert '<img src="/files/news/a/1600.webp"' in html
    assert 'alt="A tea garden" width="1600" height="900" loading="lazy"' in html
    assert "<td>1</td>" in html


@pytest.mark.parametrize(
    "source",
    [
        "![x](https://tracker.example/pixel.gif)",
        "![x](//evil.example/a.png)",
        "![x](picture:somebody-elses)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        '<img src="/files/news/a/480.webp" onerror="alert(1)">',
    ],
)
def test_no_article_shows_any_other_picture(source: str) -> None:
    """(cases 48 and 58) Nothing is asked of anybody but us, and nothing runs."""
    assert "<img" not in article(source, {"a": GARDEN})


def test_words_of_a_picture_are_words_and_no_markup() -> None:
    html = article('![a" onload="alert(1) <b>](picture:a)', {"a": GARDEN})
    assert 'alt="a&quot; onload=&quot;alert(1) &lt;b&gt;"' in html


@pytest.mark.parametrize("source", ["[" * 100_000, "![" * 30_000, "|" * 50_000, "> " * 30_000 + "x", "#\n" * 9_000])
def test_an_endless_article_is_shown_as_it_is_at_once(source: str) -> None:
    """(case 49)"""
    assert article(source).startswith("<p>")
    assert images_in(source) == []


def test_a_picture_without_words_is_refused() -> None:
    assert BODIES.validate_python("![A garden](picture:a)") == "![A garden](picture:a)"
    for body in ("![](picture:a)", "text ![ ](picture:a) text"):
        with pytest.raises(ValidationError):
            BODIES.validate_python(body)
