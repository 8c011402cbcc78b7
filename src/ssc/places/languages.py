"""Languages by BCP 47 tag, named by CLDR in the reader's language."""

from functools import cache

from babel import Locale, UnknownLocaleError

from ssc.core import i18n

# In which most members write. One who needs another asks the API, and keeps it in the pages.
_OFTEN = (
    "am ar bn dz en es fa fil fr hi id ja kk km ko ky lo mn mr ms my ne pt ru si sw ta te tg th tk tr ur uz vi "
    "zh zh-Hant"
).split()


def name(tag: str, language: str | None = None) -> str:
    """The name in the reader's language (or the one given); a tag that CLDR does not know is its own name."""
    return _name(tag, language or i18n.language())


def choices(*held: str) -> list[tuple[str, str]]:
    """Tags with their names, to choose a text's language from: what most write, and what it is in already."""
    return sorted(((tag, name(tag)) for tag in {*_OFTEN, *held}), key=lambda choice: choice[1])


def tag_of(written: str) -> str:
    """The tag of a language written as the reader calls it, or in English; what names none is left as it is."""
    known = written.casefold()
    return _tags(i18n.language()).get(known) or _tags(i18n.SOURCE).get(known) or written


def written(tag: str) -> str:
    """How a person writes the language so that `tag_of` understands it: by its name where that is unambiguous."""
    called = name(tag)
    return called if tag_of(called) == tag else tag


@cache
def _tags(language: str) -> dict[str, str]:
    names: dict[str, str] = dict(Locale.parse(language, sep="-").languages)
    varieties = {_name(tag, language): tag for tag in (code.replace("_", "-") for code in names if "_" in code)}
    plain = {called: code for code, called in names.items() if "_" not in code}
    return {called.casefold(): tag for called, tag in (varieties | plain).items()}


@cache
def _name(tag: str, language: str) -> str:
    try:
        return Locale.parse(tag, sep="-").get_display_name(Locale.parse(language, sep="-")) or tag
    except (UnknownLocaleError, ValueError):
        return tag
