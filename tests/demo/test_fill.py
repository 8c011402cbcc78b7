"""The demo in a real database: promised accounts and cohorts are there, and a second filling changes nothing."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.process import Process
from ssc.demo.fill import ClubNotEmpty, Summary, fill
from ssc.people import queries as people
from ssc.people.models import Member, Participation
from ssc.programmes.models import Exchange, Organisation, OrganisationName
from ssc.tables import metadata
from tests.cast import Cast

NINE = [f"member{number}" for number in range(1, 10)]
ACCOUNTS = ["coordinator-in", "coordinator-th", *NINE, "minor", "staff"]


class Heard:
    """Hears how far the filling is."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.steps.append((done, total))


async def filled(running: Process, members: int = 60, seed: int = 1) -> Summary:
    async with running.database.transaction() as session:
        return await fill(session, members, seed, Heard())


async def everything(running: Process) -> dict[str, list[Any]]:
    async with running.database.transaction() as session:
        return {table.name: sorted(map(repr, await session.execute(select(table)))) for table in metadata.sorted_tables}


async def test_a_small_demo_has_the_promised_people_with_their_roles(running: Process) -> None:
    summary = await filled(running)
    assert (summary.made, summary.members) == (True, 60)
    async with running.database.transaction() as session:
        promised = list(
            await session.scalars(select(Member).where(Member.handle.in_(ACCOUNTS)).order_by(Member.handle))
        )
        roles = {
            member.handle: sorted(role.spelled for role in await people.roles_of(session, member.id, date(2026, 4, 1)))
            for member in promised
        }
    assert [member.handle for member in promised] == ACCOUNTS
    assert {handle: held for handle, held in roles.items() if held} == {
        "staff": ["editor", "moderator", "staff"],
        "coordinator-in": ["coordinator:IN"],
        "coordinator-th": ["coordinator:TH"],
    }


async def test_the_nine_are_one_cohort_of_adults_whom_everyone_may_write_to(running: Process) -> None:
    await filled(running)
    async with running.database.transaction() as session:
        nine = list(await session.scalars(select(Member).where(Member.handle.in_(NINE)).order_by(Member.handle)))
        cohorts = {await people.exchanges_of(session, member.id) for member in nine}
        minor = (await session.scalars(select(Member).where(Member.handle == "minor"))).one()
        other = await people.exchanges_of(session, minor.id)
    assert [member.country for member in nine] == ["IN", "TH", "VN", "ID", "CN", "KE", "BR", "MY", "LK"]
    assert [member.handle for member in nine if member.in_japan] == ["member8"]
    assert {member.contact for member in nine} == {"everyone"}
    assert [len(cohort) for cohort in cohorts] == [1]
    assert [member.handle for member in nine if member.adult_from > clock.today_in_japan()] == []
    assert minor.adult_from > clock.today_in_japan()
    assert cohorts & {other} == set()


async def test_rows_say_what_the_club_keeps_of_people_and_exchanges(running: Process) -> None:
    await filled(running, 200)
    async with running.database.transaction() as session:
        cohort = (await session.scalars(select(Exchange).where(Exchange.code == "SSP-C-2024-50001"))).one()
        size = await session.scalar(
            select(func.count()).select_from(Participation).where(Participation.exchange_id == cohort.id)
        )
        host = await session.get_one(Organisation, cohort.host_id)
        named = await session.scalars(select(OrganisationName.name).where(OrganisationName.organisation_id == host.id))
        unclaimed = list(await session.scalars(select(Member).where(Member.joined_at.is_(None))))
    assert cohort.countries == ["BR", "CN", "ID", "IN", "KE", "LK", "MY", "TH", "VN"]
    assert size == 11
    assert sorted(named) == ["NUT", "Nagaoka University of Technology", "長岡技術科学大学"]
    assert [member.name for member in unclaimed if member.handle or member.bio or member.lives_in] == []


async def test_filling_twice_changes_nothing(running: Process) -> None:
    first = await filled(running)
    before = await everything(running)
    second = await filled(running, members=80, seed=2)
    assert (second.made, second.members) == (False, first.members)
    assert await everything(running) == before


async def test_a_club_with_members_of_its_own_is_not_filled(cast: Cast, running: Process) -> None:
    await cast.member("Mali Somboon")
    before = await everything(running)
    with pytest.raises(ClubNotEmpty):
        await filled(running)
    assert await everything(running) == before


async def test_progress_is_told_up_to_the_end(running: Process) -> None:
    heard = Heard()
    async with running.database.transaction() as session:
        await fill(session, 600, 1, heard)
    done = [step for step, _ in heard.steps]
    totals = {total for _, total in heard.steps}
    assert done == sorted(done)
    assert totals == {done[-1]}
