"""Making a link for a missing mate, and what her answer brings about."""

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from sqlalchemy import update

from ssc.accounts import addresses, tokens
from ssc.communities.queries import cohorts
from ssc.core import audit, clock, i18n, ids
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange
from ssc.roster.bringing import queries
from ssc.roster.bringing.forms import AnswerForm
from ssc.roster.bringing.models import ClaimLink
from ssc.roster.bringing.rules import ERRORS, LINK, Opened
from ssc.roster.recovering import actions as recovering
from ssc.roster.recovering.models import Recovery

Outcome = Literal["right", "unknown", "wrong", "over"]


class Made(NamedTuple):
    """A link that was made: for whom, its address, and until when it holds."""

    name: str
    url: str
    expires_at: datetime


async def make(session: Session, viewer: Viewer, exchange: Exchange, record_id: UUID) -> Made:
    """Makes the link; an older one of hers for the same person ends. 404 for who is not among the missing she sees."""
    if viewer.is_minor or not cohorts.is_own(viewer, exchange):
        raise not_found()
    missing = {one.id: one for one in await cohorts.missing(session, exchange)}
    if record_id not in missing:
        raise not_found()
    await session.execute(
        update(ClaimLink)
        .where(ClaimLink.record_id == record_id, ClaimLink.made_by == viewer.id, ClaimLink.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    link = ClaimLink(id=ids.new(), record_id=record_id, exchange_id=exchange.id, made_by=viewer.id, errors=0)
    session.add(link)
    secret = await tokens.issue(session, LINK, member_id=record_id, payload={"link": str(link.id)})
    audit.write(session, viewer.id, "claim-link.make", f"member:{record_id}", exchange=exchange.code)
    return Made(missing[record_id].name, f"{session.settings.base_url}/claim-links/{secret}", clock.now() + LINK.lasts)


async def answer(session: Session, secret: str, given: AnswerForm) -> Outcome:
    """What the mate answered. The right birth date brings an invitation to her address; one that the roster cannot
    check waits for the secretariat. Nothing is raised, so that errors stay counted.
    """
    found = await queries.opened(session, secret, lock=True)
    if found is None or not found.is_open(clock.today_in_japan()):
        return "over"
    if found.record.birth_date not in (None, given.birth_date):
        await _count_error(session, found)
        return "wrong"
    await tokens.redeem(session, LINK, secret)
    found.link.ended_at = clock.now()
    known = found.record.birth_date is not None
    audit.write(
        session, None, "claim-link.answer", f"member:{found.record.id}", link=str(found.link.id), birth_date_known=known
    )
    asked = _recovery(found, given.email)
    if not known:
        asked.by_staff, asked.birth_date = True, given.birth_date
    await recovering.ask_by_link(session, asked, found.record, voucher=found.maker)
    return "right" if known else "unknown"


async def _count_error(session: Session, found: Opened) -> None:
    found.link.errors += 1
    if found.link.errors >= ERRORS:
        found.link.ended_at = clock.now()
        audit.write(session, None, "claim-link.end", f"member:{found.record.id}", link=str(found.link.id))
    await session.flush()


def _recovery(found: Opened, email: str) -> Recovery:
    record: Member = found.record
    return Recovery(
        id=ids.new(),
        name=record.name,
        country=record.country,
        programme=found.exchange.programme,
        fiscal_year=found.exchange.fiscal_year,
        email=email,
        key=addresses.key_of(email),
        language=i18n.language(),
        member_id=record.id,
    )
