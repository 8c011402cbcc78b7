"""Membership requests: equal answers to everybody, and what staff see and decide."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from ssc.accounts.models import EmailAddress
from ssc.app import create_app
from ssc.core import ids, process
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.people.models import Member, Participation
from ssc.roster.recovering.models import Recovery
from ssc.roster.requesting.models import MembershipRequest
from tests.cast import Cast
from tests.statements import count_statements

WORDS = {
    "name": "Anan Suda",
    "email": "anan@home.example",
    "country": "TH",
    "programme": "ssp-a",
    "fiscal_year": 2023,
    "host": "Chiba University",
    "sending": "Chiang Mai University",
    "note": "Supervisor: Prof. Chai",
}


async def ask(browser: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    return await browser.post("/api/v1/membership-requests", json={**WORDS, **changed})


async def asked(cast: Cast, **changed: Any) -> UUID:
    """A request that has been considered; answers its id."""
    async with cast.visitor() as visitor:
        assert (await ask(visitor, **changed)).status_code == 202
    await cast.run_jobs()
    async with cast.running.database.transaction() as session:
        found = await session.scalars(
            select(MembershipRequest.id).order_by(MembershipRequest.created_at.desc()).limit(1)
        )
        return found.one()


async def record(cast: Cast, name: str, email: str, **columns: Any) -> Member:
    made = await cast.member(name, claimed=False, **columns)
    await cast.address(made, email, confirmed=False, source="roster")
    return made


async def decide(cast: Cast, request_id: object, **body: Any) -> httpx.Response:
    async with await cast.browser(await cast.staff(f"Staff {ids.new().hex[-6:]}")) as staff:
        return await staff.post(f"/api/v1/membership-requests/{request_id}/decision", json=body)


async def test_known_and_unknown_addresses_get_the_same_answer_for_the_same_work(cast: Cast) -> None:
    """Case 26."""
    await cast.member("Ji Won", email="member@example.org")
    await record(cast, "Anan Suda", "roster@example.org")
    addresses = ["member@example.org", "roster@example.org", "nobody@example.org"] * 5
    answers: list[httpx.Response] = []
    work: list[list[str]] = []
    seen: list[str] = []
    count_statements(cast.running.database, seen)
    async with cast.visitor() as visitor:
        for address in addresses:
            seen.clear()
            answers.append(await ask(visitor, email=address))
            work.append([*seen])
    assert {(a.status_code, a.text, a.headers.get("set-cookie")) for a in answers} == {(202, "null", None)}
    assert [one for one in work if one != work[0]] == []
    assert work[0] != []


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "=1+1"}, "/name"),
        ({"name": "Sakura Science Club"}, "/name"),
        ({"email": "no address"}, "/email"),
        ({"country": "XX"}, "/country"),
        ({"programme": "ssp-z"}, "/programme"),
        ({"fiscal_year": 1999}, "/fiscal_year"),
        ({"note": "x" * 2001}, "/note"),
        ({"verified": True}, "/verified"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(cast: Cast, changed: dict[str, Any], pointer: str) -> None:
    async with cast.visitor() as visitor:
        refused = await ask(visitor, **changed)
        assert (refused.status_code, [e["pointer"] for e in refused.json()["errors"]]) == (422, [pointer])
        assert (await ask(visitor)).status_code == 202


async def test_staff_see_who_waits_and_which_records_may_be_meant_and_why(cast: Cast) -> None:
    meant = await record(cast, "Suda Anan", "suda@old.example")
    await cast.exchange("SSP-A-2023-7", [meant])
    close = await record(cast, "Anan Sudha", "sudha@old.example")
    await cast.exchange("SSP-A-2023-8", [close], host="Gifu University")
    await record(cast, "Somebody Else", "else@old.example")
    request_id = await asked(cast)
    async with await cast.browser(await cast.staff()) as staff:
        items = (await staff.get("/api/v1/membership-requests")).json()["items"]
        page = (await staff.get("/desk/membership-requests")).text
    assert [(i["id"], i["state"], i["email"], i["note"]) for i in items] == [
        (str(request_id), "waiting", "anan@home.example", "Supervisor: Prof. Chai")
    ]
    assert [(m["name"], m["reasons"], m["claimed"]) for m in items[0]["matches"]] == [
        ("Suda Anan", ["name", "exchange", "host", "country"], False),
        ("Anan Sudha", ["similar-name", "exchange", "country"], False),
    ]
    for words in ("Suda Anan", "same name, same programme and year, same host, same country or region"):
        assert words in page
    assert [letter.subject for letter in cast.letters()] == ["Your request to join the Sakura Science Club"]


async def test_approval_makes_a_record_in_the_exchange_that_is_meant_and_invites(cast: Cast, running: Process) -> None:
    exchange = await cast.exchange("SSP-A-2023-7")
    await cast.exchange("SSP-A-2023-8", host="Gifu University")
    request_id = await asked(cast)
    answer = await decide(cast, request_id, approve=True, note="We found you in the host's report.")
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    await cast.run_jobs()
    letter = cast.letters()[-1]
    assert (letter.to, "We found you in the host's report." in letter.text) == ("anan@home.example", True)
    link = next(link for link in letter.links if "/invitations/" in link)
    async with cast.visitor() as visitor:
        body = {"terms": True, "birth_date": "1999-04-30"}
        claimed = await visitor.post(f"/api/v1{link.removeprefix('http://localhost:8000')}/accept", json=body)
        assert claimed.status_code == 201
    async with running.database.transaction() as session:
        made = (await session.scalars(select(Member).where(Member.name == "Anan Suda"))).one()
        took_part = await session.scalars(select(Participation.exchange_id).where(Participation.member_id == made.id))
        assert list(took_part) == [exchange.id]
        confirmed = await session.scalars(
            select(EmailAddress.key).where(EmailAddress.confirmed_at.is_not(None), EmailAddress.member_id == made.id)
        )
        assert list(confirmed) == ["anan@home.example"]
        acts = await session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("membership.%")))
        assert list(acts) == ["membership.approve"]


async def test_staff_may_name_the_exchange(cast: Cast, running: Process) -> None:
    exchange = await cast.exchange("SSP-A-2023-8", host="Gifu University")
    request_id = await asked(cast)
    wrong = await decide(cast, request_id, approve=True, note="", exchange="SSP-NONE")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/exchange")
    assert (await decide(cast, request_id, approve=True, note="", exchange="SSP-A-2023-8")).status_code == 200
    async with running.database.transaction() as session:
        assert list(await session.scalars(select(Participation.exchange_id))) == [exchange.id]


async def test_declining_writes_the_note(cast: Cast, running: Process) -> None:
    request_id = await asked(cast)
    answer = await decide(cast, request_id, approve=False, note="That course took place a year later.")
    assert (answer.status_code, answer.json()["state"]) == (200, "declined")
    await cast.run_jobs()
    letter = cast.letters()[-1]
    assert (letter.to, "That course took place a year later." in letter.text) == ("anan@home.example", True)
    assert [link for link in letter.links if "/invitations/" in link] == []
    async with running.database.transaction() as session:
        assert (await session.scalars(select(Member.name).where(Member.name == "Anan Suda"))).all() == []


async def test_a_decision_is_made_once(cast: Cast) -> None:
    request_id = await asked(cast)
    assert (await decide(cast, request_id, approve=False, note="")).status_code == 200
    again = await decide(cast, request_id, approve=True, note="")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    assert (await decide(cast, ids.new(), approve=True, note="")).status_code == 404
    assert (await decide(cast, "x", approve=True, note="")).status_code == 404


async def test_a_record_that_has_the_address_is_simply_invited(cast: Cast, running: Process) -> None:
    meant = await record(cast, "Anan S.", "anan@home.example")
    request_id = await asked(cast)
    assert (await decide(cast, request_id, approve=True, note="", member=str(meant.id))).status_code == 200
    await cast.run_jobs()
    assert [letter.subject for letter in cast.letters()][1:] == [
        "Anan S., your place in the Sakura Science Club is waiting"
    ]
    async with running.database.transaction() as session:
        assert (await session.scalars(select(Recovery))).all() == []


async def test_a_record_with_other_addresses_may_object_through_them(cast: Cast, running: Process) -> None:
    meant = await record(cast, "Anan S.", "anan@old.example")
    request_id = await asked(cast)
    missing = await decide(cast, request_id, approve=True, note="", member=str(ids.new()))
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (422, "/member")
    assert (await decide(cast, request_id, approve=True, note="", member=str(meant.id))).status_code == 200
    await cast.run_jobs()
    assert {letter.to: letter.subject for letter in cast.letters()[1:]} == {
        "anan@home.example": "Anan S., your place in the Sakura Science Club is waiting",
        "anan@old.example": "Somebody asks to be let into your place in the Sakura Science Club",
    }
    async with running.database.transaction() as session:
        recovery = (await session.scalars(select(Recovery))).one()
        assert (recovery.member_id, recovery.state) == (meant.id, "approved")


async def test_a_member_is_told_that_she_is_one_and_staff_need_do_nothing(cast: Cast) -> None:
    await cast.member("Ji Won", email="anan@home.example")
    request_id = await asked(cast)
    assert [(letter.to, letter.subject) for letter in cast.letters()] == [
        ("anan@home.example", "You are a member of the Sakura Science Club already")
    ]
    async with await cast.browser(await cast.staff()) as staff:
        assert (await staff.get("/api/v1/membership-requests")).json()["items"] == []
        decided = (await staff.get("/api/v1/membership-requests?state=decided")).json()["items"]
    assert [(item["id"], item["state"]) for item in decided] == [(str(request_id), "member")]


async def test_who_is_on_the_roster_with_that_name_and_address_gets_her_invitation(cast: Cast) -> None:
    await record(cast, "Suda Anan", "anan@home.example")
    await asked(cast)
    assert [letter.subject for letter in cast.letters()] == [
        "Suda Anan, your place in the Sakura Science Club is waiting"
    ]


async def test_who_is_not_to_be_contacted_gets_no_letter_and_staff_decide(cast: Cast) -> None:
    await record(cast, "Anan Suda", "anan@home.example", do_not_contact=True)
    request_id = await asked(cast)
    assert cast.letters() == []
    async with await cast.browser(await cast.staff()) as staff:
        items = (await staff.get("/api/v1/membership-requests")).json()["items"]
    assert [(item["id"], item["matches"][0]["reasons"]) for item in items] == [
        (str(request_id), ["address", "name", "country"])
    ]


async def test_only_staff_see_and_decide(cast: Cast) -> None:
    request_id = await asked(cast)
    path = f"/api/v1/membership-requests/{request_id}/decision"
    body = {"approve": False, "note": ""}
    async with cast.visitor() as visitor:
        assert (await visitor.get("/api/v1/membership-requests")).status_code == 401
        assert (await visitor.post(path, json=body)).status_code == 401
    for person in (await cast.member("Plain"), await cast.coordinator("TH")):
        async with await cast.browser(person) as browser:
            assert (await browser.get("/api/v1/membership-requests")).status_code == 403
            assert (await browser.post(path, json=body)).status_code == 403
            assert (await browser.get("/desk/membership-requests")).status_code == 403
    async with await cast.bearer(await cast.staff(), "read", "staff") as program:
        assert (await program.get("/api/v1/membership-requests")).status_code == 200
        assert (await program.post(path, json=body)).status_code == 403
    assert (await decide(cast, request_id, **body)).status_code == 200


async def test_the_pages_ask_and_decide(cast: Cast, running: Process) -> None:
    await cast.exchange("SSP-A-2023-7")
    async with cast.visitor() as visitor:
        assert "Ask to join" in (await visitor.get("/join")).text
        wrong = await visitor.post("/join", data={**WORDS, "country": ""})
        assert (wrong.status_code, "Choose a country or region from the list." in wrong.text) == (422, True)
        sent = await visitor.post("/join", data={key: str(value) for key, value in WORDS.items()})
        assert (sent.status_code, "Your request is with the secretariat." in sent.text) == (202, True)
    await cast.run_jobs()
    async with await cast.browser(await cast.staff()) as staff:
        async with running.database.transaction() as session:
            request_id = (await session.scalars(select(MembershipRequest.id))).one()
        path = f"/desk/membership-requests/{request_id}/decision"
        wrong = await staff.post(path, data={"approve": "true", "exchange": "SSP-NONE", "member": "", "note": ""})
        assert (wrong.status_code, "There is no exchange with this code." in wrong.text) == (422, True)
        done = await staff.post(path, data={"approve": "true", "exchange": "", "member": "", "note": ""})
        assert (done.status_code, done.headers["location"]) == (303, "/desk/membership-requests")
        assert "Nobody is waiting" in (await staff.get("/desk/membership-requests")).text
        assert "Let in" in (await staff.get("/desk/membership-requests?state=decided")).text


async def test_requests_are_paged_without_gaps(cast: Cast) -> None:
    made = [await asked(cast, email=f"p{n}@home.example", name=f"Person {n}") for n in range(5)]
    async with await cast.browser(await cast.staff()) as staff:
        first = (await staff.get("/api/v1/membership-requests?limit=3")).json()
        second = (await staff.get(f"/api/v1/membership-requests?limit=3&cursor={first['next']}")).json()
    assert [item["id"] for item in first["items"] + second["items"]] == [str(identity) for identity in made]
    assert second["next"] is None


async def test_requests_are_limited_alike_for_every_address(cast: Cast, settings: Settings) -> None:
    await cast.member("Ji Won", email="member@example.org")
    async with process.opened(settings.model_copy(update={"limits": "on"})) as limited:
        there = Cast(create_app(limited.settings, limited), limited)
        async with there.visitor(address="10.0.0.1") as visitor:
            for address in ("member@example.org", "nobody@example.org"):
                found = [(await ask(visitor, email=address)).status_code for _n in range(6)]
                assert found == [202] * 5 + [429]
            found = [(await ask(visitor, email=f"p{n}@example.org")).status_code for n in range(9)]
            assert found == [202] * 8 + [429]
        async with there.visitor(address="10.0.0.2") as visitor:
            assert (await ask(visitor, email="other@example.org")).status_code == 202


async def test_nobody_causes_more_than_three_letters_a_day_to_an_address(cast: Cast) -> None:
    """Case 63: anybody can type an address."""
    async with cast.visitor() as visitor:
        for _n in range(5):
            assert (await ask(visitor)).status_code == 202
    await cast.run_jobs()
    assert len(cast.letters()) == 3
