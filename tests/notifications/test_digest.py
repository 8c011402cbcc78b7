"""The digest: only for those who have not visited, with what concerns them; empty means none."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from ssc.accounts.models import SignedInSession
from ssc.communities.notices import COHORT_NEWS
from ssc.core import clock, mail
from ssc.core.db import Session
from ssc.notifications import actions as notifications
from ssc.notifications import digests, jobs
from ssc.notifications.digests import Line, Part
from ssc.people.models import Member
from ssc.people.viewer import Viewer
from tests.cast import Cast, Sent
from tests.notifications.conftest import ACTIVITY, DIRECT, Club

LONG_AGO = timedelta(days=-400)


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


async def away(cast: Cast, name: str, **columns: Any) -> Member:
    """Somebody who has been a member for long, and has not visited for as long."""
    return await cast.member(name, joined_at=clock.now() + LONG_AGO, **columns)


async def digested(cast: Cast, after: timedelta = timedelta()) -> list[Sent]:
    with clock.shifted(after):
        await jobs.digest(cast.running)
        await mail.deliver(cast.running)
    return cast.letters()


async def test_who_has_not_visited_gets_what_she_missed_once(club: Club, cast: Cast, berit: Member) -> None:
    anan = await away(cast, "Anan Suda")
    await club.tell(anan, berit, ACTIVITY)
    await club.tell(anan, berit, ACTIVITY)
    await club.tell(anan, berit, ACTIVITY, thread="2")
    await club.tell(anan, berit, DIRECT, thread="3")
    [letter] = await digested(cast)
    assert (letter.to, letter.subject) == (
        "anan-suda@example.org",
        "2 things you have missed in the Sakura Science Club",
    )
    assert "- Berit Berg wrote in Thread 1 (2)\n  http://localhost:8000/messages/1" in letter.text
    assert "Thread 3" not in letter.text
    assert len(await digested(cast)) == 1
    assert len(await digested(cast, timedelta(days=31))) == 1
    with clock.shifted(timedelta(days=31)):
        await club.tell(anan, berit, ACTIVITY, thread="4")
    second = (await digested(cast, timedelta(days=32)))[-1]
    assert ("Thread 4" in second.text, "Thread 2" in second.text) == (True, False)


async def test_whoever_visited_reads_nothing_new_or_wants_none_gets_none(club: Club, cast: Cast, berit: Member) -> None:
    visited, empty, never, opted_out, weekly = [
        await away(cast, f"{name} Suda", **columns)
        for name, columns in (
            ("Visited", {}),
            ("Empty", {}),
            ("Never", {"digest": "never"}),
            ("Opted", {"mail_opt_out": True}),
            ("Weekly", {"digest": "weekly"}),
        )
    ]
    fresh = await cast.member("Fresh Suda")
    for member in (visited, weekly):
        await cast.browser(member)
        async with cast.running.database.transaction() as session:
            seen = clock.now() - timedelta(days=10)
            await session.execute(
                update(SignedInSession).where(SignedInSession.member_id == member.id).values(last_seen_at=seen)
            )
    await club.tell([visited, never, opted_out, weekly, fresh], berit, ACTIVITY)
    await club.tell(empty, berit, ACTIVITY)
    await club.withdraw("1", empty)
    assert [letter.to for letter in await digested(cast)] == ["weekly-suda@example.org"]


async def test_it_speaks_her_language_and_its_way_out_works(club: Club, cast: Cast, berit: Member) -> None:
    anan = await away(cast, "Anan Suda", language="ja")
    await club.tell(anan, berit, ACTIVITY)
    [letter] = await digested(cast)
    assert (letter.language, letter.subject) == ("ja", "さくらサイエンスクラブからのお知らせが1件あります")
    [stop] = [link for link in letter.links if "/unsubscribe/" in link][:1]
    async with cast.visitor() as reader:
        assert (await reader.post(stop, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    with clock.shifted(timedelta(days=31)):
        await club.tell(anan, berit, ACTIVITY, thread="2")
    assert len(await digested(cast, timedelta(days=32))) == 1


async def test_what_was_mailed_is_not_told_again(club: Club, cast: Cast, berit: Member) -> None:
    anan = await away(cast, "Anan Suda", notifications={"thread-activity": {"mail": True}})
    await club.tell(anan, berit, ACTIVITY)
    with clock.shifted(timedelta(minutes=6)):
        await jobs.mail_missed(cast.running)
    [letter] = await digested(cast, timedelta(minutes=7))
    assert letter.subject == "Thread 1"


async def test_features_have_their_own_part_of_it_and_nothing_means_none(cast: Cast) -> None:
    asked: list[tuple[str, str]] = []

    async def find(session: Session, viewer: Viewer, since: datetime) -> list[Line]:
        asked.append((viewer.member.name, since.date().isoformat()))
        return [Line(f"Tea {n}", f"/teas/{n}") for n in range(7)] if viewer.member.country == "TH" else []

    part = Part("teas", lambda: "Teas near you", find)
    anan = await away(cast, "Anan Suda")
    await away(cast, "Ken Ya", country="KE")
    digests.register([part])
    begun = clock.now()
    try:
        [letter] = await digested(cast)
        assert len(await digested(cast)) == 1
        assert len(await digested(cast, timedelta(days=31))) == 2
    finally:
        digests.forget([part])
    assert (letter.to, letter.subject) == (
        "anan-suda@example.org",
        "5 things you have missed in the Sakura Science Club",
    )
    assert "Teas near you\n- Tea 0\n  http://localhost:8000/teas/0\n" in letter.text
    assert '<a href="http://localhost:8000/teas/4">Tea 4</a>' in letter.html
    assert "Tea 5" not in letter.text
    month, today = [(begun - timedelta(days=days)).date().isoformat() for days in (30, 0)]
    assert asked[:2] == [("Anan Suda", month), ("Ken Ya", month)]
    assert asked[2] == ("Anan Suda", today)
    assert [name for name, _since in asked[2:]] == ["Anan Suda", "Ken Ya"]
    assert anan.country == "TH"


async def test_news_of_ones_own_cohorts_is_in_it(cast: Cast, berit: Member) -> None:
    """Where nobody has switched it off: on the bell at once, in no letter of its own, in the digest."""
    anan = await away(cast, "Anan Suda")
    async with cast.running.database.transaction() as session:
        await notifications.tell(
            session,
            COHORT_NEWS,
            [anan.id],
            subject="exchange:1",
            url="/exchanges/SSP-1",
            data={"exchange": "Rice in Chiba"},
            by=berit.id,
        )
    with clock.shifted(timedelta(hours=1)):
        await jobs.mail_missed(cast.running)
    [letter] = await digested(cast, timedelta(hours=1))
    assert "- Berit Berg, who was in “Rice in Chiba” with you, has joined." in letter.text
    assert "http://localhost:8000/exchanges/SSP-1" in letter.links


async def test_one_whose_digest_breaks_us_keeps_nobody_elses(club: Club, cast: Cast, berit: Member) -> None:
    """They are written in the order of the members' ids: all who came after her would never get one."""
    broken = await away(cast, "Bao Broken")
    others = [await away(cast, "Anan Suda"), await away(cast, "Chi Lan")]
    for member in (broken, *others):
        await club.tell(member, berit, ACTIVITY)

    async def find(session: Session, viewer: Viewer, since: datetime) -> list[Line]:
        if viewer.id == broken.id:
            raise RuntimeError("nobody thought of this")
        return []

    part = Part("broken", lambda: "Broken", find)
    digests.register([part])
    try:
        assert {letter.to for letter in await digested(cast)} == {"anan-suda@example.org", "chi-lan@example.org"}
    finally:
        digests.forget([part])
