"""What a cohort hears of its own."""

from collections.abc import Sequence

from ssc.communities.notices import COHORT_NEWS, subject_of
from ssc.communities.queries import cohorts
from ssc.core.db import Session
from ssc.notifications import actions as notifications
from ssc.people.models import Member
from ssc.programmes.models import Exchange


async def tell_of_joining(session: Session, member: Member, exchanges: Sequence[Exchange]) -> None:
    """Tells the mates who are here; who shares several exchanges with her hears of it once, for the latest."""
    told = {member.id}
    for exchange in sorted(exchanges, key=lambda one: (one.fiscal_year, one.code), reverse=True):
        mates = [mate for mate in await cohorts.here(session, exchange.id) if mate not in told]
        told.update(mates)
        await notifications.tell(
            session,
            COHORT_NEWS,
            mates,
            subject=subject_of(exchange),
            url=f"/exchanges/{exchange.code}",
            data={"exchange": exchange.title},
            by=member.id,
        )
