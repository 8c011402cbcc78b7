"""A time as an editor writes it on a page: on Japan's clock, as all of the desk's times are."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator

from ssc.core import clock
from ssc.web.api import Body, in_our_time


class Schedule(Body):
    model_config = {"extra": "ignore"}

    at: Annotated[datetime, AfterValidator(in_our_time)] | None = None

    @property
    def instant(self) -> datetime | None:
        """None: now."""
        if self.at is None or self.at.tzinfo is not None:
            return self.at
        return self.at.replace(tzinfo=clock.JAPAN)
