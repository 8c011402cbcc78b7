"""The doctor says what is well and what helps; every complaint stands beside its absence."""

from pathlib import Path

import psycopg
import pytest

from tests.cli.conftest import Ssc


def said(ssc: Ssc, **settings: str) -> tuple[int, dict[str, str]]:
    """The exit code, and each line under its name, `ok` or `BAD` first."""
    done = ssc("doctor", **settings)
    lines = [line for line in done.output.splitlines() if line.startswith(("ok ", "BAD"))]
    return done.exit_code, {line.split()[1]: " ".join([line.split()[0], *line.split()[2:]]) for line in lines}


def test_a_well_club(ssc: Ssc) -> None:
    code, lines = said(ssc)
    assert code == 0
    assert {name: line.split()[0] for name, line in lines.items()} == dict.fromkeys(
        ("settings", "folder", "database", "migrations", "search", "mail", "valkey", "files", "jobs"), "ok"
    )
    assert lines["search"] == "ok finds 田中"


@pytest.mark.parametrize(
    ("statement", "name", "complaint"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", "migrations", "BAD at 0001, this version needs"),
        ("DROP EXTENSION pg_trgm CASCADE", "search", "BAD pg_trgm is not there yet. Run `ssc migrate`."),
        (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('q', 't', 'failed')",
            "jobs",
            "BAD 0 waiting, 0 running, 1 given up.",
        ),
    ],
)
def test_an_ailing_database(statement: str, name: str, complaint: str, ssc: Ssc, database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(statement)
    code, lines = said(ssc)
    assert (code, lines[name][: len(complaint)]) == (1, complaint)
    assert [other for other, line in lines.items() if line.startswith("BAD")] == [name]


def test_a_secret_that_others_can_read(ssc: Ssc, tmp_path: Path) -> None:
    key = tmp_path / "data" / "secret_key"
    key.parent.mkdir()
    key.write_text("secret")
    key.chmod(0o644)
    assert said(ssc)[1]["folder"] == f"BAD Others than its owner can get at {key}. Say: chmod go-rwx {key}"
    key.chmod(0o600)
    assert said(ssc)[0] == 0


def test_servers_that_do_not_answer_are_named_without_their_passwords(ssc: Ssc) -> None:
    code, lines = said(
        ssc, SSC_MAIL_URL="smtp://club:hunter2secret@127.0.0.1:9", SSC_VALKEY_URL="redis://:hunter2secret@127.0.0.1:9"
    )
    assert code == 1
    assert [name for name, line in lines.items() if line.startswith("BAD")] == ["mail", "valkey"]
    assert "hunter2secret" not in str(lines)


def test_without_a_database_the_rest_is_looked_at_all_the_same(ssc: Ssc) -> None:
    code, lines = said(ssc, SSC_DATABASE_URL="postgresql://club@127.0.0.1:9/club")
    assert code == 1
    assert [name for name, line in lines.items() if line.startswith("BAD")] == [
        "database",
        "migrations",
        "search",
        "jobs",
    ]


def test_settings_that_production_refuses_are_named_one_by_one(ssc: Ssc) -> None:
    _code, lines = said(ssc, SSC_ENV="production")
    for name in ("SSC_BASE_URL", "SSC_SECRET_KEY", "SSC_MAIL_URL", "SSC_MAIL_FROM"):
        assert name in lines["settings"]
