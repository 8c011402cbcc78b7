"""Links for missing mates: made by those who were there, opened by a birth date, ended by errors."""

import asyncio
import re
from datetime import date, timedelta
from typing import Any

import httpx
from sqlalchemy import select, update

from ssc.accounts.models import Token
from ssc.core import clock
from ssc.core.audit import AuditEntry
from ssc.people import actions as people
from ssc.people.models import Member
from ssc.programmes.models import Exchange
from ssc.roster.bringing.models import ClaimLink
from ssc.roster.bringing.rules import LINK
from tests.cast import Cast

BORN = date(1999, 7, 12)
RIGHT = {"birth_date": "1999-07-12", "email": "kanya@new.example"}
WRONG = {**RIGHT, "birth_date": "1999-07-13"}


async def cohort(cast: Cast, **columns: Any) -> tuple[Member, Member]:
    """Anan, who is here, and Kanya, who is missing, and whose roster address may be dead."""
    anan = await cast.member("Anan Suda")
    kanya = await cast.member("Kanya Lost", claimed=False, **{"birth_date": BORN, **columns})
    await cast.address(kanya, "kanya@old.example", confirmed=False, source="roster")
    await cast.exchange("SSP-A-2023-1", [anan, kanya])
    return anan, kanya


async def make(cast: Cast, maker: Member, record: Member) -> httpx.Response:
    async with await cast.browser(maker) as browser:
        return await browser.post("/api/v1/exchanges/SSP-A-2023-1/claim-links", json={"member": str(record.id)})


async def link(cast: Cast, maker: Member, record: Member) -> str:
    made = await make(cast, maker, record)
    assert made.status_code == 201, made.text
    address: str = made.json()["claim_url"]
    return address[address.index("/claim-links/") :]


async def test_the_right_birth_date_brings_the_invitation_and_the_claim(cast: Cast) -> None:
    """No address of the roster is shown; the known one hears of it and may object for 72 hours."""
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        shown = await phone.get(path)
        answered = await phone.post(path, data=RIGHT)
        again = await phone.post(path, data=RIGHT)
    assert (shown.status_code, answered.status_code, again.status_code) == (200, 202, 410)
    assert "Are you Kanya Lost?" in shown.text
    assert "old.example" not in shown.text + answered.text
    assert shown.headers["referrer-policy"] == "strict-origin"
    await cast.run_jobs()
    letters = {letter.to: letter for letter in cast.letters()}
    assert set(letters) == {"kanya@new.example", "kanya@old.example"}
    invitation = next(one for one in letters["kanya@new.example"].links if "/invitations/" in one)
    async with cast.visitor() as phone:
        claimed = await phone.post(f"/api/v1/invitations/{invitation.rsplit('/', 1)[1]}/accept", json={"terms": True})
        assert claimed.status_code == 201
        assert (await phone.get("/api/v1/session")).json()["member"]["name"] == "Kanya Lost"  # her record, no other
        assert (await phone.get("/api/v1/members")).status_code == 403  # limited until nobody can object
    assert any(one.endswith("/veto") for one in letters["kanya@old.example"].links)


async def test_five_wrong_dates_end_the_link_and_a_new_one_begins_anew(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        answers = [await phone.post(path, data=WRONG) for _ in range(5)]
        late = await phone.post(path, data=RIGHT)
        fresh = await phone.post(await link(cast, anan, kanya), data=RIGHT)
    assert [one.status_code for one in answers] == [422, 422, 422, 422, 410]
    assert "1 attempt is left" in answers[3].text
    assert (late.status_code, fresh.status_code) == (410, 202)


async def test_errors_are_counted_however_many_come_at_once(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        await asyncio.gather(*(phone.post(path, data=WRONG) for _ in range(8)))
        late = await phone.post(path, data=RIGHT)
    async with cast.running.database.transaction() as session:
        errors = (await session.scalars(select(ClaimLink.errors))).all()
        ended = (await session.scalars(select(AuditEntry.action).where(AuditEntry.action == "claim-link.end"))).all()
    assert (list(errors), list(ended), late.status_code) == ([5], ["claim-link.end"], 410)


async def test_of_two_answers_at_once_one_counts(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        both = await asyncio.gather(*(phone.post(path, data=RIGHT) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [202, 410]
    await cast.run_jobs()
    assert [one.to for one in cast.letters()].count("kanya@new.example") == 1


async def test_without_a_birth_date_on_the_roster_the_secretariat_confirms(cast: Cast) -> None:
    anan, kanya = await cohort(cast, birth_date=None)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        answered = await phone.post(path, data=RIGHT)
    await cast.run_jobs()
    assert (answered.status_code, "The secretariat looks at it" in answered.text) == (202, True)
    assert cast.letters() == []
    async with await cast.browser(await cast.staff()) as staff:
        page = await staff.get("/desk/recoveries")
        [waiting] = (await staff.get("/api/v1/recoveries")).json()["items"]
        assert "Kanya Lost" in page.text
        assert (await staff.post(f"/api/v1/recoveries/{waiting['id']}/vouch")).status_code == 200
    await cast.run_jobs()
    assert "kanya@new.example" in {one.to for one in cast.letters()}


async def test_what_others_vouch_for_is_evidence_where_the_secretariat_decides(cast: Cast) -> None:
    anan, kanya = await cohort(cast, birth_date=None)
    bob, cora, sachi = await cast.member("Bob Baker"), await cast.coordinator("TH"), await cast.staff()
    async with cast.running.database.transaction() as session:
        exchange = (await session.scalars(select(Exchange))).one()
    await cast.takes_part(exchange, bob)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        assert (await phone.post(path, data=RIGHT)).status_code == 202
    async with await cast.browser(sachi) as staff:
        told = (await staff.get("/api/v1/notifications")).json()["items"]
        assert [(one["kind"], one["url"]) for one in told] == [("vouching", "/desk/recoveries")]
    for member in (bob, cora):
        async with await cast.browser(member) as browser:
            [plea] = (await browser.get("/api/v1/recoveries")).json()["items"]
            answer = await browser.post(f"/api/v1/recoveries/{plea['id']}/vouch")
            assert (answer.status_code, answer.json()["state"]) == (200, "asked"), member.name
            assert "The secretariat decides." in (await browser.get("/recoveries")).text
    await cast.run_jobs()
    assert "kanya@new.example" not in {one.to for one in cast.letters()}
    async with await cast.browser(sachi) as staff:
        page = (await staff.get("/desk/recoveries")).text
        assert [name in page for name in ("Anan Suda", "Bob Baker", "Cora Coordinator", "Jul 1999")] == [True] * 4
        decided = await staff.post(f"/api/v1/recoveries/{plea['id']}/vouch")
        assert (decided.status_code, decided.json()["state"]) == (200, "approved")
        assert "Jul 1999" not in (await staff.get("/desk/recoveries")).text
    await cast.run_jobs()
    assert "kanya@new.example" in {one.to for one in cast.letters()}


async def test_only_for_those_whose_names_one_sees_among_the_missing(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    quiet = await cast.member("Quiet Quinn", claimed=False, do_not_contact=True)
    young = await cast.minor("Young Yui", claimed=False)
    here = await cast.member("Hera Here")
    elsewhere = await cast.member("Else Where", claimed=False)
    minor = await cast.minor()
    async with cast.running.database.transaction() as session:
        exchange = (await session.scalars(select(Exchange))).one()
    await cast.takes_part(exchange, quiet, young, here, minor)
    for record in (quiet, young, here, elsewhere):
        assert (await make(cast, anan, record)).status_code == 404, record.name
    assert (await make(cast, minor, kanya)).status_code == 404
    assert (await make(cast, await cast.staff(), kanya)).status_code == 404
    assert (await make(cast, anan, kanya)).status_code == 201


async def test_what_happens_to_the_record_ends_the_link(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    for change in ({"do_not_contact": True}, {"deceased": True}):
        async with cast.running.database.transaction() as session:
            await session.execute(update(Member).where(Member.id == kanya.id).values(**change))
        async with cast.visitor() as phone:
            assert (await phone.post(path, data=RIGHT)).status_code == 410, change
        async with cast.running.database.transaction() as session:
            back = dict.fromkeys(change, False)
            await session.execute(update(Member).where(Member.id == kanya.id).values(**back))
    async with cast.visitor() as phone:
        assert (await phone.get(path)).status_code == 200
    async with cast.running.database.transaction() as session:
        await session.execute(
            update(Token).where(Token.kind == LINK.name).values(expires_at=clock.now() - timedelta(seconds=1))
        )
    async with cast.visitor() as phone:
        assert (await phone.get(path)).status_code == 410
        assert (await phone.post(path, data=RIGHT)).status_code == 410


async def test_who_is_shut_out_brings_nobody_in(cast: Cast) -> None:
    """Her links wait as long as she does."""
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    async with cast.running.database.transaction() as session:
        await people.suspend(session, anan.id, by="cli", reason="x")
    async with cast.visitor() as phone:
        assert [(await phone.get(path)).status_code, (await phone.post(path, data=RIGHT)).status_code] == [410, 410]
        async with cast.running.database.transaction() as session:
            await people.lift_suspension(session, anan.id, by="cli", reason="x")
        assert (await phone.post(path, data=RIGHT)).status_code == 202


async def test_the_page_makes_the_link_and_shows_it_once(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    async with await cast.browser(anan) as browser:
        page = await browser.get("/exchanges/SSP-A-2023-1")
        assert str(kanya.id) in page.text
        made = await browser.post("/exchanges/SSP-A-2023-1/claim-links", data={"member": str(kanya.id)})
        wrong = await browser.post("/exchanges/SSP-A-2023-1/claim-links", data={"member": "nobody"})
    assert (made.status_code, wrong.status_code) == (201, 404)
    assert "/claim-links/" in made.text
    assert made.headers["cache-control"].startswith(("no-store", "private"))


async def test_bad_answers_are_told_at_their_field(cast: Cast) -> None:
    anan, kanya = await cohort(cast)
    path = await link(cast, anan, kanya)
    async with cast.visitor() as phone:
        empty = await phone.post(path, data={})
        odd = await phone.post(path, data={"birth_date": "yesterday", "email": "no address"})
    for answer in (empty, odd):
        assert answer.status_code == 422
        told = re.findall(r'<p class="error" id="[a-z-]*?(birth_date|email)-error"', answer.text)
        assert told == ["birth_date", "email"]
    async with cast.running.database.transaction() as session:
        assert (await session.scalars(select(ClaimLink.errors))).all() == [0]  # only a whole answer is an attempt


async def test_a_program_answers_a_link_as_the_page_does(cast: Cast) -> None:
    """Errors are counted although they are refused; a date that the roster lacks waits for the secretariat."""
    anan, kanya = await cohort(cast)
    path = f"/api/v1{await link(cast, anan, kanya)}"
    async with cast.visitor() as phone:
        shown = (await phone.get(path)).json()
        assert (shown["name"], shown["maker"], shown["attempts_left"]) == ("Kanya Lost", "Anan Suda", 5)
        assert shown["exchange"]["code"] == "SSP-A-2023-1"
        wrong = await phone.post(path, json=WRONG)
        assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/birth_date")
        assert (await phone.get(path)).json()["attempts_left"] == 4
        right = await phone.post(path, json=RIGHT)
        assert (right.status_code, right.json()) == (202, {"outcome": "invited"})
        assert [(await phone.get(path)).status_code, (await phone.post(path, json=RIGHT)).status_code] == [410, 410]
        ended = f"/api/v1{await link(cast, anan, kanya)}"
        assert [(await phone.post(ended, json=WRONG)).status_code for _ in range(6)] == [*[422] * 5, 410]
        assert (await phone.get("/api/v1/claim-links/nonsense")).status_code == 404
        async with cast.running.database.transaction() as session:
            await session.execute(update(Member).where(Member.id == kanya.id).values(birth_date=None))
        unknown = await phone.post(f"/api/v1{await link(cast, anan, kanya)}", json=RIGHT)
        assert (unknown.status_code, unknown.json()) == (202, {"outcome": "waiting"})
