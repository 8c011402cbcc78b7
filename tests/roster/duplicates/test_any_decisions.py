"""Whatever staff decide, and decide otherwise, of whatever a file says: the same file once more changes nothing."""

import random

import pytest
from sqlalchemy import select, text

from ssc.core import ids
from ssc.core.errors import Problem
from ssc.core.process import Process
from ssc.roster.duplicates import actions
from ssc.roster.importing.models import Duplicate
from tests.roster.conftest import Import
from tests.roster.reading.files import csv_of

HEADER = "name,name_native,email,email_2,birth_date,country,exchange_code,host,role"
NAMES = ("Asha Rao", "Asha Rao", "Asha Devi Rao", "Asha Roa")
NATIVES = ("", "", "आशा")
ADDRESSES = ("", "asha@a.example", "asha@b.example", "rao@c.example")
BIRTH_DATES = ("", "1990-01-02", "1990-01-02", "1990-02-01")
COUNTRIES = ("IN", "IN", "IN", "NP")
CODES = ("SSP-A-2014-00001", "SSP-A-2014-00002", "SSP-A-2019-00007")
HOSTS = ("", "Kyushu University", "Kyoto University")
ROLES = ("participant",) * 10 + ("supervisor", "withdrawn")
BY = ids.new()

# Those that once found something: merged again, split in another order than merged, three in one exchange.
SEEDS = (2, 16, 29, 36, 38, 39)

STATE = {
    "member": "SELECT id, name, name_native, birth_date, country FROM member",
    "participation": "SELECT member_id, exchange_id, role, field FROM participation",
    "email_address": "SELECT member_id, address, is_primary FROM email_address",
    "roster_entry": "SELECT member_id, exchange_id, line FROM roster_entry",
    "roster_line": "SELECT member_id, exchange_id, digest, line FROM roster_line",
    "roster_identity": "SELECT key, member_id FROM roster_identity",
    "waiting_person": "SELECT id, member_id, lines FROM waiting_person",
    "duplicate": "SELECT id, member_id, waiting_id, decision FROM duplicate",
    "exchange": "SELECT id, title, host_id FROM exchange",
}


def rows_of_a_few(chance: random.Random) -> list[str]:
    """Rows in which few people are told in many ways."""
    columns = (NAMES, NATIVES, ADDRESSES, ("", "", *ADDRESSES), BIRTH_DATES, COUNTRIES, CODES, HOSTS, ROLES)
    return [",".join(chance.choice(values) for values in columns) for _row in range(chance.randint(3, 9))]


async def decide_something(running: Process, chance: random.Random) -> str:
    """One decision, most often of what is undecided; a refused one changes nothing. Answers what it was."""
    async with running.database.transaction() as session:
        every = list(await session.scalars(select(Duplicate).order_by(Duplicate.id)))
    if not every:
        return "nothing to decide"
    undecided = [each for each in every if each.decision is None]
    chosen = chance.choice(undecided if undecided and chance.random() < 0.7 else every)
    same = chance.random() < 0.7 if chosen.decision is None else chosen.decision != "same"
    told = f"{every.index(chosen)}: {chosen.decision}, now {'same' if same else 'different'}"
    try:
        async with running.database.transaction() as session:
            held = await session.get_one(Duplicate, chosen.id, with_for_update=True)
            await actions.decide(session, held, same=same, by=BY)
    except Problem as refused:
        return f"{told}, refused: {refused}"
    return told


async def state_of(running: Process) -> dict[str, list[str]]:
    async with running.database.transaction() as session:
        return {name: sorted(map(str, await session.execute(text(select)))) for name, select in STATE.items()}


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_same_file_changes_nothing_after_any_decisions(imported: Import, running: Process, seed: int) -> None:
    chance = random.Random(seed)
    rows = rows_of_a_few(chance)
    first = await imported(csv_of(HEADER, *rows))
    told = [*rows, str(first.outcomes)]
    for _again in range(2):
        told += [await decide_something(running, chance) for _decision in range(chance.randint(1, 6))]
        before = await state_of(running)
        again = await imported(csv_of(HEADER, *rows))
        told.append(str(again.outcomes))
        assert again.counts.keys() <= {"unchanged", "waiting"}, "\n".join(told)
        assert await state_of(running) == before, "\n".join(told)
