"""A roster file opened: what kind it is by its content, which sheets it has, and its rows of text."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from ssc.roster.reading.delimited import Delimited
from ssc.roster.reading.faults import NotATable
from ssc.roster.reading.heads import Head
from ssc.roster.reading.workbook import Workbook

ROSTER_BYTES = 30 * 1024 * 1024
"""What an upload may have."""

_FOREIGN = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\x7fELF",
    b"{\\rtf", b"<?xml", b"<!doctype", b"<html", b"MZ", b"SQLite format",
)  # fmt: skip


class Table(Protocol):
    """A file of rows; a row is its number as a spreadsheet counts it, and its cells as text."""

    @property
    def sheets(self) -> Sequence[str]: ...

    @property
    def surplus_is_wrong(self) -> bool:
        """Whether cells beyond the header hint at a broken row (CSV) and not at a note beside the table."""

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]: ...

    def length(self, sheet: str) -> int:
        """How many rows there are, at a quick look."""

    def heads(self, lines: int) -> list[Head]: ...


@contextmanager
def opened(source: BinaryIO, limit: int | None = ROSTER_BYTES) -> Iterator[Table]:
    """The table in a seekable file, by its content and not its name. Raises NotATable; `limit` in bytes."""
    size = source.seek(0, 2)
    if limit is not None and size > limit:
        raise NotATable("too-large", megabytes=limit // (1024 * 1024))
    if not size:
        raise NotATable("empty")
    source.seek(0)
    start = source.read(4096)
    if start.startswith(b"PK\x03\x04"):
        yield Workbook(source, _unfolded_size(source))
        return
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotATable("old-excel")
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(tuple(f.lower() for f in _FOREIGN)):
        raise NotATable("kind")
    yield Delimited(source)


def _unfolded_size(source: BinaryIO) -> int:
    """How many bytes the workbook unfolds to by its own account; refuses before anything is unpacked."""
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise NotATable("damaged") from error
    names = {entry.filename.lower() for entry in entries}
    if "xl/workbook.xml" not in names:
        raise NotATable("kind")
    return sum(entry.file_size for entry in entries)
