"""Languages by BCP 47 tag, named by CLDR in the reader's language."""

from functools import cache

from babel import Locale, UnknownLocaleError

from ssc.core import i18n


def name(tag: str, language: str | None = None) -> str:
    """The name in the reader's language (or the one given); a tag that CLDR does not know is its own name."""
    return _name(tag, language or i18n.language())


@cache
def _name(tag: str, language: str) -> str:
    try:
        return Locale.parse(tag, sep="-").get_display_name(Locale.parse(language, sep="-")) or tag
    except (UnknownLocaleError, ValueError):
        return tag
