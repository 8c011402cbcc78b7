"""Marking: the words that were looked for, shown where they stand, whatever their accents and capitals."""

import re
from bisect import bisect_left
from collections.abc import Iterable

from markupsafe import Markup, escape

from ssc.core import text

AROUND = 160
# What gives Markdown its shape, and says nothing in a line of plain words.
_MARKS = re.compile(r"(?m)^[ \t]*(?:#{1,6}|[-*>+]|\d+\.)[ \t]+|\*\*|__|`|\[(?=[^\[\]]*\]\()|\]\([^)\s]*\)")


def words_of(asked: str) -> list[str]:
    """As they are compared; at most eight, the longest first, so that a part of one is not marked before it."""
    return sorted(dict.fromkeys(text.plain(asked).split()[:8]), key=len, reverse=True)


def marked(source: str, words: Iterable[str]) -> Markup:
    """All of it, with `<mark>` around the words."""
    spans = _spans(source, list(words))
    made, end = Markup(""), 0
    for start, stop in spans:
        made += escape(source[end:start]) + Markup("<mark>{}</mark>").format(source[start:stop])
        end = stop
    return made + escape(source[end:])


def excerpt(source: str, words: Iterable[str]) -> Markup:
    """The part around the first word, at most some 160 characters to each side."""
    wanted = list(words)
    line = " ".join(_MARKS.sub(" ", source).split())
    end = _first_end(line, wanted)
    near = max(0, end - AROUND)
    spans = _spans(line[near:end], wanted)
    first = near + (spans[0][0] if spans else 0)
    start = _between_words(line, max(0, first - AROUND // 2), first)
    stop = min(len(line), start + 2 * AROUND)
    return Markup("{}{}{}").format(
        "… " if start else "", marked(line[start:stop], wanted), " …" if stop < len(line) else ""
    )


def _between_words(line: str, start: int, first: int) -> int:
    """Behind the next space, where there is one soon and before the first word; in Japanese there may be none."""
    if start == 0 or line[start - 1] == " ":
        return start
    space = line.find(" ", start, min(first, start + AROUND // 4))
    return space + 1 if space >= 0 else start


def _first_end(line: str, words: list[str]) -> int:
    """Where the first of the words ends; 0 where there is none. Most stand near the beginning."""

    def holds(end: int) -> bool:
        compared = text.plain(line[:end])
        return any(word in compared for word in words)

    end = AROUND
    while end < len(line) and not holds(end):
        end *= 2
    return bisect_left(range(end + 1), True, key=holds) if end < len(line) or holds(end) else 0


def _spans(source: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order and without overlap."""
    compared, origins = _plain(source)
    taken: list[tuple[int, int]] = []
    for word in words:
        at = compared.find(word)
        while word and at >= 0:
            span = origins[at], origins[at + len(word) - 1] + 1
            if all(span[1] <= start or stop <= span[0] for start, stop in taken):
                taken.append(span)
            at = compared.find(word, at + len(word))
    return sorted(taken)


def _plain(source: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters where it came from."""
    pieces: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(source):
        piece = " " if character.isspace() else text.plain(character)
        pieces.append(piece)
        origins += [index] * len(piece)
    return "".join(pieces), origins
