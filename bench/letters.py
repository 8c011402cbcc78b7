"""A mail magazine to the whole programme, next to a bare loop over the same SMTP library, in one run.

python -m bench.letters [--readers 43000] [--bare 8000]
"""

import argparse
import asyncio
import contextlib
import gc
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import aiosmtplib
import psycopg
import uvloop
from jinja2 import ChoiceLoader, DictLoader
from pydantic import SecretStr
from sqlalchemy import select

from bench.fanout import free_port
from bench.messages_club import settings
from ssc import tables
from ssc.core import embedded, ids, mail, process
from ssc.core.mail.delivery import CONNECTIONS
from ssc.core.process import Process
from ssc.notifications import actions as notifications
from ssc.notifications import queries
from ssc.notifications.kinds import Kind
from ssc.notifications.mailings import Mailing
from ssc.people.models import Member
from ssc.web import templates

MAGAZINE = Kind("bench-magazine", lambda: "Mail magazine", lambda told: "", app=False)
ROUNDS = 3
PARAGRAPH = "The exchange began in spring, and what we learnt there we still use every day in our laboratories. "
SECTIONS = 12
TEMPLATES = {
    "letters/bench.magazine/subject.txt": "{{ title }}",
    "letters/bench.magazine/body.txt": "Dear {{ member.name }},\n\n{{ words }}\n"
    "{% include 'layouts/_mailing_foot.txt' %}",
    "letters/bench.magazine/body.html": "{% extends 'layouts/mailing.html' %}{% block body %}"
    "<p>Dear {{ member.name }},</p>{% for part in words.split('\n') %}<p>{{ part }}</p>\n{% endfor %}{% endblock %}",
}


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """In a process of its own, on the last processor."""
    port = free_port()
    command = [
        "taskset",
        "-c",
        str(max(os.sched_getaffinity(0))),
        sys.executable,
        "-m",
        "bench.letters_sink",
        str(port),
    ]
    served = subprocess.Popen(command)
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        yield port
    finally:
        served.terminate()
        served.wait()


@contextlib.contextmanager
def database(folder: Path) -> Iterator[str]:
    """The embedded PostgreSQL, durable as shipped, on the last processor; whoever sends has the first for himself."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(every)})
    with embedded.running(folder / "database") as url:
        os.sched_setaffinity(0, every)
        tables.migrate(url)
        yield url


def fill(url: str, readers: int) -> None:
    """Members with confirmed addresses, two of three reading English."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_MEMBERS, {"count": readers})
        for table in ("account", "email_address"):
            connection.execute(_ACCOUNTS if table == "account" else _ADDRESSES)
        connection.execute("VACUUM ANALYZE")


class Took(NamedTuple):
    """What a run cost: letters a second by the clock, and milliseconds of the sender's processor for each."""

    rate: float
    processor: float

    @classmethod
    async def of(cls, letters: int, work: Awaitable[object]) -> "Took":
        began, used = time.perf_counter(), time.process_time()
        await work
        return cls(letters / (time.perf_counter() - began), (time.process_time() - used) * 1000 / letters)

    def __str__(self) -> str:
        return f"{self.rate:7.0f} letters/s, {self.processor:.2f} ms of the processor each"


async def bare(port: int, letters: int, content: Callable[[int], tuple[str, bytes]]) -> Took:
    """Over as many connections as ours, by the library alone."""
    waiting = iter(range(letters))

    async def line() -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        await client.connect()
        for number in waiting:
            to, octets = content(number)
            await client.sendmail("club@example.org", [to], octets)
        await client.quit()

    return await Took.of(letters, asyncio.gather(*(line() for _line in range(CONNECTIONS))))


def replaced(text: str, html: str) -> Callable[[int], tuple[str, bytes]]:
    """The least: one mail made before, in which only the address is replaced."""
    made = written("reader-0@example.org", text, html)

    def of(number: int) -> tuple[str, bytes]:
        to = f"reader-{number}@example.org"
        return to, made.replace(b"reader-0@example.org", to.encode())

    return of


def written(to: str, text: str, html: str) -> bytes:
    """As the standard library writes a mail."""
    made = EmailMessage(SMTP.clone(max_line_length=900))
    made["From"], made["To"], made["Subject"] = "Club <club@example.org>", to, "Spring"
    made.set_content(text)
    made.add_alternative(html, subtype="html")
    return made.as_bytes()


async def ours(running: Process, readers: int) -> tuple[float, Took, list[float]]:
    """Seconds to queue, what sending cost, and the process's memory (MB) at each quarter of them."""
    words = "\n".join([PARAGRAPH * 5] * SECTIONS)
    mailing = Mailing(
        ids.new(), MAGAZINE, "bench.magazine", {one: {"title": "Spring", "words": words} for one in ("en", "ja")}
    )
    gc.collect()
    began = time.perf_counter()
    async with running.database.transaction() as session:
        made = await notifications.mail_many(session, mailing, select(Member.id))
    queued = time.perf_counter() - began
    assert made == readers
    memory: list[float] = []
    async with watched(running, mailing.id, readers, memory):
        took = await Took.of(readers, mail.deliver(running))
    async with running.database.transaction() as session:
        report = await queries.report_of(session, mailing.id)
        assert report.sent == readers, report
    return queued, took, memory


@contextlib.asynccontextmanager
async def watched(running: Process, mailing_id: UUID, readers: int, memory: list[float]) -> AsyncIterator[None]:
    async def watch() -> None:
        while True:
            memory.append(resident())
            await asyncio.sleep(1)

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()


def resident() -> float:
    """Of this process, in MB; read from /proc, so on Linux."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measured(url: str, folder: Path, port: int, arguments: argparse.Namespace) -> None:
    words = "\n".join([PARAGRAPH * 5] * SECTIONS)
    html = "".join(f"<p>{part}</p>\n" for part in words.split("\n"))
    sides: dict[str, Callable[[], Awaitable[Took]]] = {
        "one mail made before": lambda: bare(port, arguments.bare, replaced(words, html)),
        "each mail written by the standard library": lambda: bare(
            port, arguments.bare, lambda n: (to := f"reader-{n}@example.org", written(to, words, html))
        ),
    }
    changed = {"mail_url": SecretStr(f"smtp://127.0.0.1:{port}"), "mailing_rate": 1 << 30}
    async with process.opened(settings(url, folder).model_copy(update=changed)) as running:
        for number in range(ROUNDS):
            queued, took, memory = await ours(running, arguments.readers)
            quarters = [memory[len(memory) * part // 4] for part in range(4)] + [memory[-1]]
            print(f"round {number + 1}: ours {took}, queued in {queued:.1f} s, MB", end=" ")
            print(" ".join(f"{one:.0f}" for one in quarters))
            for name, side in sides.items():
                other = await side()
                share = took.rate / other.rate
                print(f"         bare {other}, {name}: ours is {share:.2f} of its rate", flush=True)


_MEMBERS = """
INSERT INTO member (id, handle, name, name_key, country, adult_from, fields, languages, links, open_to, visibility,
    language, time_zone, contact, read_receipts, presence, do_not_contact, mail_opt_out, deceased, joined_at,
    created_at, updated_at)
SELECT gen_random_uuid(), 'reader-' || n, 'Reader ' || n, 'reader' || n, 'TH', '0001-01-01', '{}', '{}', '{}', '{}',
    '{}', CASE WHEN n %% 3 = 0 THEN 'ja' ELSE 'en' END, 'Asia/Tokyo', 'nobody', false, false, false, false, false,
    now(), now(), now()
FROM generate_series(1, %(count)s) n
"""
_ACCOUNTS = "INSERT INTO account (member_id, created_at) SELECT id, now() FROM member"
_ADDRESSES = """
INSERT INTO email_address (id, member_id, address, key, confirmed_at, is_primary, source, created_at)
SELECT gen_random_uuid(), id, handle || '@example.org', handle || '@example.org', now(), true, 'member', now()
FROM member
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=43_000)
    parser.add_argument("--bare", type=int, default=8_000)
    arguments = parser.parse_args()
    environment = templates.environment()
    assert environment.loader is not None
    environment.loader = ChoiceLoader([DictLoader(TEMPLATES), environment.loader])
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder, database(Path(folder)) as url, sink() as port:
        fill(url, arguments.readers)
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        uvloop.run(measured(url, Path(folder), port, arguments))


if __name__ == "__main__":
    main()
