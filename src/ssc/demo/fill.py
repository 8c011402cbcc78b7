"""How the demo gets into an empty club, in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, func, select, text

from ssc.core import audit, clock
from ssc.core.audit import AuditEntry
from ssc.core.db import Base, Session
from ssc.demo.copying import copy_in
from ssc.demo.generate import club
from ssc.demo.rows import Roster
from ssc.people import actions as people
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, ExchangeSending, Organisation, OrganisationName

Progress = Callable[[int, int], None]
DONE = "demo.fill"
_LOCK = 7_273_659


class ClubNotEmpty(Exception):
    """The club has members of its own: the demo would mix with them."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo holds. `made` is false when it was there before and nothing was done."""

    made: bool
    members: int
    claimed: int
    exchanges: int


async def fill(session: Session, members: int, seed: int, progress: Progress) -> Summary:
    """Writes the demo into an empty club; a club that already holds it stays as it is.

    `progress` hears how many rows are written, and of how many. Raises ClubNotEmpty, and ValueError
    for fewer members than the promised accounts need.
    """
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if await session.scalar(select(AuditEntry.id).where(AuditEntry.action == DONE).limit(1)):
        return await _summary(session, made=False)
    if await session.scalar(select(Member.id).limit(1)):
        raise ClubNotEmpty
    roster = Roster(club(members, seed, clock.today_in_japan()))
    await _copy(session, roster, progress)
    await people.refresh_exchanges(session)
    await _appoint(session, roster)
    audit.write(session, "cli", DONE, "club:demo", members=members, seed=seed)
    await session.flush()
    return await _summary(session, made=True)


async def _copy(session: Session, roster: Roster, progress: Progress) -> None:
    tables = [(cast(Table, model.__table__), list(rows)) for model, rows in _tables(roster)]
    total = sum(len(rows) for _, rows in tables)
    done = 0

    def note(written: int) -> None:
        nonlocal done
        done += written
        progress(done, total)

    for table, rows in tables:
        await copy_in(session, table, rows, note)


def _tables(roster: Roster) -> Iterator[tuple[type[Base], Iterator[dict[str, Any]]]]:
    """In the order in which rows may name each other."""
    yield Organisation, roster.organisation_rows()
    yield OrganisationName, roster.organisation_name_rows()
    yield Exchange, roster.exchange_rows()
    yield ExchangeSending, roster.sending_rows()
    yield Member, roster.member_rows()
    yield Participation, roster.participation_rows()


async def _appoint(session: Session, roster: Roster) -> None:
    """Gives the promised offices to those who hold them."""
    for member_id, person, profile in roster.claimed():
        for role in person.roles:
            member = await session.get_one(Member, member_id)
            since = profile.joined_at.date()
            lead = role.startswith("coordinator:")
            await people.grant_role(session, member, role, by="cli", reason="demo", starts_on=since, lead=lead)


async def _summary(session: Session, *, made: bool) -> Summary:
    members, claimed = (await session.execute(select(func.count(Member.id), func.count(Member.joined_at)))).one()
    exchanges = await session.scalar(select(func.count(Exchange.id)))
    return Summary(made, members, claimed, exchanges or 0)
