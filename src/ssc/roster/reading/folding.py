"""What stays of a word when case, width, marks, spaces and punctuation do not count."""

import unicodedata


def fold(text: str) -> str:
    """Letters and digits only, of NFKC, case-folded, Latin marks removed: `Ｅ-Mail Address*` is `emailaddress`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if not plain.isascii():
        plain = "".join(_bare(character) for character in plain)
    return "".join(character for character in plain if character.isalnum() or unicodedata.combining(character))


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)
    return base[0] if base[0].isascii() and base[0].isalpha() else character
