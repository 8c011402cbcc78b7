"""How many rows go into a table at once: COPY, with the table's own defaults where a row says nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Column, Table
from sqlalchemy.dialects.postgresql import JSONB

from ssc.core.db import Session

Row = Mapping[str, Any]
_NOTED_EVERY = 500


async def copy_in(session: Session, table: Table, rows: Sequence[Row], note: Callable[[int], None]) -> None:
    """Writes rows by their columns' names; `note` hears how many were written since it last did."""
    connection = await session.driver()
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    )
    spellings = [_spelling(column) for column in table.columns]
    async with connection.cursor() as cursor, cursor.copy(into) as copy:
        for start in range(0, len(rows), _NOTED_EVERY):
            part = rows[start : start + _NOTED_EVERY]
            for row in part:
                await copy.write_row([spell(row) for spell in spellings])
            note(len(part))


def _spelling(column: Column[Any]) -> Callable[[Row], Any]:
    """What the column holds for a row: the row's value, else the default that the model gives."""
    name, missing = column.name, _default(column)
    if isinstance(column.type, JSONB):
        return lambda row: _json(row[name] if name in row else missing())
    return lambda row: row[name] if name in row else missing()


def _json(value: Any) -> Jsonb | None:
    return None if value is None else Jsonb(value)


def _default(column: Column[Any]) -> Callable[[], Any]:
    default = column.default
    if default is None:
        return lambda: None
    argument = default.arg  # type: ignore[attr-defined]  # which of defaults has one, theirs does not say
    return (lambda: argument(None)) if default.is_callable else (lambda: argument)
