"""Importing as tests do it: a file in, the import's record out."""

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from ssc.accounts.models import EmailAddress
from ssc.core.process import Process
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.importing import running as work
from ssc.roster.importing.models import RosterImport, RosterOutcome
from ssc.roster.reading import Mapping


@dataclass
class Imported:
    """What became of a file."""

    record: RosterImport
    outcomes: dict[int, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        names = ("created", "updated", "unchanged", "waiting", "bad")
        return {name: count for name in names if (count := getattr(self.record, name))}


Import = Callable[..., Awaitable[Imported]]
Addresses = Callable[[str], Awaitable[list[str]]]
Roster = Callable[[], Awaitable[dict[str, list[str]]]]


@pytest.fixture
def imported(running: Process) -> Import:
    async def doing(
        content: bytes, name: str = "roster.csv", *, dry_run: bool = False, mapping: Mapping | None = None
    ) -> Imported:
        async with running.database.transaction() as session:
            kept = mapping.to_json() if mapping else None
            wanted = RosterImport(file_name=name, dry_run=dry_run, mapping=kept)
            session.add(wanted)
        await work.run(running, wanted.id, io.BytesIO(content))
        async with running.database.transaction() as session:
            record = await session.get_one(RosterImport, wanted.id)
            rows = await session.scalars(select(RosterOutcome).where(RosterOutcome.import_id == wanted.id))
            return Imported(record, {row.row: row.outcome for row in rows})

    return doing


@pytest.fixture
def roster(running: Process) -> Roster:
    """Members by name, each with the codes of her exchanges."""

    async def looking() -> dict[str, list[str]]:
        async with running.database.transaction() as session:
            rows = await session.execute(
                select(Member.name, Exchange.code)
                .join(Participation, Participation.member_id == Member.id, isouter=True)
                .join(Exchange, Exchange.id == Participation.exchange_id, isouter=True)
                .order_by(Member.name, Member.id, Exchange.code)
            )
            found: dict[str, list[str]] = {}
            for name, code in rows:
                found.setdefault(name, []).extend([code] if code else [])
            return found

    return looking


@pytest.fixture
def addresses(running: Process) -> Addresses:
    """The addresses of the members of a name."""

    async def looking(name: str) -> list[str]:
        async with running.database.transaction() as session:
            rows = await session.scalars(
                select(EmailAddress.address)
                .join(Member, Member.id == EmailAddress.member_id)
                .where(Member.name == name)
                .order_by(EmailAddress.address)
            )
            return list(rows)

    return looking
