"""Languages are written as people call them, and kept as tags."""

import pytest

from ssc.core import i18n
from ssc.places import languages


@pytest.mark.parametrize(
    ("reader", "written", "tag"),
    [
        ("en", "Thai", "th"),
        ("en", "traditional chinese", "traditional chinese"),
        ("en", "Chinese (Traditional)", "zh-Hant"),
        ("ja", "タイ語", "th"),
        ("ja", "english", "en"),
        ("ja", "sw", "sw"),
        ("en", "Klatschian", "Klatschian"),
    ],
)
def test_a_language_is_known_by_its_name_for_the_reader_or_in_english(reader: str, written: str, tag: str) -> None:
    with i18n.speaking(reader):
        assert languages.tag_of(written) == tag


@pytest.mark.parametrize("reader", ["en", "ja"])
@pytest.mark.parametrize("tag", ["th", "zh-Hant", "zh", "pt-BR", "en-GB", "mr", "tlh"])
def test_what_is_shown_for_editing_is_understood_again(reader: str, tag: str) -> None:
    with i18n.speaking(reader):
        assert languages.tag_of(languages.written(tag)) == tag


@pytest.mark.parametrize("reader", ["en", "ja"])
def test_to_choose_from_is_what_most_write_and_what_is_held_each_once_and_by_name(reader: str) -> None:
    with i18n.speaking(reader):
        offered = languages.choices("en", "tlh", "zh-Hans")
        assert {"en", "ja", "zh", "zh-Hant", "zh-Hans", "tlh"} <= {tag for tag, _name in offered}
        assert len(offered) == len({tag for tag, _name in offered})
        assert [name for _tag, name in offered] == sorted(languages.name(tag) for tag, _name in offered)
