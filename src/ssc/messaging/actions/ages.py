"""What a birthday changes in threads: an adult does not stay beside minors, and reads rooms no longer only."""

from sqlalchemy import update

from ssc.core import clock
from ssc.core.db import Database
from ssc.messaging import rules
from ssc.messaging.actions.lines import hold
from ssc.messaging.actions.membership import settle_ages
from ssc.messaging.models import ThreadMember
from ssc.messaging.queries.contact import groups_with_minors, rooms_of_the_grown
from ssc.people.models import Member


async def follow_birthdays(database: Database) -> None:
    """Each thread in a transaction of its own: one that is busy keeps no other waiting."""
    async with database.reading() as session:
        groups = await groups_with_minors(session)
        rooms = await rooms_of_the_grown(session)
    for group in groups:
        async with database.transaction() as session:
            await settle_ages(session, group)
    for room in rooms:
        async with database.transaction() as session:
            thread = await hold(session, room)
            assert thread.kind in rules.TELLS_ONLY_MENTIONED
            grown = update(ThreadMember).where(
                ThreadMember.thread_id == room,
                ThreadMember.left_at.is_(None),
                ThreadMember.posts.is_(False),
                ThreadMember.member_id == Member.id,
                Member.adult_from <= clock.today_in_japan(),
            )
            result = await session.execute(grown.values(posts=True).returning(ThreadMember.member_id))
            thread.member_count += len(result.all())
