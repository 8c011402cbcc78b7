"""The counts that are prepared are those that would be counted, whoever looks and whatever happened before."""

from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.db import Session
from ssc.core.paging import Slice
from ssc.directory import actions
from ssc.directory.forms import Filters
from ssc.directory.models import DirectoryEntry, DirectoryTally, DirectoryWord
from ssc.directory.queries import broad, search
from ssc.directory.queries import scope as scopes
from ssc.people import queries as people
from ssc.people.models import Member, Suspension
from ssc.people.viewer import Viewer
from tests.cast import Cast

FILTERS: list[dict[str, Any]] = [
    {},
    {"country": ["TH"]},
    {"programme": ["ssp-a"]},
    {"fiscal_year": [2023]},
    {"field": ["Robotics"]},
    {"field": ["nothing"]},
]


async def club(cast: Cast, random: Random) -> list[Member]:
    """Members of three exchanges, some minors, some hidden, blocked in part."""
    made = []
    for number in range(14):
        age = random.choice([16, 17, 30, 40])
        made.append(
            await cast.member(
                f"Member{number} Moon",
                country=random.choice(["TH", "VN", "IN"]),
                birth_date=clock.today_in_japan() - timedelta(days=age * 366),
                fields=random.sample(["Robotics", "robotics", "Energy"], random.randint(0, 2)),
                visibility={
                    field: random.choice(["members", "cohorts", "me"])
                    for field in random.sample(["country", "fields", "exchanges", "name"], random.randint(0, 2))
                },
            )
        )
    for number in range(3):
        programme = random.choice(["ssp-a", "ssp-high-school"])
        await cast.exchange(f"X-{number}", random.sample(made, 5), programme=programme, fiscal_year=2022 + number)
    await cast.block(made[0], made[1])
    return made


async def viewer_of(session: Session, member: Member, *roles: str) -> Viewer:
    return Viewer(
        member,
        await people.exchanges_of(session, member.id),
        frozenset(roles),
        await people.blocked_of(session, member.id),
    )


async def both_ways(session: Session, viewer: Viewer, filters: dict[str, Any]) -> tuple[Counter[Any], Counter[Any]]:
    """The counts from the tally, and by counting the rows."""
    scope = await scopes.scope_of(session, viewer)
    prepared = await search.find(session, scope, Filters(**filters), Slice(limit=100))
    live = await search.find(session, scope, Filters(**filters, lives_in=[]).model_copy(update=LIVE), Slice(limit=100))
    assert [hit.member_id for hit in prepared.hits.rows] == [hit.member_id for hit in live.hits.rows]
    return +prepared.counts, +live.counts


# A word that every name has: with `q` nothing is prepared.
LIVE = {"q": "moon"}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_prepared_counts_are_the_counted_ones(cast: Cast, seed: int) -> None:
    random = Random(seed)
    made = await club(cast, random)
    for number in random.sample(range(14), 4):
        await cast.change(made[number], country="KE", fields=["Energy"], visibility={})
    async with cast.running.database.transaction() as session:
        await actions.fold_tally(session)
    await cast.change(made[5], country="TH", birth_date=clock.today_in_japan() - timedelta(days=16 * 366))
    async with cast.running.database.transaction() as session:
        for member, roles in [(made[0], []), (made[1], []), (made[7], ["staff"]), (made[8], ["coordinator:TH"])]:
            viewer = await viewer_of(session, member, *roles)
            for filters in FILTERS:
                prepared, live = await both_ways(session, viewer, filters)
                assert prepared == live, (member.name, roles, filters)


async def test_a_whole_new_directory_is_the_one_that_grew(cast: Cast) -> None:
    made = await club(cast, Random(4))
    await cast.change(made[2], name="Zed Moon", headline="Quixotic")

    async def kept(session: Session) -> tuple[Any, ...]:
        entries = await session.execute(select(*DirectoryEntry.__table__.columns).order_by("member_id", "reach"))
        words = await session.scalars(select(DirectoryWord.word).order_by(DirectoryWord.word))
        tally = await session.execute(
            select(*[DirectoryTally.__table__.c[n] for n in _KEY], func.sum(DirectoryTally.amount))
            .group_by(*[DirectoryTally.__table__.c[n] for n in _KEY])
            .having(func.sum(DirectoryTally.amount) != 0)
        )
        return entries.all(), words.all(), sorted(map(tuple, tally))

    async with cast.running.database.transaction() as session:
        grown = await kept(session)
        await actions.refresh_all(session)
        assert await kept(session) == grown


_KEY = ["within", "within_value", "dimension", "value", "label", "from_day"]


async def test_a_name_that_is_gone_leaves_no_word_behind(cast: Cast) -> None:
    anan = await cast.member("Anan Xylophonist")
    await cast.member("Other Moon")

    async def known() -> set[str]:
        async with cast.running.database.transaction() as session:
            return set(await session.scalars(select(DirectoryWord.word)))

    assert await known() == {"anan", "xylophonist", "other", "moon"}
    await cast.change(anan, name="Anan Moon")
    assert await known() == {"anan", "other", "moon"}


async def test_folding_keeps_a_minors_day(cast: Cast) -> None:
    minor = await cast.minor(country="TH")
    reader = await cast.member("Rita Moon", country="BR")
    wait = minor.adult_from - clock.today_in_japan()
    for _twice in range(2):
        async with cast.running.database.transaction() as session:
            await actions.fold_tally(session)
            scope = await scopes.scope_of(session, await viewer_of(session, reader))
            assert (await search.find(session, scope, Filters(), Slice())).total == 1
        with clock.shifted(wait):
            async with cast.running.database.transaction() as session:
                scope = await scopes.scope_of(session, await viewer_of(session, reader))
                assert (await search.find(session, scope, Filters(), Slice())).total == 2


@pytest.mark.parametrize("seed", [5, 6])
async def test_a_broad_search_is_kept_until_anything_changes(
    cast: Cast, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept or counted, each viewer finds her own: the blocked, the suspended and strange minors are not there."""
    monkeypatch.setattr(broad, "AT_LEAST", 1)
    random = Random(seed)
    made = await club(cast, random)

    async def look(session: Session, member: Member, role: str | None, *, live: bool) -> Any:
        scope = await scopes.scope_of(session, await viewer_of(session, member, *([role] if role else [])))
        # A filter that everybody passes is searched anew each time.
        filters = Filters(q="moon", country=["TH", "VN", "IN", "KE"]) if live else Filters(q="moon")
        found = await search.find(session, scope, filters, Slice(limit=4))
        return [hit.member_id for hit in found.hits.rows], +found.counts

    async def compare() -> None:
        async with cast.running.database.transaction() as session:
            for member, role in [(made[0], None), (made[1], None), (made[7], "staff"), (made[8], "coordinator:TH")]:
                expected = await look(session, member, role, live=True)
                for _again in range(2):
                    assert await look(session, member, role, live=False) == expected, (member.name, role)

    for member in made:
        await cast.change(member, visibility={**member.visibility, "country": "members"})
    await compare()
    await cast.change(made[3], name="Aaron Moon", visibility={})
    await compare()
    await cast.change(made[3], headline="moonlight", visibility={"name": "me"})
    await compare()
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=made[4].id, until=None, reason="spam"))
    await compare()
    await cast.block(made[0], made[5])
    await compare()
