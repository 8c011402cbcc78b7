"""Every public page: those that are always there, and what stands before the public today."""

from urllib.parse import quote

from sqlalchemy import select

from ssc.core.db import Session
from ssc.events.models import Event
from ssc.guide import texts
from ssc.guide.sitemap import Place
from ssc.news import queries as news
from ssc.news.forms import NewsFilters
from ssc.programmes.models import Exchange
from ssc.stories.queries import lists as stories

ALWAYS = (
    "/",
    "/news",
    "/stories",
    "/programmes",
    "/programmes/finder",
    "/events",
    "/exchanges",
    "/figures",
    "/search",
    "/contact",
    "/about",
    "/privacy",
    "/terms",
    "/join",
)
_MOST = 5000


async def places(session: Session) -> list[Place]:
    guide = [f"/programmes/{slug}" for slug in texts.slugs() if slug != "about"]
    return [
        *(Place(path) for path in (*ALWAYS, *guide)),
        *await _news(session),
        *(Place(f"/stories/{slug}", at, translated=False) for slug, at in await stories.addresses(session)),
        *await _events(session),
        *await _exchanges(session),
    ]


async def _news(session: Session) -> list[Place]:
    told = await news.latest(session, NewsFilters(), _MOST)
    return [Place(f"/news/{one.item.slug}", one.published_at, translated=False) for one in told]


async def _events(session: Session) -> list[Place]:
    public = (Event.published_at.is_not(None), Event.removed_at.is_(None), Event.audience == "public")
    rows = await session.scalars(select(Event.slug).where(*public).order_by(Event.starts_at.desc()).limit(_MOST))
    return [Place(f"/events/{slug}") for slug in rows]


async def _exchanges(session: Session) -> list[Place]:
    latest = select(Exchange.code).order_by(Exchange.fiscal_year.desc(), Exchange.code).limit(_MOST)
    return [Place(f"/exchanges/{quote(code, safe='')}") for code in await session.scalars(latest)]
