"""The picture that stands for a text where its address is shared: title and author on the club's paper.

Fonts are those of the machine, since none is shipped: a title that none of them can write leaves the blossom alone.
"""

import io
import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from math import cos, pi, sin
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from PIL import Image, ImageDraw, ImageFont, features

Font = ImageFont.FreeTypeFont

SIZE = (1200, 630)
_EDGE = 90
_PAPER, _INK, _QUIET, _CHERRY, _PETAL = "#fbf9f7", "#23222c", "#5f5d6a", "#a3325a", "#f6dbe3"
_SIZES = (84, 70, 58, 48)
_HIGHEST = 350
_LINES = 5  # as many as that holds of the smallest
# By their file names, nicest first; the folders are where systems keep fonts.
_WANTED = (
    "NotoSerifCJK-Bold.ttc NotoSerifCJK-Regular.ttc NotoSerifJP-Bold.otf NotoSansCJK-Bold.ttc NotoSansCJK-Regular.ttc "
    "ipaexm.ttf ipaexg.ttf ipag.ttf ipagp.ttf fonts-japanese-gothic.ttf fonts-japanese-mincho.ttf HiraginoSerif.ttc "
    "yumin.ttf YuGothM.ttc wqy-zenhei.ttc unifont_jp.otf "
    "NotoSerif-Bold.ttf DejaVuSerif-Bold.ttf DejaVuSans-Bold.ttf LiberationSerif-Bold.ttf "
    "NotoSansThai-Bold.ttf NotoSansDevanagari-Bold.ttf NotoSansArabic-Bold.ttf"
).split()
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")
# Letters that a renderer without shaping would set in the wrong places.
_SHAPED = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u1a20-\u1aaf]")
_PIECE = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef][、。」』）！？ー]*|\s+|[^\s\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+"
)
_one_at_a_time = CapacityLimiter(1)


async def card(title: str, byline: str, club: str) -> bytes:
    """PNG. Drawn beside the requests, and kept for who asks again."""
    return await to_thread.run_sync(_drawn, title, byline, club, limiter=_one_at_a_time)


@lru_cache(maxsize=100)
def _drawn(title: str, byline: str, club: str) -> bytes:
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=_CHERRY)
    written = _fitting(title)
    _blossom(draw, (980, 430) if written else (600, 330), 300)
    _line(draw, club, _EDGE, 34, _CHERRY)
    if written:
        font, lines = written
        step = round(font.size * 1.32)
        top = 150
        for number, line in enumerate(lines):
            draw.text((_EDGE, top + number * step), line, _INK, font)
        _line(draw, byline, SIZE[1] - 110, 34, _QUIET)
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _line(draw: ImageDraw.ImageDraw, text: str, top: int, size: int, colour: str) -> None:
    font = _font_for(text, size)
    if font is not None:
        draw.text((_EDGE, top), _cut(text, font), colour, font)


def _fitting(text: str) -> tuple[Font, list[str]] | None:
    """The largest size in which the text stands in a few lines; the smallest is cut. None: no font has its letters."""
    for font in map(partial(_font_for, text), _SIZES):
        if font is None:
            return None
        lines = _broken(text, font)
        if font.size * 1.32 * len(lines) <= _HIGHEST:
            return font, lines
        smallest = font, [*lines[: _LINES - 1], lines[_LINES - 1] + "…"] if len(lines) > _LINES else lines
    return smallest


def _broken(text: str, font: Font) -> list[str]:
    lines = [""]
    for piece in _pieces(text, font):
        if lines[-1] and font.getlength((lines[-1] + piece).rstrip()) > SIZE[0] - 2 * _EDGE:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str, font: Font) -> Iterator[str]:
    """Words, or letters of scripts that need no blanks; of a word too long for a line its letters."""
    for piece in _PIECE.findall(text):
        yield from piece if font.getlength(piece) > SIZE[0] - 2 * _EDGE else (piece,)


def _cut(text: str, font: Font) -> str:
    while text and font.getlength(text) > SIZE[0] - 2 * _EDGE:
        text = text.rstrip("…")[:-1] + "…"
    return text


def _font_for(text: str, size: int) -> Font | None:
    if _SHAPED.search(text) and not features.check("raqm"):
        return None
    letters = "".join(sorted({letter for letter in text if not letter.isspace()}))
    return next((font for font in _fonts(size) if _writes(font, letters)), None)


def _writes(font: Font, letters: str) -> bool:
    """Whether it has every letter: what it lacks looks like what nobody has."""
    missing = bytes(font.getmask("\U0010ffff"))
    return all(bytes(font.getmask(letter)) != missing for letter in letters)


@cache
def _fonts(size: int) -> list[Font]:
    built_in = ImageFont.load_default(size)
    return [
        *(ImageFont.truetype(path, size) for path in _files()),
        *([built_in] if isinstance(built_in, Font) else []),
    ]


@cache
def _files() -> list[str]:
    there = {path.name: str(path) for folder in _FOLDERS for path in Path(folder).rglob("*.[to]t[fc]")}
    return [there[name] for name in _WANTED if name in there]


def _blossom(draw: ImageDraw.ImageDraw, centre: tuple[int, int], size: int) -> None:
    """Five petals, each notched at its tip."""
    for petal in range(5):
        turn = petal * 2 * pi / 5 - pi / 2
        draw.polygon([_turned(point, turn, centre, size) for point in _OUTLINE], fill=_PETAL)


def _turned(point: tuple[float, float], turn: float, centre: tuple[int, int], size: int) -> tuple[float, float]:
    x, y = point[0] * size, point[1] * size
    return centre[0] + x * cos(turn) - y * sin(turn), centre[1] + x * sin(turn) + y * cos(turn)


def _edge(side: int) -> list[tuple[float, float]]:
    """One side of a petal that points along x, from its root to its tip."""
    steps = [n / 20 for n in range(21)]
    return [(0.08 + 0.82 * t, side * 0.34 * sin(pi * t**0.8) ** 0.8) for t in steps[:-2]] + [(0.95, side * 0.09)]


_OUTLINE = [*_edge(1), (0.86, 0.0), *reversed(_edge(-1))]
