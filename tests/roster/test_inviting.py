"""Invitations: to whom they go, in waves, never twice, and when they stop."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from ssc.core import clock, ids, mail
from ssc.core.audit import AuditEntry
from ssc.core.process import Process
from ssc.people.models import InvitationRefusal, Member
from ssc.roster.importing.models import RosterImport, RosterOutcome
from ssc.roster.inviting import actions, queries, rules
from ssc.roster.inviting.models import Invitation, InvitationRound
from tests.cast import Cast


async def imported(running: Process, *members: Member, dry_run: bool = False, state: str = "done") -> UUID:
    """An import whose rows are these people."""
    async with running.database.transaction() as session:
        made = RosterImport(id=ids.new(), file_name="roster.csv", dry_run=dry_run, state=state)
        session.add(made)
        await session.flush()
        for row, member in enumerate(members, start=2):
            session.add(
                RosterOutcome(import_id=made.id, row=row, outcome="created", name=member.name, member_id=member.id)
            )
        return made.id


async def record(cast: Cast, name: str, email: str | None = None, **columns: object) -> Member:
    """Somebody of the roster who has not joined."""
    made = await cast.member(name, claimed=False, **columns)  # type: ignore[arg-type]
    if email is not None:
        await cast.address(made, email, confirmed=False, source="roster")
    return made


async def invite(cast: Cast, import_id: UUID) -> dict[str, object]:
    async with await cast.browser(await cast.staff()) as browser:
        answer = await browser.post(f"/api/v1/roster-imports/{import_id}/invite")
    assert answer.status_code == 202
    found: dict[str, object] = answer.json()
    return found


async def test_everybody_of_an_import_is_invited_but_those_who_joined_or_are_not_to_be_written_to(
    cast: Cast, running: Process
) -> None:
    wanted = await record(cast, "Anan Suda", "anan@old.example")
    await cast.exchange("SSP-A-2023-1", [wanted])
    joined = await cast.member("Ji Won", email="ji@example.org")
    others = [
        joined,
        await record(cast, "No Address"),
        await record(cast, "Do Not", "donot@old.example", do_not_contact=True),
        await record(cast, "Late Professor", "late@old.example", deceased=True),
    ]
    bounced = await record(cast, "Gone Mailbox", "gone@old.example")
    async with running.database.transaction() as session:
        await mail.record_bounce(session, "gone@old.example", hard=True)
        await mail.record_bounce(session, "gone@old.example", hard=True)
    stranger = await record(cast, "Other Import", "other@old.example")

    begun = await invite(cast, await imported(running, wanted, *others, bounced))
    assert (begun["state"], begun["sent"], begun["waiting"]) == ("sending", 0, 1)
    await cast.run_jobs()

    letters = cast.letters()
    assert [letter.to for letter in letters] == ["anan@old.example"]
    assert letters[0].subject == "Anan Suda, your place in the Sakura Science Club is waiting"
    assert "“Exchange SSP-A-2023-1”" in letters[0].text
    assert "Chiba University" in letters[0].text
    assert letters[0].links[0].startswith("http://localhost:8000/invitations/")
    assert stranger.id not in await invited(running)


async def invited(running: Process) -> list[UUID]:
    async with running.database.transaction() as session:
        return list(await session.scalars(select(Invitation.member_id).order_by(Invitation.id)))


async def test_a_second_address_is_used_when_the_first_bounces(cast: Cast, running: Process) -> None:
    wanted = await record(cast, "Anan Suda", "first@old.example")
    await cast.address(wanted, "second@old.example", confirmed=False, source="roster")
    async with running.database.transaction() as session:
        await mail.record_bounce(session, "FIRST@old.example", hard=True)
        await mail.record_bounce(session, "first@old.example", hard=True)
    await invite(cast, await imported(running, wanted))
    await cast.run_jobs()
    assert [letter.to for letter in cast.letters()] == ["second@old.example"]


async def test_inviting_again_mails_nobody_twice_until_the_link_has_expired(cast: Cast, running: Process) -> None:
    """Case 64."""
    wanted = await record(cast, "Anan Suda", "anan@old.example")
    import_id = await imported(running, wanted)
    for _again in range(3):
        await invite_as_staff(running, import_id)
        await cast.run_jobs()
    assert len(cast.letters()) == 1
    with clock.shifted(rules.CLAIM.lasts + timedelta(minutes=1)):
        await invite_as_staff(running, import_id)
        await cast.run_jobs()
    assert [letter.to for letter in cast.letters()] == ["anan@old.example"] * 2


async def invite_as_staff(running: Process, import_id: UUID) -> InvitationRound:
    async with running.database.transaction() as session:
        return await actions.invite_import(session, import_id, by=None)


async def test_a_round_under_way_is_not_begun_again(cast: Cast, running: Process) -> None:
    import_id = await imported(running, await record(cast, "Anan Suda", "anan@old.example"))
    first, second = await invite_as_staff(running, import_id), await invite_as_staff(running, import_id)
    assert first.id == second.id


async def test_letters_leave_in_waves(cast: Cast, running: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "WAVE", 2)
    people = [await record(cast, f"Person {n}", f"p{n}@old.example") for n in range(5)]
    begun = await invite_as_staff(running, await imported(running, *people))
    await cast.run_jobs()
    assert len(await invited(running)) == 2
    for expected in (4, 5):
        async with running.database.transaction() as session:
            await actions.send_wave(session, begun.id)
        assert len(await invited(running)) == expected
    assert await state_of(running, begun.id) == "done"
    assert await invited(running) == [person.id for person in people]


async def state_of(running: Process, round_id: UUID) -> str:
    async with running.database.transaction() as session:
        found = await session.get(InvitationRound, round_id)
        assert found is not None
        return found.state


async def test_a_round_pauses_when_many_letters_come_back_and_goes_on_when_staff_resume(
    cast: Cast, running: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "WAVE", 12)
    people = [await record(cast, f"Person {n}", f"p{n}@old.example") for n in range(20)]
    begun = await invite_as_staff(running, await imported(running, *people))
    await cast.run_jobs()
    async with running.database.transaction() as session:
        for n in range(10):
            await mail.record_bounce(session, f"p{n}@old.example", hard=True)
        assert await actions.send_wave(session, begun.id) == 0
    assert await state_of(running, begun.id) == "paused"

    staff = await cast.browser(await cast.staff())
    async with staff:
        rounds = (await staff.get("/api/v1/invitation-rounds")).json()["items"]
        assert [(r["state"], r["sent"], r["bounced"], r["waiting"]) for r in rounds] == [("paused", 12, 10, 8)]
        page = await staff.get("/desk/invitations")
        assert "The letters are paused" in page.text
        answer = await staff.post(f"/api/v1/invitation-rounds/{begun.id}/resume")
        assert (answer.status_code, answer.json()["state"]) == (200, "sending")
        assert (await staff.post(f"/api/v1/invitation-rounds/{begun.id}/resume")).status_code == 409
    await cast.run_jobs()
    async with running.database.transaction() as session:
        await actions.send_wave(session, begun.id)
    assert len(await invited(running)) == 20
    assert await state_of(running, begun.id) == "done"


@pytest.mark.parametrize(
    ("sent", "bounced", "waits"), [(12, 10, True), (400, 10, False), (400, 21, True), (20, 9, False), (0, 0, False)]
)
def test_one_letter_in_twenty_may_come_back(sent: int, bounced: int, waits: bool) -> None:
    assert rules.too_many_bounces(sent, bounced) is waits


async def test_staff_can_pause_a_round(cast: Cast, running: Process) -> None:
    begun = await invite_as_staff(running, await imported(running, await record(cast, "Anan Suda", "a@old.example")))
    async with await cast.browser(await cast.staff()) as staff:
        assert (await staff.post(f"/desk/invitations/rounds/{begun.id}/pause")).status_code == 303
    await cast.run_jobs()
    assert await invited(running) == []
    assert await state_of(running, begun.id) == "paused"


async def test_a_rehearsal_an_unfinished_import_and_none_invite_nobody(cast: Cast, running: Process) -> None:
    wanted = await record(cast, "Anan Suda", "anan@old.example")
    rehearsal = await imported(running, wanted, dry_run=True)
    unfinished = await imported(running, wanted, state="running")
    done = await imported(running, wanted)
    async with await cast.browser(await cast.staff()) as staff:
        paths = [rehearsal, unfinished, ids.new(), "not-an-id", done]
        found = [(await staff.post(f"/api/v1/roster-imports/{p}/invite")).status_code for p in paths]
    assert found == [409, 409, 404, 404, 202]


async def test_only_staff_invite(cast: Cast, running: Process) -> None:
    import_id = await imported(running, await record(cast, "Anan Suda", "anan@old.example"))
    member, coordinator, staff = await cast.member("Plain"), await cast.coordinator("TH"), await cast.staff()
    calls = [("POST", f"/api/v1/roster-imports/{import_id}/invite"), ("GET", "/api/v1/invitation-rounds")]
    for method, path in calls:
        async with cast.visitor() as visitor:
            assert (await visitor.request(method, path)).status_code == 401
        for person, status in ((member, 403), (coordinator, 403)):
            async with await cast.browser(person) as browser:
                assert (await browser.request(method, path)).status_code == status
        async with await cast.browser(staff) as browser:
            assert (await browser.request(method, path)).is_success


async def test_one_address_is_invited_at_once_in_the_language_of_its_country(cast: Cast, running: Process) -> None:
    await record(cast, "Hana Sato", "hana@old.example", country="JP")
    await record(cast, "Same Mailbox", "HANA@old.example", country="TH")
    async with await cast.browser(await cast.staff()) as staff:
        answer = await staff.post("/api/v1/invitations", json={"email": "Hana@OLD.example"})
        assert (answer.status_code, [i["language"] for i in answer.json()["items"]]) == (201, ["ja", "en"])
        again = await staff.post("/api/v1/invitations", json={"email": "hana@old.example"})
        assert (again.status_code, again.json()) == (201, {"items": []})
        page = await staff.post("/desk/invitations", data={"email": "hana@old.example"})
        assert page.status_code == 422
        assert "Nobody with this address is to be invited" in page.text
    await cast.run_jobs()
    assert sorted(letter.language for letter in cast.letters()) == ["en", "ja"]


async def test_staff_see_what_became_of_the_letters(cast: Cast, running: Process) -> None:
    await record(cast, "Anan Suda", "anan@old.example")
    async with await cast.browser(await cast.staff()) as staff:
        sent = await staff.post("/desk/invitations", data={"email": "anan@old.example", "language": "ja"})
        assert (sent.status_code, "1 invitation is on its way." in sent.text) == (200, True)
        page = await staff.get("/desk/invitations")
    assert "Anan Suda" in page.text
    assert "anan@old.example" in page.text


async def test_a_possible_minor_is_asked_to_read_it_with_a_guardian(cast: Cast, running: Process) -> None:
    minor = await record(cast, "Mina Minor", "mina@school.example", birth_date=clock.today_in_japan())
    adult = await record(cast, "Ada Adult", "ada@old.example")
    await invite(cast, await imported(running, minor, adult))
    await cast.run_jobs()
    sentence = "You may be under 18. Please read this together with a parent or guardian"
    assert {letter.to: sentence in letter.text for letter in cast.letters()} == {
        "mina@school.example": True,
        "ada@old.example": False,
    }


async def test_one_press_stops_invitations_without_signing_in(cast: Cast, running: Process) -> None:
    wanted = await record(cast, "Anan Suda", "anan@old.example")
    import_id = await imported(running, wanted)
    await invite(cast, import_id)
    await cast.run_jobs()
    async with running.database.transaction() as session:
        told = (await session.scalars(select(mail.OutgoingLetter.headers))).one()["List-Unsubscribe"]
    stop = told.partition(">")[0].strip("<")
    async with cast.visitor() as visitor:
        assert (await visitor.get(stop)).status_code == 200
        async with running.database.transaction() as session:
            assert await session.scalar(select(func.count()).select_from(InvitationRefusal)) == 0
        pressed = await visitor.post(stop, data={"List-Unsubscribe": "One-Click"})
        assert pressed.status_code == 200
        assert (await visitor.post(stop[:-2] + "AA")).status_code == 404
    with clock.shifted(rules.CLAIM.lasts + timedelta(days=1)):
        await invite_as_staff(running, import_id)
        await cast.run_jobs()
    assert len(cast.letters()) == 1


async def test_a_worker_that_dies_in_a_wave_mails_nobody_twice(cast: Cast, running: Process) -> None:
    """Case 64."""
    people = [await record(cast, f"Person {n}", f"p{n}@old.example") for n in range(3)]
    begun = await invite_as_staff(running, await imported(running, *people))
    with pytest.raises(ZeroDivisionError):
        async with running.database.transaction() as session:
            await actions.send_wave(session, begun.id)
            raise ZeroDivisionError
    await cast.run_jobs()
    assert sorted(letter.to for letter in cast.letters()) == ["p0@old.example", "p1@old.example", "p2@old.example"]


async def test_the_round_and_each_single_letter_are_in_the_audit_log(cast: Cast, running: Process) -> None:
    wanted = await record(cast, "Anan Suda", "anan@old.example")
    import_id = await imported(running, await record(cast, "Other", "other@old.example"))
    async with running.database.transaction() as session:
        await actions.invite_import(session, import_id, by=None)
        await actions.invite_address(session, "anan@old.example", by="cli")
    async with running.database.transaction() as session:
        rows = await session.execute(
            select(AuditEntry.actor, AuditEntry.action, AuditEntry.target).order_by(AuditEntry.id)
        )
        assert [tuple(row) for row in rows] == [
            ("cli", "invitation.round", f"roster-import:{import_id}"),
            ("cli", "invitation.send", f"member:{wanted.id}"),
        ]


async def test_the_list_of_letters_is_paged_without_gaps(cast: Cast, running: Process) -> None:
    people = [await record(cast, f"Person {n}", f"p{n}@old.example") for n in range(5)]
    await invite_as_staff(running, await imported(running, *people))
    await cast.run_jobs()
    async with running.database.transaction() as session:
        await session.execute(update(Invitation).values(created_at=clock.now()))
    async with await cast.browser(await cast.staff()) as staff:
        first = await staff.get("/desk/invitations", params={"limit": 3})
        following = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        second = await staff.get(f"{following}&limit=3")
    seen = [[f"p{n}@old.example" in page.text for n in range(5)] for page in (first, second)]
    assert [a != b for a, b in zip(*seen, strict=True)] == [True] * 5
    assert [sum(page) for page in seen] == [3, 2]


async def test_staffs_numbers_count_what_was_claimed(cast: Cast, running: Process) -> None:
    people = [await record(cast, f"Person {n}", f"p{n}@old.example") for n in range(2)]
    begun = await invite_as_staff(running, await imported(running, *people))
    await cast.run_jobs()
    async with running.database.transaction() as session:
        used = update(Invitation).where(Invitation.member_id == people[0].id).values(used_at=clock.now())
        await session.execute(used)
    async with running.database.transaction() as session:
        done = await session.get(InvitationRound, begun.id)
        assert done is not None
        assert await queries.tally_of(session, done) == rules.Tally(sent=2, bounced=0, claimed=1, waiting=0)
