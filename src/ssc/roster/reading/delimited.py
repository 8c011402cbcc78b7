"""CSV files and their kin: which encoding and which separator, and their records one by one."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import BinaryIO

from ssc.roster.reading.faults import NotATable
from ssc.roster.reading.headers import guessed, score
from ssc.roster.reading.heads import Head

UNREADABLE = "\0unreadable"
"""The only cell of a record that the reader of CSV gave up on."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PIECE = 1024 * 1024


class Delimited:
    """A text file of one sheet, read as a stream: memory does not grow with it."""

    sheets: Sequence[str] = ("",)
    surplus_is_wrong = True

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._encoding = _encoding_of(source)

    def heads(self, lines: int) -> list[Head]:
        return [Head("", True, list(islice(self.rows(""), lines)))]

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        """Empty lines count, but do not come. One reading at a time: all share the file's position."""
        separator = self._separator
        with self._text() as text:
            for number, cells in _records(text, separator):
                if any(cells):
                    yield number, cells

    def length(self, sheet: str) -> int:
        self._source.seek(0)
        return 1 + sum(piece.count(b"\n") for piece in iter(lambda: self._source.read(_PIECE), b""))

    @cached_property
    def _separator(self) -> str:
        with self._text() as text:
            sample = text.read(65536)
        if sample[:4].lower() == "sep=" and sample[4:5]:
            return sample[4]
        return max(",\t;", key=lambda separator: _likeness(sample, separator))

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        self._source.seek(0)
        text = io.TextIOWrapper(self._source, self._encoding, errors="replace", newline="")
        try:
            yield text
        finally:
            text.detach()


def _records(text: io.TextIOBase, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet would: a cell with line breaks is one row. Excel's `sep=;` line does not count."""
    reader = csv.reader(text, delimiter=separator)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = [UNREADABLE]
        if number == 0 and len(cells) <= 2 and cells and cells[0].lower() in {"sep=", f"sep={separator}"}:
            continue
        number += 1
        yield number, cells


def _likeness(sample: str, separator: str) -> tuple[float, int]:
    """How much like a roster the file looks when split so: by its best header, then by its width."""
    rows = [cells for _number, cells in islice(_records(io.StringIO(sample, newline=""), separator), 40)]
    best = max((score(guessed(cells[:500])) for cells in rows), default=0.0)
    return best, sum(len(cells) for cells in rows)


def _encoding_of(source: BinaryIO) -> str:
    """By the byte-order mark, else UTF-8 if it decodes, else whichever of UTF-8 and Shift_JIS misreads less."""
    source.seek(0)
    start = source.read(4)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    misread = {}
    for encoding in ("utf-8", "cp932"):
        misread[encoding], size = _misreadings(source, encoding)
        if not misread[encoding]:
            return encoding
    best = min(misread, key=lambda encoding: misread[encoding])
    if misread[best] > max(20, size // 50):
        raise NotATable("kind")
    return best


def _misreadings(source: BinaryIO, encoding: str) -> tuple[int, int]:
    """How many places do not decode, and how long the text is. Refuses what is full of NUL: that is no text."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    bad = size = nuls = 0
    while piece := source.read(_PIECE):
        text = decoder.decode(piece)
        bad += text.count("�")
        nuls += text.count("\0")
        size += len(text)
    if nuls > 20 and nuls > size // 100:
        raise NotATable("kind")
    return bad, size
