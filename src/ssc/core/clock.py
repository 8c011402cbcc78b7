"""What time it is: one place to ask, so that tests can move it; and on whose clock the reader looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())
_zone: ContextVar[str | None] = ContextVar("clock_zone", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC) + _shift.get()


def today_in_japan() -> date:
    """The date on the secretariat's calendar; ages and fiscal years follow it."""
    return now().astimezone(JAPAN).date()


def fiscal_year(day: date) -> int:
    """The Japanese fiscal year of `day`: April to March."""
    return day.year if day.month >= 4 else day.year - 1


def zone() -> str | None:
    """The time zone of who reads the answer to this request, where that is known."""
    return _zone.get()


def use_zone(name: str | None) -> None:
    """Sets the reader's zone for the rest of this request."""
    _zone.set(name)


@contextmanager
def reading_in(name: str | None) -> Iterator[None]:
    """Within this block that is the reader's zone; None for what another reads, or several do."""
    token = _zone.set(name)
    try:
        yield
    finally:
        _zone.reset(token)


def city(zone: str) -> str:
    """A zone's name as people say it: `Ho Chi Minh`."""
    return zone.rpartition("/")[2].replace("_", " ")


def rfc3339(instant: datetime) -> str:
    """`2026-11-22T09:45:00Z`, with milliseconds where there are any."""
    whole = instant.astimezone(UTC)
    return whole.isoformat(timespec="milliseconds" if whole.microsecond else "seconds").replace("+00:00", "Z")


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Within this block it is that much later (earlier when negative)."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)
