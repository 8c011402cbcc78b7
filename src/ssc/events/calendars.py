"""Events as calendar programs read them (RFC 5545): whole zones, stable names, nothing that breaks out of its line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ssc.core.config import Settings
from ssc.core.i18n import _
from ssc.events.models import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
_OCTETS = 75
_UNSAID = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


@dataclass(frozen=True)
class Entry:
    """An event in somebody's calendar. `sure`: she comes; else it is pencilled in. `online_url`: where she may."""

    event: Event
    sure: bool = True
    online_url: str | None = None


def file_of(settings: Settings, entries: Sequence[Entry], name: str) -> bytes:
    """The whole calendar, each zone in it described once."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sakura Science Club//Events//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    zones = sorted({entry.event.time_zone for entry in entries})
    for zone in zones:
        own = [entry.event for entry in entries if entry.event.time_zone == zone]
        lines += _zone(zone, min(one.starts_at for one in own), max(one.ends_at for one in own))
    for entry in entries:
        lines += _entry(settings, entry)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)).encode()


def _entry(settings: Settings, entry: Entry) -> list[str]:
    event, zone = entry.event, entry.event.time_zone
    said = [event.summary, entry.online_url or "", event.cancel_reason if event.cancelled_at else ""]
    status = "CANCELLED" if event.cancelled_at else "CONFIRMED" if entry.sure else "TENTATIVE"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.id}@{urlsplit(settings.base_url).hostname}",
        f"DTSTAMP:{_utc(event.updated_at)}",
        f"LAST-MODIFIED:{_utc(event.updated_at)}",
        f"SEQUENCE:{event.sequence}",
        _local("DTSTART", event.starts_at, zone),
        _local("DTEND", event.ends_at, zone),
        f"SUMMARY:{_text(event.title)}",
        f"STATUS:{status}",
        f"URL:{settings.base_url}{event.url}",
    ]
    if where := ", ".join(part for part in (event.venue, event.address) if part) or (
        _("online") if event.online else ""
    ):
        lines.append(f"LOCATION:{_text(where)}")
    if event.latitude is not None and event.longitude is not None:
        lines.append(f"GEO:{event.latitude:.6f};{event.longitude:.6f}")
    if told := "\n\n".join(part for part in said if part):
        lines.append(f"DESCRIPTION:{_text(told)}")
    return [*lines, "END:VEVENT"]


def _zone(name: str, first: datetime, last: datetime) -> list[str]:
    """The zone's offsets from the year before the first event to the year after the last."""
    if name == "UTC":
        return []
    zone = ZoneInfo(name)
    at, until = first - timedelta(days=400), last + timedelta(days=400)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *_observance(zone, at, at)]
    for change in _changes(zone, at, until):
        lines += _observance(zone, change, change - timedelta(seconds=1))
    return [*lines, "END:VTIMEZONE"]


def _observance(zone: ZoneInfo, at: datetime, before: datetime) -> list[str]:
    """From `at` on; `before` is an instant at which the former offset held."""
    here, there = at.astimezone(zone), before.astimezone(zone)
    kind = "DAYLIGHT" if here.dst() else "STANDARD"
    begins = (at + _offset(there)).replace(tzinfo=None)  # on the clock that is put forward or back
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{begins:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_signed(_offset(there))}",
        f"TZOFFSETTO:{_signed(_offset(here))}",
        f"TZNAME:{_text(here.tzname() or zone.key)}",
        f"END:{kind}",
    ]


def _changes(zone: ZoneInfo, at: datetime, until: datetime) -> Iterable[datetime]:
    """The instants at which clocks there are put forward or back."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    while day < until:
        following = day + timedelta(days=1)
        if _offset(day.astimezone(zone)) != _offset(following.astimezone(zone)):
            yield _exactly(zone, day, following)
        day = following


def _exactly(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The second within a day: halved until nothing is left between."""
    offset = _offset(low.astimezone(zone))
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle.astimezone(zone)) == offset else (low, middle)
    return high


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()


def _signed(offset: timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")


def _local(name: str, at: datetime, zone: str) -> str:
    if zone == "UTC":
        return f"{name}:{_utc(at)}"
    return f"{name};TZID={zone}:{at.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A TEXT value: what has a meaning in the file has none in it (case 53)."""
    plain = _UNSAID.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterable[str]:
    """At 75 octets, between characters."""
    rest, first = line, True
    while rest:
        room = _OCTETS if first else _OCTETS - 1
        taken = rest.encode()[:room].decode(errors="ignore")
        yield taken if first else f" {taken}"
        rest, first = rest[len(taken) :], False
