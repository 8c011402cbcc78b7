"""Who goes from the club goes from its communities: a claim that is undone, an account that is erased."""

from uuid import UUID

from ssc.communities.actions import follow
from ssc.communities.chapters.actions import step_back_everywhere
from ssc.communities.groups.actions import leave_all
from ssc.core.db import Session


async def leave(session: Session, member_id: UUID) -> None:
    """Takes her candidacies back, hands over the groups that she looks after, and frees her seats in them.

    Call it when she is no longer claimed (`joined_at` None), or is deceased: then none of her seats in the threads of
    cohorts and chapters is left either. What she wrote stays.
    """
    await step_back_everywhere(session, member_id)
    await leave_all(session, member_id)
    await follow(session, [member_id])
