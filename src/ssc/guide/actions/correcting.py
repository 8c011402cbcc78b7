"""Correcting the guide: a page's text in one language, or a programme's facts; every state is kept."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ssc.core import audit, ids, jobs, shelf
from ssc.core.db import Session
from ssc.core.errors import Problem, not_found
from ssc.guide import texts
from ssc.guide.forms import FactsBody, TextBody
from ssc.guide.models import GuideEdition
from ssc.guide.queries.entries import FACTS, courses
from ssc.writing.rules import EDITED_MEANWHILE


async def correct_text(session: Session, slug: str, lang: str, body: TextBody, *, by: UUID) -> GuideEdition:
    """404 for no page or language, 409 `edited-meanwhile` when `number` is not the one that stands."""
    if slug not in texts.slugs() or lang not in texts.languages():
        raise not_found()
    return await _write(session, slug, lang, body.number, body.model_dump(exclude={"number"}), by=by)


async def correct_facts(session: Session, slug: str, body: FactsBody, *, by: UUID) -> GuideEdition:
    """As `correct_text`. Where a call opens with it, those who wait for that are told."""
    before = (await courses(session)).get(slug)
    if before is None or before.course is None:
        raise not_found()
    made = await _write(session, slug, FACTS, body.number, body.model_dump(mode="json", exclude={"number"}), by=by)
    if body.call.state == "open" and before.course.call.state != "open":
        await jobs.defer(session, "guide.tell-opened", slug=slug)
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
