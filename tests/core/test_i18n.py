"""Words in the reader's language; a further language is one catalogue file and says how complete it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ssc.core import i18n
from ssc.core.i18n import _, ngettext, words

LATER = words("Home")


@pytest.fixture
def with_thai(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A club with a second, incomplete language: its folder is the real one's, and one more file."""
    real = i18n._folder()
    for path in (*real.glob("*/LC_MESSAGES/ssc.po"),):
        (tmp_path / path.relative_to(real)).parent.mkdir(parents=True)
        (tmp_path / path.relative_to(real)).write_bytes(path.read_bytes())
    thai = tmp_path / "th" / "LC_MESSAGES" / "ssc.po"
    thai.parent.mkdir(parents=True)
    thai.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
        'msgid "Home"\nmsgstr "หน้าแรก"\n\nmsgid "Sign in"\nmsgstr ""\n',
        encoding="utf-8",
    )
    caches = [f for f in vars(i18n).values() if hasattr(f, "cache_clear")]
    monkeypatch.setattr(i18n, "_folder", lambda: tmp_path)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_words_come_in_the_language_in_force() -> None:
    with i18n.speaking("ja"):
        assert (_("Home"), LATER()) == ("ホーム", "ホーム")
    assert (_("Home"), LATER()) == ("Home", "Home")


def test_values_are_filled_in_and_braces_in_them_stay() -> None:
    assert _("This value is {name}.", name="{x}") == "This value is {x}."
    assert ngettext("{n} row", "{n} rows", 1) == "1 row"
    assert ngettext("{n} row", "{n} rows", 2) == "2 rows"


def test_an_unknown_language_is_english() -> None:
    with i18n.speaking("xx"):
        assert (i18n.language(), _("Home")) == ("en", "Home")


@pytest.mark.usefixtures("with_thai")
def test_a_further_language_is_one_file_and_falls_back_visibly() -> None:
    with i18n.speaking("th"):
        assert (_("Home"), _("Sign in")) == ("หน้าแรก", "Sign in")
    shown = {language.code: (language.name, language.complete) for language in i18n.languages()}
    assert shown["th"] == ("ไทย", 0.5)
    assert shown["en"] == ("English", 1.0)
    assert i18n.negotiate("th-TH,en;q=0.5") == "th"


def test_languages_appear_under_their_own_names_english_first() -> None:
    names = [language.name for language in i18n.languages()]
    assert (names[0], "日本語" in names) == ("English", True)
