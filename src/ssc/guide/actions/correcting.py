"""Correcting the guide: a page's text in one language, or a programme's facts; every state is kept."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import audit, ids, jobs, shelf
from ssc.core.db import Session
from ssc.core.errors import Problem, not_found
from ssc.guide import texts
from ssc.guide.entries import Entry
from ssc.guide.forms import FactsBody, TextBody
from ssc.guide.models import GuideEdition
from ssc.guide.queries.entries import FACTS
from ssc.writing.rules import EDITED_MEANWHILE


async def correct_text(session: Session, slug: str, lang: str, body: TextBody, *, by: UUID) -> GuideEdition:
    """404 for no page or language, 409 `edited-meanwhile` when `number` is not the one that stands."""
    if slug not in texts.slugs() or lang not in texts.languages():
        raise not_found()
    return await _write(session, slug, lang, body.number, body.model_dump(exclude={"number"}), by=by)


async def correct_facts(session: Session, before: Entry, body: FactsBody, *, by: UUID) -> GuideEdition:
    """As `correct_text`, of a programme as it stands. Where its call opens with it, those who wait are told."""
    content = body.model_dump(mode="json", exclude={"number"})
    made = await _write(session, before.slug, FACTS, body.number, content, by=by)
    was_open = before.course is not None and before.course.call.state == "open"
    if body.call.state == "open" and not was_open:
        await jobs.defer(session, "guide.tell-opened", slug=before.slug)
    return made


async def _write(
    session: Session, slug: str, lang: str, number: int, content: dict[str, Any], *, by: UUID
) -> GuideEdition:
    key = func.hashtext(f"guide:{slug}:{lang}")
    await session.execute(select(func.pg_advisory_xact_lock(7273671, key)))  # the first edition has no row to lock
    latest = await session.scalar(
        select(GuideEdition.number)
        .where(GuideEdition.slug == slug, GuideEdition.lang == lang)
        .order_by(GuideEdition.number.desc())
        .limit(1)
    )
    if number != (latest or 0):
        raise Problem(EDITED_MEANWHILE)
    made = GuideEdition(id=ids.new(), slug=slug, lang=lang, number=number + 1, content=content, by_id=by)
    session.add(made)
    await session.flush()
    audit.write(session, by, "guide.correct", f"guide:{slug}:{lang or 'facts'}", "", number=made.number)
    await shelf.forget(session, "guide", "home")
    return made
