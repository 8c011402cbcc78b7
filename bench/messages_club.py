"""A club for the measurements of messages: members with tokens, threads of any size, served on the first processor."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from pydantic import SecretStr

from bench.fanout import free_port
from bench.pages import serving
from ssc import tables
from ssc.accounts.models import AccessToken, Account
from ssc.core import clock, embedded, ids, process
from ssc.core.config import Settings
from ssc.core.db import Session
from ssc.core.process import Process
from ssc.messaging.models import Thread, ThreadMember
from ssc.people.actions import name_key
from ssc.people.models import Member
from ssc.people.rules import EVER

KEY = "bench-key-of-more-than-thirty-two-characters"


@dataclass(frozen=True)
class Person:
    id: UUID
    token: str


@dataclass
class Club:
    """A database with people in it, and whoever serves it."""

    url: str
    folder: Path
    people: list[Person]

    async def thread(self, people: Sequence[Person], kind: str = "topic") -> str:
        """A thread of these."""
        async with self._running() as running, running.database.transaction() as session:
            made = await _thread(session, people, kind)
        return str(made.id)

    async def threads(self, count: int, of: Sequence[Sequence[Person]], kind: str = "topic") -> list[str]:
        async with self._running() as running, running.database.transaction() as session:
            return [str((await _thread(session, of[number % len(of)], kind)).id) for number in range(count)]

    def fill(self, thread_id: str, count: int, authors: Sequence[Person]) -> None:
        """As many messages as if they had been written, one a minute."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                """
                INSERT INTO message (
                    thread_id, seq, id, rev, kind, author_id, client_id, body, html, created_at, tokens
                )
                SELECT %(thread)s, n, gen_random_uuid(), n, 'text', (%(authors)s::uuid[])[1 + n %% %(many)s], n::text,
                    'A message about nothing, number ' || n, '<p>A message about nothing, number ' || n || '</p>',
                    now() - make_interval(mins => (%(count)s - n)::int), to_tsvector('simple', 'message ' || n)
                FROM generate_series(1, %(count)s) n
                """,
                {
                    "thread": thread_id,
                    "authors": [person.id for person in authors],
                    "many": len(authors),
                    "count": count,
                },
            )
            connection.execute("UPDATE thread SET last_seq = %s, rev = %s WHERE id = %s", (count, count, thread_id))

    def settle(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    @contextlib.contextmanager
    def served(self) -> Iterator[int]:
        """`ssc serve` on the first processor, beside the database; yields the port."""
        port = free_port()
        environment = {
            "SSC_DATABASE_URL": self.url,
            "SSC_DATA_DIR": str(self.folder / "data"),
            "SSC_SECRET_KEY": KEY,
            "SSC_BASE_URL": f"http://localhost:{port}",
            "SSC_PORT": str(port),
            "SSC_LIMITS": "off",
            "SSC_ENV": "test",
            "SSC_LOG_LEVEL": "warning",
        }
        ssc = str(Path(sys.executable).with_name("ssc"))
        with serving([ssc, "serve", "--port", str(port)], port, environment):
            yield port

    def _running(self) -> contextlib.AbstractAsyncContextManager[Process]:
        return process.opened(settings(self.url, self.folder))


def settings(url: str, folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        env="test",
        data_dir=folder / "data",
        database_url=SecretStr(url),
        secret_key=SecretStr(KEY),
        limits="off",
    )


@contextlib.contextmanager
def database(folder: Path) -> Iterator[str]:
    """The embedded PostgreSQL, durable as shipped, on the first processor; the rest of this process on the last."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(every)})
    with embedded.running(folder / "database") as url:
        os.sched_setaffinity(0, {max(every)})
        tables.migrate(url)
        yield url


async def made(url: str, folder: Path, people: int) -> Club:
    secrets = [ids.secret() for _ in range(people)]
    async with process.opened(settings(url, folder)) as running, running.database.transaction() as session:
        members = [_member(number) for number in range(people)]
        session.add_all(members)
        await session.flush()
        session.add_all(Account(member_id=member.id) for member in members)
        session.add_all(_token(member.id, secret) for member, secret in zip(members, secrets, strict=True))
        found = [Person(member.id, secret) for member, secret in zip(members, secrets, strict=True)]
    return Club(url, folder, found)


def _member(number: int) -> Member:
    name = f"Person {number}"
    return Member(
        id=ids.new(),
        handle=f"person-{number}",
        name=name,
        name_key=name_key(name),
        country="TH",
        birth_date=date(1990, 1, 1),
        adult_from=EVER,
        joined_at=clock.now(),
    )


def _token(member_id: UUID, secret: str) -> AccessToken:
    return AccessToken(
        member_id=member_id,
        name="bench",
        digest=ids.digest(secret),
        scopes=["read", "write", "messages"],
        expires_at=clock.now() + timedelta(days=30),
    )


async def _thread(session: Session, people: Sequence[Person], kind: str) -> Thread:
    owner = people[0].id if kind == "group" else None
    made = Thread(kind=kind, title="Bench", owner_id=owner, member_count=len(people))
    session.add(made)
    await session.flush()
    session.add_all(ThreadMember(thread_id=made.id, member_id=person.id) for person in people)
    return made
