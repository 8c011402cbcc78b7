"""Nobody passes for another member or for the club by letters that look alike. Case 36."""

import pytest
from sqlalchemy import func, select

from ssc.accounts.models import EmailAddress
from ssc.people.models import Member
from tests.abuse import attack
from tests.cast import Cast

# The club's own name as people who mean to pass for it write it.
THE_CLUB = (
    "Sakura Science Club",
    "ＳＡＫＵＲＡ　Ｓｃｉｅｎｃｅ　Ｃｌｕｂ",
    "Sa\u200bkura Sci\u2060ence Club",
    "Sa\u034fkura Science Club",
    "Sakura\ufe0f Science Club",
    "Sakura\u3164Science\u2800Club",
    "\u202eSakura Science Club\u202c",
    "S\u0430kura Sci\u0435n\u0441e Club",
    "Ѕаkurа Ѕсіеnсе Сlub",
    "5akura Sc1ence C1ub",
    "$akura-Science_Club.",
    "さくらサイエンスクラブ",
    "さくら・サイエンス・クラブ",
    "JST",
    "Secretariat",
    "St@ff",
    "事務局",
)
OTHERS = ("Sakura Tanaka", "さくら 田中", "Сергей Сакуров", "Stafford Lin", "Klub Science", "Íñigo Þór")


async def test_nobody_is_called_like_the_club(cast: Cast) -> None:
    member = await cast.member("Mali Member")
    asking = {"email": "new@example.org", "country": "TH", "programme": "ssp-a", "fiscal_year": 2023}
    more = {"host": "Chiba", "sending": "", "note": ""}
    async with await cast.browser(member) as browser, cast.visitor() as visitor:
        for name, refused in [*((name, True) for name in THE_CLUB), *((name, False) for name in OTHERS)]:
            answers = [
                await browser.patch(f"{attack.API}/me", json={"name": name}),
                await browser.patch(f"{attack.API}/me", json={"name_native": name}),
                await visitor.post(f"{attack.API}/recoveries", json={**asking, "name": name}),
                await visitor.post(f"{attack.API}/membership-requests", json={**asking, **more, "name": name}),
            ]
            expected = [422] * 4 if refused else [200, 200, 202, 202]
            assert [answer.status_code for answer in answers] == expected, ascii(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ａｎａｎ　Ｓｕｄａ",
        "anan SUDA",
        "Anan\u200b Suda",
        "A\u034fnan Suda",
        "Anan\u3164Suda",
        "Anan Suda\ufe0e",
        "Anan\u00a0Suda",
    ],
)
async def test_nobody_is_called_like_another_member_to_the_eye(cast: Cast, name: str) -> None:
    await cast.member("Anan Suda")
    other = await cast.member("Otto Other")
    async with await cast.browser(other) as browser:
        assert (await browser.patch(f"{attack.API}/me", json={"name": name})).status_code == 422
        assert (await browser.patch(f"{attack.API}/me", json={"name": "Anan Sudo"})).status_code == 200


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u115f\u1160", "\u2800", "\u202e", "\u00ad", "\ufe0f\ufe0f"])
async def test_nobody_is_called_nothing(cast: Cast, name: str) -> None:
    member = await cast.member("Mali Member")
    async with await cast.browser(member) as browser:
        assert (await browser.patch(f"{attack.API}/me", json={"name": name})).status_code == 422
        assert (await browser.patch(f"{attack.API}/me", json={"fields": [name]})).status_code == 422
        assert (
            await browser.post(f"{attack.API}/me/tokens", json={"name": name, "scopes": ["read"]})
        ).status_code == 422


async def test_a_name_does_not_turn_the_page_around_it(cast: Cast) -> None:
    member = await cast.member("Mali Member")
    async with await cast.browser(member) as browser:
        answer = await browser.patch(
            f"{attack.API}/me", json={"name": "Mali \u202egpj.exe\u202c", "headline": "\u2067x"}
        )
    assert (answer.json()["name"], answer.json()["headline"]) == ("Mali gpj.exe", "x")


@pytest.mark.parametrize(
    "handle",
    [
        "ANAN-SUDA",
        "ａｎａｎ-suda",
        "anan\u200b-suda",
        "anan-suda\u2060",
        "\u212aelvin-lin",
        "\u0430nan-suda",
        "st-aff",
        "adm1n",
    ],
)
async def test_no_second_handle_looks_like_one_there_is(cast: Cast, handle: str) -> None:
    await cast.member("Anan Suda")
    await cast.member("Kelvin Lin")
    invited = await cast.member("Una Unclaimed", claimed=False)
    await cast.address(invited, "una@example.org", confirmed=False, source="roster")
    staff = await cast.staff()
    async with await cast.browser(staff) as office, cast.visitor() as browser:
        await office.post(f"{attack.API}/invitations", json={"email": "una@example.org"})
        await cast.run_jobs()
        claim = cast.letters()[-1].links[0].replace("/invitations/", f"{attack.API}/invitations/") + "/accept"
        answer = await browser.post(claim, json={"handle": handle, "terms": True})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/handle")
        assert (await browser.post(claim, json={"handle": "una", "terms": True})).status_code == 201
    async with cast.running.database.transaction() as session:
        handles = set(await session.scalars(select(Member.handle).where(Member.handle.is_not(None))))
    assert handles == {"anan-suda", "kelvin-lin", "sachi-staff", "una"}


@pytest.mark.parametrize(
    "address",
    ["Ada@Example.org", "ａｄａ@example.org", "ada\u200b@example.org", "ada@ｅｘａｍｐｌｅ.org", "ADA@EXAMPLE.ORG "],
)
async def test_no_second_account_has_an_address_that_is_one_to_the_eye(cast: Cast, address: str) -> None:
    await cast.member("Ada Rao", email="ada@example.org")
    other = await cast.member("Otto Other")
    async with await cast.browser(other) as browser:
        assert (await browser.post(f"{attack.API}/me/emails", json={"email": address})).status_code == 201
        assert (await browser.post(f"{attack.API}/me/emails", json={"email": "otto@new.example"})).status_code == 201
    await cast.run_jobs()
    confirming = [sent.to for sent in cast.letters() if any("/confirm/" in link for link in sent.links)]
    assert confirming == ["otto@new.example"]
    async with cast.running.database.transaction() as session:
        confirmed = select(func.count()).where(
            EmailAddress.key == "ada@example.org", EmailAddress.confirmed_at.is_not(None)
        )
        assert await session.scalar(confirmed) == 1
