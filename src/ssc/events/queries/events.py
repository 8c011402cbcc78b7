"""Events as far as a viewer may see them: one by its slug, and the list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true, tuple_, union_all

from ssc.core import clock, text
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.events import rules
from ssc.events.forms.event import EventFilters
from ssc.events.models import Answer, Event, Organiser, SensitiveAnswer
from ssc.events.queries.sight import BySight, holds_office, organised, organised_by, seen_by, seen_in_lists
from ssc.people.viewer import Viewer

_ESCAPED = str.maketrans({"%": r"\%", "_": r"\_", "\\": "\\\\"})


@dataclass(frozen=True)
class Seen:
    """An event that the viewer may see, with who organises it and what she answered."""

    event: Event
    organisers: Sequence[Organiser] = field(default_factory=tuple)
    answer: Answer | None = None
    organises: bool = False


async def seen(session: Session, viewer: Viewer | None, slug: str, *, lock: bool = False) -> Seen | None:
    """The event of this slug if the viewer may know of it; `lock`: until the transaction ends it is hers to change."""
    if not slug.isprintable() or len(slug) > 80:
        return None
    found = await _with_answer(session, viewer, slug, lock=lock)
    if found is None:
        return None
    event, answer = found
    organisers = await organisers_of(session, event.id)
    organises = rules.may_organise(viewer, event, organisers)
    if not rules.may_see(viewer, event, organises=organises, answered=answer is not None):
        return None
    return Seen(event, organisers, answer, organises)


async def _with_answer(
    session: Session, viewer: Viewer | None, slug: str, *, lock: bool
) -> tuple[Event, Answer | None] | None:
    """Read in one, since most pages about an event ask for both."""
    mine = and_(Answer.event_id == Event.id, Answer.member_id == viewer.id) if viewer is not None else false()
    statement = select(Event, Answer).outerjoin(Answer, mine).where(Event.slug == slug)
    if lock:
        statement = statement.with_for_update(of=Event)
    row = (await session.execute(statement.execution_options(populate_existing=True))).one_or_none()
    return (row[0], row[1]) if row is not None else None


async def to_answer(session: Session, viewer: Viewer, slug: str) -> Event | None:
    """The event of this slug, if the viewer may know of it: most are for all, and nothing more is asked."""
    if not slug.isprintable() or len(slug) > 80:
        return None
    event: Event | None = await session.scalar(select(Event).where(Event.slug == slug))
    if event is None or rules.may_see(viewer, event, organises=False, answered=False):
        return event
    found = await seen(session, viewer, slug)
    return found.event if found is not None else None


async def organisers_of(session: Session, event_id: UUID, *, ever: bool = False) -> list[Organiser]:
    """In the order in which they were named. Of an event to come without whose office has ended since; `ever`: them
    too."""
    still = or_(Organiser.by_office.is_(False), Event.ends_at <= clock.now(), holds_office())
    rows = await session.scalars(
        select(Organiser)
        .join(Event, Event.id == Organiser.event_id)
        .where(Organiser.event_id == event_id, true() if ever else still)
        .order_by(Organiser.created_at, Organiser.member_id)
    )
    return list(rows)


async def left_by_office(session: Session) -> list[UUID]:
    """Events to come of which somebody was organiser by an office that has ended."""
    rows = await session.scalars(
        select(Event.id)
        .join(Organiser, Organiser.event_id == Event.id)
        .where(Event.published_at.is_not(None), Event.ends_at > clock.now(), Organiser.by_office, ~holds_office())
        .distinct()
        .order_by(Event.id)
    )
    return list(rows)


async def answer_of(session: Session, event_id: UUID, member_id: UUID) -> Answer | None:
    found: Answer | None = await session.scalar(
        select(Answer)
        .where(Answer.event_id == event_id, Answer.member_id == member_id)
        .execution_options(populate_existing=True)
    )
    return found


async def confidences_of(session: Session, answer: Answer | None) -> dict[str, str]:
    """What somebody told in confidence, for herself to read again."""
    found = await session.get(SensitiveAnswer, answer.id, populate_existing=True) if answer else None
    return dict(found.answers) if found else {}


async def answers_to(session: Session, viewer: Viewer | None, event_ids: Sequence[UUID]) -> dict[UUID, Answer]:
    """Event → what the viewer answered."""
    if viewer is None or not event_ids:
        return {}
    rows = await session.scalars(select(Answer).where(Answer.event_id.in_(event_ids), Answer.member_id == viewer.id))
    return {answer.event_id: answer for answer in rows}


async def events(session: Session, viewer: Viewer | None, filters: EventFilters, part: Slice) -> Cut[Event]:
    """Upcoming ones the nearest first, else the latest first."""
    forwards = filters.when == "upcoming"
    key = tuple_(Event.starts_at, Event.id)
    statement = select(Event).where(*_narrowing(viewer, filters)).limit(part.limit + 1)
    order = (Event.starts_at, Event.id) if forwards else (Event.starts_at.desc(), Event.id.desc())
    if (after := part.dated) is not None:
        statement = statement.where(key > tuple_(*after) if forwards else key < tuple_(*after))
    rows = (await session.scalars(statement.order_by(*order))).all()
    return part.cut(rows, lambda event: (event.starts_at.isoformat(), str(event.id)))


async def nearest(
    session: Session, viewer: Viewer | None, when: Literal["upcoming", "past"], countries: Collection[str], most: int
) -> dict[str, list[Event]]:
    """Country → at most so many of its events that she may see: the next ones, or the last."""
    key = (Event.starts_at, Event.id) if when == "upcoming" else (Event.starts_at.desc(), Event.id.desc())
    place = func.row_number().over(partition_by=Event.country, order_by=key).label("place")
    of_these = Event.country.in_(countries)
    ranked = select(Event.id, place).where(of_these, *_narrowing(viewer, EventFilters(when=when))).subquery()
    chosen = select(Event).join(ranked, ranked.c.id == Event.id).where(ranked.c.place <= most).order_by(*key)
    found: dict[str, list[Event]] = {country: [] for country in countries}
    for event in await session.scalars(chosen):
        found[event.country].append(event)
    return found


async def next_about(
    session: Session, viewer: Viewer | None, fields: Collection[str], most: int
) -> dict[str, list[Event]]:
    """Field → at most so many events that she may see, speak of it and will take place, the nearest first."""
    if not fields:
        return {}
    key = (Event.starts_at, Event.id)
    each = [
        select(literal(topic).label("field"), Event.id)
        .where(*_narrowing(viewer, EventFilters(when="upcoming", q=topic)), Event.cancelled_at.is_(None))
        .order_by(*key)
        .limit(most)
        .subquery()
        for topic in fields
    ]
    chosen = union_all(*(select(one) for one in each)).subquery()
    rows = await session.execute(select(chosen.c.field, Event).join(chosen, chosen.c.id == Event.id).order_by(*key))
    found: dict[str, list[Event]] = {topic: [] for topic in fields}
    for topic, event in rows:
        found[topic].append(event)
    return found


def _narrowing(viewer: Viewer | None, filters: EventFilters) -> list[ColumnElement[bool]]:
    found = [organised(viewer), Event.published_at.is_(None)] if filters.when == "drafts" else seen_in_lists(viewer)
    if filters.when == "upcoming":
        found.append(Event.ends_at > clock.now())
    if filters.when == "past":
        found += [Event.ends_at <= clock.now(), Event.cancelled_at.is_(None)]
    if filters.country:
        found.append(Event.country == filters.country)
    if filters.online is not None:
        found.append(Event.online.is_(filters.online))
    for word in text.plain(filters.q).split():
        found.append(Event.search_text.like(f"%{word.translate(_ESCAPED)}%"))
    return found


async def countries_with_events(session: Session, viewer: Viewer | None) -> list[str]:
    return [row.country for row in await _COUNTRIES.rows(session, viewer)]


async def drafts_waiting(session: Session, viewer: Viewer) -> int:
    return int((await _DRAFTS.rows(session, viewer))[0].waiting)


_COUNTRIES = BySight(lambda seer: select(Event.country).where(*seen_by(seer)).distinct())
_DRAFTS = BySight(
    lambda seer: (
        select(func.count().label("waiting")).select_from(Event).where(organised_by(seer), Event.published_at.is_(None))
    )
)
