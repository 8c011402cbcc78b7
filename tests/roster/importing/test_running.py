"""An import while it runs: its progress is seen, it ends whole or not at all, and two do not mix."""

import asyncio
import io
import os
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select

from ssc.core.process import Process
from ssc.people.models import Member
from ssc.roster.importing import actions
from ssc.roster.importing import running as work
from ssc.roster.importing.models import RosterImport
from tests import forked
from tests.roster.conftest import Import, Roster
from tests.roster.reading.files import csv_of, workbook

HEADER = "name,email,birth_date,country,exchange_code"
PLACES = ("IN", "VN", "TH", "CN", "KE")


def many(rows: int) -> bytes:
    """A roster of people who have nothing in common."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = [
        f"{letters[i % 26] * 5} {letters[i // 26 % 26] * 4} {letters[i // 676 % 26] * 6},u{i}@a.example,"
        f"19{70 + i % 30}-{1 + i % 12:02}-{1 + i % 28:02},{PLACES[i % 5]},SSP-A-2014-{i // 8:05}"
        for i in range(rows)
    ]
    return csv_of(HEADER, *lines)


async def asked(running: Process, name: str = "roster.csv") -> RosterImport:
    async with running.database.transaction() as session:
        wanted = RosterImport(file_name=name, dry_run=False)
        session.add(wanted)
    return wanted


def looked(url: str) -> tuple[str, int, int, int]:
    """State, done, rows, and members as others see them now."""
    with psycopg.connect(url) as connection:
        state, done, rows = connection.execute("SELECT state, done, rows FROM roster_import").fetchone() or ("", 0, 0)
        (members,) = connection.execute("SELECT count(*) FROM member").fetchone() or (0,)
    return state, done, rows, members


async def test_progress_is_seen_by_others_while_nothing_else_is(running: Process, database_url: str) -> None:
    wanted = await asked(running)
    seen: list[tuple[str, int, int, int]] = []
    told: list[tuple[int, int]] = []

    def shown(done: int, rows: int) -> None:
        told.append((done, rows))
        seen.append(looked(database_url))

    await work.run(running, wanted.id, io.BytesIO(many(5000)), shown)
    between = [done for state, done, _rows, members in seen if state == "running" and members == 0]
    assert between == sorted(between)
    assert 0 < max(between) < 5000
    assert told == sorted(told)
    assert told[-1] == (5000, 5000)
    assert looked(database_url) == ("done", 5000, 5000, 5000)


async def test_interrupted_it_leaves_nothing_and_a_second_run_completes(running: Process, roster: Roster) -> None:
    wanted = await asked(running)

    def interrupt(done: int, rows: int) -> None:
        if done > 0.8 * rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await work.run(running, wanted.id, io.BytesIO(many(3000)), interrupt)
    assert await roster() == {}
    await work.run(running, wanted.id, io.BytesIO(many(3000)))
    assert len(await roster()) == 3000


async def test_killed_it_leaves_nothing_and_the_next_import_says_so(
    running: Process, database_url: str, tmp_path: Path, imported: Import
) -> None:
    file = tmp_path / "big.csv"
    file.write_bytes(many(40_000))
    environment = dict(os.environ) | {"SSC_DATABASE_URL": database_url, "SSC_DATA_DIR": str(tmp_path / "other")}
    await asyncio.to_thread(_kill_half_way, file, environment, database_url)
    assert looked(database_url)[0::3] == ("running", 0)
    assert (await imported(csv_of(HEADER, "Asha,,,IN,SSP-A-2014-1"))).counts == {"created": 1}
    async with running.database.transaction() as session:
        states = await session.execute(select(RosterImport.state, RosterImport.failure).order_by(RosterImport.id))
        assert [tuple(row) for row in states] == [
            ("failed", {"reason": "interrupted", "values": {}}),
            ("done", None),
        ]


def _kill_half_way(file: Path, environment: dict[str, str], database_url: str) -> None:
    child = forked.start("import-roster", str(file), environment=environment, folder=file.parent)
    while child.poll() is None and looked(database_url)[1] < 10_000:
        time.sleep(0.02)
    child.kill()
    child.wait()


async def test_two_at_once_run_one_after_the_other(running: Process, roster: Roster) -> None:
    first, second = await asked(running, "a.csv"), await asked(running, "b.csv")
    content = many(500)
    await asyncio.gather(
        work.run(running, first.id, io.BytesIO(content)), work.run(running, second.id, io.BytesIO(content))
    )
    assert len(await roster()) == 500
    async with running.database.transaction() as session:
        rows = await session.execute(
            select(RosterImport.created, RosterImport.unchanged).order_by(RosterImport.created)
        )
        assert [tuple(row) for row in rows] == [(0, 500), (500, 0)]


async def test_a_workbook_of_thousands_of_rows(running: Process, roster: Roster, tmp_path: Path) -> None:
    rows = [line.split(",") for line in many(2000).decode().splitlines()]
    file = tmp_path / "big.xlsx"
    file.write_bytes(workbook({"S": rows}))
    done = await actions.import_file(running, file, dry_run=False)
    assert (done.state, done.rows, done.created) == ("done", 2000, 2000)


async def test_a_crowd_of_namesakes_born_on_one_day_is_not_squared(running: Process) -> None:
    """A placeholder for a birth date and a form's name for everybody: bounded work, and nobody is merged."""
    lines = [f"Test Person,u{i}@a.example,1990-01-01,IN,SSP-A-2014-1" for i in range(3000)]
    wanted = await asked(running)
    await work.run(running, wanted.id, io.BytesIO(csv_of(HEADER, *lines)))
    async with running.database.transaction() as session:
        done = await session.get_one(RosterImport, wanted.id)
        assert (done.created, done.waiting) == (1, 2999)
        assert len(list(await session.scalars(select(Member)))) == 1
