"""Who gets which answer: every route and every kind of person, in the table `routes.txt` (case 37).

A new route without a row fails, as does a row whose route is gone: whoever adds a row decides who may. A missing body
and one that no call takes show without changing anything who gets past the doors: those who may are told that it is
invalid.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from ssc.accounts.models import Account
from ssc.communities.actions import settle
from ssc.communities.groups.models import GroupPlace, TopicGroup
from ssc.core import clock
from ssc.events.models import Event
from ssc.messaging.models import Thread, ThreadMember
from ssc.messaging.writing import Sending
from ssc.people.models import Member
from ssc.roster.importing.models import RosterImport
from ssc.web import openapi
from tests.cast import Cast

pytestmark = pytest.mark.long

PEOPLE = ("visitor", "member", "minor", "limited", "coordinator", "staff", "reader")
TABLE = Path(__file__).with_name("routes.txt")
MESSAGES = tuple(f"/api/v1/{name}" for name in ("threads", "updates", "search/messages", "uploads"))
NOWHERE = "00000000-0000-7000-8000-000000000000"
INVALID = {"no such field": "1"}


@dataclass(frozen=True)
class Row:
    """A call as it is tried, and the statuses that the people get, in their order."""

    method: str
    route: str
    asked: str
    statuses: tuple[frozenset[int], ...]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route} at {self.asked}"

    @property
    def needs_messages(self) -> bool:
        """Whether a token must have the scope `messages`, for reading too."""
        return self.route.startswith(MESSAGES)

    def of(self, person: str) -> int:
        """The answer to a call without a body."""
        return min(self.all_of(person))

    def all_of(self, person: str) -> frozenset[int]:
        """One answer, or `201/422`: without a body, and with one that no call takes."""
        return self.statuses[PEOPLE.index(person)]


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1].isupper()]
    return [
        Row(line[0], line[1], line[2], tuple(frozenset(map(int, cell.split("/"))) for cell in line[3:]))
        for line in lines
    ]


@dataclass
class World:
    """The people, each with a way to ask, and the ids of what they ask for."""

    people: Mapping[str, httpx.AsyncClient]
    places: Mapping[str, str]
    mali: Member
    sachi: Member

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
        week = {"starts_at": now + timedelta(days=7), "ends_at": now + timedelta(days=8), "time_zone": "Asia/Bangkok"}
        field = {"description": "Solar", "field": "Energy", "search_text": "solar", "owner_id": mali.id}
        session.add(TopicGroup(slug="solar", title="Solar", approved=True, decided_at=now, **field))
        await session.flush()
        solar = await session.scalar(select(TopicGroup.id))
        session.add(GroupPlace(group_id=solar, member_id=mali.id, joined_at=now))
        session.add(TopicGroup(slug="proposed", title="Proposed", **field))
        session.add(Event(slug="draft", title="A draft", country="TH", **week))
        session.add(Event(slug="reunion", title="A reunion", country="TH", audience="public", published_at=now, **week))
        session.add_all(ThreadMember(thread_id=thread.id, member_id=member.id) for member in (mali, olga))
    async with cast.running.database.transaction() as session:
        await settle(session)
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
        yield World(people, {":import": str(made.id), ":nowhere": NOWHERE, ":thread": str(thread.id)}, mali, sachi)


async def ask(client: httpx.AsyncClient, method: str, path: str) -> set[int]:
    """The answers: to a call that changes something without a body, and with one that no call takes."""
    bare = (await client.request(method, path)).status_code
    if method == "GET":
        return {bare}
    if path.startswith("/api/"):
        return {bare, (await client.request(method, path, json=INVALID)).status_code}
    return {bare, (await client.request(method, path, data=INVALID)).status_code}


async def test_every_route_answers_everybody_as_the_table_says(world: World) -> None:
    wrong = {}
    for row in rows():
        for name in PEOPLE:
            answered = await ask(world.people[name], row.method, world.path(row.asked))
            if answered != row.all_of(name):
                wrong[f"{row.name} as {name}"] = answered
    assert wrong == {}


async def test_no_route_for_staff_opens_to_a_token_without_that_scope(cast: Cast, world: World) -> None:
    """Her office is hers in the browser; a program has it only where she said so."""
    async with (
        await cast.bearer(world.sachi, "read", "write") as program,
        await cast.bearer(world.sachi, "read", "staff") as desk,
    ):
        for row in rows():
            if (row.of("member"), row.of("staff")) == (403, 200):
                path = world.path(row.asked)
                assert (await program.request(row.method, path)).status_code == 403, row.name
                assert (await desk.request(row.method, path)).status_code == 200, row.name


async def test_a_token_for_reading_changes_nothing_and_one_for_writing_reads_nothing(cast: Cast, world: World) -> None:
    async with await cast.bearer(world.mali, "read") as reader, await cast.bearer(world.mali, "write") as writer:
        for row in rows():
            if row.of("visitor") != 401 or row.needs_messages:
                continue  # not a matter of who asks, or of a scope of its own
            refused, passed = (writer, reader) if row.method == "GET" else (reader, writer)
            path = world.path(row.asked)
            assert (await refused.request(row.method, path)).status_code == 403, row.name
            if row.of("member") == 200:
                assert (await passed.request(row.method, path)).status_code == 200, row.name


def test_a_coordinator_is_a_member_wherever_no_country_is_spoken_of() -> None:
    office = ("/desk", "/api/v1/desk", "/api/v1/duplicates", "/api/v1/roster")
    told = [row for row in rows() if row.route.startswith(office)]
    assert len(told) > 30
    assert [row.name for row in told if row.of("coordinator") != row.of("member")] == []


async def test_every_route_has_a_row_and_every_row_a_route(cast: Cast) -> None:
    routes = {f"{method} {route.path}" for route in openapi.routes_of(cast.app) for method in route.methods}
    tabled = {f"{row.method} {row.route}" for row in rows()}
    assert (routes - tabled, tabled - routes) == (set(), set())
