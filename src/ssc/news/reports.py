"""How a feature above publishes what it has to report as news: a reunion's report, signed by who wrote it."""

from collections.abc import Sequence

from sqlalchemy import func, select

from ssc.core import audit, clock, ids, jobs, shelf
from ssc.core.db import Session
from ssc.news import queries
from ssc.news.actions import TOPIC
from ssc.news.models import KindRule, NewsItem, Publication
from ssc.people.viewer import Viewer
from ssc.writing import actions as writing
from ssc.writing.rules import slug_of


async def publish(
    session: Session, viewer: Viewer, *, title: str, summary: str, body: str, lang: str, countries: Sequence[str]
) -> str:
    """Before the public from now on, as `reunion-report`; answers its slug. The caller has asked who may.

    Where the editors want a second person for this kind, it waits for her.
    """
    text = await writing.begin(session, lang=lang, title=title, body=body, summary=summary, by=viewer.id)
    made, now = ids.new(), clock.now()
    item = NewsItem(
        id=made,
        slug=await _slug(session, title),
        kind="reunion-report",
        countries=list(countries),
        original=made,
        author_id=viewer.id,
        author_name=viewer.member.name,
        writing=text,
    )
    session.add(item)
    await session.flush()
    publication = Publication(id=ids.new(), item_id=made, at=now, asked_by=viewer.id)
    rule = await session.get(KindRule, item.kind)
    if rule is None or not rule.needs_second:
        publication.approved_at, publication.approved_by = now, viewer.id
    session.add(publication)
    await session.flush()
    if publication.approved_at is not None:
        await jobs.defer(session, "news.appear", at=now, publication=str(publication.id))
    audit.write(session, viewer.id, "news.publish", f"news:{made}", at=clock.rfc3339(now))
    await shelf.forget(session, TOPIC)
    return item.slug


async def _slug(session: Session, title: str) -> str:
    """A free address, as `actions.write` finds it."""
    otherwise = f"reunion-report-{clock.today_in_japan():%Y-%m-%d}"
    stem = slug_of(title, otherwise, ())
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("news-slug"))))
    return slug_of(title, otherwise, await queries.slugs_like(session, stem.rstrip("0123456789").rstrip("-")))
