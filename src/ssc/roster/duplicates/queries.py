"""Named selects over likely duplicates: both sides of each, as staff compare them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import func, or_, select, tuple_

from ssc.accounts.models import EmailAddress
from ssc.core import ids
from ssc.core.db import Session
from ssc.core.errors import not_found
from ssc.core.paging import Slice
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.duplicates.cases import Case, Record
from ssc.roster.importing.lines import addresses_of
from ssc.roster.importing.models import Duplicate, WaitingPerson

_ALIKE = TypeAdapter(tuple[float, UUID])


async def duplicate_of(session: Session, identity: str) -> Duplicate:
    """The duplicate of this id, locked for a decision; 404 for none."""
    wanted = ids.parse(identity)
    found: Duplicate | None = await session.scalar(select(Duplicate).where(Duplicate.id == wanted).with_for_update())
    if wanted is None or found is None:
        raise not_found()
    return found


async def duplicates(session: Session, part: Slice, *, decided: bool) -> Sequence[Duplicate]:
    """The undecided, most alike first, or the decided, latest first; one more than the limit where there are more."""
    statement = select(Duplicate).where(Duplicate.decision.is_not(None) if decided else Duplicate.decision.is_(None))
    if decided:
        statement = statement.order_by(Duplicate.decided_at.desc(), Duplicate.id.desc())
        if (latest := part.dated) is not None:
            statement = statement.where(tuple_(Duplicate.decided_at, Duplicate.id) < tuple_(*latest))
    else:
        statement = statement.order_by(Duplicate.score.desc(), Duplicate.id)
        if (after := part.place(_ALIKE)) is not None:
            score, last = after
            alike = (Duplicate.score == score) & (Duplicate.id > last)
            statement = statement.where(or_(Duplicate.score < score, alike))
    return list(await session.scalars(statement.limit(part.limit + 1)))


async def undecided(session: Session) -> int:
    """How many wait for a decision."""
    return await session.scalar(select(func.count()).where(Duplicate.decision.is_(None))) or 0


async def cases_of(session: Session, rows: Sequence[Duplicate]) -> list[Case]:
    """Both sides of each, in the same order."""
    waiting = await _waiting(session, [row.waiting_id for row in rows if row.waiting_id])
    wanted = {row.member_id for row in rows} | {row.other_id for row in rows if row.other_id}
    wanted |= {person.member_id for person in waiting.values() if person.member_id}
    members = await _members(session, sorted(wanted))
    return [_case(row, members, waiting) for row in rows]


def _case(row: Duplicate, members: dict[UUID, Record], waiting: dict[UUID, WaitingPerson]) -> Case:
    member = members[row.member_id]
    if row.waiting_id is None:
        other = members.get(row.other_id) if row.other_id else None
    else:
        other = _of_waiting(waiting[row.waiting_id])
    return Case(row, member, other)


def _of_waiting(person: WaitingPerson) -> Record:
    said = [entry["line"] for entry in person.lines]
    return Record(
        member_id=person.member_id,
        handle=None,
        claimed=False,
        name=person.name,
        name_native=next((line["name_native"] for line in said if line.get("name_native")), None),
        country=person.country,
        birth_date=person.birth_date,
        addresses=list(dict.fromkeys(address for line in said for address in addresses_of(line))),
        exchanges=[_said_exchange(entry) for entry in person.lines],
        file_name=person.file_name,
        rows=tuple(entry["row"] for entry in person.lines),
    )


def _said_exchange(entry: dict[str, Any]) -> tuple[str, str, int | None]:
    return entry["code"], entry["line"].get("exchange_title", ""), entry["line"].get("fiscal_year")


async def _waiting(session: Session, identities: Sequence[UUID]) -> dict[UUID, WaitingPerson]:
    rows = await session.scalars(select(WaitingPerson).where(WaitingPerson.id.in_(identities)))
    return {row.id: row for row in rows}


async def _members(session: Session, identities: Sequence[UUID]) -> dict[UUID, Record]:
    addresses: dict[UUID, list[str]] = {}
    for member_id, address in await session.execute(
        select(EmailAddress.member_id, EmailAddress.address)
        .where(EmailAddress.member_id.in_(identities))
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.id)
    ):
        addresses.setdefault(member_id, []).append(address)
    exchanges: dict[UUID, list[tuple[str, str, int | None]]] = {}
    for member_id, code, title, year in await session.execute(
        select(Participation.member_id, Exchange.code, Exchange.title, Exchange.fiscal_year)
        .join(Exchange, Exchange.id == Participation.exchange_id)
        .where(Participation.member_id.in_(identities))
        .order_by(Exchange.fiscal_year, Exchange.code)
    ):
        exchanges.setdefault(member_id, []).append((code, title, year))
    members = await session.scalars(select(Member).where(Member.id.in_(identities)))
    return {
        member.id: Record(
            member.id, member.handle, member.claimed, member.name, member.name_native, member.country,
            member.birth_date, addresses.get(member.id, []), exchanges.get(member.id, []),
        )
        for member in members
    }  # fmt: skip
