"""The guide's pages as they hold today: what came with the release, corrected by editors."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from ssc.core import clock, i18n
from ssc.core.db import Prepared, Session
from ssc.guide import texts
from ssc.guide.entries import Entry, course_of
from ssc.guide.models import GuideEdition, GuideWatch
from ssc.guide.texts import Text
from ssc.programmes import catalogue
from ssc.programmes.courses import COURSES

FACTS = ""  # the language of facts


async def entries(session: Session) -> dict[str, Entry]:
    """Every page by its slug, in the reader's language. One statement."""
    language = i18n.language()
    rows = await _LATEST.rows(session)
    held = {(row.slug, row.lang): row.content for row in rows}
    return {slug: _entry(slug, language, held) for slug in texts.slugs()}


async def courses(session: Session) -> dict[str, Entry]:
    """Only the programmes and courses, each code once, in their order."""
    found = await entries(session)
    return {code: found[code] for code in catalogue.PROGRAMMES}


async def waiting(session: Session, slug: str) -> int:
    """How many wait for this programme's call to open."""
    return await session.scalar(select(func.count()).where(GuideWatch.slug == slug)) or 0


def _entry(slug: str, language: str, held: dict[tuple[str, str], dict[str, Any]]) -> Entry:
    written = held.get((slug, language))
    text = Text(**written) if written else texts.released(slug, language)
    course, facts = COURSES.get(slug), held.get((slug, FACTS))
    if course and facts:
        course = course_of(facts, course)
    return Entry(slug, text, course and replace(course, call=course.call.on(clock.today_in_japan())))


_LATEST = Prepared(
    select(GuideEdition.slug, GuideEdition.lang, GuideEdition.content)
    .ext(distinct_on(GuideEdition.slug, GuideEdition.lang))
    .order_by(GuideEdition.slug, GuideEdition.lang, GuideEdition.number.desc())
)
