"""One's own profile and preferences: what may be set, what is refused, what follows."""

from typing import Any

import pytest

from ssc.people.models import Member
from tests.cast import Cast

WHOLE = {
    "cohort-news": {"app": True, "mail": False, "push": False, "digest": True},
    "direct-message": {"app": True, "mail": True, "push": True, "digest": False},
    "message-request": {"app": True, "mail": True, "push": False, "digest": False},
    "mention": {"app": True, "mail": True, "push": True, "digest": False},
    "thread-activity": {"app": True, "mail": True, "push": False, "digest": True},
    "report-answered": {"app": True, "mail": True, "push": False, "digest": False},
    "vouching": {"app": True, "mail": True, "push": True, "digest": False},
    "security": {"app": True, "mail": True, "push": True, "digest": False},
}


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


async def test_a_member_writes_her_profile_and_is_found_by_it(cast: Cast, anan: Member) -> None:
    browser = await cast.browser(anan)
    change = {
        "name": "  Anan   Suda-Meesuk ",
        "name_native": "อนันต์ สุดา",
        "country": "th",
        "lives_in": "JP",
        "headline": "{{7*7}} <b>batteries</b>",
        "bio": "First line\r\nsecond line",
        "fields": ["Materials Science", "Materials Science", "Energy"],
        "affiliation": "Chulalongkorn University",
        "languages": ["th", "en", "ja"],
        "links": ["https://example.org/anan?x=1#y"],
        "open_to": ["mentoring", "questions"],
    }
    answer = await browser.patch("/api/v1/me", json=change)
    assert answer.status_code == 200
    expected = {
        **change,
        "name": "Anan Suda-Meesuk",
        "country": "TH",
        "bio": "First line\nsecond line",
        "fields": ["Materials Science", "Energy"],
    }
    own = answer.json()
    assert {name: own[name] for name in expected} == expected
    assert (own["in_japan"], own["verified"], own["roles"], own["handle"]) == (True, True, [], "anan-suda")
    assert (await browser.get("/api/v1/me")).json() == own
    reader = await cast.browser(await cast.member("Rita Reader"))
    for query in ({"q": "สุดา"}, {"q": "meesuk"}, {"q": "batteries"}, {"field": "energy"}, {"in_japan": "true"}):
        names = [item["name"] for item in (await reader.get("/api/v1/members", params=query)).json()["items"]]
        assert names == ["Anan Suda-Meesuk"], query
    emptied = await browser.patch("/api/v1/me", json={"headline": None, "lives_in": None, "fields": [], "bio": ""})
    assert not {"headline", "lives_in", "bio", "in_japan"} & set(emptied.json())
    assert (await reader.get("/api/v1/members", params={"q": "batteries"})).json()["total"] == 0


@pytest.mark.parametrize(
    "field",
    [
        *("handle", "verified", "roles", "created_at", "joined_at", "id", "in_japan", "exchanges", "photo"),
        *("birth_date", "visibility", "do_not_contact", "adult_from", "email", "name_key"),
    ],
)
async def test_what_is_not_hers_to_set_is_refused(cast: Cast, anan: Member, field: str) -> None:
    """Case 39: [abuse 39]"""
    browser = await cast.browser(anan)
    before = (await browser.get("/api/v1/me")).json()
    answer = await browser.patch("/api/v1/me", json={"headline": "New", field: before.get(field, "x")})
    assert (answer.status_code, [e["pointer"] for e in answer.json()["errors"]]) == (422, [f"/{field}"])
    assert (await browser.get("/api/v1/me")).json() == before


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": None}, "/name"),
        ({"name": "=HYPERLINK(1)"}, "/name"),
        ({"name": "+1"}, "/name"),
        ({"name": "@anan"}, "/name"),
        ({"name": "12345"}, "/name"),
        ({"name": "x" * 121}, "/name"),
        ({"name": "An\u0007an"}, "/name"),
        ({"name": "Sakura Science Club"}, "/name"),
        ({"name": "ＳＡＫＵＲＡ science\u200bclub"}, "/name"),
        ({"name_native": "Sakura Sc1ence Club"}, "/name_native"),
        ({"country": "ZZ"}, "/country"),
        ({"country": None}, "/country"),
        ({"lives_in": "Japan"}, "/lives_in"),
        ({"headline": "x" * 161}, "/headline"),
        ({"bio": "x" * 4001}, "/bio"),
        ({"fields": "Robotics"}, "/fields"),
        ({"fields": ["ok", ""]}, "/fields/1"),
        ({"fields": [str(n) for n in range(13)]}, "/fields"),
        ({"languages": ["English"]}, "/languages/0"),
        ({"links": ["javascript:alert(1)"]}, "/links/0"),
        ({"links": ["https://example.org", "data:text/html,x"]}, "/links/1"),
        ({"links": ["//example.org"]}, "/links/0"),
        ({"links": ["https://user:secret@example.org/"]}, "/links/0"),
        ({"links": ['https://example.org/"onclick=']}, "/links/0"),
        ({"open_to": ["marriage"]}, "/open_to/0"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, anan: Member, change: dict[str, Any], pointer: str
) -> None:
    answer = await (await cast.browser(anan)).patch("/api/v1/me", json=change)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


async def test_nobody_takes_a_name_that_another_is_known_by(cast: Cast, anan: Member) -> None:
    """Case 36: [abuse 36] But whose name is hidden cannot be found out by trying."""
    other = await cast.member("Hanako Tanaka")
    browser = await cast.browser(anan)
    taken = await browser.patch("/api/v1/me", json={"name": "ｈａｎａｋｏ\u200b tanaka"})
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (422, "/name")
    await cast.change(other, visibility={"name": "cohorts"})
    assert (await browser.patch("/api/v1/me", json={"name": "Hanako Tanaka"})).status_code == 200
    assert (await browser.patch("/api/v1/me", json={"name": "hanako tanaka"})).status_code == 200


async def test_one_profile_is_nobody_elses_to_change(cast: Cast, anan: Member) -> None:
    """Case 38."""
    assert (await cast.visitor().get("/api/v1/me")).status_code == 401
    assert (await cast.visitor().patch("/api/v1/me", json={"headline": "x"})).status_code == 401
    reads = await cast.bearer(anan, "read")
    assert (await reads.get("/api/v1/me")).status_code == 200
    assert (await reads.patch("/api/v1/me", json={"headline": "x"})).status_code == 403


async def test_preferences_start_safe_and_keep_what_is_chosen(cast: Cast, anan: Member) -> None:
    browser = await cast.browser(anan)
    before = (await browser.get("/api/v1/me/preferences")).json()
    others = {kind: row for kind, row in before["notifications"].items() if kind not in WHOLE}
    assert {name: before[name] for name in before if name != "visibility"} == {
        "language": "en",
        "time_zone": "Asia/Tokyo",
        "contact": "shared-history",
        "read_receipts": False,
        "presence": False,
        "notifications": {**others, **WHOLE},
        "quiet_hours": None,
        "mail_opt_out": False,
        "mail_quotes": True,
        "digest": "monthly",
        "hosts_see": False,
    }
    assert before["visibility"] == dict.fromkeys(before["visibility"], "members") | {"links": "cohorts"}
    change = {
        "language": "ja",
        "time_zone": "Asia/Bangkok",
        "contact": "nobody",
        "read_receipts": True,
        "presence": True,
        "notifications": {"cohort-news": {"digest": False}},
        "quiet_hours": {"from": "22:00", "to": "07:30"},
        "mail_opt_out": True,
        "mail_quotes": False,
        "digest": "weekly",
        "hosts_see": True,
        "visibility": {"headline": "everyone"},
    }
    after = (await browser.patch("/api/v1/me/preferences", json=change)).raise_for_status().json()
    told = {**others, **WHOLE, "cohort-news": {**WHOLE["cohort-news"], "digest": False}}
    assert after == {**change, "notifications": told, "visibility": {**before["visibility"], "headline": "everyone"}}
    more = {"notifications": {"cohort-news": {"push": True}, "vouching": {"mail": True}}, "quiet_hours": None}
    await browser.patch("/api/v1/me/preferences", json={**more, "visibility": {"bio": "me"}})
    assert (await browser.get("/api/v1/me/preferences")).json() == {
        **after,
        "notifications": {**told, "cohort-news": {**told["cohort-news"], "push": True}},
        "quiet_hours": None,
        "visibility": {**after["visibility"], "bio": "me"},
    }


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"language": "tlh"}, "/language"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"contact": "friends"}, "/contact"),
        ({"presence": "perhaps"}, "/presence"),
        ({"notifications": {"no-such-kind": {"mail": True}}}, "/notifications"),
        ({"notifications": {"cohort-news": {"pigeon": True}}}, "/notifications/cohort-news/pigeon"),
        ({"notifications": {"cohort-news": {"mail": "perhaps"}}}, "/notifications/cohort-news/mail"),
        ({"notifications": {"security": {"mail": False}}}, "/notifications"),
        ({"digest": "daily"}, "/digest"),
        ({"quiet_hours": {"from": "25:00", "to": "07:00"}}, "/quiet_hours/from"),
        ({"quiet_hours": {"from": "22:00"}}, "/quiet_hours/to"),
        ({"notifications": {"message": {"mail": "no idea"}}}, "/notifications/message/mail"),
        ({"notifications": {"message": True}}, "/notifications/message"),
        ({"visibility": {"headline": "friends"}}, "/visibility/headline"),
        ({"visibility": {"password": "everyone"}}, "/visibility"),
        ({"role": "staff"}, "/role"),
    ],
)
async def test_what_cannot_be_preferred_is_refused(
    cast: Cast, anan: Member, change: dict[str, Any], pointer: str
) -> None:
    answer = await (await cast.browser(anan)).patch("/api/v1/me/preferences", json=change)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


async def test_hiding_works_from_the_next_request_on(cast: Cast, anan: Member) -> None:
    browser, reader = await cast.browser(anan), await cast.browser(await cast.member("Rita Reader"))
    await browser.patch("/api/v1/me", json={"headline": "Batteries"})
    assert (await reader.get("/api/v1/members", params={"q": "batteries"})).json()["total"] == 1
    await browser.patch("/api/v1/me/preferences", json={"visibility": {"headline": "cohorts"}})
    assert (await reader.get("/api/v1/members", params={"q": "batteries"})).json()["total"] == 0
    assert "headline" not in (await reader.get("/api/v1/members/anan-suda")).json()
    await browser.patch("/api/v1/me/preferences", json={"visibility": {"name": "me"}})
    assert (await reader.get("/api/v1/members/anan-suda")).status_code == 404
    assert (await browser.get("/api/v1/members/anan-suda")).status_code == 200
