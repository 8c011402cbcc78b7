"""The demo in a real database: promised accounts and cohorts are there, and a second filling changes nothing."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from ssc.accounts import passwords
from ssc.accounts.models import Account, EmailAddress
from ssc.core import clock
from ssc.core.process import Process
from ssc.demo.cast import PASSWORD
from ssc.demo.fill import ClubNotEmpty, Summary, fill
from ssc.demo.paintings import PALETTES, painted
from ssc.directory.models import DirectoryEntry
from ssc.people import queries as people
from ssc.people.models import Consent, Member, Participation
from ssc.programmes.models import Exchange, Organisation, OrganisationName
from ssc.roster.requesting.models import MembershipRequest
from ssc.stories.models import StoryPhoto
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


async def test_everyone_who_claimed_has_an_account_and_one_confirmed_address(running: Process) -> None:
    summary = await filled(running, 200)
    async with running.database.transaction() as session:
        hashes = set(await session.scalars(select(Account.password_hash)))
        accounts = set(await session.scalars(select(Account.member_id)))
        claimed = set(await session.scalars(select(Member.id).where(Member.joined_at.is_not(None))))
        confirmed = await session.scalars(
            select(EmailAddress.member_id).where(EmailAddress.confirmed_at.is_not(None), EmailAddress.is_primary)
        )
        agreed = await session.execute(select(Consent.member_id, Consent.kind).where(Consent.kind != "guardian"))
    assert len(claimed) == summary.claimed
    assert accounts == claimed
    assert sorted(confirmed) == sorted(claimed)
    assert sorted(map(tuple, agreed)) == sorted((member, kind) for member in claimed for kind in ("privacy", "terms"))
    assert [await passwords.matches(stored, PASSWORD) for stored in hashes] == [True]


async def test_a_guardian_agreed_with_the_minor(running: Process) -> None:
    await filled(running)
    async with running.database.transaction() as session:
        minor = (await session.scalars(select(Member).where(Member.handle == "minor"))).one()
        adult = (await session.scalars(select(Member).where(Member.handle == "member1"))).one()
        kinds = {
            member.handle: sorted(await session.scalars(select(Consent.kind).where(Consent.member_id == member.id)))
            for member in (minor, adult)
        }
    assert kinds == {"minor": ["guardian", "privacy", "terms"], "member1": ["privacy", "terms"]}


async def test_the_applicant_is_waiting_and_has_no_account(running: Process) -> None:
    await filled(running)
    async with running.database.transaction() as session:
        asked = (await session.scalars(select(MembershipRequest))).one()
        known = await session.scalar(select(EmailAddress.id).where(EmailAddress.key == asked.key))
    assert (asked.email, asked.state, known) == ("applicant@demo.example", "waiting", None)


@pytest.mark.parametrize("handle", ["staff", "coordinator-in", "member1", "member9", "minor"])
async def test_the_promised_accounts_sign_in_with_the_demos_password(cast: Cast, running: Process, handle: str) -> None:
    await filled(running)
    address = f"{handle.replace('-', '.')}@demo.example"
    async with cast.visitor() as browser:
        refused = await browser.post("/api/v1/session", json={"email": address, "password": "sakura-demo-2027"})
        admitted = await browser.post("/api/v1/session", json={"email": address, "password": PASSWORD})
    assert (refused.status_code, admitted.status_code) == (401, 201)
    assert admitted.json()["member"]["handle"] == handle


async def test_a_member_finds_the_promised_cohort_through_the_api(cast: Cast, running: Process) -> None:
    await filled(running)
    async with cast.visitor() as browser:
        await browser.post("/api/v1/session", json={"email": "member1@demo.example", "password": PASSWORD})
        mate = await browser.get("/api/v1/members/member2")
        minor = await browser.get("/api/v1/members/minor")
        found = await browser.get("/api/v1/members", params={"q": "沈雨涵"})
    assert (mate.status_code, minor.status_code) == (200, 404)
    assert [member["handle"] for member in found.json()["items"]] == ["member5"]


async def test_the_directory_holds_who_claimed_and_nobody_else(running: Process) -> None:
    await filled(running, 200)
    async with running.database.transaction() as session:
        listed = set(await session.scalars(select(DirectoryEntry.member_id)))
        claimed = set(await session.scalars(select(Member.id).where(Member.joined_at.is_not(None))))
    assert listed == claimed


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


async def test_the_news_of_the_demo_are_there_in_two_languages(running: Process, cast: Cast) -> None:
    await filled(running)
    items = (await cast.visitor().get("/api/v1/news")).json()["items"]
    assert [(one["lang"], one["kind"], len(one["translations"])) for one in items] == [
        ("ja", "news", 1),
        ("en", "news", 1),
        ("ja", "notice", 1),
        ("en", "notice", 1),
        ("en", "opportunity", 0),
        ("ja", "reunion-report", 1),
        ("en", "reunion-report", 1),
    ]


async def test_some_read_japanese_and_the_promised_accounts_english(running: Process) -> None:
    """So that both editions of the magazine have readers, and whoever tries the accounts can read the pages."""
    await filled(running, 400)
    async with running.database.transaction() as session:
        claimed = (await session.scalars(select(Member).where(Member.joined_at.is_not(None)))).all()
    languages = {member.handle: member.language for member in claimed}
    assert {languages[handle] for handle in ACCOUNTS} == {"en"}
    japanese = [member for member in claimed if member.language == "ja"]
    assert len(japanese) >= len(claimed) // 20
    assert {"ja" in (member.languages or ()) for member in japanese} == {True}


async def test_stories_have_pictures_in_which_nobody_is(running: Process) -> None:
    await filled(running)
    async with running.database.transaction() as session:
        photos = list(await session.scalars(select(StoryPhoto)))
    assert len(photos) == 3 and not any(photo.shows_people for photo in photos)
    for photo in photos:
        assert await running.blobs.get(f"writing/{photo.id}/480.webp") is not None


def test_a_painting_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert painted("snow", 1) == painted("snow", 1) != painted("snow", 2)
    assert all(painted(palette, 1).startswith(b"\xff\xd8") for palette in PALETTES)
