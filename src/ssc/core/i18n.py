"""Words in the reader's language: Babel catalogues, chosen per request or per letter."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from ssc.core.config import resource

SOURCE = "en"

_current: ContextVar[str] = ContextVar("language", default=SOURCE)

Words = Callable[[], str]


@dataclass(frozen=True)
class Language:
    """A language that the pages speak; `complete` is the translated share of the sentences, 0 to 1."""

    code: str
    name: str
    complete: float


def language() -> str:
    """The language in force, e.g. `ja`."""
    return _current.get()


def locale() -> Locale:
    """For dates and numbers; English is the world's (22 November 2026), not one country's."""
    return Locale("en", "001") if language() == SOURCE else Locale.parse(language(), sep="-")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within this block words come out in `code` (an unknown one: in English)."""
    token = _current.set(code if code in _catalogues() else SOURCE)
    try:
        yield
    finally:
        _current.reset(token)


def use(code: str) -> None:
    """Sets the language for the rest of this request."""
    _current.set(code if code in _catalogues() else SOURCE)


def _(message: str, **values: Any) -> str:
    """The sentence in the reader's language; `{name}` is filled from the keywords."""
    text = _catalogue().gettext(message)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    """The sentence for `n` things; `{n}` and the keywords are filled in."""
    return _catalogue().ngettext(one, many, n).format(n=n, **values)


def words(message: str) -> Words:
    """A sentence that is looked up when it is shown, for what is declared at import."""
    return lambda: _(message)


def is_known(code: str) -> bool:
    """Whether pages speak it."""
    return code in _catalogues()


def languages() -> list[Language]:
    """The languages that pages speak, English first, each under its own name."""
    return [
        Language(code, Locale.parse(code, sep="-").get_display_name() or code, _completeness()[code])
        for code in _catalogues()
    ]


@lru_cache(maxsize=1000)
def negotiate(accept_language: str) -> str:
    """The best language for an `Accept-Language` header; English where none fits."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language[:500].split(","):
        tag, *params = part.strip().split(";")
        wanted.append((_quality(params), tag.strip().lower()))
    for quality, tag in sorted(wanted, key=lambda pair: -pair[0]):
        for code in _catalogues():
            if quality > 0 and (tag == code.lower() or tag.split("-")[0] == code.lower()):
                return code
    return SOURCE


def gettext_raw(message: str) -> str:
    """For templates: looked up, not filled."""
    return _catalogue().gettext(message)


def ngettext_raw(one: str, many: str, n: int) -> str:
    """For templates: looked up, not filled."""
    return _catalogue().ngettext(one, many, n)


def _quality(params: list[str]) -> float:
    for param in params:
        name, _sep, value = param.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _catalogue() -> NullTranslations:
    return _catalogues()[_current.get()]


@cache
def _catalogues() -> dict[str, NullTranslations]:
    found: dict[str, NullTranslations] = {SOURCE: NullTranslations()}
    for path in sorted(_folder().glob("*/LC_MESSAGES/ssc.po")):
        with path.open("rb") as file:
            catalogue = read_po(file)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        found[path.parent.parent.name] = Translations(compiled)
    return found


@cache
def _completeness() -> dict[str, float]:
    found = {SOURCE: 1.0}
    for path in _folder().glob("*/LC_MESSAGES/ssc.po"):
        with path.open("rb") as file:
            messages = [m for m in read_po(file) if m.id]
        done = sum(1 for m in messages if m.string and not m.fuzzy and all(_strings(m.string)))
        found[path.parent.parent.name] = done / len(messages) if messages else 1.0
    return found


def _strings(string: Any) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def _folder() -> Path:
    return resource("frontend") / "locales"
