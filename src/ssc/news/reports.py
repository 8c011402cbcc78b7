"""How a feature above publishes what it has to report as news: a reunion's report, signed by who wrote it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from ssc.core import audit, clock, ids, jobs, shelf
from ssc.core.db import Session
from ssc.news import queries
from ssc.news.actions import TOPIC, latest, withdraw
from ssc.news.models import KindRule, NewsItem, Publication
from ssc.people.viewer import Viewer
from ssc.writing import actions as writing
from ssc.writing import queries as texts
from ssc.writing.models import Picture, PictureTakeDown, Version, Writing
from ssc.writing.rules import slug_of


async def publish(
    session: Session,
    viewer: Viewer,
    *,
    title: str,
    summary: str,
    body: str,
    lang: str,
    countries: Sequence[str],
    writing_id: UUID | None = None,
) -> str:
    """Before the public from now on, as `reunion-report`; answers its slug. The caller has asked who may.

    Where the editors want a second person for this kind, it waits for her. `writing_id`: a text of the caller's that
    becomes the item's, with its pictures.
    """
    words = {"lang": lang, "title": title, "body": body, "summary": summary}
    if writing_id is None:
        text = await writing.begin(session, lang=lang, title=title, body=body, summary=summary, by=viewer.id)
    else:
        text = await writing.revise(session, writing_id, words, by=viewer.id, if_match="*")
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


async def take_out(session: Session, viewer: Viewer, slug: str, words: str) -> None:
    """Somebody takes back what a report quotes of her: the words are in no version of it any more, at once.

    Where an editor has changed them, or it was translated, nobody knows what else is hers: that is withdrawn.
    """
    item = await queries.item_with(session, slug)
    if item is None:
        return
    for told in await queries.family(session, item):
        text = await session.get_one(Writing, told.item.writing_id, with_for_update=True, populate_existing=True)
        is_hers = words in text.body
        gone = func.replace(Version.body, words, "")
        await session.execute(update(Version).where(Version.writing_id == text.id).values(body=gone))
        text.body, text.rev, text.written_at = text.body.replace(words, ""), text.rev + 1, clock.now()
        standing = await latest(session, told.item.id)
        if not is_hers and standing is not None and standing.withdrawn_at is None:
            await withdraw(session, viewer, told)
    audit.write(session, viewer.id, "news.take-out", f"news:{item.id}")
    await session.flush()
    await shelf.forget(session, TOPIC)


async def slugs_with(session: Session, slug: str) -> list[str]:
    """The item's addresses in all its languages; none while nobody may read it in this one."""
    told = (await queries.standing(session, [slug])).get(slug)
    return [one.item.slug for one in await queries.family(session, told.item)] if told is not None else []


async def pictures_of(session: Session, slug: str) -> list[Picture]:
    """Those of the item in all its languages that are to be seen; none while nobody may read it."""
    return await texts.pictures_of(session, await _public_texts(session, slug))


async def pictures_down(session: Session, slug: str) -> list[tuple[Picture, PictureTakeDown]]:
    """Those that somebody in them took down, with who did."""
    return await texts.taken_down(session, await _public_texts(session, slug))


async def take_down(session: Session, slug: str, picture_id: UUID, by: UUID) -> Picture | None:
    """Somebody in a report's picture takes it down: nobody sees it any more, at once. None for no picture of it, and
    for one that is down already. The caller has asked who may, and writes it down."""
    found = next((one for one in await pictures_of(session, slug) if one.id == picture_id), None)
    if found is None or not await writing.take_down_picture(session, picture_id, by):
        return None
    await _shown_anew(session, slug)
    return found


async def bring_back(session: Session, slug: str, taken: PictureTakeDown) -> None:
    """As it was, where it was."""
    await writing.bring_back_picture(session, taken)
    await _shown_anew(session, slug)


async def _public_texts(session: Session, slug: str) -> list[UUID]:
    item = await queries.item_with(session, slug)
    family = await queries.family(session, item) if item is not None else []
    return [one.item.writing_id for one in family] if any(one.state == "published" for one in family) else []


async def _shown_anew(session: Session, slug: str) -> None:
    """Whoever has kept a page of it asks again."""
    of_these = Writing.id.in_(await _public_texts(session, slug))
    await session.execute(update(Writing).where(of_these).values(written_at=clock.now()))
    await shelf.forget(session, TOPIC)


async def _slug(session: Session, title: str) -> str:
    """A free address, as `actions.write` finds it."""
    otherwise = f"reunion-report-{clock.today_in_japan():%Y-%m-%d}"
    stem = slug_of(title, otherwise, ())
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("news-slug"))))
    return slug_of(title, otherwise, await queries.slugs_like(session, stem.rstrip("0123456789").rstrip("-")))
