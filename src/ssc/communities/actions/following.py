"""What communities do when somebody is shut out, let in again or belongs elsewhere, in the same transaction."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from ssc.communities.actions.rooms import keep_cohorts
from ssc.communities.actions.seats import settle
from ssc.core.db import Session
from ssc.messaging.actions.seating import recount_of
from ssc.people.models import Participation


async def follow(session: Session, member_ids: Sequence[UUID]) -> None:
    """These members sit in the threads of their cohorts, chapters and groups, and count there unless they are shut out.

    A `people.following.Follower`. Who is shut out keeps her seat, with what she has read, muted and follows.
    """
    theirs = select(Participation.exchange_id).where(Participation.member_id.in_(member_ids)).distinct()
    await keep_cohorts(session, list(await session.scalars(theirs)))
    await settle(session, member_ids)
    await recount_of(session, member_ids)
