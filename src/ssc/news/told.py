"""An item as it is told: with its latest publication and the languages it is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ssc.core import clock
from ssc.news import rules
from ssc.news.models import NewsItem, Publication


@dataclass(frozen=True)
class Told:
    """An item with its latest publication, and its translations that are before the public: (lang, slug)."""

    item: NewsItem
    publication: Publication | None
    translations: Sequence[tuple[str, str]] = ()

    @property
    def state(self) -> rules.State:
        return rules.state_of(self.publication, clock.now())

    @property
    def published_at(self) -> datetime | None:
        return self.publication.at if self.publication is not None and self.state == "published" else None

    @property
    def updated_at(self) -> datetime:
        """When what the public reads came to be."""
        written = self.item.writing.written_at
        return max(written, self.published_at) if self.published_at else written

    @property
    def is_over(self) -> bool:
        return self.item.closes_on is not None and self.item.closes_on < clock.today_in_japan()
