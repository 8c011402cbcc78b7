"""News before the public, the latest first."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from ssc.core import clock, i18n
from ssc.core.db import Session
from ssc.news import queries as news
from ssc.people.viewer import Viewer
from ssc.search.hits import Hit


async def find(session: Session, _viewer: Viewer | None, words: str, most: int) -> Sequence[Hit]:
    """The same for everybody: what is not published is searched by nobody."""
    found = await news.found(session, words, most)
    return [
        Hit(
            one.item.writing.title,
            f"/news/{one.item.slug}",
            "\n".join((one.item.writing.summary, one.item.writing.body)),
            _day(one.published_at.astimezone(clock.JAPAN)) if one.published_at else "",
            one.item.writing.lang,
        )
        for one in found
    ]


def _day(day: date) -> str:
    return format_date(day, "medium", locale=i18n.locale())
