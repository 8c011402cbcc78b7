"""Time zones as a wall has them: which there are, where a country's clocks are, which instant a clock's hand means."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_gmt

from ssc.core import clock, i18n
from ssc.core.i18n import _


def exists(name: str) -> bool:
    """Whether it is a zone of the IANA database under which clocks are set somewhere."""
    return name in _names()


def known(name: str) -> str:
    """The zone by its present name: browsers still say `Asia/Calcutta`. ValueError where it is none."""
    if not exists(name):
        raise ValueError(_("Choose a time zone from the list, like Asia/Bangkok."))
    return name if name in _listed() else _former().get(name, name)


def instant(wall: datetime, zone: str) -> datetime:
    """The instant at which a clock in `zone` shows `wall`; of two, the first. ValueError where no clock ever does."""
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(tzinfo=None) != wall:
        raise ValueError(_("Clocks are put forward there: this hour does not exist on that day."))
    return found


def wall(at: datetime, zone: str) -> datetime:
    """What a clock in `zone` shows at that instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def offset(at: datetime, zone: str) -> str:
    """How far from Greenwich: `GMT+05:30`."""
    return get_timezone_gmt(at.astimezone(ZoneInfo(zone)), "long", locale=i18n.locale())


def choices() -> dict[str, list[tuple[str, str]]]:
    """Continent → (zone, city), for a select."""
    return _choices()


def of_country(country: str) -> str:
    """A zone in which the country's clocks run; Tokyo's where none is known."""
    return of_countries().get(country, "Asia/Tokyo")


@cache
def _names() -> frozenset[str]:
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


@cache
def _choices() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(_listed()):
        continent, _slash, _rest = name.partition("/")
        found.setdefault(continent, []).append((name, clock.city(name)))
    return {**found, "UTC": [("UTC", "UTC")]}


@cache
def _listed() -> frozenset[str]:
    return frozenset(zone for _country, zone in _table()) & _names()


@cache
def of_countries() -> dict[str, str]:
    """Country → the zone in which most of its people live."""
    found: dict[str, str] = {}
    for country, zone in _table():
        found.setdefault(country, zone)
    return {**found, **_MOST_PEOPLED}


@cache
def _former() -> dict[str, str]:
    """Names that were given up → those that hold now, by the database's own links."""
    lines = files("tzdata").joinpath("zoneinfo/tzdata.zi").read_text(encoding="utf-8").splitlines()
    links = (line.split() for line in lines if line.startswith("L "))
    return {former: now for _link, now, former in links if now in _listed()}


def _table() -> list[tuple[str, str]]:
    """(country, zone) as the time zone database pairs them."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return [(row[0], row[2].strip()) for row in rows]


# Where the database, which lists by age or from east to west, does not begin with the most peopled.
_MOST_PEOPLED = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CN": "Asia/Shanghai",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}
