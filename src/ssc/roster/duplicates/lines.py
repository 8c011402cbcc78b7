"""The rows of rosters that count for a member in an exchange: given, taken back, and what they say together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, select, text
from sqlalchemy.dialects.postgresql import insert

from ssc.core import clock
from ssc.core.db import Session
from ssc.people.models import Participation
from ssc.programmes.models import Exchange
from ssc.roster.importing.lines import combined
from ssc.roster.importing.models import RosterEntry, RosterIdentity, RosterLine, WaitingPerson

Lines = dict[UUID, list[RosterLine]]
"""By exchange, the earlier first: a file's in the order of its rows, files in the order in which they came."""


@dataclass(frozen=True)
class Said:
    """What lines say together; the later one counts where they differ."""

    line: dict[str, Any]
    withdrawn: bool
    row: int
    file_name: str


def said(lines: Iterable[RosterLine]) -> Said:
    """Of at least one line, in their order."""
    first, *others = lines
    whole, last = dict(first.line), first
    for last in others:
        whole = combined(whole, last.line)
    return Said(whole, last.withdrawn, max(line.row for line in (first, *others)), last.file_name)


async def lines_of(session: Session, member_id: UUID, exchange_ids: Collection[UUID] | None = None) -> Lines:
    """The member's rows, in these exchanges or in all."""
    chosen = select(RosterLine).where(RosterLine.member_id == member_id)
    if exchange_ids is not None:
        chosen = chosen.where(RosterLine.exchange_id.in_(exchange_ids))
    found: Lines = defaultdict(list)
    for line in await session.scalars(chosen.execution_options(populate_existing=True)):
        found[line.exchange_id].append(line)
    return {exchange_id: in_order(lines) for exchange_id, lines in found.items()}


def in_order(lines: Sequence[RosterLine]) -> list[RosterLine]:
    began: dict[str, datetime] = {}
    for line in lines:
        began[line.file_name] = min(line.applied_at, began.get(line.file_name, line.applied_at))
    return sorted(lines, key=lambda line: (began[line.file_name], line.file_name, line.row, line.digest))


async def rows_of(session: Session, person: WaitingPerson, member_id: UUID) -> list[RosterLine]:
    """A waiting person's rows as they would count for the member; none yet where the exchange is still to be made."""
    exchanges = await exchanges_of(session, person)
    return [
        RosterLine(
            member_id=member_id,
            exchange_id=exchanges[entry["code"]],
            digest=digest,
            key=bytes.fromhex(key),
            line=entry["line"],
            withdrawn=entry["withdrawn"],
            brought=True,
            row=entry["row"],
            file_name=person.file_name,
            applied_at=clock.now(),
        )
        for entry in person.lines
        if entry["code"] in exchanges
        for key, digest in entry["rows"]
    ]


async def exchanges_of(session: Session, person: WaitingPerson) -> dict[str, UUID]:
    """The exchanges, by code, that a waiting person's lines name and that exist."""
    codes = [entry["code"] for entry in person.lines]
    found = await session.execute(select(Exchange.code, Exchange.id).where(Exchange.code.in_(codes)))
    return {row.code: row.id for row in found}


async def without_roster(session: Session, member_id: UUID) -> frozenset[UUID]:
    """The exchanges that the member took part in for other reasons than a roster's."""
    found = await session.scalars(
        select(Participation.exchange_id).where(
            Participation.member_id == member_id,
            ~exists().where(
                RosterLine.member_id == member_id,
                RosterLine.exchange_id == Participation.exchange_id,
                RosterLine.brought,
            ),
        )
    )
    return frozenset(found)


async def keep(session: Session, rows: Iterable[RosterLine]) -> None:
    """From now on these rows count."""
    for row in rows:
        values = {column.key: getattr(row, column.key) for column in RosterLine.__table__.columns}
        await session.execute(insert(RosterLine).values(values).on_conflict_do_nothing())


async def forget(session: Session, member_id: UUID, rows: Iterable[RosterLine]) -> None:
    """These rows do not count for the member any more; what is left of the exchanges they were about says the rest."""
    given = {(row.exchange_id, row.digest) for row in rows}
    own = await lines_of(session, member_id, {exchange_id for exchange_id, _digest in given})
    for exchange_id, lines in own.items():
        gone = [line.digest for line in lines if (exchange_id, line.digest) in given]
        here = and_(RosterLine.member_id == member_id, RosterLine.exchange_id == exchange_id)
        await session.execute(delete(RosterLine).where(here, RosterLine.digest.in_(gone)))
        if len(gone) == len(lines):
            await _absent(session, member_id, exchange_id, brought=any(line.brought for line in lines))
    await derive(session, member_id, own)


async def claim_rows(session: Session, from_id: UUID, to_id: UUID) -> None:
    """Rows whose identity is the other member's go to her."""
    theirs = select(RosterIdentity.key).where(RosterIdentity.member_id == to_id)
    for lines in (await lines_of(session, from_id)).values():
        mine = {line.key for line in lines} & set(await session.scalars(theirs))
        moved = [line for line in lines if line.key in mine]
        await keep(session, [_of(line, to_id) for line in moved])
        for line in moved:
            await session.delete(line)
    await session.flush()


def _of(line: RosterLine, member_id: UUID) -> RosterLine:
    values = {column.key: getattr(line, column.key) for column in RosterLine.__table__.columns}
    return RosterLine(**values | {"member_id": member_id})


async def derive(session: Session, member_id: UUID, exchange_ids: Collection[UUID] | None = None) -> None:
    """The roster's own lines, and the participations, as the rows that count say; where none counts nothing is done."""
    for exchange_id, lines in (await lines_of(session, member_id, exchange_ids)).items():
        whole = said(lines)
        if whole.withdrawn:
            await _absent(session, member_id, exchange_id, brought=any(line.brought for line in lines))
        else:
            await _present(session, member_id, exchange_id, whole)


async def _present(session: Session, member_id: UUID, exchange_id: UUID, whole: Said) -> None:
    entry = {"line": whole.line, "row": whole.row, "file_name": whole.file_name, "updated_at": clock.now()}
    here = {"member_id": member_id, "exchange_id": exchange_id}
    await session.execute(
        insert(RosterEntry)
        .values(**here, **entry)
        .on_conflict_do_update(index_elements=["member_id", "exchange_id"], set_=entry)
    )
    part = {"role": whole.line.get("role") or "participant", "field": whole.line.get("field")}
    await session.execute(
        insert(Participation)
        .values(**here, **part)
        .on_conflict_do_update(index_elements=["member_id", "exchange_id"], set_=part)
    )


async def _absent(session: Session, member_id: UUID, exchange_id: UUID, *, brought: bool) -> None:
    for table in (RosterEntry, Participation) if brought else (RosterEntry,):
        await session.execute(delete(table).where(table.member_id == member_id, table.exchange_id == exchange_id))


# An address that only the roster told, and that no line of the member tells any more.
_UNTOLD = """
DELETE FROM email_address a WHERE a.member_id = :member AND a.address = ANY (:addresses)
    AND a.source = 'roster' AND a.confirmed_at IS NULL
    AND NOT EXISTS (SELECT FROM roster_entry e WHERE e.member_id = a.member_id AND (
        a.address IN (e.line->>'email', e.line->>'email_2') OR e.line->'also' ? a.address))
"""


async def forget_addresses(session: Session, member_id: UUID, addresses: Sequence[str]) -> None:
    """Takes back those of these addresses that nothing tells any more."""
    await session.execute(text(_UNTOLD), {"member": member_id, "addresses": list(addresses)})
