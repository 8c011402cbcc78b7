"""A club of any size for the directory's measurements: everybody claimed, adult, with a profile, written by COPY."""

import time
from collections import defaultdict
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from ssc.core import clock, ids
from ssc.core.db import Database
from ssc.demo import generate
from ssc.demo.club import Club, Person, Profile
from ssc.demo.copying import copy_in
from ssc.directory import actions
from ssc.people.actions import name_key
from ssc.people.models import Member, Participation
from ssc.people.rules import EVER
from ssc.programmes.models import Exchange, Organisation

_BASE = 43_000
# Made anew after the rows are in: filling a trigram index row by row takes most of an hour at a million.
_SLOW_INDEXES = ("text", "programmes", "fiscal_years", "field_keys", "organisations")


async def write(database: Database, members: int) -> None:
    """Fills an empty database. A million people are the demo's 43,000 again and again, with mixed family names."""
    began = time.perf_counter()
    club = generate.club(_BASE, 1, date(2026, 4, 1))
    async with database.transaction() as session:
        hosts = [ids.new() for _ in club.organisations]
        rows: list[dict[str, Any]] = [
            {"id": made, "name": one.name, "country": one.country}
            for made, one in zip(hosts, club.organisations, strict=True)
        ]
        await copy_in(session, _table(Organisation), rows, lambda _n: None)
        for start in range(0, members, _BASE):
            people, exchanges, participations = _cycle(club, hosts, start, min(_BASE, members - start))
            for model, held in ((Exchange, exchanges), (Member, people), (Participation, participations)):
                await copy_in(session, _table(model), held, lambda _n: None)
    print(f"{members} members written in {time.perf_counter() - began:.0f} s", flush=True)
    await _refresh(database)


async def _refresh(database: Database) -> None:
    """The directory's own way to its rows, with the indexes made at the end."""
    began = time.perf_counter()
    with psycopg.connect(_plain(database.url), autocommit=True) as connection:
        made = [
            (f"ix_directory_entry_{name}", _definition(connection, f"ix_directory_entry_{name}"))
            for name in _SLOW_INDEXES
        ]
        for name, _create in made:
            connection.execute(f"DROP INDEX {name}")
        async with database.transaction() as session:
            await actions.refresh_all(session)
        async with database.transaction() as session:
            await actions.fold_tally(session)
        print(f"directory refreshed in {time.perf_counter() - began:.0f} s", flush=True)
        connection.execute("SET maintenance_work_mem = '1GB'")
        for _name, create in made:
            connection.execute(create)
        connection.execute("VACUUM ANALYZE")
    print(f"indexed and analysed after {time.perf_counter() - began:.0f} s", flush=True)


def _cycle(
    club: Club, hosts: list[UUID], start: int, count: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    random = Random(start)
    profiles = [person.profile for person in club.people if person.profile]
    families: dict[str, list[str]] = defaultdict(list)
    for person in club.people:
        families[person.country].append(person.name.split(" ")[-1])
    made = {person.number: ids.new() for person in club.people[:count]}
    people = [
        _member(made[person.number], person, random.choice(profiles), start, random.choice(families[person.country]))
        for person in club.people[:count]
    ]
    exchanges, participations = [], []
    for one in club.exchanges:
        exchange = ids.new()
        took_part = [p for p in one.participations if p.person in made]
        if not took_part:
            continue
        exchanges.append(
            {
                "id": exchange,
                "code": f"{one.code}-{start}",
                "title": one.title,
                "programme": one.programme,
                "fiscal_year": one.fiscal_year,
                "host_id": hosts[one.host],
                "fields": list(one.fields),
            }
        )
        participations += [
            {"id": ids.new(), "member_id": made[p.person], "exchange_id": exchange, "role": p.role} for p in took_part
        ]
    return people, exchanges, participations


def _member(member_id: UUID, person: Person, profile: Profile, start: int, family: str) -> dict[str, Any]:
    name = person.name if start == 0 else f"{person.name.split(' ')[0]} {family}"
    return {
        "id": member_id,
        "handle": f"m{start}-{person.number}",
        "name": name,
        "name_native": person.name_native or None,
        "name_key": name_key(name),
        "country": person.country,
        "birth_date": date(1990, 1, 1),
        "adult_from": EVER,
        "lives_in": profile.lives_in,
        "headline": profile.headline or None,
        "bio": profile.bio or None,
        "fields": list(profile.fields),
        "affiliation": profile.affiliation or None,
        "languages": list(profile.languages),
        "links": list(profile.links),
        "open_to": list(profile.open_to),
        "visibility": dict(profile.visibility),
        "joined_at": clock.now(),
    }


def _table(model: Any) -> Any:
    return model.__table__


def _definition(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", (name,)).fetchone()
    assert row is not None
    return str(row[0])


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
