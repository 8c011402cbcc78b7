"""A waiting person's lines given to a member, and taken back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from ssc.accounts.models import EmailAddress
from ssc.core.db import Session
from ssc.people.actions import name_key
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.importing.lines import Line, combined, stored
from ssc.roster.importing.models import RosterEntry, RosterIdentity, WaitingPerson
from ssc.roster.importing.replaying import replay

FIELDS = ("name", "name_native", "country", "birth_date", "do_not_contact", "mail_opt_out", "deceased")


async def give(session: Session, person: WaitingPerson, member_id: UUID) -> dict[str, Any]:
    """The person is this member: her lines are applied. Answers what that added, for `take_back`."""
    before = await _footprint(session, member_id)
    lines = [await _beside_known(session, line, person, member_id) for line in lines_of(person)]
    await replay(session, lines, person.columns, person.file_name, member_id)
    await _identify(session, person, member_id)
    person.member_id = member_id
    await session.flush()
    return _added(before, await _footprint(session, member_id))


async def make_new(session: Session, person: WaitingPerson) -> UUID:
    """The person is nobody known: a member of her own."""
    member_id = await replay(session, lines_of(person), person.columns, person.file_name, None)
    await _identify(session, person, member_id)
    person.member_id = member_id
    await session.flush()
    return member_id


async def take_back(session: Session, member_id: UUID, person: WaitingPerson, moved: dict[str, Any]) -> None:
    """Undoes `give`: what it added goes, what it changed is as before unless it was changed again."""
    added = [UUID(exchange) for exchange in moved["participations"]]
    await session.execute(
        delete(Participation).where(Participation.member_id == member_id, Participation.exchange_id.in_(added))
    )
    for exchange, line in moved["entries"].items():
        chosen = (RosterEntry.member_id == member_id, RosterEntry.exchange_id == UUID(exchange))
        if line is None:
            await session.execute(delete(RosterEntry).where(*chosen))
        else:
            await session.execute(update(RosterEntry).where(*chosen).values(line=line))
    await session.execute(
        delete(EmailAddress).where(
            EmailAddress.id.in_([UUID(address) for address in moved["addresses"]]),
            EmailAddress.member_id == member_id,
            EmailAddress.confirmed_at.is_(None),
        )
    )
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


async def _beside_known(session: Session, line: Line, person: WaitingPerson, member_id: UUID) -> Line:
    """Where the roster has a line for the same exchange, both count, as two rows of a file would."""
    entry = await session.scalar(
        select(RosterEntry)
        .join(Exchange, Exchange.id == RosterEntry.exchange_id)
        .where(RosterEntry.member_id == member_id, Exchange.code == line.code)
    )
    if entry is None or line.withdrawn:
        return line
    later = line.row > entry.row or entry.file_name != person.file_name
    both = combined(entry.line, line.line) if later else combined(line.line, entry.line)
    return _line(max(line.row, entry.row), line.code, both, withdrawn=False)


async def _identify(session: Session, person: WaitingPerson, member_id: UUID) -> None:
    """Imports will know these lines for the member's."""
    for key in _keys(person):
        await session.merge(RosterIdentity(key=key, member_id=member_id))
    await session.flush()


def _keys(person: WaitingPerson) -> list[bytes]:
    """The identities of all rows that were about her."""
    return [bytes.fromhex(key) for entry in person.lines for key in entry["keys"]]


async def _footprint(session: Session, member_id: UUID) -> dict[str, Any]:
    member = await session.get_one(Member, member_id, populate_existing=True)
    entries = await session.scalars(
        select(RosterEntry).where(RosterEntry.member_id == member_id).execution_options(populate_existing=True)
    )
    return {
        "participations": await _ids(session, Participation.exchange_id, Participation.member_id == member_id),
        "addresses": await _ids(session, EmailAddress.id, EmailAddress.member_id == member_id),
        "entries": {str(entry.exchange_id): entry.line for entry in entries},
        "fields": {name: shown(getattr(member, name)) for name in FIELDS},
    }


async def _ids(session: Session, column: Any, condition: Any) -> Sequence[str]:
    return [str(found) for found in await session.scalars(select(column).where(condition))]


def _added(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {
        "participations": [i for i in after["participations"] if i not in before["participations"]],
        "addresses": [i for i in after["addresses"] if i not in before["addresses"]],
        "entries": {
            exchange: before["entries"].get(exchange)
            for exchange, line in after["entries"].items()
            if before["entries"].get(exchange) != line
        },
        "fields": {
            name: [before["fields"][name], value]
            for name, value in after["fields"].items()
            if before["fields"][name] != value
        },
    }
