"""Chapters as a viewer sees them, many at once; and what their coordinators leave to each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import LiteralString
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased

from ssc.communities.chapters import rules
from ssc.communities.chapters.models import Candidacy, HandOverNote
from ssc.communities.queries.seats import COORDINATORS, chapter_subject, seat_of, seats_of
from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Cut, Slice
from ssc.events.models import Event
from ssc.events.queries import events
from ssc.people import queries as people
from ssc.people.models import Role
from ssc.people.shapes import MemberInShort
from ssc.people.viewer import Viewer
from ssc.places import countries

MOST_HOSTS = 12
MOST_EVENTS = 10


@dataclass(frozen=True)
class Held:
    """A term of office and who holds it, as far as the viewer may know her."""

    member: MemberInShort
    term: Role


@dataclass(frozen=True)
class Seen:
    """A chapter. `hosts`: (id, name, exchanges) of those its people visited most; `coordinated`: somebody is in office,
    also where the viewer may not know who."""

    country: str
    members: int
    coordinators: Sequence[Held] = field(default=())
    coordinated: bool = False
    hosts: Sequence[tuple[UUID, str, int]] = field(default=())
    upcoming: Sequence[Event] = field(default=())
    past: Sequence[Event] = field(default=())

    @property
    def name(self) -> str:
        return countries.name(self.country)

    @property
    def url(self) -> str:
        return f"/chapters/{self.country}"


_CODE = TypeAdapter(tuple[str])


async def page_of_chapters(session: Session, viewer: Viewer | None, part: Slice) -> Cut[Seen]:
    """By code."""
    (after,) = part.place(_CODE) or ("",)
    counted = sorted(pair for pair in (await _counted(session, None)).items() if pair[0] > after)
    cut = part.cut(counted[: part.limit + 1], lambda pair: (pair[0],))
    return Cut(await _filled(session, viewer, dict(cut.rows)), cut.next)


async def all_chapters(session: Session, viewer: Viewer | None) -> list[Seen]:
    """All, by name in the reader's language, with their members and coordinators only."""
    counted = await _counted(session, None)
    held = await _coordinators(session, viewer, list(counted))
    found = [Seen(country, number, held.get(country, ())) for country, number in counted.items()]
    return sorted(found, key=lambda one: one.name)


async def chapter_of(session: Session, viewer: Viewer | None, country: str) -> Seen | None:
    """None where nobody of the club comes from or lives: there is no chapter."""
    if not countries.exists(country):
        return None
    counted = await _counted(session, country)
    if country not in counted:
        return None
    (found,) = await _filled(session, viewer, counted)
    return found


async def countries_with_chapter(session: Session) -> list[str]:
    return list(await _counted(session, None))


async def is_volunteering(session: Session, viewer: Viewer, country: str) -> bool:
    return await session.get(Candidacy, (viewer.id, country)) is not None


async def candidates(
    session: Session, viewer: Viewer, country: str | None = None
) -> list[tuple[MemberInShort, Candidacy]]:
    """Who put herself forward (None: anywhere), the longest-waiting first."""
    statement = select(Candidacy).order_by(Candidacy.created_at, Candidacy.member_id)
    if country is not None:
        statement = statement.where(Candidacy.country == country)
    rows = list(await session.scalars(statement))
    shown = await _in_short(session, viewer, [row.member_id for row in rows])
    return [(shown[row.member_id], row) for row in rows if row.member_id in shown]


async def notes(session: Session, viewer: Viewer, country: str) -> list[tuple[MemberInShort | None, HandOverNote]]:
    """What was left there, the latest first."""
    rows = list(
        await session.scalars(
            select(HandOverNote)
            .where(HandOverNote.country == country)
            .order_by(HandOverNote.created_at.desc(), HandOverNote.id)
        )
    )
    shown = await _in_short(session, viewer, [row.author_id for row in rows if row.author_id])
    return [(shown.get(row.author_id) if row.author_id else None, row) for row in rows]


async def terms(session: Session, viewer: Viewer, country: str | None = None) -> list[Held]:
    """Every term there was or will be (None: those not yet over, anywhere), the latest first."""
    statement = select(Role).where(Role.role == "coordinator")
    if country is None:
        statement = statement.where(or_(Role.ends_on.is_(None), Role.ends_on >= clock.today_in_japan()))
        statement = statement.order_by(Role.ends_on, Role.country, Role.id)
    else:
        statement = statement.where(Role.country == country).order_by(Role.starts_on.desc(), Role.id.desc())
    rows = list(await session.scalars(statement.execution_options(populate_existing=True)))
    return await _held(session, viewer, rows)


async def ending(session: Session, ends_on: date) -> list[tuple[UUID, str]]:
    """(member, country) of the terms with this last day, where no other of hers goes on."""
    later = aliased(Role)
    goes_on = exists().where(
        later.member_id == Role.member_id,
        later.country == Role.country,
        or_(later.ends_on.is_(None), later.ends_on > ends_on),
    )
    rows = await session.execute(
        select(Role.member_id, Role.country)
        .where(Role.role == "coordinator", Role.ends_on == ends_on, ~goes_on)
        .distinct()
        .order_by(Role.member_id, Role.country)
    )
    return [(member_id, country) for member_id, country in rows if country]


async def drafts(session: Session, country: str) -> list[Event]:
    """For who looks after the country: everybody's, so that a successor goes on where one stopped."""
    rows = await session.scalars(
        select(Event)
        .where(Event.country == country, Event.published_at.is_(None))
        .order_by(Event.starts_at, Event.id)
        .limit(50)
    )
    return list(rows)


async def thread_for(session: Session, viewer: Viewer | None, country: str) -> UUID | None:
    """The chapter's announcements, if the viewer sits there."""
    return (await threads_for(session, viewer, [country])).get(country)


async def threads_for(session: Session, viewer: Viewer | None, chosen: Iterable[str]) -> dict[str, UUID]:
    """Chapter → its announcements, of those in which the viewer sits."""
    if viewer is None or viewer.limited:
        return {}
    own = {chapter_subject(one): one for one in chosen if rules.belongs(viewer, one) or viewer.is_staff}
    seats = await seats_of(session, viewer, list(own)) if own else {}
    return {own[subject]: seat.thread_id for subject, seat in seats.items() if seat.seated}


async def room_for(session: Session, viewer: Viewer) -> UUID | None:
    """The coordinators' room, if the viewer sits there."""
    seat = await seat_of(session, viewer, COORDINATORS)
    return seat.thread_id if seat and seat.seated else None


async def _filled(session: Session, viewer: Viewer | None, counted: dict[str, int]) -> list[Seen]:
    held = await _coordinators(session, viewer, list(counted))
    hosts = await _hosts(session, list(counted))
    upcoming = await events.nearest(session, viewer, "upcoming", counted.keys(), MOST_EVENTS)
    past = await events.nearest(session, viewer, "past", counted.keys(), MOST_EVENTS)
    return [
        Seen(one, number, held.get(one, ()), one in held, hosts[one], upcoming[one], past[one])
        for one, number in counted.items()
    ]


async def _counted(session: Session, country: str | None) -> dict[str, int]:
    """Chapter → adults who have joined, without who is shut out."""
    values = {"country": country, "today": clock.today_in_japan(), "now": clock.now()}
    rows = await session.rows(_COUNTED, values, prepare=False)
    return {row.country: row.members for row in rows if countries.exists(row.country)}


async def _coordinators(session: Session, viewer: Viewer | None, chosen: Sequence[str]) -> dict[str, list[Held]]:
    """Those of each chapter that has some, as far as the viewer may know them: none of whom she knows is `[]`."""
    running = select(Role).where(
        Role.role == "coordinator", Role.country.in_(chosen), Role.runs(clock.today_in_japan())
    )
    order = (Role.lead.desc(), Role.starts_on, Role.id)
    rows = list(await session.scalars(running.order_by(*order).execution_options(populate_existing=True)))
    found: dict[str, list[Held]] = {row.country: [] for row in rows if row.country}
    for one in await _held(session, viewer, rows):
        found[one.term.country or ""].append(one)
    return found


async def _held(session: Session, viewer: Viewer | None, rows: Sequence[Role]) -> list[Held]:
    shown = await _in_short(session, viewer, [row.member_id for row in rows])
    return [Held(shown[row.member_id], row) for row in rows if row.member_id in shown]


async def _in_short(session: Session, viewer: Viewer | None, ids: Iterable[UUID]) -> dict[UUID, MemberInShort]:
    reached = await people.reached(session, viewer, list(dict.fromkeys(ids)))
    return {one.id: one.member.in_short for one in reached}


async def _hosts(session: Session, chosen: Sequence[str]) -> defaultdict[str, list[tuple[UUID, str, int]]]:
    rows = await session.rows(_HOSTS, {"countries": list(chosen), "most": MOST_HOSTS}, prepare=False)
    found: defaultdict[str, list[tuple[UUID, str, int]]] = defaultdict(list)
    for row in rows:
        found[row.country].append((row.id, row.name, row.exchanges))
    return found


# A country whose people took part has its page before anyone has joined.
_COUNTED: LiteralString = f"""
WITH here AS (
    SELECT m.country, m.lives_in FROM member m
    WHERE m.joined_at IS NOT NULL AND NOT m.deceased AND m.adult_from <= %(today)s
        AND (%(country)s::text IS NULL OR m.country = %(country)s::text OR m.lives_in = %(country)s::text)
        AND NOT {people.SHUT_OUT}
), counted AS (
    SELECT country FROM here
    UNION ALL SELECT lives_in FROM here WHERE lives_in IS NOT NULL AND lives_in <> country
), known AS (
    SELECT country, count(*)::int AS members FROM counted GROUP BY country
    UNION ALL SELECT DISTINCT unnest(e.countries), 0 FROM exchange e
)
SELECT country, max(members) AS members FROM known
WHERE %(country)s::text IS NULL OR country = %(country)s::text
GROUP BY country ORDER BY country
"""  # noqa: S608  # our own words only
_HOSTS: LiteralString = """
SELECT country, id, name, exchanges FROM (
    SELECT c.country, o.id, o.name, count(*)::int AS exchanges,
        row_number() OVER (PARTITION BY c.country ORDER BY count(*) DESC, o.name, o.id) AS place
    FROM exchange e
    JOIN organisation o ON o.id = e.host_id
    CROSS JOIN LATERAL unnest(e.countries) AS c (country)
    WHERE e.countries && %(countries)s::varchar[] AND c.country = ANY(%(countries)s::varchar[])
    GROUP BY c.country, o.id, o.name
) AS ranked WHERE place <= %(most)s ORDER BY country, place
"""
