"""Recovery: vouched for by those near, objected to by the owner, and told to nobody else."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from ssc.accounts.models import Account, EmailAddress
from ssc.app import create_app
from ssc.core import clock, ids, process
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.people.models import Block, Member
from ssc.programmes.models import Exchange
from ssc.roster.recovering.models import Recovery
from tests.cast import PASSWORD, Cast
from tests.statements import count_statements

WORDS = {
    "name": "Kanya Lost",
    "country": "TH",
    "programme": "ssp-a",
    "fiscal_year": 2023,
    "email": "kanya@new.example",
}


async def ask(browser: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    return await browser.post("/api/v1/recoveries", json={**WORDS, **changed})


async def lost(cast: Cast, *, claimed: bool = False, **columns: Any) -> tuple[Member, Exchange]:
    """Kanya, whose roster address is dead, and the exchange in which she was."""
    kanya = await cast.member("Kanya Lost", claimed=claimed, **columns)
    if not claimed:
        await cast.address(kanya, "kanya@old.example", confirmed=False, source="roster")
    return kanya, await cast.exchange("SSP-A-2023-1", [kanya])


async def asked(cast: Cast, **changed: Any) -> UUID:
    """A recovery whose record has been looked for."""
    async with cast.visitor() as visitor:
        assert (await ask(visitor, **changed)).status_code == 202
    await cast.run_jobs()
    async with cast.running.database.transaction() as session:
        return (await session.scalars(select(Recovery.id).order_by(Recovery.created_at.desc()).limit(1))).one()


async def mates(cast: Cast, exchange: Exchange, count: int = 2, **columns: Any) -> list[Member]:
    made = [await cast.member(f"Mate {n}", **columns) for n in range(count)]
    await cast.takes_part(exchange, *made)
    return made


async def vouch(cast: Cast, member: Member, recovery_id: object) -> httpx.Response:
    async with await cast.browser(member) as browser:
        return await browser.post(f"/api/v1/recoveries/{recovery_id}/vouch")


async def state(running: Process, recovery_id: UUID) -> str:
    async with running.database.transaction() as session:
        found = await session.get(Recovery, recovery_id)
        assert found is not None
        return found.state


def path_in(cast: Cast, to: str, part: str) -> str:
    """The path of the latest link to `to` that holds `part`."""
    links = [link for letter in cast.letters() if letter.to == to for link in letter.links if part in link]
    return links[-1].removeprefix("http://localhost:8000")


async def claim_back(cast: Cast, browser: httpx.AsyncClient) -> None:
    """The new address claims the record in this browser."""
    path = path_in(cast, "kanya@new.example", "/invitations/")
    answer = await browser.post(f"/api/v1{path}/accept", json={"terms": True, "password": "four brown kettles sing"})
    assert answer.status_code == 201


async def vouched(cast: Cast, *, claimed: bool = False) -> tuple[Member, UUID]:
    """Kanya's recovery for which two mates have vouched."""
    kanya, exchange = await lost(cast, claimed=claimed)
    recovery_id = await asked(cast)
    for mate in await mates(cast, exchange):
        assert (await vouch(cast, mate, recovery_id)).status_code == 200
    await cast.run_jobs()
    return kanya, recovery_id


async def test_everybody_gets_the_same_answer_for_the_same_work_and_the_same_letter(cast: Cast) -> None:
    """Case 26: whether a record exists is not to be learnt."""
    await lost(cast)
    names = ["Kanya Lost", "Nobody Known"] * 5
    answers: list[httpx.Response] = []
    work: list[list[str]] = []
    seen: list[str] = []
    count_statements(cast.running.database, seen)
    async with cast.visitor() as visitor:
        for n, name in enumerate(names):
            seen.clear()
            answers.append(await ask(visitor, name=name, email=f"kanya{n}@new.example"))
            work.append([*seen])
    assert {(a.status_code, a.text, a.headers.get("set-cookie")) for a in answers} == {(202, "null", None)}
    assert [one for one in work if one != work[0]] == []
    assert work[0] != []
    await cast.run_jobs()
    texts = {letter.text.replace("Kanya Lost", "X").replace("Nobody Known", "X") for letter in cast.letters()}
    assert (len(cast.letters()), len(texts)) == (10, 1)


async def test_two_mates_open_the_way_and_the_account_is_limited_for_72_hours(cast: Cast, running: Process) -> None:
    kanya, exchange = await lost(cast)
    recovery_id = await asked(cast)
    first, second = await mates(cast, exchange)
    answer = await vouch(cast, first, recovery_id)
    assert (answer.status_code, answer.json()) == (200, {"id": str(recovery_id), "state": "asked"})
    answer = await vouch(cast, second, recovery_id)
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    await cast.run_jobs()
    assert sorted(letter.to for letter in cast.letters()[1:]) == ["kanya@new.example", "kanya@old.example"]
    async with cast.visitor() as browser:
        await claim_back(cast, browser)
        assert (await browser.get("/api/v1/members")).status_code == 403
        assert "Your exchange opens to you as soon as" in (await browser.get("/welcome/cohort")).text
        async with await cast.browser(await cast.staff()) as staff:
            assert "Back in" in (await staff.get("/desk/recoveries")).text
        with clock.shifted(timedelta(hours=72, minutes=1)):
            assert (await browser.get("/api/v1/members")).status_code == 200
    async with running.database.transaction() as session:
        account = await session.get_one(Account, kanya.id)
        recovery = await session.get_one(Recovery, recovery_id)
        assert account.limited_until == recovery.contestable_until
        acts = await session.scalars(
            select(AuditEntry.action).where(AuditEntry.target == f"recovery:{recovery_id}").order_by(AuditEntry.id)
        )
        assert list(acts) == ["recovery.ask", "recovery.vouch", "recovery.vouch", "recovery.approve"]


@pytest.mark.parametrize("capacity", ["supervisor", "host", "coordinator", "staff"])
async def test_one_in_office_is_enough(cast: Cast, running: Process, capacity: str) -> None:
    _kanya, exchange = await lost(cast)
    recovery_id = await asked(cast)
    if capacity == "staff":
        voucher = await cast.staff()
    elif capacity == "coordinator":
        voucher = await cast.coordinator("TH")
    else:
        voucher = await cast.member("Professor Chai")
        await cast.takes_part(exchange, voucher, role=capacity)
    async with await cast.browser(voucher) as browser:
        shown = (await browser.get("/api/v1/recoveries")).json()["items"]
        assert [(plea["name"], plea["capacity"], plea["address"]) for plea in shown] == [
            ("Kanya Lost", capacity, "k•••@new.example")
        ]
    assert (await vouch(cast, voucher, recovery_id)).json()["state"] == "approved"


async def test_only_those_who_may_vouch_know_of_it(cast: Cast, running: Process) -> None:
    kanya, exchange = await lost(cast, claimed=True)
    recovery_id = await asked(cast)
    (mate,) = await mates(cast, exchange, 1)
    minor, blocked, elsewhere = await cast.minor(), await cast.member("Blocked"), await cast.member("Elsewhere")
    limited = await cast.member("Limited")
    await cast.takes_part(exchange, minor, blocked, limited)
    await cast.exchange("SSP-B-2023-1", [elsewhere])
    async with running.database.transaction() as session:
        session.add(Block(member_id=kanya.id, blocked_id=blocked.id))
        (await session.get_one(Account, limited.id)).limited_until = clock.now() + timedelta(hours=1)
    others = [minor, blocked, limited, elsewhere, kanya, await cast.coordinator("IN")]
    for person in others:
        async with await cast.browser(person) as browser:
            assert (await browser.get("/api/v1/recoveries")).json()["items"] == []
            assert "Kanya Lost</bdi></h2>" not in (await browser.get("/recoveries")).text
        assert (await vouch(cast, person, recovery_id)).status_code == 404
    async with cast.visitor() as visitor:
        assert (await visitor.post(f"/api/v1/recoveries/{recovery_id}/vouch")).status_code == 401
    async with await cast.browser(mate) as browser:
        assert "Kanya Lost</bdi></h2>" in (await browser.get("/recoveries")).text
    assert (await vouch(cast, mate, ids.new())).status_code == 404
    assert (await vouch(cast, mate, "x")).status_code == 404
    assert (await vouch(cast, mate, recovery_id)).status_code == 200


@pytest.mark.parametrize("hidden", ["minor", "do-not-contact"])
async def test_mates_do_not_learn_of_a_hidden_record_but_its_supervisor_does(
    cast: Cast, running: Process, hidden: str
) -> None:
    columns: dict[str, Any] = {"do_not_contact": True} if hidden == "do-not-contact" else {}
    if hidden == "minor":
        columns["birth_date"] = clock.today_in_japan() - timedelta(days=15 * 366)
    _kanya, exchange = await lost(cast, **columns)
    recovery_id = await asked(cast)
    (mate,) = await mates(cast, exchange, 1)
    chai = await cast.member("Professor Chai")
    await cast.takes_part(exchange, chai, role="supervisor")
    assert (await vouch(cast, mate, recovery_id)).status_code == 404
    assert (await vouch(cast, chai, recovery_id)).status_code == 200


async def test_nobody_vouches_twice_for_one_nor_more_than_twice_a_week(cast: Cast, running: Process) -> None:
    _kanya, exchange = await lost(cast)
    (mate,) = await mates(cast, exchange, 1)
    others = [await cast.member(f"Lost {n}", claimed=False) for n in range(3)]
    await cast.takes_part(exchange, *others)
    first = await asked(cast)
    second, third, fourth = [await asked(cast, name=f"Lost {n}", email=f"l{n}@new.example") for n in range(3)]
    assert (await vouch(cast, mate, first)).status_code == 200
    assert (await vouch(cast, mate, first)).status_code == 409
    assert (await vouch(cast, mate, second)).status_code == 200
    refused = await vouch(cast, mate, third)
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many")
    assert 6 * 86400 < int(refused.headers["retry-after"]) <= 7 * 86400
    with clock.shifted(timedelta(days=7, minutes=1)):
        assert (await vouch(cast, mate, third)).status_code == 200
    staff = await cast.staff()
    assert [(await vouch(cast, staff, one)).status_code for one in (first, second, third, fourth)] == [200] * 4


async def test_of_three_vouches_of_one_person_at_once_two_count(cast: Cast, running: Process) -> None:
    _kanya, exchange = await lost(cast)
    (mate,) = await mates(cast, exchange, 1)
    await cast.takes_part(exchange, *[await cast.member(f"Lost {n}", claimed=False) for n in range(3)])
    made = [await asked(cast, name=f"Lost {n}", email=f"l{n}@new.example") for n in range(3)]
    async with await cast.browser(mate) as browser:
        answers = await asyncio.gather(*[browser.post(f"/api/v1/recoveries/{one}/vouch") for one in made])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 429]


async def test_two_mates_at_once_open_it_once(cast: Cast, running: Process) -> None:
    _kanya, exchange = await lost(cast)
    recovery_id = await asked(cast)
    answers = await asyncio.gather(*[vouch(cast, mate, recovery_id) for mate in await mates(cast, exchange)])
    assert sorted(answer.json()["state"] for answer in answers) == ["approved", "asked"]
    await cast.run_jobs()
    assert len([letter for letter in cast.letters() if letter.to == "kanya@old.example"]) == 1


async def test_a_known_address_objects_before_the_link_is_used(cast: Cast, running: Process) -> None:
    _kanya, recovery_id = await vouched(cast)
    veto = path_in(cast, "kanya@old.example", "/veto")
    async with cast.visitor() as visitor:
        for _again in range(2):
            page = await visitor.get(veto)
            assert (page.status_code, page.headers["referrer-policy"]) == (200, "strict-origin")
        assert await state(running, recovery_id) == "approved"
        assert (await visitor.post(f"/api/v1{veto}")).status_code == 204
        assert (await visitor.post(f"/api/v1{veto}")).status_code == 410
        assert (await visitor.get(veto)).status_code == 410
        assert (await visitor.post("/api/v1/recoveries/never-given-out/veto")).status_code == 404
        claim = path_in(cast, "kanya@new.example", "/invitations/")
        assert (await visitor.post(f"/api/v1{claim}/accept", json={"terms": True})).status_code == 410
    assert await state(running, recovery_id) == "vetoed"
    await cast.run_jobs()
    assert cast.letters()[-1].subject == "Your request to the Sakura Science Club was stopped"


async def test_a_known_address_objects_after_the_claim_and_the_record_is_as_before(
    cast: Cast, running: Process
) -> None:
    kanya, _recovery_id = await vouched(cast)
    async with cast.visitor() as intruder:
        await claim_back(cast, intruder)
        await intruder.patch("/api/v1/me", json={"headline": "Not Kanya"})
        handle = (await intruder.get("/api/v1/me")).json()["handle"]
        mates = await cast.browser(await cast.staff("Sachi Mate"))
        thread = (await mates.post("/api/v1/threads", json={"kind": "direct", "member": handle})).json()["id"]
        async with cast.visitor() as owner:
            page = await owner.post(path_in(cast, "kanya@old.example", "/veto"))
            assert (page.status_code, "It is stopped" in page.text) == (200, True)
        assert (await mates.get(f"/api/v1/threads/{thread}")).json()["title"] == "Former member"
        to_nobody = {"client_id": "1", "body": "Are you there?"}
        assert (await mates.post(f"/api/v1/threads/{thread}/messages", json=to_nobody)).status_code == 403
        assert (await intruder.get("/api/v1/session")).status_code == 401
        again = await intruder.post(
            "/api/v1/session", json={"email": "kanya@new.example", "password": "four brown kettles sing"}
        )
        assert again.status_code == 401
    async with running.database.transaction() as session:
        found = await session.get_one(Member, kanya.id)
        addresses = await session.execute(
            select(EmailAddress.address, EmailAddress.confirmed_at).where(EmailAddress.member_id == kanya.id)
        )
        assert (found.handle, found.joined_at, found.headline) == (None, None, None)
        assert [tuple(row) for row in addresses] == [("kanya@old.example", None)]
        assert await session.get(Account, kanya.id) is None


async def test_after_72_hours_nobody_can_object(cast: Cast, running: Process) -> None:
    _kanya, recovery_id = await vouched(cast)
    veto = path_in(cast, "kanya@old.example", "/veto")
    async with cast.visitor() as owner:
        with clock.shifted(timedelta(hours=72, minutes=1)):
            assert (await owner.post(f"/api/v1{veto}")).status_code == 410
            async with cast.visitor() as browser:
                await claim_back(cast, browser)
                assert (await browser.get("/api/v1/members")).status_code == 200
    assert await state(running, recovery_id) == "approved"


async def test_who_has_an_account_comes_back_into_it(cast: Cast, running: Process) -> None:
    kanya, recovery_id = await vouched(cast, claimed=True)
    path = path_in(cast, "kanya@new.example", "/recover/")
    async with cast.visitor() as browser:
        for _again in range(2):
            assert (await browser.get(path)).status_code == 200
        assert await state(running, recovery_id) == "approved"
        back = await browser.post(path)
        assert (back.status_code, back.headers["location"]) == (303, "/")
        assert (await browser.get("/api/v1/session")).json()["member"]["handle"] == "kanya-lost"
        assert (await browser.get("/api/v1/members")).status_code == 403
        assert (await browser.post(path)).status_code == 410
        assert (await browser.get("/recover/never-given-out")).status_code == 404
        with clock.shifted(timedelta(hours=72, minutes=1)):
            assert (await browser.get("/api/v1/members")).status_code == 200
    assert await state(running, recovery_id) == "completed"
    async with running.database.transaction() as session:
        rows = await session.scalars(
            select(EmailAddress.address).where(
                EmailAddress.member_id == kanya.id, EmailAddress.confirmed_at.is_not(None)
            )
        )
        assert sorted(rows) == ["kanya-lost@example.org", "kanya@new.example"]


async def test_a_session_of_old_objects_and_stays_while_the_others_end(cast: Cast, running: Process) -> None:
    kanya, exchange = await lost(cast, claimed=True)
    owner = await cast.browser(kanya)
    recovery_id = await asked(cast)
    stranger = await cast.browser(await cast.member("Stranger"))
    async with owner, stranger, cast.visitor() as intruder:
        assert "Somebody asks to sign in as you" in (await owner.get("/recoveries")).text
        for mate in await mates(cast, exchange):
            await vouch(cast, mate, recovery_id)
        await cast.run_jobs()
        assert (await intruder.post(path_in(cast, "kanya@new.example", "/recover/"))).status_code == 303
        assert (await intruder.post(f"/api/v1/recoveries/{recovery_id}/veto")).status_code == 404
        assert (await stranger.post(f"/api/v1/recoveries/{recovery_id}/veto")).status_code == 404
        assert (await owner.post(f"/api/v1/recoveries/{recovery_id}/veto")).status_code == 204
        assert (await intruder.get("/api/v1/session")).status_code == 401
        assert (await owner.get("/api/v1/members")).status_code == 200
    async with running.database.transaction() as session:
        addresses = await session.scalars(select(EmailAddress.address).where(EmailAddress.member_id == kanya.id))
        assert list(addresses) == ["kanya-lost@example.org"]


async def test_a_password_that_the_intruder_set_is_gone_the_owners_is_kept(cast: Cast, running: Process) -> None:
    _kanya, _recovery_id = await vouched(cast, claimed=True)
    async with cast.visitor() as intruder:
        await intruder.post(path_in(cast, "kanya@new.example", "/recover/"))
        await intruder.post("/api/v1/password-reset", json={"email": "kanya@new.example"})
        await cast.run_jobs()
        reset = [
            link
            for letter in cast.letters()
            if letter.to == "kanya@new.example"
            for link in letter.links
            if "reset" in link
        ][-1]
        token = reset.rsplit("/", 1)[1]
        redeemed = await intruder.post(
            "/api/v1/password-reset/redeem", json={"token": token, "password": "nine green ladders hum"}
        )
        assert redeemed.is_success
        await intruder.post(path_in(cast, "kanya-lost@example.org", "/veto"))
        for email, password in (
            ("kanya-lost@example.org", "nine green ladders hum"),
            ("kanya@new.example", "nine green ladders hum"),
        ):
            answer = await intruder.post("/api/v1/session", json={"email": email, "password": password})
            assert answer.status_code == 401


async def test_the_owners_password_stays_hers(cast: Cast, running: Process) -> None:
    await vouched(cast, claimed=True)
    async with cast.visitor() as browser:
        await browser.post(path_in(cast, "kanya-lost@example.org", "/veto"))
        body = {"email": "kanya-lost@example.org", "password": PASSWORD}
        assert (await browser.post("/api/v1/session", json=body)).status_code == 201


async def test_a_limited_account_cannot_confirm_anything_that_matters(cast: Cast, running: Process) -> None:
    _kanya, _recovery = await vouched(cast, claimed=True)
    async with cast.visitor() as browser:
        await browser.post(path_in(cast, "kanya@new.example", "/recover/"))
        body = {"password": "nine green ladders hum"}
        assert (await browser.put("/api/v1/me/password", json=body)).status_code == 403
        with clock.shifted(timedelta(hours=72, minutes=1)):
            await browser.post("/api/v1/session", json={"email": "kanya@new.example", "password": PASSWORD})
            assert (await browser.put("/api/v1/me/password", json=body)).is_success


async def test_staff_choose_the_record_where_several_fit(cast: Cast, running: Process) -> None:
    kanya, exchange = await lost(cast)
    other = await cast.member("Lost Kanya", claimed=False)
    await cast.takes_part(exchange, other)
    recovery_id = await asked(cast)
    (mate,) = await mates(cast, exchange, 1)
    assert await state(running, recovery_id) == "unmatched"
    assert (await vouch(cast, mate, recovery_id)).status_code == 404
    async with await cast.browser(await cast.staff()) as staff:
        assert "Several records fit. Which one is it?" in (await staff.get("/desk/recoveries")).text
        chosen = await staff.post(f"/desk/recoveries/{recovery_id}/record", data={"member": str(kanya.id)})
        assert chosen.status_code == 303
        assert (
            await staff.post(f"/desk/recoveries/{recovery_id}/record", data={"member": str(other.id)})
        ).status_code == 409
        assert (await vouch(cast, mate, recovery_id)).status_code == 200
        page = (await staff.get("/desk/recoveries")).text
        assert ["Mate 0" in page, "same exchange" in page, "Waiting for vouches" in page] == [True] * 3
        assert (await staff.post(f"/desk/recoveries/{recovery_id}/vouch")).status_code == 303
        assert "Link sent" in (await staff.get("/desk/recoveries")).text


async def test_staff_close_what_nobody_should_vouch_for(cast: Cast, running: Process) -> None:
    _kanya, exchange = await lost(cast)
    recovery_id = await asked(cast)
    (mate,) = await mates(cast, exchange, 1)
    async with await cast.browser(mate) as browser:
        assert (await browser.get("/desk/recoveries")).status_code == 403
        assert (await browser.post(f"/desk/recoveries/{recovery_id}/close")).status_code == 403
    async with await cast.browser(await cast.staff()) as staff:
        assert (await staff.post(f"/desk/recoveries/{recovery_id}/close")).status_code == 303
        assert (await staff.post(f"/desk/recoveries/{recovery_id}/close")).status_code == 409
    assert (await vouch(cast, mate, recovery_id)).status_code == 404
    assert len(cast.letters()) == 1


async def test_who_asks_again_from_the_same_address_is_one_request(cast: Cast, running: Process) -> None:
    await lost(cast)
    first, second = await asked(cast), await asked(cast)
    assert [await state(running, one) for one in (first, second)] == ["asked", "declined"]


async def test_a_request_lapses_after_thirty_days(cast: Cast, running: Process) -> None:
    _kanya, exchange = await lost(cast)
    recovery_id = await asked(cast)
    (mate,) = await mates(cast, exchange, 1)
    with clock.shifted(timedelta(days=30, minutes=1)):
        assert (await vouch(cast, mate, recovery_id)).status_code == 404
    assert (await vouch(cast, mate, recovery_id)).status_code == 200


async def test_the_pages_ask_and_vouch(cast: Cast, running: Process) -> None:
    _kanya, exchange = await lost(cast)
    async with cast.visitor() as visitor:
        assert "Here is my new address" in (await visitor.get("/recover")).text
        wrong = await visitor.post("/recover", data={**WORDS, "fiscal_year": ""})
        assert wrong.status_code == 422
        sent = await visitor.post("/recover", data={key: str(value) for key, value in WORDS.items()})
        assert (sent.status_code, "We have heard you" in sent.text) == (202, True)
    await cast.run_jobs()
    async with running.database.transaction() as session:
        recovery_id = (await session.scalars(select(Recovery.id))).one()
    (mate,) = await mates(cast, exchange, 1)
    async with await cast.browser(mate) as browser:
        done = await browser.post(f"/recoveries/{recovery_id}/vouch")
        assert (done.status_code, done.headers["location"]) == (303, "/recoveries?vouched=yes")
        assert "Others have to vouch too." in (await browser.get("/recoveries")).text


async def test_recoveries_are_limited_alike_for_every_address(cast: Cast, settings: Settings) -> None:
    async with process.opened(settings.model_copy(update={"limits": "on"})) as limited:
        there = Cast(create_app(limited.settings, limited), limited)
        async with there.visitor(address="10.0.0.1") as visitor:
            found = [(await ask(visitor)).status_code for _n in range(6)]
            assert found == [202] * 5 + [429]
            found = [(await ask(visitor, email=f"p{n}@example.org")).status_code for n in range(15)]
            assert found == [202] * 14 + [429]
        async with there.visitor(address="10.0.0.2") as visitor:
            assert (await ask(visitor, email="other@example.org")).status_code == 202


async def test_links_in_letters_begin_with_the_clubs_own_address(cast: Cast) -> None:
    """Case 30: a forged host changes nothing."""
    await lost(cast)
    async with cast.visitor() as visitor:
        forged = await visitor.post("/api/v1/recoveries", json=WORDS, headers={"x-forwarded-host": "evil.example"})
        assert forged.status_code == 202
        refused = await visitor.post("/api/v1/recoveries", json=WORDS, headers={"host": "evil.example"})
        assert refused.status_code == 421
    await cast.run_jobs()
    assert {link.split("/")[2] for letter in cast.letters() for link in letter.links} == {"localhost:8000"}


async def test_home_tells_who_may_vouch_and_who_may_object(cast: Cast, running: Process) -> None:
    kanya, exchange = await lost(cast, claimed=True)
    (mate,) = await mates(cast, exchange, 1)
    stranger = await cast.member("Stranger")
    browsers = [await cast.browser(person) for person in (mate, kanya, stranger)]
    asking, contested = "1 person near you lost their address. Do you know them?", "Somebody asks to sign in as you"

    async def shown() -> list[tuple[bool, bool]]:
        pages = [(await browser.get("/")).text for browser in browsers]
        return [(asking in page, contested in page) for page in pages]

    assert await shown() == [(False, False)] * 3
    recovery_id = await asked(cast)
    assert await shown() == [(True, False), (False, True), (False, False)]
    await vouch(cast, mate, recovery_id)
    assert await shown() == [(False, False), (False, True), (False, False)]
    for browser in browsers:
        await browser.aclose()


async def test_nobody_causes_more_than_three_letters_a_day_to_an_address(cast: Cast) -> None:
    """Case 63: anybody can type an address."""
    async with cast.visitor() as visitor:
        for _n in range(5):
            assert (await ask(visitor)).status_code == 202
        await cast.run_jobs()
        assert len(cast.letters()) == 3
        with clock.shifted(timedelta(days=1, minutes=1)):
            await ask(visitor)
            await cast.run_jobs()
    assert len(cast.letters()) == 4


async def test_links_mailed_to_the_new_address_open_nothing_after_an_objection(cast: Cast, running: Process) -> None:
    await vouched(cast, claimed=True)
    async with cast.visitor() as intruder:
        await intruder.post(path_in(cast, "kanya@new.example", "/recover/"))
        await intruder.post("/api/v1/session/link", json={"email": "kanya@new.example"})
        await cast.run_jobs()
        token = path_in(cast, "kanya@new.example", "/session/link/").rsplit("/", 1)[1]
        await intruder.post(path_in(cast, "kanya-lost@example.org", "/veto"))
        assert (await intruder.post("/api/v1/session/link/redeem", json={"token": token})).status_code == 410
