"""The club's reunions so far, and two to come that are made up."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ssc.events.archive import USUAL, past_rows, row_of


def event_rows(today: date) -> Iterator[dict[str, Any]]:
    """As columns of the table of events; what lies ahead is counted from `today`."""
    yield from past_rows()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    ahead = (
        (
            saturday + timedelta(days=28),
            "TH",
            "Asia/Bangkok",
            "Alumni afternoon in Bangkok",
            "Chulalongkorn University",
            "SSCAT",
        ),
        (saturday + timedelta(days=49), "IN", "Asia/Kolkata", "Seventh Indian alumni meeting", "Bengaluru", "ISSCA"),
    )
    for on, country, zone, title, venue, host in ahead:
        words = "Talks by alumni, a long round of questions, and tea."
        yield row_of(on, *USUAL, country, zone, title, venue, host, "chapter", 0, words, False) | {"capacity": 60}
