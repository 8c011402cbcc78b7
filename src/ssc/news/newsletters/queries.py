"""Named selects over the issues of the mail magazine."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.news.forms import Audience
from ssc.news.newsletters.composing import mailing_of
from ssc.news.newsletters.models import Newsletter
from ssc.news.newsletters.readers import readers
from ssc.notifications import queries as notifications


async def issues(session: Session, part: Slice) -> Cut[Newsletter]:
    """Latest first."""
    statement = select(Newsletter).options(selectinload(Newsletter.editions)).order_by(Newsletter.id.desc())
    if (after := part.identity) is not None:
        statement = statement.where(Newsletter.id < after)
    rows = await session.scalars(statement.limit(part.limit + 1))
    return part.cut(rows.all(), lambda one: (str(one.id),))


async def issue(session: Session, identity: UUID, *, lock: bool = False) -> Newsletter | None:
    """`lock`: two editors, or an editor and the clock, act one after the other."""
    statement = select(Newsletter).where(Newsletter.id == identity).options(selectinload(Newsletter.editions))
    if lock:
        statement = statement.with_for_update(of=Newsletter)
    found: Newsletter | None = await session.scalar(statement.execution_options(populate_existing=True))
    return found


async def count(session: Session, issue: Newsletter) -> dict[str, int]:
    """How many would get it at this moment, by language."""
    mailing = await mailing_of(session, issue)
    return await notifications.count_readers(session, mailing, readers(Audience.model_validate(issue.audience)))
