"""How the demo gets into an empty club, in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, func, select, text

from ssc.accounts import passwords
from ssc.accounts.models import Account, EmailAddress
from ssc.communities.actions import keep_cohorts
from ssc.core import audit, clock
from ssc.core.audit import AuditEntry
from ssc.core.db import Base, Session
from ssc.demo import voices
from ssc.demo.cast import PASSWORD
from ssc.demo.communities import gather
from ssc.demo.copying import copy_in
from ssc.demo.generate import club
from ssc.demo.news import write_news
from ssc.demo.reunions import event_rows
from ssc.demo.rows import Roster
from ssc.demo.threads import Threads
from ssc.directory import actions as directory
from ssc.events import wordings
from ssc.events.models import CertificateWording, Event
from ssc.events.queries import certificates
from ssc.messaging.models import DirectPair, Mention, Message, Pin, Reaction, Thread, ThreadMember
from ssc.people import actions as people
from ssc.people.models import Consent, Member, Participation
from ssc.programmes.models import Exchange, ExchangeSending, Organisation, OrganisationName
from ssc.roster.requesting.models import MembershipRequest

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
        return await summary(session, made=False)
    if await session.scalar(select(Member.id).limit(1)):
        raise ClubNotEmpty
    roster = Roster(club(members, seed, clock.today_in_japan()))
    await _write(session, roster, await passwords.hashed(PASSWORD), progress)
    await session.execute(text("ANALYZE"))  # so that the first searches are planned for what is now there
    audit.write(session, "cli", DONE, "club:demo", members=members, seed=seed)
    await session.flush()
    return await summary(session, made=True)


async def _write(session: Session, roster: Roster, password_hash: str, progress: Progress) -> None:
    """The rows of the club, then what other packages make of them."""
    tables = [(cast(Table, model.__table__), list(rows)) for model, rows in _tables(roster, password_hash)]
    listed = sum(1 for _ in roster.claimed())
    total = sum(len(rows) for _, rows in tables) + listed
    done = 0

    def note(written: int) -> None:
        nonlocal done
        done += written
        progress(done, total)

    for table, rows in tables:
        await copy_in(session, table, rows, note)
    await people.refresh_exchanges(session)
    await _appoint(session, roster)
    await directory.refresh_all(session)
    await keep_cohorts(session, quiet=True)
    await gather(session)
    await write_news(session, roster, clock.today_in_japan())
    await voices.tell(session)
    await _approve_wordings(session)
    note(listed)


def _tables(roster: Roster, password_hash: str) -> Iterator[tuple[type[Base], Iterator[dict[str, Any]]]]:
    """In the order in which rows may name each other."""
    yield Organisation, roster.organisation_rows()
    yield OrganisationName, roster.organisation_name_rows()
    yield Exchange, roster.exchange_rows()
    yield ExchangeSending, roster.sending_rows()
    yield Member, roster.member_rows()
    yield Participation, roster.participation_rows()
    yield Account, roster.account_rows(password_hash)
    yield EmailAddress, roster.address_rows()
    yield Consent, roster.consent_rows()
    yield MembershipRequest, roster.request_rows()
    yield Event, event_rows(clock.today_in_japan())
    threads = Threads(roster, clock.today_in_japan())
    yield Thread, threads.thread_rows()
    yield DirectPair, threads.pair_rows()
    yield ThreadMember, threads.place_rows()
    yield Message, threads.message_rows()
    yield Mention, threads.mention_rows()
    yield Reaction, threads.reaction_rows()
    yield Pin, threads.pin_rows()


async def _approve_wordings(session: Session) -> None:
    """As if staff had taken the club's proposals, so that certificates can be tried."""
    for kind in certificates.KINDS:
        session.add(CertificateWording(kind=kind, number=1, texts=wordings.usual(kind), approved_at=clock.now()))
    await session.flush()


async def _appoint(session: Session, roster: Roster) -> None:
    """Gives the promised offices to those who hold them."""
    for member_id, person, profile in roster.claimed():
        for role in person.roles:
            member = await session.get_one(Member, member_id)
            since = profile.joined_at.date()
            lead = role.startswith("coordinator:")
            await people.grant_role(session, member, role, by="cli", reason="demo", starts_on=since, lead=lead)


async def summary(session: Session, *, made: bool) -> Summary:
    members, claimed = (await session.execute(select(func.count(Member.id), func.count(Member.joined_at)))).one()
    exchanges = await session.scalar(select(func.count(Exchange.id)))
    return Summary(made, members, claimed, exchanges or 0)
