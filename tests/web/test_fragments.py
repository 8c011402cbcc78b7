"""What a macro makes of the same arguments is made once for each language, and of other arguments anew."""

from dataclasses import dataclass

from jinja2 import Template

from ssc.core import i18n
from ssc.web import templates


@dataclass(frozen=True)
class Shown:
    name: str
    headline: str


def _macro(source: str) -> Template:
    return templates.environment().from_string(source)


def test_each_reader_gets_what_the_arguments_say_and_nothing_of_another_reader() -> None:
    line = _macro("{% macro line(shown) %}<b>{{ shown.name }}</b>{{ shown.headline }}{% endmacro %}").module
    drawn = [templates.fragment(line.line, Shown("<Suda>", said)) for said in ("Ceramics", "", "Ceramics")]  # type: ignore[attr-defined]
    assert drawn == ["<b>&lt;Suda&gt;</b>Ceramics", "<b>&lt;Suda&gt;</b>", "<b>&lt;Suda&gt;</b>Ceramics"]
    assert drawn[0] is drawn[2]


def test_each_language_has_its_own() -> None:
    word = _macro("{% macro word() %}{{ _('Home') }}{% endmacro %}").module
    with i18n.speaking("en"):
        english = templates.fragment(word.word)  # type: ignore[attr-defined]
    with i18n.speaking("ja"):
        japanese = templates.fragment(word.word)  # type: ignore[attr-defined]
    assert (english, japanese) == ("Home", "ホーム")
