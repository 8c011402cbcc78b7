"""The time zone that a country's people most likely live in."""

from functools import cache
from importlib.resources import files

# Where the time zone database, which lists them from east to west or by age, does not begin with the most peopled.
_PEOPLED = {"AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto", "UA": "Europe/Kyiv"}


def zone_of(country: str) -> str:
    """An IANA name; the club's own where the country is not listed."""
    return _zones().get(country, "Asia/Tokyo")


@cache
def _zones() -> dict[str, str]:
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[0]: row[2] for row in reversed(rows)} | _PEOPLED
