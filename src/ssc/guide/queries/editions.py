"""What editors wrote, and when: a page's editions, the latest first."""

from collections.abc import Sequence

from sqlalchemy import select

from ssc.core.db import Session
from ssc.guide.models import GuideEdition
from ssc.people.models import Member

SHOWN = 20


async def editions(session: Session, slug: str, lang: str) -> Sequence[tuple[GuideEdition, str]]:
    """Each with the name of who wrote it; empty for somebody who has gone."""
    rows = await session.execute(
        select(GuideEdition, Member.name)
        .outerjoin(Member, Member.id == GuideEdition.by_id)
        .where(GuideEdition.slug == slug, GuideEdition.lang == lang)
        .order_by(GuideEdition.number.desc())
        .limit(SHOWN)
    )
    return [(edition, name or "") for edition, name in rows]
