"""The demo's people have been talking, and what they said behaves like everything that is said."""

from sqlalchemy import func, select

from ssc.communities.conversations.models import Conversation
from ssc.communities.groups.models import TopicGroup
from ssc.core.process import Process
from ssc.demo.fill import fill
from ssc.messaging.actions.announcing import tell_announcements
from ssc.messaging.models import Message, Reaction, Thread, ThreadMember
from ssc.notifications.models import Notice
from ssc.people.models import Member, Role


async def test_the_promised_cohort_has_its_conversation_and_it_goes_on(running: Process) -> None:
    async with running.database.transaction() as session:
        await fill(session, 60, 2026, lambda done, total: None)
    async with running.database.reading() as session:
        hers = select(ThreadMember.thread_id).join(Member).where(Member.handle == "member1")
        threads = {thread.kind: thread for thread in await session.scalars(select(Thread).where(Thread.id.in_(hers)))}
        assert sorted(threads) == ["chapter", "cohort", "direct", "group", "topic"]
        cohort = threads["cohort"]
        assert cohort.subject and cohort.subject.startswith("exchange:")
        written = await session.scalars(select(Message.seq).where(Message.thread_id == cohort.id).order_by(Message.seq))
        assert list(written) == list(range(1, cohort.last_seq + 1))
        people = await session.scalars(
            select(Member.handle).join(ThreadMember).where(ThreadMember.thread_id == cohort.id).order_by(Member.handle)
        )
        assert list(people) == [f"member{number}" for number in range(1, 10)]
        assert (await session.scalar(select(func.count()).select_from(Reaction)) or 0) > 10


async def test_chapters_and_groups_are_alive_and_nobody_is_told_of_what_is_old(running: Process) -> None:
    async with running.database.transaction() as session:
        await fill(session, 60, 2026, lambda done, total: None)
        await tell_announcements(session)
        groups = {group.slug: group.state for group in await session.scalars(select(TopicGroup))}
        terms = list(await session.scalars(select(Role.ends_on).where(Role.role == "coordinator")))
        talks = sorted(await session.scalars(select(Conversation.title)))
        told = await session.scalar(select(func.count()).select_from(Notice))
    assert groups == {"fatigue-and-corrosion": "open", "rivers-and-sensors": "open", "physics-in-schools": "proposed"}
    assert len(terms) == 2
    assert None not in terms
    assert talks == [
        "Speakers for schools",
        "Studying in Japan with children",
        "Which adapter for the projector?",
        "Which furnace would you buy today?",
    ]
    assert told == 0
