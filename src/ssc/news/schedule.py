"""A time as an editor writes it on a page: on Japan's clock, as all of the desk's times are."""

from datetime import datetime

from ssc.core import clock
from ssc.web.api import Body


class Schedule(Body):
    model_config = {"extra": "ignore"}

    at: datetime | None = None

    @property
    def instant(self) -> datetime | None:
        """None: now."""
        if self.at is None or self.at.tzinfo is not None:
            return self.at
        return self.at.replace(tzinfo=clock.JAPAN)
