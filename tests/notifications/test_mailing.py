"""Mail for what was missed: waits, batches, looks again, says why it came, and threads in mail programs."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text, update

from ssc.accounts.models import Account
from ssc.core import clock, mail
from ssc.core.db import Session
from ssc.core.mail import OutgoingLetter
from ssc.notifications import jobs, kinds
from ssc.notifications.kinds import Quote
from ssc.notifications.models import Notice
from ssc.notifications.rules import quiet_until
from ssc.people.models import Member, Suspension
from ssc.people.viewer import Viewer
from tests.cast import Cast
from tests.notifications.conftest import DIRECT, MENTION, Club, Written

SOON = timedelta(seconds=301)


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


async def mailed(cast: Cast, later: timedelta = SOON) -> list[EmailMessage]:
    """All mails that have left when that much time has passed."""
    with clock.shifted(later):
        await jobs.mail_missed(cast.running)
        await mail.deliver(cast.running)
    paths = sorted((cast.running.settings.data_dir / "mail").glob("*.eml"))
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return [one for one in read if isinstance(one, EmailMessage)]


def words(written: EmailMessage) -> str:
    body = written.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def prefer(cast: Cast, member: Member, **change: object) -> None:
    async with await cast.browser(member) as browser:
        (await browser.patch("/api/v1/me/preferences", json=change)).raise_for_status()


async def test_a_message_while_away_is_one_letter_after_a_while(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    for _message in range(3):
        await club.tell(anan, berit)
    assert await mailed(cast, timedelta(seconds=290)) == []
    [written] = await mailed(cast)
    assert (written["To"], written["Subject"]) == ("anan-suda@example.org", "Thread 1")
    assert "Berit Berg wrote in Thread 1 (3)" in words(written)
    assert "http://localhost:8000/messages/1" in words(written)
    assert "because you want mail about: Messages to you." in words(written)
    assert len(await mailed(cast, timedelta(hours=9))) == 1


async def test_the_job_waits_as_long_as_the_setting_says(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    await club.tell(anan, berit)
    async with cast.running.database.transaction() as session:
        jobs_due = await session.execute(text("SELECT task_name, scheduled_at FROM procrastinate_jobs"))
        [(name, at)] = jobs_due
    assert name == "notifications.mail_missed"
    assert timedelta(seconds=280) < at - clock.now() <= timedelta(seconds=300)


async def test_what_is_read_in_time_is_not_mailed(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    await club.tell(anan, berit)
    await club.withdraw("1", anan)
    assert await mailed(cast) == []
    await club.tell(anan, berit)
    assert len(await mailed(cast)) == 1


async def test_what_is_read_while_the_mail_server_is_down_is_not_mailed(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    await club.tell(anan, berit)
    with clock.shifted(SOON):
        await jobs.mail_missed(cast.running)  # written, and waits for the server
    await club.withdraw("1", anan)
    assert await mailed(cast) == []


async def test_of_each_thing_one_letter_whatever_its_kinds(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    await club.tell(anan, berit)
    await club.tell(anan, berit, MENTION)
    await club.tell(anan, berit, thread="2")
    letters = await mailed(cast)
    assert [written["Subject"] for written in letters] == ["Thread 1", "Thread 2"]
    assert "mail about: Messages to you, Mentions." in words(letters[0])


async def test_letters_about_one_thing_thread_and_about_another_do_not(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    await club.tell(anan, berit)
    await club.tell(anan, berit, thread="2")
    await mailed(cast)
    await club.withdraw("1", anan)
    await club.tell(anan, berit)
    letters = await mailed(cast, 2 * SOON)
    roots = [(written["Subject"], written["References"], written["In-Reply-To"]) for written in letters]
    assert roots[0] == roots[2] != roots[1]
    assert len({written["Message-ID"] for written in letters}) == 3
    assert {written["Auto-Submitted"] for written in letters} == {"auto-generated"}
    assert letters[0]["List-Id"] == '"Messages to you" <direct-message.localhost>'


@pytest.mark.parametrize(
    "change",
    [
        {"notifications": {"direct-message": {"mail": False}}},
        {"mail_opt_out": True},
    ],
)
async def test_what_is_switched_off_in_the_meantime_is_not_mailed(
    club: Club, cast: Cast, anan: Member, berit: Member, change: dict[str, object]
) -> None:
    await club.tell(anan, berit)
    await prefer(cast, anan, **change)
    assert await mailed(cast) == []
    await club.withdraw("1", anan)
    await club.tell(anan, berit)
    assert await mailed(cast) == []
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(Notice.mail_at)) is None


async def test_who_is_suspended_or_deceased_or_has_blocked_in_the_meantime_gets_none(
    club: Club, cast: Cast, berit: Member
) -> None:
    suspended, deceased, blocks, none = [await cast.member(f"{n} Suda") for n in ("Sus", "Dec", "Blo", "Non")]
    await club.tell([suspended, deceased, blocks, none], berit)
    async with cast.running.database.transaction() as session:
        session.add(Suspension(member_id=suspended.id, reason="spam"))
    await cast.change(deceased, deceased=True)
    async with await cast.browser(blocks) as browser:
        (await browser.put("/api/v1/members/berit-berg/block")).raise_for_status()
    assert [written["To"] for written in await mailed(cast)] == ["non-suda@example.org"]


async def test_quiet_hours_on_the_members_own_clock_put_it_off(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    local = clock.now().astimezone(ZoneInfo("America/Sao_Paulo"))
    start, end = local - timedelta(hours=2), local + timedelta(hours=2)
    hours = {"from": f"{start:%H:%M}", "to": f"{end:%H:%M}"}
    await prefer(cast, anan, time_zone="America/Sao_Paulo", quiet_hours=hours)
    await club.tell(anan, berit)
    assert await mailed(cast) == []
    assert await mailed(cast, timedelta(minutes=110)) == []
    assert len(await mailed(cast, timedelta(minutes=125))) == 1


@dataclass(eq=False)
class Browser:
    """A connected browser, as far as looking needs it."""

    member_id: UUID
    session_id: UUID | None = None
    blocked: frozenset[UUID] = frozenset()

    def write(self, frames: Sequence[bytes]) -> None: ...

    def ended(self, code: int) -> None: ...

    def noticed(self, notice: str) -> None: ...

    def admitted(self, channel: str) -> None: ...

    def refreshed(self) -> None: ...


async def test_never_to_someone_who_is_looking(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    browser = Browser(anan.id)
    await cast.running.live.look(browser, "thread:1")
    await club.tell([anan, await cast.member("Away Suda")], berit)
    assert [written["To"] for written in await mailed(cast)] == ["away-suda@example.org"]
    await cast.running.live.look_away(browser, "thread:1")
    assert len(await mailed(cast, timedelta(seconds=700))) == 2


async def test_the_kind_looks_once_more_and_says_what_may_be_quoted(
    club: Club, cast: Cast, anan: Member, berit: Member, written: Written
) -> None:
    written.quotes = {"thread:1": [Quote("Berit Berg", f"line {n}\n<b>") for n in range(7)], "thread:2": None}
    await club.tell(anan, berit)
    await club.tell(anan, berit, thread="2")
    [letter] = await mailed(cast)
    assert [f"line {n}" in words(letter) for n in range(7)] == [False, False, True, True, True, True, True]
    assert "And 2 more." in words(letter)
    html = letter.get_body(("html",))
    assert html is not None
    assert "line 6<br>&lt;b&gt;" in html.get_content()
    async with await cast.browser(anan) as browser:
        items = (await browser.get("/api/v1/notifications")).json()["items"]
        assert [(item["url"], item["read_at"] is None) for item in items] == [
            ("/messages/2", False),
            ("/messages/1", True),
        ]


async def test_private_text_stays_out_of_letters_of_those_who_want_it_so(
    club: Club, cast: Cast, anan: Member, berit: Member, written: Written
) -> None:
    written.quotes["thread:1"] = [Quote("Berit Berg", "our secret")]
    other = await cast.member("Other Suda")
    await prefer(cast, anan, mail_quotes=False)
    await club.tell([anan, other], berit)
    said = {letter["To"]: "our secret" in words(letter) for letter in await mailed(cast)}
    assert said == {"anan-suda@example.org": False, "other-suda@example.org": True}


async def test_what_goes_on_unread_is_mailed_again_only_after_growing_pauses(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    """Case 63."""
    sent = []
    for hour in range(0, 48):
        with clock.shifted(timedelta(hours=hour)):
            await club.tell(anan, berit)
        sent.append(len(await mailed(cast, timedelta(hours=hour) + SOON)))
    assert [hour for hour in range(48) if sent[hour] > (sent[hour - 1] if hour else 0)] == [0, 4, 24, 44]


async def test_nobody_causes_more_than_a_few_letters_a_day_to_another(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    """Case 63: one thread after another, or read and written again."""
    chi = await cast.member("Chi Lan")
    for thread in range(12):
        await club.tell(anan, berit, thread=str(thread))
    await club.tell(anan, chi, thread="100")
    assert len(await mailed(cast)) == 5 + 1
    for thread in range(12):
        await club.withdraw(str(thread), anan)
    await club.tell(anan, berit)
    assert len(await mailed(cast, 3 * SOON)) == 6
    assert len(await mailed(cast, timedelta(hours=25))) == 7


async def test_what_is_put_off_with_something_gone_keeps_nobodys_letter(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    """Of two kinds about one thing one is gone, the other has to wait, and is read meanwhile."""

    async def gone(session: Session, viewer: Viewer, subject: str) -> None:
        return None

    kinds.register([replace(MENTION, look=gone)])
    for thread in range(5):
        await club.tell(anan, berit, thread=str(thread))
    assert len(await mailed(cast)) == 5
    for kind in (MENTION, DIRECT):
        await club.tell(anan, berit, kind=kind, thread="9")
    assert len(await mailed(cast, 2 * SOON)) == 5
    await club.withdraw("9", anan)
    await club.tell(anan, await cast.member("Chi Lan"), thread="10")
    assert len(await mailed(cast, timedelta(hours=6))) == 6


async def test_a_letter_that_breaks_us_keeps_no_other(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    async def broken(session: Session, viewer: Viewer, subject: str) -> None:
        raise RuntimeError("nobody thought of this")

    kinds.register([replace(MENTION, look=broken)])
    await club.tell(anan, berit, kind=MENTION)
    await club.tell(berit, anan)
    assert [letter["To"] for letter in await mailed(cast)] == ["berit-berg@example.org"]
    kinds.register([MENTION])
    assert len(await mailed(cast, timedelta(hours=2))) == 2


async def test_a_bouncing_address_gives_way_to_another_and_nothing_comes_when_all_do(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    await cast.address(anan, "anan@second.example")
    await cast.address(anan, "anan@roster.example", confirmed=False)
    async with cast.running.database.transaction() as session:
        for _bounce in range(2):
            await mail.record_bounce(session, "anan-suda@example.org", hard=True)
    await club.tell(anan, berit)
    assert [written["To"] for written in await mailed(cast)] == ["anan@second.example"]
    async with cast.running.database.transaction() as session:
        for _bounce in range(2):
            await mail.record_bounce(session, "anan@second.example", hard=True)
    await club.withdraw("1", anan)
    await club.tell(anan, berit)
    assert len(await mailed(cast, 2 * SOON)) == 1


async def test_whose_account_may_yet_be_anothers_gets_no_letter_until_that_is_clear(
    club: Club, cast: Cast, anan: Member, berit: Member
) -> None:
    async with cast.running.database.transaction() as session:
        until = clock.now() + timedelta(hours=72)
        await session.execute(update(Account).where(Account.member_id == anan.id).values(limited_until=until))
    await club.tell(anan, berit)
    assert await mailed(cast) == []
    assert len(await mailed(cast, timedelta(hours=73))) == 1


async def test_a_letter_speaks_the_readers_language(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    await prefer(cast, anan, language="ja")
    await cast.change(berit, visibility={"name": "me"})
    await club.tell(anan, berit)
    [letter] = await mailed(cast)
    assert letter["Content-Language"] == "ja"
    assert "どなたか wrote in Thread 1 (1)" in words(letter)
    assert "すべての設定" in words(letter)


async def test_no_name_or_title_adds_a_header(club: Club, cast: Cast, anan: Member, berit: Member) -> None:
    """Case 54."""
    await club.tell(anan, berit, thread="1\r\nBcc: b@example.org, c@example.org")
    [letter] = await mailed(cast)
    assert (letter["Bcc"], letter["To"]) == (None, "anan-suda@example.org")
    assert letter["Subject"] == "Thread 1 Bcc: b@example.org, c@example.org"


async def test_two_workers_write_each_letter_once(club: Club, cast: Cast, berit: Member) -> None:
    people = [await cast.member(f"Mate {n}") for n in range(8)]
    await club.tell(people, berit, DIRECT)
    with clock.shifted(SOON):
        await asyncio.gather(*(jobs.mail_missed(cast.running) for _worker in range(3)))
    async with cast.running.database.transaction() as session:
        letters = await session.scalars(select(OutgoingLetter.member_id))
        assert Counter(letters) == Counter(member.id for member in people)


async def test_quiet_hours_end_by_the_clock_on_the_wall(cast: Cast) -> None:
    hours = {"from": "22:00", "to": "07:00"}
    berlin = ZoneInfo("Europe/Berlin")
    spring = datetime(2027, 3, 28, 1, 30, tzinfo=berlin)  # at two it is three
    assert quiet_until(hours, "Europe/Berlin", spring) == datetime(2027, 3, 28, 7, 0, tzinfo=berlin)
    evening = datetime(2027, 3, 27, 23, 0, tzinfo=berlin)
    assert quiet_until(hours, "Europe/Berlin", evening) == datetime(2027, 3, 28, 7, 0, tzinfo=berlin)
    assert quiet_until(hours, "Europe/Berlin", datetime(2027, 3, 28, 7, 0, tzinfo=berlin)) is None
    assert quiet_until({"from": "13:00", "to": "14:00"}, "Asia/Kolkata", datetime.fromisoformat("2027-01-01T08:00:00Z"))
    assert quiet_until({"from": "07:00", "to": "07:00"}, "UTC", spring) is None
