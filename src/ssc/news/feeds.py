"""The news as feeds."""

from datetime import datetime

from ssc.core import i18n
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.news import articles, queries
from ssc.news.forms import NewsFilters
from ssc.news.rules import KIND_NAMES
from ssc.news.told import Told
from ssc.web.feeds import Entry, Feed

LENGTH = 30


async def feed(session: Session, filters: NewsFilters, path: str, query: str) -> Feed:
    """The latest of what the filters let through; what is over or withdrawn is not in it."""
    base = session.settings.base_url
    found = await queries.latest(session, filters, LENGTH)
    entries = [await _entry(session, one, base) for one in found]
    asked = f"?{query}" if query else ""
    return Feed(
        id=f"{base}{path}{asked}",
        title=_title(filters),
        author=_("Sakura Science Club"),
        home=f"{base}/news{asked}",
        address=f"{base}{path}{asked}",
        updated_at=await queries.changed_at(session),
        entries=entries,
    )


def _title(filters: NewsFilters) -> str:
    with i18n.speaking(filters.lang or i18n.language()):
        club = _("Sakura Science Club")
        return f"{club}: {KIND_NAMES[filters.kind or 'news']()}"


async def _entry(session: Session, told: Told, base: str) -> Entry:
    item, text = told.item, told.item.writing
    return Entry(
        id=f"urn:uuid:{item.id}",
        url=f"{base}/news/{item.slug}",
        title=text.title,
        lang=text.lang,
        summary=text.summary,
        html=articles.whole(await articles.html_of(session, item), base),
        author=item.author_name,
        published_at=_seconds(told.published_at or text.written_at),
        updated_at=_seconds(told.updated_at),
        tags=[item.kind, *item.countries],
    )


def _seconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
