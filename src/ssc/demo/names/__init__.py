"""Whose names are given in which country, region by region."""

from random import Random

from ssc.demo.names import (
    africa,
    americas,
    central_asia,
    east_asia,
    india,
    pacific,
    south_asia,
    south_east_asia,
    west_asia,
)
from ssc.demo.names.tradition import Tradition, Written

_REGIONS = (africa, americas, central_asia, east_asia, india, pacific, south_asia, south_east_asia, west_asia)
TRADITIONS: dict[str, tuple[tuple[int, Tradition], ...]] = {
    country: traditions for region in _REGIONS for country, traditions in region.TRADITIONS.items()
}
# Combinations of common names that are somebody everybody knows.
_NOTABLE = (
    "Abhishek Sharma",
    "Imran Khan",
    "Karan Singh",
    "Lee Minho",
    "Nguyen Van Linh",
    "Park Seojun",
    "Rohit Sharma",
    "Yasir Shah",
)
_DRAWN = {country: tuple(t for weight, t in among for _ in range(weight)) for country, among in TRADITIONS.items()}


def tradition_of(random: Random, country: str) -> Tradition:
    """One of the country's languages, each as often as its weight says."""
    among = _DRAWN[country]
    return among[int(random.random() * len(among))]


def name_in(random: Random, tradition: Tradition) -> Written:
    """A name that is not a public figure's."""
    name = tradition.name(random)
    return name_in(random, tradition) if name[0] in _NOTABLE else name
