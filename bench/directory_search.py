"""Search and facets of the directory over HTTP at 8 concurrent readers, next to the same requests' bare SQL.

For each size: a club is written (or taken from `--folder`), one process serves it, and a fixed mix of requests is
asked by 8 keep-alive connections. Then the statements that those very requests made in `directory` and `people` are
replayed by 8 connections of the driver, in the same order, without anything around them.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import psycopg
from pydantic import SecretStr
from sqlalchemy import select

from bench import directory_club, load
from bench.pages import free_port, serving
from ssc import tables
from ssc.accounts.models import SignedInSession
from ssc.accounts.rules import LASTS, spelled
from ssc.core import clock, embedded, ids, process
from ssc.core.config import Settings
from ssc.core.paging import Slice, decode
from ssc.core.process import Process
from ssc.directory.forms import Filters
from ssc.directory.queries.scope import scope_of
from ssc.directory.queries.search import find
from ssc.people import queries as people
from ssc.people.models import Member
from ssc.people.viewer import Viewer

READERS = 8
KEY = "bench-key-of-more-than-thirty-two-characters"


@dataclass
class Asked:
    """One request of the mix, and the statements it makes."""

    kind: str
    query: dict[str, str]
    statements: list[tuple[Any, Any, dict[str, Any]]] = field(default_factory=list)
    found: int = 0


def mix(names: list[tuple[str, str | None]], random: Random) -> list[Asked]:
    """200 requests as people make them: mostly names, whole or begun; some filters; some typing errors."""
    given = [name.split(" ")[0] for name, _native in names]
    family = [name.split(" ")[-1] for name, _native in names]
    unspaced = [native for _name, native in names if native and ord(native[0]) > 0x3000]
    asked: list[Asked] = []

    def add(count: int, kind: str, make: Any) -> None:
        asked.extend(Asked(kind, make()) for _ in range(count))

    add(30, "front page", dict)
    add(30, "whole name", lambda: {"q": random.choice(names)[0]})
    add(30, "family name", lambda: {"q": random.choice(family)})
    add(20, "begun name", lambda: {"q": random.choice(given)[:4]})
    add(10, "two characters", lambda: {"q": random.choice(unspaced)[:2]})
    add(20, "typing error", lambda: {"q": _mistyped(random.choice(given), random) + " " + random.choice(family)})
    add(15, "words", lambda: {"q": random.choice(["robotics", "kyoto", "energy", "doctoral student", "chiba"])})
    add(10, "country", lambda: {"country": random.choice(["IN", "TH", "KE", "BR", "VN"])})
    add(10, "year", lambda: {"fiscal_year": str(random.randint(2014, 2025))})
    add(10, "field", lambda: {"field": random.choice(["Robotics", "Energy", "Chemistry", "Biotechnology"])})
    add(10, "two filters", lambda: {"country": random.choice(["TH", "KE", "BR"]), "fiscal_year": "2019"})
    add(5, "host and year", lambda: {"host": random.choice(["tohoku", "chiba"]), "fiscal_year": "2018"})
    random.shuffle(asked)
    return asked


def measure(url: str, size: int, seconds: float) -> list[str]:
    settings = Settings(
        _env_file=None,
        env="test",
        data_dir=Path(os.environ.get("TMPDIR", "/var/tmp")) / "ssc-bench",
        database_url=SecretStr(url),
        secret_key=SecretStr(KEY),
        limits="off",
    )
    asked, cookie = asyncio.run(_prepared(settings))
    served = _served(settings, url, asked, cookie, seconds)
    return _lines(size, asked, served, asyncio.run(_bare(url, asked, seconds)))


async def _prepared(settings: Settings) -> tuple[list[Asked], str]:
    async with process.opened(settings) as running:
        viewer, cookie = await _reader(running)
        asked = mix(await _names(running), Random(7))
        await _record(running, viewer, asked)
        return asked, cookie


async def _reader(running: Process) -> tuple[Viewer, str]:
    """A signed-in member of some cohort."""
    secret = ids.secret()
    async with running.database.transaction() as session:
        member = (await session.scalars(select(Member).where(Member.handle == "m0-100"))).one()
        session.add(
            SignedInSession(
                member_id=member.id,
                digest=ids.digest(secret),
                device="bench",
                rights=spelled(frozenset()),
                expires_at=clock.now() + LASTS,
            )
        )
        return Viewer(member, await people.exchanges_of(session, member.id)), secret


async def _names(running: Process) -> list[tuple[str, str | None]]:
    async with running.database.transaction() as session:
        rows = await session.execute(select(Member.name, Member.name_native).order_by(Member.id).limit(5000))
        return [(name, native) for name, native in rows]


async def _record(running: Process, viewer: Viewer, asked: list[Asked]) -> None:
    """Runs each request once through the queries, keeping its statements; page two follows some front pages."""
    seen: list[tuple[Any, Any, dict[str, Any]]] = []

    execute = psycopg.AsyncCursor.execute

    async def noted(cursor: Any, query: Any, params: Any = None, **how: Any) -> Any:
        if str(query).strip(" ;"):  # the pool asks with an empty one whether the connection lives
            seen.append((query, params, how))
        return await execute(cursor, query, params, **how)

    psycopg.AsyncCursor.execute = noted  # type: ignore[method-assign, assignment]
    cursor = None
    for number, one in enumerate(asked):
        if one.kind == "front page" and number % 2 and cursor:
            one.kind, one.query = "next page", {"cursor": cursor}
        async with running.database.transaction() as session:
            seen.clear()
            filters = Filters.model_validate(
                {k: [v] if k in _LISTS else v for k, v in one.query.items() if k != "cursor"}
            )
            key = KEY.encode()
            part = Slice(30, decode(one.query["cursor"], key) if "cursor" in one.query else None, key)
            found = await find(session, await scope_of(session, viewer), filters, part)
            await people.reached(session, viewer, [hit.member_id for hit in found.hits.rows])
            one.statements, one.found = list(seen), found.total
            cursor = found.hits.next if one.kind in ("front page", "next page") else cursor
    psycopg.AsyncCursor.execute = execute  # type: ignore[method-assign]


_LISTS = ("country", "fiscal_year", "field", "host")


def _served(settings: Settings, url: str, asked: list[Asked], cookie: str, seconds: float) -> load.Outcome:
    port = free_port()
    host = f"localhost:{port}"
    environment = {
        "SSC_DATABASE_URL": url,
        "SSC_DATA_DIR": str(settings.data_dir),
        "SSC_SECRET_KEY": KEY,
        "SSC_BASE_URL": f"http://{host}",
        "SSC_PORT": str(port),
        "SSC_LIMITS": "off",
    }
    headers = {"Cookie": f"ssc_session={cookie}", "Accept-Language": "en"}
    requests = [load.request(f"/api/v1/members?{urlencode(one.query)}", host, headers) for one in asked]
    ssc = str(Path(sys.executable).with_name("ssc"))
    with serving([ssc, "serve", "--port", str(port)], port, environment):
        return load.run(port, requests, seconds=seconds, connections=READERS, warm=seconds / 2)


async def _bare(url: str, asked: list[Asked], seconds: float) -> list[float]:
    """Milliseconds of each request's statements, replayed by as many connections."""
    await _replay(url, asked, seconds / 2)
    return await _replay(url, asked, seconds)


async def _replay(url: str, asked: list[Asked], seconds: float) -> list[float]:
    times: list[float] = []
    until = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        async with await psycopg.AsyncConnection.connect(url) as connection:
            turn = number * len(asked) // READERS
            while time.perf_counter() < until:
                began = time.perf_counter()
                for statement, parameters, how in asked[turn % len(asked)].statements:
                    prepare = how.get("prepare")
                    await (await connection.execute(statement, parameters, prepare=prepare)).fetchall()
                await connection.rollback()
                times.append((time.perf_counter() - began) * 1000)
                turn += 1

    await asyncio.gather(*(reader(number) for number in range(READERS)))
    return sorted(times)


def _lines(size: int, asked: list[Asked], served: load.Outcome, bare: list[float]) -> list[str]:
    p50, p99 = statistics.median(bare), bare[int(len(bare) * 0.99)]
    found = Counter[str]()
    for one in asked:
        found[one.kind] = max(found[one.kind], one.found)
    return [
        f"{size:,} members, {READERS} readers, {len(asked)} requests in turn",
        f"   over HTTP {served}",
        f"   bare SQL  {len(bare):8} done     p50 {p50:7.2f} ms   p99 {p99:7.2f} ms",
        f"   p99 over HTTP is {served.p99 / p99:.2f} times that of its SQL",
        "   largest results: " + ", ".join(f"{kind} {n:,}" for kind, n in found.most_common()),
    ]


def _mistyped(word: str, random: Random) -> str:
    at = random.randrange(1, max(2, len(word) - 1))
    return word[:at] + random.choice("aeiou") + word[at + 1 :]


async def _club(url: str, size: int) -> None:
    settings = Settings(_env_file=None, env="test", database_url=SecretStr(url), secret_key=SecretStr(KEY))
    async with process.opened(settings) as running:
        async with running.database.transaction() as session:
            if await session.scalar(select(Member.id).limit(1)):
                return
        await directory_club.write(running.database, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[43_000])
    parser.add_argument("--folder", type=Path, default=Path("/var/tmp/ssc-bench-directory"), help="kept between runs")
    parser.add_argument("--seconds", type=float, default=20)
    chosen = parser.parse_args()
    for size in chosen.sizes:
        with embedded.running(chosen.folder / str(size)) as url:
            tables.migrate(url)
            asyncio.run(_club(url, size))
            print("\n".join(measure(url, size, chosen.seconds)), flush=True)


if __name__ == "__main__":
    main()
