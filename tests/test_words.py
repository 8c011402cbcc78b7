"""Every sentence is there in every language that claims to be whole, with the same places to fill in."""

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "frontend" / "locales"
WHOLE = ["ja"]
OWN_WORDS = ("legal", "gallery")
PLACES = re.compile(r"%\(\w+\)s|(?<!\{)\{\w+\}(?!\})")


@pytest.fixture(scope="module")
def collecting() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / ".ci" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "ssc.po").open("rb") as file:
        return read_po(file, locale=language)


def texts(value: str | Iterable[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def is_whole(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and bool(message.string) and all(texts(message.string))


@pytest.mark.parametrize("language", WHOLE)
def test_no_sentence_is_untranslated(language: str, collecting: ModuleType) -> None:
    known = catalogue(language)
    said = [message for message in collecting.sentences() if message.id]
    assert [texts(m.id)[0] for m in said if not is_whole(known.get(m.id))] == []
    assert len(said) > 200


@pytest.mark.parametrize("language", WHOLE)
def test_translations_fill_in_what_the_sentence_has(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        wanted = {place for text in texts(message.id) for place in PLACES.findall(text)}
        for text in texts(message.string):
            if message.id and not set(PLACES.findall(text)) <= wanted:
                wrong.append(text)
    assert wrong == []


def spoken(source: str) -> list[str]:
    """The words that stand in a template itself, outside tags, expressions and translated blocks."""
    elsewhere = r"\{% trans.*?%\}.*?\{% endtrans %\}|\{% block body_class %\}.*?\{% endblock %\}"
    source = re.sub(elsewhere, "", source, flags=re.S)
    data = "".join(value for _line, kind, value in Environment().lex(source) if kind == "data")
    data = re.sub(r"<!--.*?-->|<(style|script|svg)\b.*?</\1>", "", data, flags=re.S)
    lines = re.sub(r"<[^>]*>", "\n", data, flags=re.S).splitlines()
    return [line.strip() for line in lines if re.search(r"[^\W\d_]{3,}", line) and '="' not in line]


def test_words_in_a_template_are_found_where_they_stand() -> None:
    assert spoken('<p class="a">{{ _("Hello") }} <b>Welcome back</b></p>') == ["Welcome back"]
    assert spoken('<p title="x">{{ _("Hello") }} · {{ name }}</p>{% trans %}Good day{% endtrans %}') == []


def test_no_template_holds_words_outside_the_catalogue() -> None:
    """Legal texts are a file for each language, and the gallery's people are made up."""
    templates = ROOT / "frontend" / "templates"
    pages = [p for p in sorted(templates.rglob("*.html")) if p.relative_to(templates).parts[0] not in OWN_WORDS]
    assert [f"{p.relative_to(templates)}: {words}" for p in pages for words in spoken(p.read_text())] == []
