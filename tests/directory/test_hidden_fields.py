"""A hidden field is hidden everywhere: profile, list, search, counts, order, people worth meeting. [abuse 40, 41]"""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from ssc.people.models import Member
from tests.cast import Cast


@dataclass(frozen=True)
class Secret:
    """A field with a value, and how somebody might look for it."""

    field: str
    columns: dict[str, Any]
    searches: tuple[dict[str, Any], ...]
    facet: tuple[str, Any] | None = None
    shown: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return self.shown or (self.field,)


SECRETS = [
    Secret("name_native", {"name_native": "田中 花子"}, ({"q": "田中"}, {"q": "花"}, {"q": "田中花子"})),
    Secret("country", {"country": "KE"}, ({"country": "KE"},), ("country", "KE")),
    Secret("lives_in", {"lives_in": "JP"}, ({"lives_in": "JP"}, {"in_japan": "true"}), shown=("lives_in", "in_japan")),
    Secret("headline", {"headline": "Quixotic lanterns"}, ({"q": "quixotic"}, {"q": "quixotc"}, {"q": "lanterns"})),
    Secret("affiliation", {"affiliation": "Xanadu Institute"}, ({"q": "xanadu"}, {"q": "xanado"})),
    Secret(
        "fields",
        {"fields": ["Volcanology"]},
        ({"q": "volcanology"}, {"field": "Volcanology"}),
        ("field", "Volcanology"),
    ),
    Secret("open_to", {"open_to": ["hosting"]}, ({"open_to": "hosting"},)),
    Secret(
        "exchanges",
        {},
        (
            {"programme": "lotus"},
            {"fiscal_year": 2015},
            {"host": "tohoku"},
            {"programme": "lotus", "fiscal_year": 2015},
        ),
        ("programme", "lotus"),
    ),
    Secret("bio", {"bio": "Born by the sea"}, ()),
    Secret("languages", {"languages": ["sw"]}, ()),
    Secret("links", {"links": ["https://secret.example.org"]}, ()),
    Secret("joined_at", {}, ()),
]


@pytest.fixture
async def people(cast: Cast) -> dict[str, Member]:
    """The owner took part with a mate in the exchange that is hers to hide."""
    owner = await cast.member("Olga Owner", country="BR")
    mate = await cast.member("Mate Matthews", country="BR")
    await cast.exchange("LOTUS-2015", [owner, mate], programme="lotus", fiscal_year=2015, host="Tohoku University")
    return {"owner": owner, "mate": mate, "stranger": await cast.member("Stan Stranger", country="BR")}


async def listed(browser: httpx.AsyncClient, **query: Any) -> list[str]:
    answer = (await browser.get("/api/v1/members", params=query)).raise_for_status().json()
    assert answer["total"] == len(answer["items"])
    return [item["name"] for item in answer["items"]]


async def counted(browser: httpx.AsyncClient, facet: tuple[str, Any], **query: Any) -> int:
    answer = (await browser.get("/api/v1/members", params=query)).raise_for_status().json()
    return sum(one["count"] for one in answer["facets"][facet[0]] if one["value"] == facet[1])


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: secret.field)
@pytest.mark.parametrize(
    ("audience", "seen_by"), [("members", {"mate", "stranger"}), ("cohorts", {"mate"}), ("me", set())]
)
async def test_a_field_is_there_for_its_audience_and_for_nobody_else(
    cast: Cast, people: dict[str, Member], secret: Secret, audience: str, seen_by: set[str]
) -> None:
    owner = people["owner"]
    await cast.change(owner, **secret.columns, visibility={secret.field: audience})
    for who in ("mate", "stranger"):
        browser = await cast.browser(people[who])
        sees = who in seen_by
        profile = (await browser.get("/api/v1/members/olga-owner")).raise_for_status().json()
        in_list = (await browser.get("/api/v1/members", params={"q": "olga"})).json()["items"]
        assert [set(secret.keys) & set(item) for item in (profile, *in_list)] == [
            set(secret.keys) if sees else set()
        ] * 2
        for search in secret.searches:
            assert ("Olga Owner" in await listed(browser, **search)) is sees, (who, search)
        if secret.facet and secret.field != "exchanges":
            for query in ({}, {"q": "olga"}, {"programme": "lotus"}):
                assert await counted(browser, secret.facet, **query) == int(sees), (who, query)


async def test_a_hidden_exchange_counts_nowhere(cast: Cast, people: dict[str, Member]) -> None:
    """Case 40."""
    stranger = await cast.browser(people["stranger"])
    assert await counted(stranger, ("programme", "lotus")) == 2
    assert await counted(stranger, ("fiscal_year", 2015), country="BR") == 2
    await cast.change(people["owner"], visibility={"exchanges": "cohorts"})
    assert await counted(stranger, ("programme", "lotus")) == 1
    assert await counted(stranger, ("fiscal_year", 2015), country="BR") == 1
    assert await counted(await cast.browser(people["mate"]), ("programme", "lotus")) == 2


async def test_looking_for_what_is_hidden_answers_like_looking_for_nothing(
    cast: Cast, people: dict[str, Member]
) -> None:
    """Case 41."""
    await cast.change(people["owner"], headline="Quixotic lanterns", visibility={"headline": "me"})
    browser = await cast.browser(people["stranger"])
    hidden = await browser.get("/api/v1/members", params={"q": "quixotic"})
    nothing = await browser.get("/api/v1/members", params={"q": "qwertyui"})
    assert (
        hidden.json()
        == nothing.json()
        == {
            "items": [],
            "next": None,
            "total": 0,
            "facets": {"country": [], "programme": [], "fiscal_year": [], "field": []},
        }
    )


async def test_a_hidden_field_does_not_order_the_list(cast: Cast, people: dict[str, Member]) -> None:
    """Who is named in the order of a hidden name in her own script would give it away."""
    await cast.change(people["owner"], name_native="Aaa", visibility={"name_native": "me"})
    assert await listed(await cast.browser(people["stranger"])) == ["Mate Matthews", "Olga Owner", "Stan Stranger"]


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        ("everyone", {"visitor", "stranger", "mate"}),
        ("members", {"stranger", "mate"}),
        ("cohorts", {"mate"}),
        ("me", set()),
    ],
)
async def test_who_may_not_know_the_name_knows_of_nobody(
    cast: Cast, people: dict[str, Member], audience: str, found: set[str]
) -> None:
    await cast.change(people["owner"], visibility={"name": audience})
    browsers = {
        "visitor": cast.visitor(),
        "stranger": await cast.browser(people["stranger"]),
        "mate": await cast.browser(people["mate"]),
    }
    for who, browser in browsers.items():
        profile = await browser.get("/api/v1/members/olga-owner")
        assert profile.status_code == (200 if who in found else 404), who
        assert ("Olga Owner" in await listed(browser)) is (who in found)
        assert ("Olga Owner" in await listed(browser, q="olgq")) is (who in found)
        missing = await browser.get("/api/v1/members/nobody-of-that-name")
        if who not in found:
            assert profile.json() == missing.json()


async def test_a_visitor_sees_of_a_public_name_only_what_is_public(cast: Cast, people: dict[str, Member]) -> None:
    await cast.change(people["owner"], headline="Lanterns", visibility={"name": "everyone", "headline": "everyone"})
    profile = (await cast.visitor().get("/api/v1/members/olga-owner")).json()
    assert profile == {
        "handle": "olga-owner",
        "name": "Olga Owner",
        "photo": None,
        "headline": "Lanterns",
        "verified": True,
        "roles": [],
    }
    answer = (await cast.visitor().get("/api/v1/members", params={"country": "BR"})).json()
    assert (answer["items"], answer["total"], answer["facets"]["country"]) == ([], 0, [])


async def test_people_worth_meeting_are_named_for_seen_reasons_alone(cast: Cast, people: dict[str, Member]) -> None:
    await cast.change(people["owner"], fields=["Volcanology"], visibility={"country": "me"})
    await cast.change(people["stranger"], fields=["Volcanology"])
    reader = await cast.browser(await cast.member("Rita Reader", country="NO"))

    async def reasons() -> dict[str, str]:
        items = (await reader.get("/api/v1/members/stan-stranger/similar")).raise_for_status().json()["items"]
        return {item["name"]: item["reason"] for item in items}

    assert await reasons() == {"Olga Owner": "Same field: Volcanology", "Mate Matthews": "Also from Brazil"}
    await cast.change(people["owner"], visibility={"country": "me", "fields": "cohorts"})
    assert await reasons() == {"Mate Matthews": "Also from Brazil"}


async def test_a_profile_answers_nobody_elses_tag(cast: Cast, people: dict[str, Member]) -> None:
    """A visitor's tag brings a member no 304, nor the other way round; odd headers break nothing. [abuse 60]"""
    await cast.change(people["owner"], visibility={"name": "everyone"})
    visitor, mate = cast.visitor(), await cast.browser(people["mate"])
    public = await visitor.get("/api/v1/members/olga-owner")
    tag = public.headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = await visitor.get("/api/v1/members/olga-owner", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        seen = await mate.get("/api/v1/members/olga-owner", headers={"if-none-match": known})
        assert (seen.status_code, seen.json()["country"]) == (200, "BR")
        assert (seen.headers["cache-control"], "etag" in seen.headers) == ("private, no-store", False)
    for odd in (b'"', b"W/", b",,,", b"\xc3\xa9", b'"' * 4000):
        headers = [(b"if-none-match", odd), (b"range", b"bytes=5-1")]
        answer = await visitor.get("/api/v1/members/olga-owner", headers=headers)
        assert (answer.status_code, answer.json()["name"]) == (200, "Olga Owner")
