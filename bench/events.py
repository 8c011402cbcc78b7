"""RSVP storm: 500 members answer one event of 100 places at once, by 32 connections, next to the bare transactions.

python -m bench.events [--members 500] [--places 100] [--connections 32] [--rounds 3]
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import uvloop

from bench import messages_club
from bench.messages_club import Club, Person
from ssc.core import clock, ids, process
from ssc.events.models import Event

BODY = b'{"status": "going", "guests": 0}'
TAKEN = (
    "SELECT coalesce(sum(guests + 1) FILTER (WHERE status = 'going'), 0), coalesce(max(queue), 0) "
    "FROM event_answer WHERE event_id = %s"
)
ANSWER = (
    "INSERT INTO event_answer (id, event_id, member_id, status, guests, guest_names, answers, queue, ticket_code, "
    "answered_at, created_at) VALUES (%s, %s, %s, %s, 0, '{}', '{}', %s, %s, now(), now())"
)
COUNT = "UPDATE event SET going = going + %s, waitlisted = waitlisted + %s WHERE id = %s"

Answering = Callable[[Person], Awaitable[None]]


async def storm(people: Sequence[Person], connections: int, workers: Sequence[Answering]) -> float:
    """Answers a second when these answer one after another on so many lines at once."""
    waiting = list(reversed(people))

    async def work(answer: Answering) -> None:
        while waiting:
            await answer(waiting.pop())

    began = time.perf_counter()
    await asyncio.gather(*(work(worker) for worker in workers[:connections]))
    return len(people) / (time.perf_counter() - began)


async def served(club: Club, port: int, event: Event, connections: int) -> tuple[float, Counter[str]]:
    """Over HTTP, kept connections."""
    said: Counter[str] = Counter()

    async def line() -> Answering:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def answer(person: Person) -> None:
            head = (
                f"PUT /api/v1/events/{event.slug}/rsvp HTTP/1.1\r\nHost: localhost:{port}\r\n"
                f"Authorization: Bearer {person.token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(BODY)}\r\n\r\n"
            )
            writer.write(head.encode() + BODY)
            answered = await reader.readuntil(b"\r\n\r\n")
            length = int(answered.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            said[json.loads(body).get("status", "?") if answered[9:12] == b"200" else answered[9:12].decode()] += 1

        return answer

    lines = [await line() for _one in range(connections)]
    return await storm(club.people, connections, lines), said


async def bare(club: Club, event: Event, places: int, connections: int) -> float:
    """The same answers as the driver alone would store them: lock, count, insert, update, commit."""

    async def line() -> Answering:
        connection = await psycopg.AsyncConnection.connect(club.url, prepare_threshold=1)

        async def answer(person: Person) -> None:
            async with connection.transaction():
                await connection.execute("SELECT id FROM event WHERE id = %s FOR UPDATE", (event.id,))
                row = await (await connection.execute(TAKEN, (event.id,))).fetchone()
                assert row is not None
                goes = row[0] < places
                values = (ids.new(), event.id, person.id, "going" if goes else "waitlisted")
                code = ids.secret()[:10]
                await connection.execute(ANSWER, (*values, None if goes else row[1] + 1, code))
                await connection.execute(COUNT, (int(goes), int(not goes), event.id))

        return answer

    lines = [await line() for _one in range(connections)]
    return await storm(club.people, connections, lines)


async def planned(club: Club, places: int, number: int) -> Event:
    """A published event, which nobody has answered."""
    settings = messages_club.settings(club.url, club.folder)
    starts = clock.now() + timedelta(days=30)
    async with process.opened(settings) as running, running.database.transaction() as session:
        made = Event(
            slug=f"storm-{number}",
            title="Storm",
            country="TH",
            time_zone="Asia/Bangkok",
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            audience="public",
            capacity=places,
            published_at=clock.now(),
        )
        session.add(made)
        await session.flush()
    return made


def exact(url: str, event_id: UUID) -> dict[str, int]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT status, count(*) FROM event_answer WHERE event_id = %s GROUP BY status", (event_id,)
        ).fetchall()
    return {str(status): int(count) for status, count in rows}


async def measure(club: Club, port: int, asked: argparse.Namespace) -> None:
    ours, theirs = [], []
    for number in range(asked.rounds):
        event = await planned(club, asked.places, 2 * number)
        rate, said = await served(club, port, event, asked.connections)
        ours.append(rate)
        print(f"   ours {rate:7.0f} answers/s   {dict(said)}   stored {exact(club.url, event.id)}", flush=True)
        event = await planned(club, asked.places, 2 * number + 1)
        theirs.append(await bare(club, event, asked.places, asked.connections))
        print(f"   bare {theirs[-1]:7.0f} answers/s   stored {exact(club.url, event.id)}", flush=True)
    print(f"   ratio {statistics.median(ours) / statistics.median(theirs):.2f} (target 0.3)")
    print(f"   load average {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=500)
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(16384, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory(prefix="ssc-bench-", dir="/var/tmp") as held:
        folder = Path(held)
        folder.chmod(0o711)
        with messages_club.database(folder) as url:
            club = asyncio.run(messages_club.made(url, folder, asked.members))
            with club.served() as port:
                uvloop.run(measure(club, port, asked))


if __name__ == "__main__":
    main()
