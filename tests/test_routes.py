"""Who gets which answer: every route and every kind of person, in the table `routes.txt` (case 37).

A new route without a row fails, as does a row whose route is gone. A body that no call takes shows without changing
anything who gets past the doors: those who may are told that it is invalid.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from ssc.accounts.models import Account
from ssc.core import clock
from ssc.messaging.models import Thread, ThreadMember
from ssc.messaging.writing import Sending
from ssc.roster.importing.models import RosterImport
from ssc.web import openapi
from tests.cast import Cast

PEOPLE = ("visitor", "member", "minor", "limited", "coordinator", "staff", "reader")
TABLE = Path(__file__).with_name("routes.txt")
NOWHERE = "00000000-0000-7000-8000-000000000000"
INVALID = {"no such field": 1}


@dataclass(frozen=True)
class Row:
    """A call as it is tried, and the statuses that the people get, in their order."""

    method: str
    route: str
    asked: str
    statuses: tuple[int, ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route} at {self.asked}"


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1].isupper()]
    return [Row(line[0], line[1], line[2], tuple(map(int, line[3:]))) for line in lines]


@dataclass
class World:
    """The people, each with a way to ask, and the ids of what they ask for."""

    people: Mapping[str, httpx.AsyncClient]
    places: Mapping[str, str]

    def path(self, asked: str) -> str:
        for place, value in self.places.items():
            asked = asked.replace(place, value)
        return asked


@pytest.fixture
async def world(cast: Cast) -> AsyncIterator[World]:
    """Mali and Olga were in SSP-1 and share a thread; Mina, a minor, and Lima, whose account is limited, in SSP-2."""
    mali, olga = await cast.member("Mali Member"), await cast.member("Olga Other", country="IN")
    mina, lima = await cast.minor(), await cast.member("Lima Limited")
    cora, sachi = await cast.coordinator("TH"), await cast.staff()
    await cast.exchange("SSP-1", [mali, olga])
    await cast.exchange("SSP-2", [mina, lima])
    async with cast.running.database.transaction() as session:
        until = clock.now() + timedelta(hours=72)
        await session.execute(update(Account).where(Account.member_id == lima.id).values(limited_until=until))
        now = clock.now()
        made = RosterImport(file_name="r.csv", dry_run=True, state="done", started_at=now, finished_at=now)
        session.add(made)
        thread = Thread(kind="group", title="A group", owner_id=mali.id)
        session.add(thread)
        await session.flush()
        session.add_all(ThreadMember(thread_id=thread.id, member_id=member.id) for member in (mali, olga))
    await cast.app.state.writer.send(Sending(thread.id, mali.id, "1", "Hello"))
    async with AsyncExitStack() as stack:
        people = {
            "visitor": cast.visitor(),
            "member": await cast.browser(mali),
            "minor": await cast.browser(mina),
            "limited": await cast.browser(lima),
            "coordinator": await cast.browser(cora),
            "staff": await cast.browser(sachi),
            "reader": await cast.bearer(mali, "read"),
        }
        for client in people.values():
            await stack.enter_async_context(client)
        yield World(people, {":import": str(made.id), ":nowhere": NOWHERE, ":thread": str(thread.id)})


async def ask(client: httpx.AsyncClient, method: str, path: str) -> int:
    if method == "GET":
        return (await client.get(path)).status_code
    if path.startswith("/api/"):
        return (await client.request(method, path, json=INVALID)).status_code
    return (await client.request(method, path, data={"no such field": "1"})).status_code


async def test_every_route_answers_everybody_as_the_table_says(world: World) -> None:
    expected, found = {}, {}
    for row in rows():
        expected[row.name] = dict(zip(PEOPLE, row.statuses, strict=True))
        answered = [await ask(world.people[name], row.method, world.path(row.asked)) for name in PEOPLE]
        found[row.name] = dict(zip(PEOPLE, answered, strict=True))
    wrong = {name: (found[name], said) for name, said in expected.items() if found[name] != said}
    assert wrong == {}


async def test_every_route_has_a_row_and_every_row_a_route(cast: Cast) -> None:
    routes = {f"{method} {route.path}" for route in openapi.routes_of(cast.app) for method in route.methods}
    tabled = {f"{row.method} {row.route}" for row in rows()}
    assert (routes - tabled, tabled - routes) == (set(), set())
