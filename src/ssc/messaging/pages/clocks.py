"""Clock and calendar as the reader's wall has them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_skeleton

from ssc.core import clock, i18n
from ssc.core.i18n import _
from ssc.people.viewer import Viewer


@dataclass(frozen=True)
class Clock:
    """The reader's zone. Instants come as the API writes them, RFC 3339."""

    zone: ZoneInfo

    @classmethod
    def of(cls, viewer: Viewer) -> "Clock":
        try:
            return cls(ZoneInfo(viewer.member.time_zone))
        except (ZoneInfoNotFoundError, ValueError):  # a zone that has been taken off the list
            return cls(clock.JAPAN)

    @property
    def today(self) -> date:
        return clock.now().astimezone(self.zone).date()

    def at(self, instant: str) -> datetime:
        return datetime.fromisoformat(instant).astimezone(self.zone)

    def minute(self, instant: str) -> str:
        return self.at(instant).strftime("%H:%M")

    def day(self, day: date) -> str:
        """Today, yesterday, or the whole date with its weekday."""
        if day == self.today:
            return _("Today")
        if day == self.today - timedelta(days=1):
            return _("Yesterday")
        return format_date(day, "full", locale=i18n.locale())

    def short(self, instant: str) -> str:
        """For a list: the minute today, the weekday within a week, else the date."""
        local = self.at(instant)
        days = (self.today - local.date()).days
        if days <= 0:
            return local.strftime("%H:%M")
        if days < 7:
            return format_date(local, "EEE", locale=i18n.locale())
        return format_skeleton("MMMd" if days < 300 else "yMMMd", local, locale=i18n.locale())

    def whole(self, instant: str) -> str:
        """Date and minute, for what stands alone."""
        local = self.at(instant)
        return f"{format_date(local, 'medium', locale=i18n.locale())}, {local:%H:%M}"

    def midnight(self, day: date) -> datetime:
        """The instant at which a day begins here."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)
