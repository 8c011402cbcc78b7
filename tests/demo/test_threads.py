"""The demo's people have been talking, and what they said behaves like everything that is said."""

from sqlalchemy import func, select

from ssc.core.process import Process
from ssc.demo.fill import fill
from ssc.messaging.models import Message, Reaction, Thread, ThreadMember
from ssc.people.models import Member


async def test_the_promised_cohort_has_its_conversation_and_it_goes_on(running: Process) -> None:
    async with running.database.transaction() as session:
        await fill(session, 60, 2026, lambda done, total: None)
    async with running.database.reading() as session:
        hers = select(ThreadMember.thread_id).join(Member).where(Member.handle == "member1")
        threads = {thread.kind: thread for thread in await session.scalars(select(Thread).where(Thread.id.in_(hers)))}
        assert sorted(threads) == ["cohort", "direct", "group"]
        cohort = threads["cohort"]
        assert cohort.subject and cohort.subject.startswith("exchange:")
        written = await session.scalars(select(Message.seq).where(Message.thread_id == cohort.id).order_by(Message.seq))
        assert list(written) == list(range(1, cohort.last_seq + 1))
        people = await session.scalars(
            select(Member.handle).join(ThreadMember).where(ThreadMember.thread_id == cohort.id).order_by(Member.handle)
        )
        assert list(people) == [f"member{number}" for number in range(1, 10)]
        assert (await session.scalar(select(func.count()).select_from(Reaction)) or 0) > 10
