"""What people are told about an event, and who may be invited: once each, and never who wants no contact."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from ssc.core import clock
from ssc.core.clock import rfc3339
from ssc.events.actions import passing, telling
from ssc.events.invitations import Pass
from ssc.events.models import Event, InvitationRound, Invited
from ssc.events.rules import needs_second_person
from ssc.notifications.jobs import mail_missed
from ssc.people.models import InvitationRefusal, Member
from ssc.people.viewer import Viewer
from tests.cast import Cast
from tests.events.planning import later, pointers, published


@pytest.fixture
async def cora(cast: Cast) -> httpx.AsyncClient:
    return await cast.browser(await cast.coordinator("TH"))


async def bell(browser: httpx.AsyncClient) -> list[str]:
    return [one["text"] for one in (await browser.get("/api/v1/notifications")).json()["items"]]


async def on_the_roster(cast: Cast, name: str, **columns: Any) -> Member:
    """Somebody without an account, whose address the roster has."""
    made = await cast.member(name, claimed=False, **columns)
    await cast.address(made, f"{name.split()[0].lower()}@roster.example", confirmed=False, source="roster")
    return made


async def test_a_region_is_invited_by_filters_with_a_count_and_nobody_twice(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali = await cast.member("Mali Member", fields=["Robotics"])
    una = await on_the_roster(cast, "Una Roster")
    await on_the_roster(cast, "Quiet Roster", do_not_contact=True)
    await on_the_roster(cast, "Opted Out", mail_opt_out=True)
    rita = await on_the_roster(cast, "Rita Refused")
    async with cast.running.database.transaction() as session:
        session.add(InvitationRefusal(member_id=rita.id))
    await cast.member("Ines India", country="IN")
    await cast.exchange("SSP-1", [mali, una], fiscal_year=2019)
    slug = await published(cora)
    path = f"/api/v1/events/{slug}/invitations"

    async def count(**filters: object) -> int:
        answer = await cora.post(path, json={"dry_run": True, **filters})
        assert answer.status_code == 200, answer.text
        found: int = answer.json()["count"]
        return found

    assert [await count(), await count(field="robotics"), await count(fiscal_years=[2019])] == [3, 1, 2]
    assert [await count(fiscal_years="2018–2020"), await count(fiscal_years=["2017", "2019"])] == [2, 2]
    assert pointers(await cora.post(path, json={"fiscal_years": "soon", "dry_run": True}))[0].startswith(
        "/fiscal_years"
    )
    assert [await count(fiscal_years=[2020]), await count(programme="ssp-a")] == [0, 2]
    refused = await cora.post(path, json={"country": "IN", "dry_run": True})
    assert (refused.status_code, pointers(await cora.post(path, json={"country": "??"}))) == (403, ["/country"])
    assert (await cora.post(path, json={"programme": "ssp-a"})).json() == {"count": 2}
    await cast.run_jobs()
    assert (await cora.post(path, json={"programme": "ssp-a"})).json() == {"count": 0}
    await cast.run_jobs()
    assert len(await bell(await cast.browser(mali))) == 1
    (letter,) = [letter for letter in cast.letters() if letter.to.endswith("@roster.example")]
    assert (letter.to, "Dear Una Roster," in letter.text) == ("una@roster.example", True)
    link = next(link for link in letter.links if "/event-answers/" in link)
    assert (await cast.visitor().get(link)).status_code == 200
    assert await count() == 1
    page = await cora.post(f"/events/{slug}/invitations", data={"country": "TH", "dry_run": "true"})
    assert "1 person would be invited." in page.text
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Invited)) == 2


async def test_a_wide_mailing_is_confirmed_by_a_second_person_of_the_secretariat(cast: Cast) -> None:
    """(case 63)"""
    sachi = await cast.staff()
    staff, second = await cast.browser(sachi), await cast.browser(await cast.staff("Second Staff"))
    mali = await cast.member("Mali Member")
    slug = await published(staff)
    path = f"/api/v1/events/{slug}/invitations"
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
        waiting = InvitationRound(event_id=event.id, filters={}, persons=501, asked_by=sachi.id, waits=True)
        session.add(waiting)
        await session.flush()
    assert (await staff.post(f"{path}/{waiting.id}/confirm")).status_code == 403
    assert (await second.post(f"{path}/{waiting.id}/confirm")).json() == {"count": 501}
    assert (await second.post(f"{path}/{waiting.id}/confirm")).status_code == 409
    await cast.run_jobs()
    assert len(await bell(await cast.browser(mali))) == 1
    coordinator = Viewer(mali, roles=frozenset({"coordinator:TH"}))
    office = Viewer(mali, roles=frozenset({"staff"}))
    told = [needs_second_person(who, "TH", n) for who in (coordinator, office) for n in (500, 501)]
    assert told == [False, False, False, True]


async def test_an_organiser_asks_for_a_bounded_number_of_invitations_a_day(cast: Cast, cora: httpx.AsyncClient) -> None:
    """(case 63)"""
    path = f"/api/v1/events/{await published(cora)}/invitations"
    assert {(await cora.post(path, json={})).status_code for _one in range(telling.INVITATIONS_A_DAY)} == {200}
    refused = await cora.post(path, json={})
    assert (refused.status_code, "retry-after" in refused.headers) == (429, True)
    assert (await cora.post(path, json={"dry_run": True})).status_code == 200
    with clock.shifted(timedelta(days=1, minutes=1)):
        assert (await cora.post(path, json={})).status_code == 200


async def test_a_change_of_time_or_place_is_told_once_and_reminders_move_with_it(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali, bela = await cast.browser(await cast.member("Mali Member")), await cast.browser(await cast.member("Bela B"))
    slug = await published(cora)
    path = f"/api/v1/events/{slug}"
    await mali.put(f"{path}/rsvp", json={"status": "going"})
    await bela.put(f"{path}/rsvp", json={"status": "declined"})
    await cora.patch(path, json={"summary": "Only words"})
    assert await bell(mali) == []
    starts = later(days=30)
    moved = {"starts_at": rfc3339(starts + timedelta(days=1)), "ends_at": rfc3339(starts + timedelta(days=2))}
    await cora.patch(path, json=moved)
    await cora.patch(path, json={"venue": "The embassy"})
    told = (await mali.get("/api/v1/notifications")).json()["items"]
    assert [(one["count"], "Place: The embassy." in one["text"]) for one in told] == [(2, True)]
    assert await bell(bela) == []

    async def reminders() -> int:
        async with cast.running.database.transaction() as session:
            await passing.remind(session)
        return sum("Soon: " in text for text in await bell(mali))

    counts = []
    for days in (23.5, 24.1, 24.2, 29.5, 30.1, 30.2):
        with clock.shifted(timedelta(days=days)):
            counts.append(await reminders())
            await mali.put("/api/v1/notifications/read", json={"up_to": "ffffffff-ffff-7fff-bfff-ffffffffffff"})
    assert counts == [0, 1, 1, 1, 2, 2]
    await cora.post(f"{path}/cancel", json={"reason": "A storm."})
    assert (await bell(mali))[0] == "“Reunion in Bangkok” does not take place. A storm."


async def test_who_does_not_answer_an_invitation_is_reminded_twice_at_most(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali, bela = await cast.member("Mali Member"), await cast.member("Bela B")
    slug = await published(cora)
    await cora.post(f"/api/v1/events/{slug}/invitations", json={})
    await cast.run_jobs()
    await (await cast.browser(bela)).put(f"/api/v1/events/{slug}/rsvp", json={"status": "declined"})
    for days in (16.1, 16.2, 26.1, 26.2, 28):
        with clock.shifted(timedelta(days=days)):
            async with cast.running.database.transaction() as session:
                await passing.remind(session)
    async with cast.running.database.transaction() as session:
        counted = dict(iter(await session.execute(select(Invited.member_id, Invited.reminders))))
    assert (counted[mali.id], counted[bela.id]) == (2, 0)
    told = (await (await cast.browser(mali)).get("/api/v1/notifications")).json()["items"]
    assert [(one["count"], one["text"].startswith("You have not answered yet")) for one in told] == [(3, True)]


async def test_an_announcement_reaches_those_it_is_meant_for_by_notice_and_by_letter(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    """(case 54)"""
    mali = await cast.member("Mali Member")
    una = await on_the_roster(cast, "Una <b>Roster")
    slug = await published(cora)
    path = f"/api/v1/events/{slug}"
    await (await cast.browser(mali)).put(f"{path}/rsvp", json={"status": "maybe"})
    await cora.put(f"{path}/attendees/mali-member", json={"status": "going"})
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
        guest = Pass(event.id, una.id).token(cast.running.settings.key)
    await cast.visitor().post(f"/event-answers/{guest}", data={"status": "going"})
    text = {"subject": "Bring\r\nBcc: all@example.org", "body": "An <b>umbrella</b>", "to": ["going"]}
    sent = await cora.post(f"{path}/announcements", json=text)
    assert (sent.status_code, sent.json()) == (201, {"count": 2})
    browser = await cast.browser(mali)
    assert "Reunion in Bangkok: Bring Bcc: all@example.org" in await bell(browser)
    page = (await browser.get(f"/events/{slug}")).text
    assert ("An &lt;b&gt;umbrella&lt;/b&gt;" in page, "<b>umbrella" in page) == (True, False)
    assert "umbrella" not in (await cast.visitor().get(f"/events/{slug}")).text
    await cast.run_jobs()
    told = [letter for letter in cast.letters() if letter.to.endswith("@roster.example")]
    (letter,) = [letter for letter in told if not letter.subject.startswith("Your ticket")]
    assert letter.subject == "Reunion in Bangkok: Bring Bcc: all@example.org"
    assert ("&lt;b&gt;umbrella" in letter.html, "Dear Una &lt;b&gt;Roster," in letter.html) == (True, True)
    assert ("because you answered" in letter.text, "Say whether you come" in letter.text) == (True, False)
    assert pointers(await cora.post(f"{path}/announcements", json={**text, "to": []})) == ["/to"]
    assert (await browser.post(f"{path}/announcements", json=text)).status_code == 403
    assert (await cora.get(f"/events/{slug}/tell")).status_code == 200


async def test_the_page_says_how_many_an_announcement_reaches_and_why_the_eleventh_of_a_day_is_refused(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    slug = await published(cora)
    await mali.put(f"/api/v1/events/{slug}/rsvp", json={"status": "going", "guests": 1})
    page = (await cora.get(f"/events/{slug}/tell")).text
    assert [one in page for one in ("Going (1)", "Maybe (0)", "On the waitlist (0)")] == [True, True, True]
    text = {"subject": "Bring an umbrella", "body": "It will rain.", "to": ["going"]}
    answers = [await cora.post(f"/events/{slug}/announcements", data=text) for _time in range(11)]
    assert [one.status_code for one in answers] == [303] * 10 + [422]
    assert "10 announcements of one event in a day are enough. Write this one tomorrow." in answers[-1].text


async def test_two_announcements_within_minutes_come_in_one_letter_and_neither_comes_twice(
    cast: Cast, cora: httpx.AsyncClient
) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    slug = await published(cora)
    await mali.put(f"/api/v1/events/{slug}/rsvp", json={"status": "maybe"})

    async def tell(subject: str, *to: str) -> None:
        text = {"subject": subject, "body": f"{subject}.", "to": list(to)}
        assert (await cora.post(f"/api/v1/events/{slug}/announcements", json=text)).status_code == 201

    async def told(after: timedelta) -> list[str]:
        """What the letters that come by then quote."""
        with clock.shifted(after):
            await mail_missed(cast.running)
            await cast.run_jobs()
        words = ("Gate two", "Bring a badge", "Not for her", "Tea at six")
        return [word for word in words for letter in cast.letters() if f"> {word}." in letter.text]

    await tell("Gate two", "maybe")
    await tell("Bring a badge", "maybe", "going")
    await tell("Not for her", "going")
    assert await told(timedelta(minutes=10)) == ["Gate two", "Bring a badge"]
    with clock.shifted(timedelta(minutes=20)):
        await tell("Tea at six", "maybe")
    assert await told(timedelta(days=2)) == ["Gate two", "Bring a badge", "Tea at six"]


async def test_a_change_says_what_is_new_and_what_it_was_before(cast: Cast, cora: httpx.AsyncClient) -> None:
    mali = await cast.browser(await cast.member("Mali Member"))
    una = await on_the_roster(cast, "Una Roster")
    starts = datetime(2031, 5, 3, 11, 0, tzinfo=UTC)
    times = {"starts_at": rfc3339(starts), "ends_at": rfc3339(starts + timedelta(hours=3))}
    slug = await published(cora, venue="The embassy", **times)
    path = f"/api/v1/events/{slug}"
    await mali.put(f"{path}/rsvp", json={"status": "going"})
    async with cast.running.database.transaction() as session:
        event = (await session.scalars(select(Event))).one()
    guest = Pass(event.id, una.id).token(cast.running.settings.key)
    await cast.visitor().post(f"/event-answers/{guest}", data={"status": "maybe"})

    async def hears(**changed: str) -> str:
        assert (await cora.patch(path, json=changed)).status_code == 200
        (notice,) = (await mali.get("/api/v1/notifications", params={"unread": "true"})).json()["items"][:1]
        await mali.get(f"/events/{slug}")  # read
        text: str = notice["text"]
        return text.removeprefix("“Reunion in Bangkok” has changed. ")

    assert await hears(venue="The university") == (
        "It begins as before: Saturday, 3 May 2031, 18:00 (Bangkok). Place: The university (before: The embassy)."
    )
    assert await hears(ends_at=rfc3339(starts + timedelta(hours=4))) == (
        "It begins as before: Saturday, 3 May 2031, 18:00 (Bangkok). It ends: Saturday, 3 May 2031, 22:00 (Bangkok) "
        "(before: Saturday, 3 May 2031, 21:00 (Bangkok)). Place as before: The university."
    )
    assert await hears(starts_at=rfc3339(starts + timedelta(hours=1))) == (
        "It begins: Saturday, 3 May 2031, 19:00 (Bangkok) (before: Saturday, 3 May 2031, 18:00 (Bangkok)). "
        "Place as before: The university."
    )
    await cast.run_jobs()
    letters = [letter for letter in cast.letters() if letter.to == "una@roster.example"]
    assert {letter.subject for letter in letters} == {"“Reunion in Bangkok” has changed."}
    told = [letter.text for letter in letters]
    assert [("(before: The embassy)" in one, "as before: The university" in one) for one in told] == [
        (True, False),
        (False, True),
        (False, True),
    ]
