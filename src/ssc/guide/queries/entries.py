"""The guide's pages as they hold today: what came with the release, corrected by editors."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from ssc.core import i18n
from ssc.core.db import Prepared, Session
from ssc.guide import texts
from ssc.guide.entries import Entry, course_of
from ssc.guide.models import GuideEdition
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


def _entry(slug: str, language: str, held: dict[tuple[str, str], dict[str, Any]]) -> Entry:
    written = held.get((slug, language))
    text = Text(**written) if written else texts.released(slug, language)
    course, facts = COURSES.get(slug), held.get((slug, FACTS))
    return Entry(slug, text, course_of(facts, course) if course and facts else course)


_LATEST = Prepared(
    select(GuideEdition.slug, GuideEdition.lang, GuideEdition.content)
    .ext(distinct_on(GuideEdition.slug, GuideEdition.lang))
    .order_by(GuideEdition.slug, GuideEdition.lang, GuideEdition.number.desc())
)
