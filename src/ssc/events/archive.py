"""The club's reunions so far, from its own records: past events of every club, real or demo."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ssc.core import ids, text

# day, country, zone, title, venue, host, kind of host, persons who came (0: not recorded), what is known
_PAST = (
    (
        "2016-03-19",
        "SG",
        "Asia/Singapore",
        "Reunion in Singapore",
        "Embassy of Japan",
        "Embassy of Japan in Singapore",
        "embassy",
        0,
        "The first reunion abroad.",
    ),
    (
        "2016-09-24",
        "JP",
        "Asia/Tokyo",
        "Reunion in Tokyo 2016",
        "Miraikan",
        "JST",
        "jst",
        43,
        "43 alumni from 7 countries.",
    ),
    (
        "2017-09-02",
        "TH",
        "Asia/Bangkok",
        "Reunion in Bangkok 2017",
        "Bangkok",
        "JST",
        "jst",
        0,
        "Alumni of Thailand meet.",
    ),
    ("2017-11-28", "CN", "Asia/Shanghai", "Reunion in Beijing", "Beijing", "JST", "jst", 0, "Alumni of China meet."),
    (
        "2018-10-05",
        "IN",
        "Asia/Kolkata",
        "Reunion in New Delhi 2018",
        "Embassy of Japan",
        "Embassy of Japan in India",
        "embassy",
        0,
        "Alumni of India meet at the embassy.",
    ),
    ("2019-02-21", "LK", "Asia/Colombo", "Reunion in Colombo", "Colombo", "JST", "jst", 68, "68 members came."),
    (
        "2019-03-21",
        "VN",
        "Asia/Ho_Chi_Minh",
        "Reunion in Hanoi",
        "Hanoi",
        "JST",
        "jst",
        121,
        "95 members and 26 guests came.",
    ),
    (
        "2019-10-10",
        "MY",
        "Asia/Kuala_Lumpur",
        "Reunion in Kuala Lumpur",
        "Kuala Lumpur",
        "JST",
        "jst",
        95,
        "95 members came.",
    ),
    (
        "2019-11-11",
        "JP",
        "Asia/Tokyo",
        "Reunion in Tokyo 2019",
        "University of Tokyo",
        "JST",
        "jst",
        23,
        "15 alumni, and 8 guests from abroad.",
    ),
    ("2019-12-11", "ID", "Asia/Jakarta", "Reunion in Jakarta", "Jakarta", "JST", "jst", 200, "About 200 came."),
    (
        "2020-11-27",
        "TH",
        "Asia/Bangkok",
        "Online homecoming 2020",
        "",
        "SSCAT",
        "chapter",
        200,
        "Hosted from Thailand: about 200 viewers in 19 countries.",
    ),
    (
        "2025-01-18",
        "IN",
        "Asia/Kolkata",
        "Sixth Indian alumni meeting",
        "New Delhi",
        "ISSCA",
        "chapter",
        0,
        "The sixth meeting of India's alumni, from 11:00 to 14:00.",
    ),
)
_HOURS = {"2025-01-18": (time(11), time(14))}
USUAL = (time(14), time(17))


def past_rows() -> Iterator[dict[str, Any]]:
    """As columns of the table of events."""
    for day, country, zone, title, venue, host, kind, persons, words in _PAST:
        begins, ends = _HOURS.get(day, USUAL)
        online = not venue
        yield row_of(
            date.fromisoformat(day), begins, ends, country, zone, title, venue, host, kind, persons, words, online
        )


def row_of(
    on: date,
    begins: time,
    ends: time,
    country: str,
    zone: str,
    title: str,
    venue: str,
    host: str,
    kind: str,
    persons: int,
    words: str,
    online: bool,
) -> dict[str, Any]:
    """A published event for everybody, as columns; `persons`: how many came, 0 where nobody recorded it."""
    wall = ZoneInfo(zone)
    starts_at = datetime.combine(on, begins, wall).astimezone(UTC)
    return {
        "id": ids.new(),
        "slug": text.plain(title).replace(" ", "-"),
        "title": title,
        "summary": words,
        "country": country,
        "venue": venue,
        "online": online,
        "starts_at": starts_at,
        "ends_at": datetime.combine(on, ends, wall).astimezone(UTC),
        "time_zone": zone,
        "hosts": [{"name": host, "kind": kind}],
        "audience": "public",
        "going": persons,
        "search_text": text.plain(f"{title} {words} {venue} {host}"),
        "published_at": starts_at - timedelta(days=60),
        "created_at": starts_at - timedelta(days=90),
        "updated_at": starts_at - timedelta(days=60),
    }
