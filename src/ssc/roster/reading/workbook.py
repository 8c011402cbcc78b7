"""XLSX files: unpacked by a process of its own whose memory and time are bounded, since a workbook may be a bomb."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from ssc.roster.reading.faults import NotATable
from ssc.roster.reading.heads import Head

UNFOLDED_BYTES = 320 * 1024 * 1024
"""What all parts of a workbook may unfold to; 43,000 rows of 19 columns have about 60 MB."""

_DECODER = Path(__file__).with_name("decoder.py")


class Workbook:
    """The sheets of an XLSX file. Merged cells are filled downwards."""

    surplus_is_wrong = False

    def __init__(self, source: BinaryIO, unfolds_to: int) -> None:
        if unfolds_to > UNFOLDED_BYTES:
            raise NotATable("unfolds")
        self._source = source

    @property
    def sheets(self) -> Sequence[str]:
        return [name for name, _visible in self._listed]

    def heads(self, lines: int) -> list[Head]:
        return [Head(name, visible, list(islice(self._decoded(name, lines), lines))) for name, visible in self._listed]

    def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
        return self._decoded(sheet, 0)

    def length(self, sheet: str) -> int:
        with self._decoding("--length", sheet) as answers:
            return int(next(answers))

    @cached_property
    def _listed(self) -> list[tuple[str, bool]]:
        with self._decoding("--list") as answers:
            return [(name, visible) for name, visible in next(answers)]

    def _decoded(self, sheet: str, lines: int) -> Iterator[tuple[int, list[str]]]:
        with self._decoding("--rows", sheet, str(lines)) as answers:
            yield from answers

    @contextmanager
    def _decoding(self, *arguments: str) -> Iterator[Iterator[Any]]:
        with self._as_file() as file, _child(file, arguments) as process:
            assert process.stdout is not None
            yield _answers(process.stdout)

    @contextmanager
    def _as_file(self) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile() as copy:
            self._source.seek(0)
            shutil.copyfileobj(self._source, copy)
            copy.seek(0)
            yield copy


@contextmanager
def _child(file: IO[bytes], arguments: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-I", str(_DECODER), *arguments],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _answers(stdout: IO[bytes]) -> Iterator[Any]:
    """What the decoder says, a JSON line each; without its closing word it has died on the way."""
    for line in stdout:
        answer = json.loads(line)
        if isinstance(answer, str):
            if answer != "end":
                raise NotATable(answer)
            return
        yield answer
    raise NotATable("unfolds")
