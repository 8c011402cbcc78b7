"""Migrations: one line of them, each way passable, and at its end exactly what the models say.

Autogenerate sees no functions, triggers, or expressions of indexes, so what is compared is `pg_dump --schema-only`.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from ssc import tables
from ssc.cli import postgres
from ssc.core import ids, migrations
from ssc.core.engines import sqlalchemy_url
from tests import databases

SCRIPTS = ScriptDirectory.from_config(migrations.configuration())
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]

# What models cannot say, so that only migrations make it. Whatever else differs is a mistake.
ONLY_MIGRATIONS_MAKE = ("CREATE TRIGGER", "CREATE FUNCTION", "CREATE EXTENSION", "COMMENT ON EXTENSION")


@pytest.fixture
def empty(server: str) -> Iterator[str]:
    with databases.empty(server) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_engine(sqlalchemy_url(database_url), poolclass=NullPool)
    yield made
    made.dispose()


def statements(url: str) -> set[str]:
    """The schema as statements, the columns of a table in alphabetical order."""
    lines = [line for line in postgres.schema(url).splitlines() if not line.startswith(("--", "\\", "SET ", "SELECT "))]
    found = (one.strip() for one in "\n".join(lines).split(";\n"))
    return {_with_sorted_columns(one) if one.startswith("CREATE TABLE") else one for one in found if one}


def _with_sorted_columns(statement: str) -> str:
    head, *columns, tail = statement.splitlines()
    return "\n".join([head, *sorted(column.rstrip(",") for column in columns), tail])


def downgrade(url: str, revision: str) -> None:
    made = create_engine(sqlalchemy_url(url), poolclass=NullPool)
    with made.connect() as connection:
        config = migrations.configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()
    made.dispose()


def test_there_is_one_head_and_it_is_what_readyz_asks_for() -> None:
    assert SCRIPTS.get_heads() == [REVISIONS[-1]] == [migrations.head()]


def test_from_empty_to_head_is_what_the_models_say(database_url: str, engine: Engine) -> None:
    migrated = statements(database_url)
    tables.metadata.drop_all(engine)
    tables.metadata.create_all(engine)
    modelled = statements(database_url)
    assert {s for s in migrated - modelled if not s.startswith(ONLY_MIGRATIONS_MAKE)} == set()
    assert modelled - migrated == set()


def test_autogenerate_finds_nothing_left_to_do(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": tables.is_ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_every_migration_can_be_taken_back_and_made_again(empty: str) -> None:
    """Up one by one, noting the schema; down one by one, finding each again; then up at once."""
    seen = [statements(empty)]
    for revision in REVISIONS:
        tables.migrate(empty, revision)
        seen.append(statements(empty))
    for revision, before in zip(reversed(["base", *REVISIONS[:-1]]), reversed(seen[:-1]), strict=True):
        downgrade(empty, revision)
        assert statements(empty) - _version_table(seen) == before - _version_table(seen)
    tables.migrate(empty)
    assert statements(empty) == seen[-1]


def _version_table(seen: list[set[str]]) -> set[str]:
    """Alembic's own table stays behind when all is taken back."""
    return {s for s in seen[-1] if "alembic_version" in s}


def test_a_database_with_people_in_it_keeps_them(empty: str) -> None:
    tables.migrate(empty, "0002")
    with psycopg.connect(empty, autocommit=True) as connection:
        rows = {name: insert(connection, name) for name in ("member", "organisation", "audit_entry", "mail_bounce")}
        tables.migrate(empty)
        for name, row in rows.items():
            query = sql.SQL("SELECT {} FROM {}").format(
                sql.SQL(", ").join(map(sql.Identifier, row)), sql.Identifier(name)
            )
            assert connection.execute(query).fetchall() == [tuple(row.values())]


def test_what_was_imported_before_lines_were_counted_is_carried_over_and_back(empty: str) -> None:
    tables.migrate(empty, "0008")
    line = {"name": "Suda", "country": "TH"}
    waiting = [{"row": 3, "code": "SSP-2019-A1", "withdrawn": False, "line": line, "keys": ["aa", "bb"]}]
    with psycopg.connect(empty, autocommit=True) as connection:
        host = insert(connection, "organisation")
        exchange = insert(connection, "exchange", host_id=host["id"])
        member = insert(connection, "member")
        entry = {"member_id": member["id"], "exchange_id": exchange["id"], "line": Jsonb(line), "row": 7}
        insert(connection, "roster_entry", **entry, file_name="2019.csv")
        insert(connection, "waiting_person", key=b"suda", lines=Jsonb(waiting))
        tables.migrate(empty)
        carried = connection.execute(
            "SELECT member_id, exchange_id, digest, line, withdrawn, brought, row, file_name FROM roster_line"
        ).fetchall()
        assert carried == [(member["id"], exchange["id"], 0, line, False, True, 7, "2019.csv")]
        rows = {key: value for key, value in waiting[0].items() if key != "keys"} | {"rows": [["aa", 0], ["bb", 0]]}
        assert connection.execute("SELECT lines FROM waiting_person").fetchall() == [([rows],)]
        downgrade(empty, "0008")
        assert connection.execute("SELECT lines FROM waiting_person").fetchall() == [(waiting,)]
        assert connection.execute("SELECT line FROM roster_entry").fetchall() == [(line,)]


def insert(connection: psycopg.Connection[Any], table: str, **given: Any) -> dict[str, Any]:
    """A row with something in every column that must hold something; answers what it holds."""
    needed = connection.execute(
        "SELECT column_name, udt_name FROM information_schema.columns "
        "WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL ORDER BY 1",
        (table,),
    ).fetchall()
    plain = {
        "uuid": ids.new(),
        "varchar": "TH",
        "text": "words",
        "date": date(2001, 4, 30),
        "timestamptz": datetime(2026, 4, 1, tzinfo=UTC),
        "int4": 1,
        "bool": False,
    }
    row = {name: plain.get(kind) for name, kind in needed}
    for name, kind in needed:
        row[name] = "{}" if kind == "jsonb" or kind.startswith("_") else row[name]
    row |= {name: value for name, value in given.items() if value is not None}
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(sql.Placeholder() * len(row)),
        ),
        list(row.values()),
    )
    for name, kind in needed:
        if name not in given:
            row[name] = {} if kind == "jsonb" else [] if kind.startswith("_") else row[name]
    return row


def test_two_who_migrate_at_once_do_not_meet(empty: str) -> None:
    """The second waits for the first and finds nothing to do."""
    command = [sys.executable, "-c", "import sys; from ssc import tables; tables.migrate(sys.argv[1])", empty]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[1] for process in both] == ["", ""]
    with psycopg.connect(empty, autocommit=True) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]
