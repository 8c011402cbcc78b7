"""Charts as numbers: where each bar and tile is drawn, so that the templates only write them down.

No chart lies: a bar's height is its value, from nought, and a tile's shade says between which two numbers it lies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ssc.guide import tiles

WIDTH, HEIGHT, GROUND = 600, 220, 190
TILE, GAP = 36, 3
LEVELS = 5


@dataclass(frozen=True)
class Bar:
    """A column above its label; y counts from above, as in SVG."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Tile:
    """A country's square; `level` 0 is nobody, 1 to LEVELS ever more."""

    code: str
    value: int
    level: int
    x: int
    y: int


@dataclass(frozen=True)
class TileMap:
    """All squares, and from which value on each level begins (from level 1)."""

    tiles: list[Tile]
    begins: list[int]
    width: int
    height: int


def columns(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars of one width side by side, the highest as high as the chart."""
    most = max((value for _label, value in values), default=0) or 1
    step = WIDTH / max(1, len(values))
    return [
        _bar(label, value, most, index * step + step * 0.15, step * 0.7) for index, (label, value) in enumerate(values)
    ]


def over_time(values: Sequence[tuple[date, int]]) -> list[Bar]:
    """Bars where their days lie, so that a long pause looks like one."""
    most = max((value for _day, value in values), default=0) or 1
    first, last = values[0][0], values[-1][0]
    width = 56.0
    reach = (WIDTH - width) / max(1, (last - first).days)
    return [_bar(day.isoformat(), value, most, (day - first).days * reach, width) for day, value in values]


def tile_map(values: Mapping[str, int]) -> TileMap:
    """Every country of the map, and below it those that have people and no place on it."""
    begins = levels(values.values())
    strays = sorted(code for code in values if code not in tiles.PLACES)
    places = dict(tiles.PLACES) | {code: (index, tiles.ROWS) for index, code in enumerate(strays)}
    drawn = [
        Tile(code, values.get(code, 0), level_of(values.get(code, 0), begins), column * TILE, row * TILE)
        for code, (column, row) in places.items()
    ]
    rows = tiles.ROWS + (1 if strays else 0)
    return TileMap(drawn, begins, tiles.COLUMNS * TILE, rows * TILE)


def levels(values: Iterable[int]) -> list[int]:
    """Where levels begin: 1, then so that each holds about as many countries; equal numbers share a level."""
    held = sorted(value for value in values if value > 0)
    marks = {held[len(held) * part // LEVELS] for part in range(1, LEVELS)} if held else set()
    return [1, *sorted(marks - {1})]


def level_of(value: int, begins: Sequence[int]) -> int:
    return sum(value >= begin for begin in begins)


def _bar(label: str, value: int, most: int, x: float, width: float) -> Bar:
    height = value / most * GROUND
    return Bar(label, value, round(x, 2), round(GROUND - height, 2), round(width, 2), round(height, 2))
