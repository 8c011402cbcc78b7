"""The demo's chapters and topic groups: terms of office, announcements, conversations, a proposal, a candidacy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, update

from ssc.communities.actions import settle
from ssc.communities.actions.seats import open_chapter
from ssc.communities.chapters.models import Candidacy, HandOverNote
from ssc.communities.chapters.rules import usual_end
from ssc.communities.conversations.models import Conversation
from ssc.communities.groups.models import GroupPlace, TopicGroup
from ssc.core import clock, ids, markdown, text
from ssc.core.db import Session
from ssc.messaging import words
from ssc.messaging.actions import closing
from ssc.messaging.actions.holding import lexemes
from ssc.messaging.actions.owned import open_owned
from ssc.messaging.actions.seating import Seat, reseat
from ssc.messaging.models import Message, Thread, ThreadMember
from ssc.people.models import Member, Role

Line = tuple[str, int, str]
"""Who says it, how many days ago, and what."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A titled conversation: its first line is by who opened it, whoever speaks follows it; by whom it is closed and
    why."""

    where: str
    title: str
    lines: tuple[Line, ...]
    closed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A topic group; the first of its people looks after it, others are `asking` to be in it. `proposed`: it still
    waits for the moderators."""

    slug: str
    title: str
    field: str
    description: str
    people: tuple[str, ...]
    joining: str = "open"
    proposed: bool = False
    asking: tuple[str, ...] = ()


ANNOUNCED: Mapping[str, tuple[Line, ...]] = {
    "chapter:IN": (
        (
            "coordinator-in",
            12,
            "Namaste! The chapter meets again this season: *three short talks and a long dinner*. "
            "If you can lend a hall for forty people in Mumbai or Pune, tell me.",
        ),
    ),
    "chapter:TH": (
        ("coordinator-th", 15, "สวัสดีครับ! The hall in Bangkok is ours for the spring reunion. **Save the date.**"),
        ("coordinator-th", 4, "Whoever would like to give a short talk: one slide, three minutes, any field."),
    ),
}
TALKS = (
    Talk(
        "chapter:TH",
        "Studying in Japan with children",
        (
            ("member2", 6, "Has anybody gone for a doctorate with a child at school age? How did you find a school?"),
            (
                "coordinator-th",
                5,
                "We did, in Sendai. The city's international office answered within a day, in English.",
            ),
        ),
    ),
    Talk(
        "chapter:TH",
        "Which adapter for the projector?",
        (
            ("member2", 20, "The hall's projector is older than we are. Which adapter do I bring?"),
            ("coordinator-th", 19, "All of them are in the blue box now."),
        ),
        closed=("coordinator-th", "Answered: the adapters are in the blue box."),
    ),
    Talk(
        "chapter:IN",
        "Speakers for schools",
        (("coordinator-in", 9, "Two schools in Chennai ask for somebody who tells of a week in a laboratory."),),
    ),
    Talk(
        "group:fatigue-and-corrosion",
        "Which furnace would you buy today?",
        (
            ("member1", 7, "We have a small budget and a large door. What would you buy, and what never again?"),
            ("member8", 6, "Whatever you buy, ask first who repairs it in your city."),
        ),
    ),
)
GROUPS = (
    Group(
        "fatigue-and-corrosion",
        "Fatigue and corrosion",
        "Materials Science",
        "For all who make things that should **not** break: fatigue, corrosion, repair.\n\nBeginners are welcome.",
        ("member1", "member3", "member4", "member8"),
    ),
    Group(
        "rivers-and-sensors",
        "Rivers and cheap sensors",
        "Environmental Science",
        "Measuring water with what a school can afford. We share drawings, code and mistakes.",
        ("member9", "member6"),
        joining="request",
        asking=("member1", "member5"),
    ),
    Group(
        "physics-in-schools",
        "Physics in schools",
        "Physics",
        "Experiments that fit into one lesson and one suitcase.",
        ("member7",),
        proposed=True,
    ),
)
NOTES = (
    (
        "TH",
        "coordinator-th",
        "The hall: ask the alumni office **before** the semester begins.\n\n"
        "- The embassy likes to be invited six weeks ahead\n- Badges are in the blue box",
    ),
    ("IN", "coordinator-in", "Trains are booked out in November: choose dates in September."),
)
_LONG_AGO = 90


async def gather(session: Session) -> None:
    """Writes all of it; nobody is told. Call it once the promised people hold their offices."""
    handles = {line[0] for talk in TALKS for line in talk.lines} | {
        one for group in GROUPS for one in (*group.people, *group.asking)
    }
    handles |= {author for _country, author, _body in NOTES}
    rows = await session.scalars(select(Member).where(Member.handle.in_(handles)))
    people = {member.handle or "": member.id for member in rows}
    await _date_terms(session)
    for country in ("IN", "TH"):
        await open_chapter(session, country)
    groups = [await _group(session, group, people) for group in GROUPS]
    await settle(session)
    await _quieten(session)
    keys = {f"group:{group.slug}": group.subject for group in groups}
    for subject, lines in ANNOUNCED.items():
        await _write(session, subject, lines, people)
    for talk in TALKS:
        await _converse(session, talk, keys.get(talk.where, talk.where), people)
    for country, author, body in NOTES:
        note = HandOverNote(id=ids.new(), country=country, author_id=people[author], body=body, created_at=_at(30))
        session.add(note)
    session.add(Candidacy(member_id=people["member3"], country="VN", note="I organised our faculty's open day twice."))
    await session.flush()


async def _date_terms(session: Session) -> None:
    """A coordinator's term has an end."""
    ends_on = usual_end(clock.today_in_japan())
    await session.execute(update(Role).where(Role.role == "coordinator").values(ends_on=ends_on))


async def _group(session: Session, group: Group, people: Mapping[str, UUID]) -> TopicGroup:
    made = TopicGroup(
        id=ids.new(),
        slug=group.slug,
        title=group.title,
        description=group.description,
        field=group.field,
        joining=group.joining,
        search_text=text.plain(" ".join((group.title, group.field, group.description))),
        owner_id=people[group.people[0]],
        approved=None if group.proposed else True,
        decided_at=None if group.proposed else _at(40),
        created_at=_at(42),
    )
    session.add(made)
    await session.flush()
    if not group.proposed:
        await open_owned(session, "topic", made.subject, made.title, announces=True)
        session.add_all(
            GroupPlace(group_id=made.id, member_id=people[one], joined_at=_at(40), created_at=_at(40))
            for one in group.people
        )
    session.add_all(
        GroupPlace(group_id=made.id, member_id=people[one], joined_at=None, created_at=_at(ago))
        for ago, one in enumerate(group.asking, 3)
    )
    return made


async def _converse(session: Session, talk: Talk, key: str, people: Mapping[str, UUID]) -> None:
    begun = talk.lines[0]
    made = Conversation(
        id=ids.new(), community=key, title=talk.title, author_id=people[begun[0]], created_at=_at(begun[1])
    )
    session.add(made)
    await session.flush()
    kind = "topic" if key.startswith("group:") else "chapter"
    thread_id = await open_owned(session, kind, made.subject, made.title)
    await reseat(session, [Seat(thread_id, people[handle], True) for handle in {line[0] for line in talk.lines}])
    await _write(session, made.subject, talk.lines, people)
    if talk.closed is not None:
        await _close(session, made, thread_id, people[talk.closed[0]], talk.closed[1])


async def _close(session: Session, talk: Conversation, thread_id: UUID, by: UUID, note: str) -> None:
    talk.closed_by = by
    await closing.close(session, thread_id, by, note)
    thread = await session.get_one(Thread, thread_id)
    line = update(Message).where(Message.thread_id == thread_id, Message.seq == thread.last_seq)
    await session.execute(line.values(created_at=thread.last_message_at))
    read = update(ThreadMember).where(ThreadMember.thread_id == thread_id)
    await session.execute(read.values(read_seq=thread.last_seq))


async def _quieten(session: Session) -> None:
    """Rooms in which nothing has been said stand below the others in everybody's inbox."""
    silent = update(Thread).where(Thread.kind.in_(("chapter", "topic")), Thread.last_seq == 0)
    await session.execute(silent.values(created_at=_at(_LONG_AGO), last_message_at=_at(_LONG_AGO)))


async def _write(session: Session, subject: str, lines: Sequence[Line], people: Mapping[str, UUID]) -> None:
    """The lines as they were said; everybody there has read them, and nobody is told of them any more."""
    thread_id = (await session.execute(select(Thread.id).where(Thread.subject == subject))).scalar_one()
    for seq, (handle, ago, body) in enumerate(lines, 1):
        session.add(
            Message(
                thread_id=thread_id,
                seq=seq,
                id=ids.new(),
                rev=seq,
                author_id=people[handle],
                client_id=str(ids.new()),
                body=body,
                html=markdown.render(body).html(),
                created_at=_at(ago, seq),
                tokens=lexemes(words.lexemes(thread_id, body)),
            )
        )
    await session.flush()
    count, at = len(lines), _at(lines[-1][1], len(lines))
    moved = update(Thread).where(Thread.id == thread_id)
    await session.execute(moved.values(last_seq=count, rev=count, announced_seq=count, last_message_at=at))
    await session.execute(update(ThreadMember).where(ThreadMember.thread_id == thread_id).values(read_seq=count))


def _at(ago: int, minute: int = 0) -> datetime:
    day: date = clock.today_in_japan() - timedelta(days=ago)
    return datetime.combine(day, time(3, 30 + minute), UTC)
