"""A waiting person's lines given to a member, and taken back."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from ssc.core.db import Session
from ssc.people.actions import name_key
from ssc.people.models import Member
from ssc.roster.duplicates import lines
from ssc.roster.importing.lines import Line, addresses_of, stored
from ssc.roster.importing.models import RosterIdentity, RosterLine, WaitingPerson
from ssc.roster.importing.replaying import replay

FIELDS = ("name", "name_native", "country", "birth_date", "do_not_contact", "mail_opt_out", "deceased")


async def give(session: Session, person: WaitingPerson, member_id: UUID) -> dict[str, Any]:
    """The person is this member: her lines are applied. Answers what that changed, for `take_back`."""
    before = await _fields(session, member_id)
    rows = await lines.rows_of(session, person, member_id)
    own = await lines.lines_of(session, member_id, {row.exchange_id for row in rows})
    without = await lines.without_roster(session, member_id)
    told = await _beside_known(session, person, rows, own)
    if told:
        await replay(session, told, person.columns, person.file_name, member_id)
    await _count(session, person, member_id, without)
    after = await _fields(session, member_id)
    return {"fields": {name: [before[name], value] for name, value in after.items() if before[name] != value}}


async def make_new(session: Session, person: WaitingPerson) -> UUID:
    """The person is nobody known: a member of her own."""
    member_id = await replay(session, lines_of(person), person.columns, person.file_name, None)
    await _count(session, person, member_id, frozenset())
    return member_id


async def take_back(session: Session, member_id: UUID, person: WaitingPerson, moved: dict[str, Any]) -> None:
    """Undoes `give`: what only her rows said goes, what they changed is as before unless it was changed again."""
    await lines.forget(session, member_id, await lines.rows_of(session, person, member_id))
    said = [address for entry in person.lines for address in addresses_of(entry["line"])]
    await lines.forget_addresses(session, member_id, said)
    await session.execute(delete(RosterIdentity).where(RosterIdentity.key.in_(_keys(person))))
    await restore(session, member_id, moved["fields"])


async def restore(session: Session, member_id: UUID, fields: dict[str, list[Any]]) -> None:
    """Sets columns of a member back to what they were, where they still are what they became."""
    member = await session.get_one(Member, member_id, populate_existing=True)
    for name, (before, after) in fields.items():
        if shown(getattr(member, name)) == after:
            column = Member.__table__.c[name].type.python_type
            setattr(
                member, name, column.fromisoformat(before) if before and hasattr(column, "fromisoformat") else before
            )
    member.name_key = name_key(member.name)
    await session.flush()


def lines_of(person: WaitingPerson) -> list[Line]:
    """Her lines as an import stages them."""
    return [_line(entry["row"], entry["code"], entry["line"], entry["withdrawn"]) for entry in person.lines]


def shown(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(row: int, code: str, said: dict[str, Any], withdrawn: bool) -> Line:
    return stored(row, code, said | ({"role": "withdrawn"} if withdrawn else {}), person=1)


async def _beside_known(
    session: Session, person: WaitingPerson, rows: Sequence[RosterLine], own: lines.Lines
) -> list[Line]:
    """Where rows of the member count for the same exchange, all count together, as rows of one file would."""
    exchanges = await lines.exchanges_of(session, person)
    told = []
    for line in lines_of(person):
        exchange_id = exchanges.get(line.code)
        known = own.get(exchange_id, []) if exchange_id else []
        if not known:
            told.append(line)
            continue
        new = [row for row in rows if row.exchange_id == exchange_id]
        whole = lines.said(lines.in_order([*known, *new]))
        if line.withdrawn or not whole.withdrawn:
            told.append(_line(whole.row, line.code, whole.line, whole.withdrawn))
    return told


async def _count(session: Session, person: WaitingPerson, member_id: UUID, without: Collection[UUID]) -> None:
    """Her rows count for the member, and imports will know them for the member's.

    `without`: the exchanges that the member has for other reasons than the roster.
    """
    rows = await lines.rows_of(session, person, member_id)
    for row in rows:
        row.brought = row.exchange_id not in without
    await lines.keep(session, rows)
    for key in _keys(person):
        await session.merge(RosterIdentity(key=key, member_id=member_id))
    person.member_id = member_id
    await session.flush()


def _keys(person: WaitingPerson) -> list[bytes]:
    """The identities of all rows that were about her."""
    return [bytes.fromhex(key) for entry in person.lines for key, _digest in entry["rows"]]


async def _fields(session: Session, member_id: UUID) -> dict[str, Any]:
    member = await session.get_one(Member, member_id, populate_existing=True)
    return {name: shown(getattr(member, name)) for name in FIELDS}
