"""Staff decide whether two are one, and decide otherwise: what moves, and what moves back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from ssc.accounts.models import Account, EmailAddress
from ssc.core import clock, ids
from ssc.core.audit import AuditEntry
from ssc.core.db import Session
from ssc.core.errors import Problem
from ssc.core.process import Process
from ssc.people.models import Consent, Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.duplicates import actions
from ssc.roster.importing.models import Duplicate
from tests.roster.conftest import Addresses, Import, Roster
from tests.roster.reading.files import csv_of

HEADER = "name,email,birth_date,country,exchange_code,host,role"
ASHA = "Asha Rao,asha@a.example,1990-01-02,IN,SSP-A-2014-00001,Kyushu University,participant"
MOVED = "Asha Rao,asha@b.example,1990-01-02,IN,SSP-A-2019-00007,Kyoto University,supervisor"
TWICE = ASHA.replace("asha@a.example", "asha@b.example")
BY = ids.new()


@asynccontextmanager
async def the_duplicate(running: Process, decision: str | None = None) -> AsyncIterator[tuple[Session, Duplicate]]:
    """The only duplicate of this decision."""
    async with running.database.transaction() as session:
        chosen = Duplicate.decision.is_(None) if decision is None else Duplicate.decision == decision
        yield session, (await session.scalars(select(Duplicate).where(chosen))).one()


async def decide(running: Process, *, same: bool, before: str | None = None) -> None:
    async with the_duplicate(running, before) as (session, duplicate):
        await actions.decide(session, duplicate, same=same, by=BY)


async def claim(running: Process, name: str, address: str) -> UUID:
    """The member of this name has an account, claimed with this address of the roster."""
    async with running.database.transaction() as session:
        member = (await session.scalars(select(Member).where(Member.name == name))).one()
        member.joined_at, member.handle = clock.now(), address.partition("@")[0] + address[-9]
        session.add(Account(member_id=member.id))
        held = await session.scalars(select(EmailAddress).where(EmailAddress.member_id == member.id))
        for row in held:
            row.confirmed_at = clock.now() if row.address == address else None
        return member.id


async def codes_of(running: Process, member_id: UUID) -> list[str]:
    async with running.database.transaction() as session:
        part = select(Exchange.code).join(Participation, Participation.exchange_id == Exchange.id)
        return list(await session.scalars(part.where(Participation.member_id == member_id)))


async def test_the_same_person_gets_the_waiting_line(
    imported: Import, roster: Roster, addresses: Addresses, running: Process
) -> None:
    await imported(csv_of(HEADER, ASHA))
    await imported(csv_of(HEADER, MOVED))
    async with the_duplicate(running) as (_session, duplicate):
        assert duplicate.likeness == {
            "name": "same",
            "birth_date": "same",
            "address": "moved",
            "exchange": "other",
            "country": "same",
        }
    await decide(running, same=True)
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}
    assert await addresses("Asha Rao") == ["asha@a.example", "asha@b.example"]
    assert (await imported(csv_of(HEADER, ASHA, MOVED))).counts == {"unchanged": 2}
    async with running.database.transaction() as session:
        acts = await session.scalars(select(AuditEntry.action).where(AuditEntry.actor == str(BY)))
        assert list(acts) == ["duplicate.same"]


async def test_another_person_becomes_a_member_of_her_own(imported: Import, roster: Roster, running: Process) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED))
    await decide(running, same=False)
    async with running.database.transaction() as session:
        assert len(list(await session.scalars(select(Member)))) == 2
    assert (await imported(csv_of(HEADER, ASHA, MOVED))).counts == {"unchanged": 2}


async def test_two_rows_in_one_exchange_are_one_participation_with_both_addresses(
    imported: Import, roster: Roster, addresses: Addresses, running: Process
) -> None:
    await imported(csv_of(HEADER, ASHA, TWICE))
    await decide(running, same=True)
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001"]}
    assert await addresses("Asha Rao") == ["asha@a.example", "asha@b.example"]
    assert (await imported(csv_of(HEADER, ASHA, TWICE))).counts == {"unchanged": 2}
    assert (await imported(csv_of(HEADER, ASHA, TWICE))).counts == {"unchanged": 2}


@pytest.mark.parametrize("second", [MOVED, TWICE])
async def test_a_merger_is_split_again(
    imported: Import, roster: Roster, addresses: Addresses, running: Process, second: str
) -> None:
    await imported(csv_of(HEADER, ASHA, second))
    await decide(running, same=True)
    await decide(running, same=False, before="same")
    code = second.split(",")[4]
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", code]}
    async with running.database.transaction() as session:
        held = await session.execute(
            select(EmailAddress.member_id, EmailAddress.address).order_by(EmailAddress.address)
        )
        (first, one), (other, two) = held.all()
        assert (first != other, one, two) == (True, "asha@a.example", "asha@b.example")
    assert (await imported(csv_of(HEADER, ASHA, second))).counts == {"unchanged": 2}


async def test_two_members_are_merged_with_all_they_have_and_split_again(
    imported: Import, roster: Roster, addresses: Addresses, running: Process
) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED))
    await decide(running, same=False)
    async with running.database.transaction() as session:
        members = {m.id: m for m in await session.scalars(select(Member))}
        second = (
            await session.scalars(select(EmailAddress.member_id).where(EmailAddress.address == "asha@b.example"))
        ).one()
        members[second].name_native = "आशा"
        session.add(Consent(member_id=second, kind="terms", version="1"))
    await decide(running, same=True, before="different")
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}
    assert await addresses("Asha Rao") == ["asha@a.example", "asha@b.example"]
    async with running.database.transaction() as session:
        kept = (await session.scalars(select(Member))).one()
        assert (kept.id != second, kept.name_native) == (True, "आशा")
        assert (await session.scalars(select(Consent.member_id))).one() == kept.id
    assert (await imported(csv_of(HEADER, ASHA, MOVED))).counts == {"unchanged": 2}
    await decide(running, same=False, before="same")
    async with running.database.transaction() as session:
        natives = {m.id: m.name_native for m in await session.scalars(select(Member))}
        assert (natives[second], natives[kept.id]) == ("आशा", None)
        assert (await session.scalars(select(Consent.member_id))).one() == second
        held = (
            await session.scalars(select(EmailAddress.member_id).where(EmailAddress.address == "asha@b.example"))
        ).one()
        assert held == second
    assert (await imported(csv_of(HEADER, ASHA, MOVED))).counts == {"unchanged": 2}


async def test_an_account_stays_whoever_of_the_two_has_it(imported: Import, roster: Roster, running: Process) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED.replace("Asha Rao", "Asha Devi Rao")))
    await decide(running, same=False)
    claimed = await claim(running, "Asha Devi Rao", "asha@b.example")
    await decide(running, same=True, before="different")
    async with running.database.transaction() as session:
        kept = (await session.scalars(select(Member))).one()
        assert (kept.id, kept.name, kept.claimed) == (claimed, "Asha Devi Rao", True)
    assert await roster() == {"Asha Devi Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}


async def test_two_accounts_are_not_merged(imported: Import, running: Process) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED.replace("Asha Rao", "Asha Devi Rao")))
    await decide(running, same=False)
    await claim(running, "Asha Rao", "asha@a.example")
    await claim(running, "Asha Devi Rao", "asha@b.example")
    with pytest.raises(Problem, match="both-have-accounts"):
        await decide(running, same=True, before="different")
    async with running.database.transaction() as session:
        assert len(list(await session.scalars(select(Member)))) == 2


@pytest.mark.parametrize(
    "address, exchange", [("asha@a.example", "SSP-A-2014-00001"), ("asha@b.example", "SSP-A-2019-00007")]
)
async def test_split_after_a_claim_the_account_stays_with_the_address_it_was_claimed_with(
    imported: Import, running: Process, address: str, exchange: str
) -> None:
    await imported(csv_of(HEADER, ASHA, MOVED))
    await decide(running, same=True)
    account = await claim(running, "Asha Rao", address)
    await decide(running, same=False, before="same")
    async with running.database.transaction() as session:
        rows = await session.execute(
            select(Member.joined_at, EmailAddress.address, EmailAddress.confirmed_at, Member.id)
            .join(EmailAddress, EmailAddress.member_id == Member.id)
            .order_by(Member.joined_at.is_(None))
        )
        assert [(joined is not None, held, confirmed is not None) for joined, held, confirmed, _id in rows] == [
            (True, address, True),
            (False, "asha@b.example" if address == "asha@a.example" else "asha@a.example", False),
        ]
    assert await codes_of(running, account) == [exchange]
    assert (await imported(csv_of(HEADER, ASHA, MOVED))).counts == {"unchanged": 2}


async def test_once_decided_the_other_candidates_are_out(imported: Import, roster: Roster, running: Process) -> None:
    other = ASHA.replace("asha@a.example", "asha@c.example").replace("2014-00001", "2016-00002")
    await imported(csv_of(HEADER, ASHA, other))
    await decide(running, same=False)
    assert (await imported(csv_of(HEADER, MOVED))).counts == {"waiting": 1}
    async with running.database.transaction() as session:
        open_ones = list(await session.scalars(select(Duplicate).where(Duplicate.decision.is_(None))))
        assert len(open_ones) == 2
        await actions.decide(session, open_ones[0], same=True, by=BY)
        assert [d.decision for d in open_ones] == ["same", "different"]
        with pytest.raises(Problem, match="conflict"):
            await actions.decide(session, open_ones[1], same=True, by=BY)


async def test_a_row_corrected_while_it_waits_waits_no_more(imported: Import, roster: Roster, running: Process) -> None:
    later = ASHA.replace("2014-00001", "2019-00007")
    await imported(csv_of(HEADER, ASHA, later.replace("asha@a.example", "asah@a.example")))
    assert (await imported(csv_of(HEADER, ASHA, later))).counts == {"updated": 1, "unchanged": 1}
    assert await roster() == {"Asha Rao": ["SSP-A-2014-00001", "SSP-A-2019-00007"]}
    async with running.database.transaction() as session:
        assert list(await session.scalars(select(Duplicate))) == []
