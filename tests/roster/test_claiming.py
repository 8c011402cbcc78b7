"""Claiming: the link is looked at without harm, used once, and what it asks and keeps."""

import asyncio
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from ssc.accounts.models import Account, EmailAddress, SignedInSession
from ssc.app import create_app
from ssc.communities import jobs as communities_jobs
from ssc.core import clock, process
from ssc.core.audit import AuditEntry
from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.people.models import Consent, Member, Participation
from ssc.programmes.models import Exchange
from ssc.roster.claiming.rules import WORDING, possible_birth_date
from ssc.roster.inviting import actions as inviting
from ssc.roster.inviting.rules import CLAIM
from tests.cast import Cast
from tests.conftest import AccessLines
from tests.messaging.people import read

GOOD = "four brown kettles sing"


async def invitation(cast: Cast, name: str = "Anan Suda", email: str = "anan@old.example", **columns: Any) -> str:
    """A record with an exchange, invited; answers the secret in the letter."""
    member = await cast.member(name, claimed=False, **columns)
    await cast.address(member, email, confirmed=False, source="roster")
    await cast.exchange(f"SSP-{name[:4]}", [member])
    return await invite(cast, email)


async def invite(cast: Cast, email: str) -> str:
    before = len(cast.letters())
    async with cast.running.database.transaction() as session:
        await inviting.invite_address(session, email, by="cli")
    await cast.run_jobs()
    return secret_in(cast.letters()[before].links)


def secret_in(links: list[str]) -> str:
    return next(link for link in links if "/invitations/" in link).rsplit("/", 1)[1]


async def accept(browser: httpx.AsyncClient, secret: str, **body: Any) -> httpx.Response:
    return await browser.post(f"/api/v1/invitations/{secret}/accept", json={"terms": True, **body})


async def count(running: Process, table: type) -> int:
    async with running.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def member_named(running: Process, name: str) -> Member:
    async with running.database.transaction() as session:
        return (await session.scalars(select(Member).where(Member.name == name))).one()


async def test_looking_shows_who_the_club_thinks_one_is_and_changes_nothing(cast: Cast, running: Process) -> None:
    """Case 29: mail scanners fetch every link, and run GET and HEAD."""
    secret = await invitation(cast)
    async with cast.visitor() as visitor:
        for _again in range(3):
            found = await visitor.get(f"/api/v1/invitations/{secret}")
            assert (found.status_code, (await visitor.get(f"/invitations/{secret}")).status_code) == (200, 200)
            await visitor.head(f"/invitations/{secret}")
        page = await visitor.get(f"/invitations/{secret}")
        assert (await accept(visitor, secret)).status_code == 201
    expires = found.json().pop("expires_at")
    assert expires.endswith("Z")
    assert found.json() == {
        "name": "Anan Suda",
        "name_native": None,
        "country": "TH",
        "email": "anan@old.example",
        "exchanges": [
            {
                "code": "SSP-Anan",
                "title": "Exchange SSP-Anan",
                "programme": "ssp-a",
                "fiscal_year": 2023,
                "host": "Chiba University",
                "starts_on": "2023-10-02",
                "ends_on": "2023-10-08",
            }
        ],
        "birth_date_needed": False,
        "terms_version": WORDING,
        "privacy_version": WORDING,
        "expires_at": expires,
    }
    assert page.headers["referrer-policy"] == "strict-origin"
    assert "no-store" in page.headers["cache-control"]
    for words in ("Welcome back, Anan Suda", "Chiba University", "2 October 2023 to 8 October 2023"):
        assert words in page.text


async def test_a_claim_opens_the_account_and_signs_in(cast: Cast, running: Process) -> None:
    secret = await invitation(cast)
    async with cast.visitor() as visitor:
        claimed = await accept(visitor, secret, password=GOOD)
        assert (claimed.status_code, claimed.json()) == (
            201,
            {"member": {"handle": "anan-suda", "name": "Anan Suda", "photo": None}},
        )
        assert "httponly" in claimed.headers["set-cookie"].lower()
        assert (await visitor.get("/api/v1/session")).status_code == 200
        signed_in = await visitor.post("/api/v1/session", json={"email": "anan@old.example", "password": GOOD})
        assert signed_in.status_code == 201
    member = await member_named(running, "Anan Suda")
    assert member.joined_at is not None
    async with running.database.transaction() as session:
        consents = await session.execute(select(Consent.kind, Consent.version).order_by(Consent.kind))
        assert [tuple(row) for row in consents] == [("privacy", WORDING), ("terms", WORDING)]
        address = (await session.scalars(select(EmailAddress))).one()
        assert (address.address, address.confirmed_at is not None, address.is_primary, address.source) == (
            "anan@old.example",
            True,
            True,
            "roster",
        )
        acts = await session.execute(
            select(AuditEntry.actor, AuditEntry.action).where(AuditEntry.action == "account.claim")
        )
        assert [tuple(row) for row in acts] == [(str(member.id), "account.claim")]


async def test_another_address_is_confirmed_by_letter_and_the_claim_stands_without(
    cast: Cast, running: Process
) -> None:
    secret = await invitation(cast)
    async with cast.visitor() as visitor:
        claimed = await accept(visitor, secret, email="anan@home.example", handle="anan")
        assert (claimed.status_code, claimed.json()["member"]["handle"]) == (201, "anan")
        assert (await visitor.get("/api/v1/session")).json()["member"]["handle"] == "anan"
    await cast.run_jobs()
    assert [letter.to for letter in cast.letters()] == ["anan@old.example", "anan@home.example"]
    async with running.database.transaction() as session:
        rows = await session.execute(select(EmailAddress.address, EmailAddress.confirmed_at.is_not(None)))
        assert sorted(tuple(row) for row in rows) == [("anan@home.example", False), ("anan@old.example", True)]


async def test_the_rosters_other_addresses_hear_of_the_claim(cast: Cast, running: Process) -> None:
    member = await cast.member("Anan Suda", claimed=False)
    await cast.address(member, "anan@old.example", confirmed=False, source="roster")
    await cast.address(member, "anan@lab.example", confirmed=False, source="roster")
    secret = await invite(cast, "anan@old.example")
    async with cast.visitor() as visitor:
        assert (await accept(visitor, secret)).status_code == 201
    await cast.run_jobs()
    assert [(letter.to, letter.subject) for letter in cast.letters()[1:]] == [
        ("anan@lab.example", "Your place in the Sakura Science Club has been claimed")
    ]


async def test_a_used_an_expired_and_an_unknown_link(cast: Cast, running: Process) -> None:
    """Case 29."""
    used, unused = await invitation(cast), await invitation(cast, "Bo Li", "bo@old.example")
    async with cast.visitor() as visitor:
        assert (await accept(visitor, used)).status_code == 201
    async with cast.visitor() as visitor:
        assert (await visitor.get(f"/api/v1/invitations/{used}")).status_code == 410
        again = await accept(visitor, used)
        assert (again.status_code, again.json()["type"]) == (410, "/problems/gone")
        assert "This link has been used" in (await visitor.get(f"/invitations/{used}")).text
        with clock.shifted(CLAIM.lasts + timedelta(minutes=1)):
            assert (await visitor.get(f"/api/v1/invitations/{unused}")).status_code == 410
            assert (await accept(visitor, unused)).status_code == 410
            page = await visitor.get(f"/invitations/{unused}")
            assert (page.status_code, "Send me a fresh link" in page.text) == (410, True)
        for path in (f"/api/v1/invitations/{used[:-1]}", f"/invitations/{used[:-1]}"):
            assert (await visitor.get(path)).status_code == 404
        assert (await accept(visitor, used[:-1])).status_code == 404
        assert (await accept(visitor, unused)).status_code == 201


async def test_an_expired_link_gets_a_fresh_one_to_the_same_address_with_an_equal_answer(
    cast: Cast, running: Process
) -> None:
    """Case 26."""
    secret = await invitation(cast)
    used = await invitation(cast, "Bo Li", "bo@old.example")
    async with cast.visitor() as visitor:
        await accept(visitor, used)
    async with cast.visitor() as visitor:
        with clock.shifted(CLAIM.lasts + timedelta(days=1)):
            tokens = (secret, secret, used, "never-given-out")
            answers = [await visitor.post(f"/api/v1/invitations/{token}/renewal") for token in tokens]
            shown = [await visitor.post(f"/invitations/{token}/renewal") for token in tokens]
            await cast.run_jobs()
            assert {(a.status_code, a.text) for a in answers} == {(202, "null")}
            assert len({(a.status_code, a.text) for a in shown}) == 1
            letters = cast.letters()[2:]
            assert [letter.to for letter in letters] == ["anan@old.example"]
            assert (await accept(visitor, secret_in(letters[0].links))).status_code == 201


async def test_of_two_claims_at_once_one_wins(cast: Cast, running: Process) -> None:
    """Case 29."""
    secret = await invitation(cast)
    async with cast.visitor() as one, cast.visitor() as two:
        answers = await asyncio.gather(accept(one, secret), accept(two, secret))
    assert sorted(answer.status_code for answer in answers) == [201, 410]
    assert [await count(running, table) for table in (Account, SignedInSession)] == [1, 1]


async def test_two_invitations_of_one_record_claim_it_once(cast: Cast, running: Process) -> None:
    first = await invitation(cast)
    async with running.database.transaction() as session:
        member = (await session.scalars(select(Member))).one()
        await inviting.invite(session, member, "anan@new.example", by="cli")
    await cast.run_jobs()
    second = secret_in(cast.letters()[1].links)
    async with cast.visitor() as visitor:
        assert (await accept(visitor, second)).status_code == 201
    async with cast.visitor() as visitor:
        assert (await accept(visitor, first)).status_code == 410


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"terms": False}, "/terms"),
        ({"password": "short"}, "/password"),
        ({"password": "sakura science club"}, "/password"),
        ({"email": "not an address"}, "/email"),
        ({"handle": "staff"}, "/handle"),
        ({"handle": "Two Words"}, "/handle"),
        ({"verified": True}, "/verified"),
        ({"role": "staff"}, "/role"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field_and_the_link_stays_good(
    cast: Cast, running: Process, body: dict[str, Any], pointer: str
) -> None:
    """Case 39 among them: nobody sets what is not hers to set."""
    secret = await invitation(cast)
    async with cast.visitor() as visitor:
        refused = await accept(visitor, secret, **body)
        assert (refused.status_code, [e["pointer"] for e in refused.json()["errors"]]) == (422, [pointer])
        assert (await visitor.post(f"/api/v1/invitations/{secret}/accept", json={})).status_code == 422
        assert await count(running, Account) == 0
        assert (await accept(visitor, secret)).status_code == 201


async def test_a_handle_of_somebody_else_is_refused(cast: Cast, running: Process) -> None:
    await cast.member("Anan Suda")
    secret = await invitation(cast, "Anan Suda the Second", "two@old.example")
    async with cast.visitor() as visitor:
        refused = await accept(visitor, secret, handle="anan-suda")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/handle")
        assert (await accept(visitor, secret, handle="anan-suda-2")).status_code == 201


async def test_a_birth_date_is_asked_only_where_the_roster_lacks_it(cast: Cast, running: Process) -> None:
    secret = await invitation(cast, birth_date=None)
    known = await invitation(cast, "Bo Li", "bo@old.example", birth_date=date(1990, 1, 2))
    async with cast.visitor() as visitor:
        assert (await visitor.get(f"/api/v1/invitations/{secret}")).json()["birth_date_needed"] is True
        assert "Your date of birth" in (await visitor.get(f"/invitations/{secret}")).text
        missing = await accept(visitor, secret)
        assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (422, "/birth_date")
        future = (clock.today_in_japan() + timedelta(days=1)).isoformat()
        for impossible in (future, "1850-01-01", "yesterday"):
            assert (await accept(visitor, secret, birth_date=impossible)).status_code == 422
        assert (await accept(visitor, secret, birth_date="1999-12-31")).status_code == 201
    assert (await member_named(running, "Anan Suda")).birth_date == date(1999, 12, 31)
    async with cast.visitor() as visitor:
        assert (await visitor.get(f"/api/v1/invitations/{known}")).json()["birth_date_needed"] is False
        assert (await accept(visitor, known, birth_date="2001-01-01")).status_code == 201
    assert (await member_named(running, "Bo Li")).birth_date == date(1990, 1, 2)


async def test_a_pupil_of_the_high_school_programme_cannot_make_herself_an_adult(cast: Cast, running: Process) -> None:
    member = await cast.member("Mina Minor", claimed=False, birth_date=None)
    await cast.address(member, "mina@school.example", confirmed=False, source="roster")
    year = clock.fiscal_year(clock.today_in_japan())
    await cast.exchange("SSP-HS-1", [member], programme="ssp-high-school", fiscal_year=year)
    secret = await invite(cast, "mina@school.example")
    async with cast.visitor() as visitor:
        refused = await accept(visitor, secret, birth_date=f"{year - 30}-05-01")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/birth_date")
        assert (await accept(visitor, secret, birth_date=f"{year - 16}-05-01")).status_code == 201
    found = await member_named(running, "Mina Minor")
    assert found.adult_from == date(year + 2, 5, 1)
    async with running.database.transaction() as session:
        kinds = await session.scalars(select(Consent.kind).order_by(Consent.kind))
        assert list(kinds) == ["guardian", "privacy", "terms"]


def test_possible_birth_dates() -> None:
    today = date(2026, 11, 22)
    assert [possible_birth_date(day, today, []) for day in (date(2016, 11, 22), date(2016, 11, 23))] == [True, False]
    assert [possible_birth_date(day, today, []) for day in (date(1906, 11, 22), date(1905, 11, 22))] == [True, False]


async def test_whose_mailbox_was_shared_gives_an_address_of_her_own(cast: Cast, running: Process) -> None:
    for name in ("First Colleague", "Second Colleague"):
        member = await cast.member(name, claimed=False)
        await cast.address(member, "office@old.example", confirmed=False, source="roster")
    await invite(cast, "office@old.example")
    first, second = [secret_in(letter.links) for letter in cast.letters()]
    async with cast.visitor() as visitor:
        assert (await accept(visitor, first)).status_code == 201
    async with cast.visitor() as visitor:
        refused = await accept(visitor, second)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/email")
        assert (await accept(visitor, second, email="second@home.example")).status_code == 201


async def test_a_deceased_persons_letter_opens_nothing(cast: Cast, running: Process) -> None:
    secret = await invitation(cast)
    async with running.database.transaction() as session:
        (await session.scalars(select(Member))).one().deceased = True
    async with cast.visitor() as visitor:
        assert (await accept(visitor, secret)).status_code == 410
    async with running.database.transaction() as session:
        (await session.scalars(select(Member))).one().deceased = False
    async with cast.visitor() as visitor:
        assert (await accept(visitor, secret)).status_code == 201


async def test_the_page_claims_and_leads_through_the_first_steps(cast: Cast, running: Process) -> None:
    secret = await invitation(cast)
    async with running.database.transaction() as session:
        exchange = (await session.scalars(select(Exchange))).one()
    await cast.takes_part(exchange, await cast.member("Malee Mate"))
    async with cast.visitor() as browser:
        empty = await browser.post(f"/invitations/{secret}", data={"email": "", "password": ""})
        assert empty.status_code == 422
        assert "You can join only if you agree to the terms and the privacy notice." in empty.text
        form = {"email": "", "password": GOOD, "terms": "true"}
        claimed = await browser.post(f"/invitations/{secret}", data=form)
        assert (claimed.status_code, claimed.headers["location"]) == (303, "/welcome")
        assert "You decide who sees what" in (await browser.get("/welcome")).text
        chosen = await browser.post("/welcome", data={"name": "everyone", "links": "me"})
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/welcome/profile")
        wrong = await browser.post("/welcome/profile", data={"lives_in": "XX"})
        assert wrong.status_code == 422
        said = {"headline": "Marine biologist", "fields": "robotics、chemistry", "lives_in": "JP"}
        told = await browser.post("/welcome/profile", data=said)
        assert (told.status_code, told.headers["location"]) == (303, "/welcome/cohort")
        cohort = (await browser.get("/welcome/cohort")).text
        assert "2 of 2 are here" in cohort
        assert "Malee Mate" in cohort
    found = await member_named(running, "Anan Suda")
    assert (found.visibility["name"], found.visibility["links"]) == ("everyone", "me")
    assert (found.headline, found.fields, found.lives_in) == ("Marine biologist", ["robotics", "chemistry"], "JP")


async def test_the_pages_of_the_first_steps_are_for_members(cast: Cast, running: Process) -> None:
    member = await cast.member("Malee Mate")
    for path in ("/welcome", "/welcome/profile", "/welcome/cohort"):
        async with cast.visitor() as visitor:
            assert (await visitor.get(path)).status_code == 303
        async with await cast.browser(member) as browser:
            assert (await browser.get(path)).status_code == 200


async def test_claims_are_limited_by_address_and_by_network(cast: Cast, settings: Settings) -> None:
    secret = await invitation(cast)
    async with process.opened(settings.model_copy(update={"limits": "on"})) as limited:
        there = Cast(create_app(limited.settings, limited), limited)
        async with there.visitor(address="10.0.0.1") as visitor:
            tries = [await accept(visitor, secret, handle="staff") for _n in range(6)]
            assert [answer.status_code for answer in tries] == [422] * 5 + [429]
            assert int(tries[-1].headers["retry-after"]) > 3000
            others = [(await accept(visitor, "unknown")).status_code for _n in range(15)]
            assert others == [404] * 14 + [429]
        async with there.visitor(address="10.0.0.2") as visitor:
            assert (await accept(visitor, "unknown")).status_code == 404


async def test_fresh_links_are_limited_by_address(cast: Cast, settings: Settings) -> None:
    secret = await invitation(cast)
    async with process.opened(settings.model_copy(update={"limits": "on"})) as limited:
        there = Cast(create_app(limited.settings, limited), limited)
        async with there.visitor() as visitor:
            path = f"/api/v1/invitations/{secret}/renewal"
            assert [(await visitor.post(path)).status_code for _n in range(6)] == [202] * 5 + [429]
            assert (await visitor.post("/api/v1/invitations/unknown/renewal")).status_code == 202


async def test_who_is_signed_in_is_told_that_claiming_ends_it(cast: Cast) -> None:
    secret = await invitation(cast)
    async with await cast.browser(await cast.member("Malee Mate")) as browser:
        assert "You are signed in as Malee Mate on this device." in (await browser.get(f"/invitations/{secret}")).text
        form = {"terms": "true", "email": "", "password": ""}
        assert (await browser.post(f"/invitations/{secret}", data=form)).status_code == 303
        assert (await browser.get("/api/v1/session")).json()["member"]["name"] == "Anan Suda"


async def test_no_secret_and_no_address_is_logged(
    cast: Cast, caplog: pytest.LogCaptureFixture, access_lines: AccessLines
) -> None:
    """Case 46."""
    secret = await invitation(cast)
    with caplog.at_level("DEBUG", logger="ssc"):
        async with cast.visitor() as visitor:
            await visitor.get(f"/invitations/{secret}")
            await accept(visitor, secret)
    written = access_lines.getvalue() + " ".join(
        f"{entry.getMessage()} {entry.__dict__}" for entry in caplog.records if entry.name.startswith("ssc")
    )
    assert (secret in written, "anan@old.example" in written, "request" in written) == (False, False, True)


async def test_the_wordings_are_for_everybody_in_both_languages(cast: Cast) -> None:
    async with cast.visitor() as visitor:
        english = [(await visitor.get(path)).text for path in ("/terms", "/privacy")]
        visitor.headers["accept-language"] = "ja"
        japanese = [(await visitor.get(path)).text for path in ("/terms", "/privacy")]
    assert ["What the club cannot promise" in english[0], "What we hold" in english[1]] == [True, True]
    assert ["お約束できないこと" in japanese[0], "保有するもの" in japanese[1]] == [True, True]
    assert all(WORDING in page for page in english + japanese)


async def test_a_profile_begins_with_the_fields_that_the_roster_knows(cast: Cast, running: Process) -> None:
    """For members, like all of a new profile; nobody else reads them."""
    secret = await invitation(cast)
    anan = await member_named(running, "Anan Suda")
    for code, year, field in (("SSP-8", 2018, "robotics、Optics"), ("SSP-9", 2021, "Robotics")):
        exchange = await cast.exchange(code, fiscal_year=year)
        async with running.database.transaction() as session:
            session.add(Participation(member_id=anan.id, exchange_id=exchange.id, field=field))
    async with cast.visitor() as browser, await cast.browser(await cast.member("Olga Other")) as other:
        assert (await accept(browser, secret, handle="anan")).status_code == 201
        assert (await browser.get("/api/v1/me")).json()["fields"] == ["Robotics", "Optics"]
        assert (await other.get("/api/v1/members/anan")).json()["fields"] == ["Robotics", "Optics"]
        assert [hit["handle"] for hit in (await other.get("/api/v1/members?field=Optics")).json()["items"]] == ["anan"]
    async with cast.visitor() as visitor:
        assert (await visitor.get("/api/v1/members/anan")).status_code == 404


async def test_fields_that_are_there_already_are_not_overwritten(cast: Cast, running: Process) -> None:
    secret = await invitation(cast, fields=["Glaciology"])
    anan = await member_named(running, "Anan Suda")
    exchange = await cast.exchange("SSP-9")
    async with running.database.transaction() as session:
        session.add(Participation(member_id=anan.id, exchange_id=exchange.id, field="Robotics"))
    async with cast.visitor() as browser:
        assert (await accept(browser, secret)).status_code == 201
        assert (await browser.get("/api/v1/me")).json()["fields"] == ["Glaciology"]


async def test_who_joins_is_in_her_cohorts_conversation_at_once(cast: Cast, running: Process) -> None:
    secret = await invitation(cast)
    mate = await cast.member("Mali Mate")
    async with running.database.transaction() as session:
        exchange = (await session.scalars(select(Exchange))).one()
    await cast.takes_part(exchange, mate)
    await communities_jobs.keep_in_step(running)
    async with await cast.browser(mate) as mates, cast.visitor() as anans:
        thread = f"/api/v1/threads/{(await mates.get('/api/v1/threads')).json()['items'][0]['id']}"
        assert (await accept(anans, secret)).status_code == 201
        assert (await read(mates, thread))[-1] == ("joined", "Anan Suda")
        assert (await anans.get(f"{thread}/messages")).status_code == 200


async def test_whoever_claims_lives_by_her_devices_clock_or_else_her_countrys(cast: Cast) -> None:
    names = ["Ann", "Ben", "Cai", "Dee"]
    secrets = [await invitation(cast, name, f"{name}@old.example", time_zone="Africa/Nairobi") for name in names]
    async with cast.visitor() as browser:
        assert (await accept(browser, secrets[0], time_zone="Asia/Calcutta")).status_code == 201
        assert (await accept(browser, secrets[1])).status_code == 201
        for secret, said in zip(secrets[2:], ("Asia/Saigon", "Mars/Olympus"), strict=True):
            page = await browser.post(f"/invitations/{secret}", data={"terms": "true", "time_zone": said})
            assert page.status_code == 303, page.text
    found = [(await member_named(cast.running, name)).time_zone for name in names]
    assert found == ["Asia/Kolkata", "Africa/Nairobi", "Asia/Ho_Chi_Minh", "Africa/Nairobi"]


async def test_a_program_that_names_no_zone_is_told_so(cast: Cast) -> None:
    secret = await invitation(cast)
    async with cast.visitor() as browser:
        refused = await accept(browser, secret, time_zone="Mars/Olympus")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/time_zone")
