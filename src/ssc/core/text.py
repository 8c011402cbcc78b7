"""Text as people write it: normal forms, keys that look-alikes share, pieces for search."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from ssc.core.i18n import _

# Control characters but tab and line feed, and half surrogates.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Hangul's fillers and the empty Braille cell are letters and symbols to Unicode, and blanks to the eye.
_SPACES = re.compile("[\\s\u115f\u1160\u2800\u3164\uffa0]+")
# Seen by nobody, and no format characters: the grapheme joiner, inherent vowels, selectors of a variant.
_UNSEEN = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# What turns the direction of all that follows: in a name it makes the page around it lie.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def normalise(text: str) -> str:
    """NFC, line breaks as `\\n`. Raises ValueError for control characters and half surrogates."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _UNSTORABLE.search(text):
        raise ValueError(_("This contains a character that cannot be stored."))
    return text


def one_line(text: str) -> str:
    """Normalised, with every run of white space as one blank, trimmed, and without marks of direction."""
    return _SPACES.sub(" ", _TURNS.sub("", normalise(text))).strip()


def canonical(text: str) -> str:
    """The key that look-alikes share: NFKC, case folded, what is invisible removed."""
    if text.isascii():  # the same, at a tenth of the cost
        return _SPACES.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    seen = "".join(c for c in _UNSEEN.sub("", folded) if unicodedata.category(c) != "Cf")
    return _SPACES.sub(" ", seen).strip()


def plain(text: str) -> str:
    """For search: canonical, diacritics of Latin, Greek and Cyrillic removed, `đ ø ł ß …` spelt plainly.

    Marks of other scripts (Thai vowels, Devanagari, Japanese voicing) carry the word and stay.
    """
    decomposed = unicodedata.normalize("NFD", canonical(text))
    kept: list[str] = []
    base = ""
    for character in decomposed:
        if unicodedata.combining(character):
            if not _bare(base):
                kept.append(character)
            continue
        base = character
        kept.append(_STROKES.get(character, character))
    return unicodedata.normalize("NFC", "".join(kept))


def initials(name: str) -> str:
    """One letter of the person's own script, or two for names in parts of Latin, Cyrillic or Greek."""
    parts = [p for p in name.split() if p[:1].isalnum()]
    if not parts:
        return "?"
    if not _bare(unicodedata.normalize("NFD", parts[0].casefold())[0]):
        return parts[0][0]
    return "".join(p[0] for p in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


_STROKES = {
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}


def _bare(character: str) -> bool:
    return bool(character) and unicodedata.name(character, "").startswith(("LATIN", "GREEK", "CYRILLIC"))


def _line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _block(value: Any) -> Any:
    return normalise(value).strip() if isinstance(value, str) else value


def _not_empty(value: str) -> str:
    if not canonical(value):  # what nobody sees fills nothing
        raise ValueError(_("Please fill this in."))
    return value


def line(maximum: int) -> Any:
    """A type for one line of text, at most `maximum` characters; may be empty."""
    return Annotated[str, BeforeValidator(_line), StringConstraints(max_length=maximum)]


def filled_line(maximum: int) -> Any:
    """Like `line`, but not empty."""
    return Annotated[str, BeforeValidator(_line), StringConstraints(max_length=maximum), AfterValidator(_not_empty)]


def block(maximum: int) -> Any:
    """A type for several lines of text, at most `maximum` characters; may be empty."""
    return Annotated[str, BeforeValidator(_block), StringConstraints(max_length=maximum)]


def filled_block(maximum: int) -> Any:
    """Like `block`, but not empty."""
    return Annotated[str, BeforeValidator(_block), StringConstraints(max_length=maximum), AfterValidator(_not_empty)]


# For `Annotated[str, ONE_LINE, StringConstraints(max_length=…)]`, where a type must stand in full.
EMPTY_IS_NONE = BeforeValidator(lambda value: None if value == "" else value)
"""A form sends its empty fields too."""
ONE_LINE = BeforeValidator(_line)
LINES = BeforeValidator(_block)
NOT_EMPTY = AfterValidator(_not_empty)
