"""The figures: live numbers that leave minors out, and charts that draw what the data says."""

import re
from datetime import date

import pytest

from ssc.guide import charts, tiles
from ssc.places import groups
from ssc.programmes.figures import GROWTH, PUBLISHED
from tests.cast import Cast

DRAWN = re.compile(r'data-country="(\w\w)" data-value="(\d+)"')
COLUMNS = re.compile(
    r'<rect class="column" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" data-value="(\d+)"/>'
)


async def test_the_numbers_are_those_of_adults_and_of_what_members_show(cast: Cast) -> None:
    anan = await cast.member("Anan Suda", lives_in="JP")
    bela = await cast.member("Bela Rao", country="IN", lives_in="JP", visibility={"lives_in": "me"})
    hidden = await cast.member("Hida Hart", country="KE", visibility={"country": "cohorts"})
    native, una = await cast.member("Jun Abe", country="JP", lives_in="JP"), await cast.member("Una U", claimed=False)
    await cast.exchange("E-1", [anan, bela, hidden, native, una, await cast.minor()], fiscal_year=2019)
    await cast.exchange("E-2", [anan], host="Tohoku University", fiscal_year=2023)
    async with cast.visitor() as browser:
        answer = (await browser.get("/api/v1/figures")).json()
        page = (await browser.get("/figures")).text
    assert answer["live"] == {
        "members": 4,
        "countries": 3,
        "exchanges": 2,
        "hosts": 2,
        "reunions": 0,
        "returned": 1,
        "by_country": [{"value": code, "count": 1} for code in ("IN", "JP", "TH")],
        "by_year": [{"value": "2019", "count": 4}, {"value": "2023", "count": 1}],
    }
    assert {key: type(value).__name__ for key, value in answer["published"][0].items()} == {
        "key": "str",
        "value": "int",
        "unit": "str",
        "as_of": "str",
        "source": "str",
    }
    assert len(answer["published"]) == len(PUBLISHED)
    assert answer["published"][0]["as_of"] == "2025-03-31"
    drawn = {code: int(value) for code, value in DRAWN.findall(page)}
    assert {code: value for code, value in drawn.items() if value} == {"IN": 1, "JP": 1, "TH": 1}
    assert [int(bar[4]) for bar in COLUMNS.findall(page)] == [4, 1, *(value for _day, value in GROWTH.values)]


async def test_an_empty_club_has_figures_too(cast: Cast) -> None:
    async with cast.visitor() as browser:
        page = await browser.get("/figures")
    assert page.status_code == 200 and "42,652" in page.text and "Members by country" not in page.text


def test_bars_are_as_high_as_their_values_and_stand_on_one_ground() -> None:
    values = [("2019", 4), ("2020", 0), ("2021", 1), ("2022", 40)]
    bars = charts.columns(values)
    assert [(bar.label, bar.value) for bar in bars] == values
    assert [bar.height / charts.GROUND for bar in bars] == pytest.approx(
        [value / 40 for _year, value in values], abs=1e-4
    )
    assert {round(bar.y + bar.height, 1) for bar in bars} == {charts.GROUND}
    assert bars[-1].x + bars[-1].width <= charts.WIDTH
    assert charts.columns([]) == []


def test_bars_over_time_lie_where_their_days_do() -> None:
    bars = charts.over_time([(date(2018, 1, 1), 10), (date(2019, 1, 1), 20), (date(2021, 1, 1), 30)])
    first, second, third = (bar.x for bar in bars)
    assert (second - first) / (third - first) == pytest.approx(365 / 1096, abs=1e-3)
    assert third + bars[2].width == charts.WIDTH


def test_every_value_is_a_tile_and_its_shade_says_where_it_lies() -> None:
    values = {"TH": 1, "IN": 700, "CN": 1200, "KE": 3, "LK": 40, "GU": 2, "FJ": 40}
    drawn = charts.tile_map(values)
    assert {tile.code: tile.value for tile in drawn.tiles if tile.value} == values
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == len(drawn.tiles) == len(tiles.PLACES) + 1
    for tile in drawn.tiles:
        least = ([0, *drawn.begins])[tile.level]
        most = drawn.begins[tile.level] - 1 if tile.level < len(drawn.begins) else tile.value
        assert least <= tile.value <= most, tile
    assert all(tile.x + 33 <= drawn.width and tile.y + 33 <= drawn.height for tile in drawn.tiles)


def test_every_country_that_a_programme_may_mean_has_its_place_on_the_map() -> None:
    assert frozenset().union(*(codes for _name, codes in groups.GROUPS.values())) - set(tiles.PLACES) == set()
