"""Text as search finds it: words where a script has them, characters and their pairs where it does not."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple
from uuid import UUID

from ssc.core import text

TOKEN_LIMIT = 40
"""Characters of a word that count; longer ones are found by their beginning."""

_ASCII_RUNS = re.compile("[a-z0-9]+")
_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "BOPOMOFO", "TIBETAN")


def tokens(body: str) -> list[str]:
    """The lexemes that find a text, each once: words, and the letters and pairs of scripts without spaces."""
    return list(dict.fromkeys(_tokens(body)))


class Term(NamedTuple):
    """A lexeme that what is looked for must have; `begins`: words that begin so are meant too."""

    lexeme: str
    begins: bool


def terms(sought: str) -> list[Term]:
    """The lexemes that find what is looked for; none where it has no letter or digit."""
    found: dict[str, bool] = {}
    for run in _marked_runs(text.plain(sought)):
        if _spaceless(run[0]):
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            found.update(dict.fromkeys(pairs or [run], False))
        else:
            found[run[:TOKEN_LIMIT]] = len(run) > 1
    return [Term(*one) for one in found.items()]


def recheck(sought: str) -> Callable[[str], bool]:
    """Whether a text that has all the lexemes really holds what is looked for: pairs may stand apart in it."""
    whole = [run for run in _marked_runs(text.plain(sought)) if _spaceless(run[0]) and len(run) > 2]
    long = [run for run in _marked_runs(text.plain(sought)) if not _spaceless(run[0]) and len(run) > TOKEN_LIMIT]

    def holds(body: str) -> bool:
        if not whole and not long:
            return True
        plain = text.plain(body)
        return all(run in plain for run in (*whole, *long))

    return holds


def of_thread(thread_id: UUID) -> str:
    """The lexeme that all messages of a thread bear, so that one index finds a word in some threads only."""
    return f"t:{thread_id.hex}"


def lexemes(thread_id: UUID, body: str) -> str:
    """What a message's `tokens` are made of, one blank between two."""
    return " ".join((of_thread(thread_id), *tokens(body)))


def _tokens(body: str) -> Iterator[str]:
    if body.isascii():  # a tenth of the time, and every message is taken apart on its way
        yield from (run[:TOKEN_LIMIT] for run in _ASCII_RUNS.findall(body.lower()))
        return
    plain = text.plain(body)
    for run in _marked_runs(plain):
        if _spaceless(run[0]):
            yield from run
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run[:TOKEN_LIMIT]


def _marked_runs(plain: str) -> Iterator[str]:
    """Runs of letters with their marks, split where a script without spaces begins or ends."""
    run = ""
    for character in plain:
        kept = character.isalnum() or unicodedata.category(character).startswith("M")
        if not kept or (run and _spaceless(character) != _spaceless(run[-1]) and character.isalnum()):
            if run:
                yield run
            run = ""
        if kept:
            run += character
    if run:
        yield run


def _spaceless(character: str) -> bool:
    return not character.isascii() and unicodedata.name(character, "").startswith(_WITHOUT_SPACES)
