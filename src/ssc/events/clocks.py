"""The three clocks of an event: the one on its wall, the reader's, and Japan's, each where it shows something else."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date

from ssc.core import clock, i18n
from ssc.core.i18n import _
from ssc.events.models import Event
from ssc.places import zones

JAPAN = clock.JAPAN.key


@dataclass(frozen=True)
class Clock:
    """What a clock shows when the event begins and ends: `Saturday, 5 December 2026`, `18:00 – 20:30`."""

    label: str
    zone: str
    day: str
    hours: str
    offset: str


def clocks_of(event: Event, theirs: str | None) -> list[Clock]:
    """The event's own first; then the reader's (`theirs`, her zone) and Japan's where they read differently.

    A visitor's own is added by her browser.
    """
    found = [_clock(event, event.time_zone, clock.city(event.time_zone))]
    seen = {_hands(event, event.time_zone)}
    for zone, label in ((theirs, _("For you")), (JAPAN, _("Japan's clock"))):
        if zone is None or not _known(zone) or _hands(event, zone) in seen:
            continue
        seen.add(_hands(event, zone))
        found.append(_clock(event, zone, label))
    return found


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """`18:00 – 20:30`, with the day where it ends on another."""
    first, last = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    end = f"{last:%H:%M}"
    if first.date() != last.date():
        end = f"{format_date(last, 'medium', locale=i18n.locale())}, {end}"
    return f"{first:%H:%M} – {end}"


def day(at: datetime, zone: str) -> str:
    return format_date(at.astimezone(ZoneInfo(zone)), "full", locale=i18n.locale())


def minute(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def moment(at: datetime, zone: str) -> str:
    """`Saturday, 5 December 2026, 18:00 (Jakarta)`."""
    return f"{day(at, zone)}, {minute(at, zone)} ({clock.city(zone)})"


def _clock(event: Event, zone: str, label: str) -> Clock:
    hours = span(event.starts_at, event.ends_at, zone)
    return Clock(label, zone, day(event.starts_at, zone), hours, zones.offset(event.starts_at, zone))


def _hands(event: Event, zone: str) -> tuple[datetime, datetime]:
    return zones.wall(event.starts_at, zone), zones.wall(event.ends_at, zone)


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):  # taken off the list since she chose it
        return False
    return True
