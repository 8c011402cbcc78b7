"""Two members made one, and the one made two again: every row that names a member goes along."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, bindparam, func, select, text
from sqlalchemy.exc import IntegrityError

from ssc.core.db import Base, Session
from ssc.people.models import Member
from ssc.roster.duplicates.waiting import FIELDS, restore, shown

Moved = list[Any]
"""A row: its table, the column that names the member, and the whole row as JSON."""

DERIVED = frozenset({"directory_entry", "directory_tally", "directory_word"})
"""Made anew by the directory."""

IN_ORDER = {"direct_pair": ("low_id", "high_id")}
"""Tables of two members, the lower id first."""


async def merge(session: Session, kept_id: UUID, other_id: UUID) -> dict[str, Any]:
    """`other`, who has no account, becomes `kept`; her record ends. Answers what moved, for `part`.

    What both have (an exchange, an address) stays as `kept` has it. What `kept` lacks she takes over: a birth date,
    a native name; a wish not to be contacted counts whoever of them has it.
    """
    member = await _row(session, Member.__table__, "id", other_id)
    await session.execute(text("UPDATE email_address SET is_primary = false WHERE member_id = :id"), {"id": other_id})
    moved: list[Moved] = []
    dropped: list[Moved] = []
    for table, column in _references():
        for row in await _rows(session, table, column.name, other_id):
            went = await _move(session, table, column.name, row, kept_id)
            (moved if went else dropped).append([table.name, column.name, row])
            if not went and table.name in IN_ORDER:
                await _drop(session, table, row)
    fields = await _fill_in(session, kept_id, member)
    await session.execute(text("DELETE FROM member WHERE id = :id"), {"id": other_id})
    await choose_primary(session, kept_id)
    session.expire_all()
    return {"member": member, "moved": moved, "dropped": dropped, "fields": fields}


async def part(session: Session, kept_id: UUID, moved: dict[str, Any]) -> UUID:
    """Undoes `merge`: the record is there again under its id, with all that came with it."""
    other_id = UUID(moved["member"]["id"])
    await _put(session, "member", moved["member"])
    for name, column, row in moved["moved"]:
        await _move_back(session, Base.metadata.tables[name], column, row, kept_id)
    for name, _column, row in moved["dropped"]:
        await _put(session, name, row)
    await restore(session, kept_id, moved["fields"])
    await choose_primary(session, kept_id)
    await choose_primary(session, other_id)
    session.expire_all()
    return other_id


async def choose_primary(session: Session, member_id: UUID) -> None:
    """Whoever has addresses has a first one."""
    await session.execute(
        text(
            "UPDATE email_address SET is_primary = true WHERE id = (SELECT id FROM email_address "
            "WHERE member_id = :id ORDER BY confirmed_at NULLS LAST, id LIMIT 1) "
            "AND NOT EXISTS (SELECT FROM email_address WHERE member_id = :id AND is_primary)"
        ),
        {"id": member_id},
    )


def _references() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of every package that names a member by key."""
    for table in Base.metadata.sorted_tables:
        if table.name not in DERIVED:
            for column in table.columns:
                if any(key.column.table.name == "member" for key in column.foreign_keys):
                    yield table, column


async def _rows(session: Session, table: Table, column: str, member_id: UUID) -> list[dict[str, Any]]:
    whole = select(func.to_jsonb(text(table.name))).select_from(table).where(table.c[column] == member_id)
    return list(await session.scalars(whole))


async def _row(session: Session, table: Any, column: str, member_id: UUID) -> dict[str, Any]:
    (row,) = await _rows(session, table, column, member_id)
    return row


async def _move(session: Session, table: Table, column: str, row: dict[str, Any], to: UUID) -> bool:
    """Whether the row could go over; not if `to` has its like."""
    try:
        async with session.begin_nested():
            await _point(session, table, column, row, to)
    except IntegrityError:
        return False
    return True


async def _move_back(session: Session, table: Table, column: str, row: dict[str, Any], now_at: UUID) -> None:
    back = UUID(row[column])
    await _point(session, table, column, row | {column: str(now_at)}, back)
    if table.name == "email_address":
        await session.execute(
            text("UPDATE email_address SET is_primary = :primary WHERE id = :id AND member_id = :member"),
            {"primary": row["is_primary"], "id": row["id"], "member": back},
        )


async def _point(session: Session, table: Table, column: str, row: dict[str, Any], to: UUID) -> None:
    """Lets one row name another member."""
    which, values = _found_by(table, row)
    named = {column: to}
    if table.name in IN_ORDER:
        first, second = IN_ORDER[table.name]
        two = sorted((to, UUID(row[second if column == first else first])))
        named = dict(zip((first, second), two, strict=True))
    sets = ", ".join(f"{name} = :to_{name}" for name in named)
    statement = f"UPDATE {table.name} SET {sets} WHERE {which}"  # noqa: S608  # names of ours
    await session.execute(text(statement), {f"to_{name}": who for name, who in named.items()} | values)


async def _drop(session: Session, table: Table, row: dict[str, Any]) -> None:
    which, values = _found_by(table, row)
    await session.execute(text(f"DELETE FROM {table.name} WHERE {which}"), values)  # noqa: S608  # names of ours


def _found_by(table: Table, row: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """By its key, as text, whatever its type."""
    keys = [f"{key.name}::text = :key_{key.name}" for key in table.primary_key]
    return " AND ".join(keys), {f"key_{key.name}": str(row[key.name]) for key in table.primary_key}


async def _put(session: Session, table: str, row: dict[str, Any]) -> None:
    statement = text(
        f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, :row) ON CONFLICT DO NOTHING"  # noqa: S608  # our own words only
    ).bindparams(bindparam("row", type_=Base.type_annotation_map[dict[str, Any]]))
    await session.execute(statement, {"row": row})


async def _fill_in(session: Session, kept_id: UUID, other: dict[str, Any]) -> dict[str, list[Any]]:
    kept = await session.get_one(Member, kept_id, populate_existing=True)
    before = {name: shown(getattr(kept, name)) for name in FIELDS}
    filled = {
        name: [before[name], other[name]]
        for name in FIELDS
        if other[name] and not before[name] and name not in ("name", "country")
    }
    for name, (_before, value) in filled.items():
        column = Member.__table__.c[name].type.python_type
        setattr(kept, name, column.fromisoformat(value) if hasattr(column, "fromisoformat") else value)
    await session.flush()
    return filled
