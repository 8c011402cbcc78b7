"""Finding people: names in any script, filters, counts, pages."""

from typing import Any

import httpx
import pytest

from ssc.people.models import Member
from tests.cast import Cast


async def found(browser: httpx.AsyncClient, **query: Any) -> list[str]:
    """The names of all who are found, page by page; the total must say as many."""
    names: list[str] = []
    answer = (await browser.get("/api/v1/members", params={"limit": 2, **query})).raise_for_status().json()
    while True:
        names += [item["name"] for item in answer["items"]]
        if answer["next"] is None:
            assert answer["total"] == len(names) == len(set(names))
            return names
        params = {"limit": 2, **query, "cursor": answer["next"]}
        answer = (await browser.get("/api/v1/members", params=params)).raise_for_status().json()


async def facets(browser: httpx.AsyncClient, **query: Any) -> dict[str, dict[Any, int]]:
    answer = (await browser.get("/api/v1/members", params=query)).raise_for_status().json()["facets"]
    return {name: {one["value"]: one["count"] for one in values} for name, values in answer.items()}


@pytest.fixture
async def club(cast: Cast) -> dict[str, Member]:
    """Four members of two exchanges, and one who took part in neither."""
    hanako = await cast.member(
        "Hanako Tanaka",
        country="JP",
        name_native="田中 花子",
        lives_in="JP",
        affiliation="Chiba University",
        headline="Robots that swim",
        fields=["Robotics", "Marine Biology"],
        open_to=["mentoring"],
    )
    anh = await cast.member(
        "Nguyen Anh", country="VN", name_native="Nguyễn Thị Ánh", fields=["robotics"], lives_in="JP"
    )
    anan = await cast.member("Anan Suda", country="TH", name_native="อนันต์ สุดา", fields=["Chemistry"], lives_in="TH")
    amara = await cast.member("Amara Okafor", country="NG", affiliation="University of Lagos")
    reader = await cast.member("Rita Reader", country="BR")
    await cast.exchange("SSP-A-1", [hanako, anh], programme="ssp-a", fiscal_year=2023, host="Chiba University")
    await cast.exchange("SSP-B-1", [hanako, anan], programme="ssp-b", fiscal_year=2024, host="Kyoto University")
    return {"hanako": hanako, "anh": anh, "anan": anan, "amara": amara, "reader": reader}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Amara Okafor", "Anan Suda", "Hanako Tanaka", "Nguyen Anh", "Rita Reader"]),
        ("tanaka", ["Hanako Tanaka"]),
        ("TANAKA hanako", ["Hanako Tanaka"]),
        ("田中", ["Hanako Tanaka"]),
        ("中花", ["Hanako Tanaka"]),
        ("花", ["Hanako Tanaka"]),
        ("田中花子", ["Hanako Tanaka"]),
        ("nguyễn", ["Nguyen Anh"]),
        ("thi anh", ["Nguyen Anh"]),
        ("สุ", ["Anan Suda"]),
        ("นัน", ["Anan Suda"]),
        ("kafo", ["Amara Okafor"]),
        ("chiba", ["Hanako Tanaka"]),
        ("swim", ["Hanako Tanaka"]),
        ("robotics", ["Hanako Tanaka", "Nguyen Anh"]),
        ("tamaka", ["Hanako Tanaka"]),
        ("hanako tanka", ["Hanako Tanaka"]),
        ("robotcis", ["Hanako Tanaka", "Nguyen Anh"]),
        ("lagso", ["Amara Okafor"]),
        ("tamala", []),
        ("zzzz", []),
    ],
)
async def test_words_find_people(cast: Cast, club: dict[str, Member], query: str, names: list[str]) -> None:
    browser = await cast.browser(club["reader"])
    assert await found(browser, q=query) == names


async def test_names_that_match_come_before_other_matches(cast: Cast, club: dict[str, Member]) -> None:
    await cast.member("Zoe Lagos")
    browser = await cast.browser(club["reader"])
    assert await found(browser, q="lagos") == ["Zoe Lagos", "Amara Okafor"]


@pytest.mark.parametrize(
    "query", ["%", "_", "' OR 1=1 --", "\\", "*", "qqq:*", "qqq & !xxx", "%%%%%%%%", "<->", "{{7*7}}", "🙂"]
)
async def test_query_syntax_means_nothing(cast: Cast, club: dict[str, Member], query: str) -> None:
    browser = await cast.browser(club["reader"])
    assert await found(browser, q="chiba") == ["Hanako Tanaka"]
    answer = await browser.get("/api/v1/members", params={"q": query})
    assert (answer.status_code, answer.json()["items"]) == (200, [])


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"country": "JP"}, ["Hanako Tanaka"]),
        ({"country": "jp"}, ["Hanako Tanaka"]),
        ({"country": ["JP", "TH"]}, ["Anan Suda", "Hanako Tanaka"]),
        ({"lives_in": "JP"}, ["Hanako Tanaka", "Nguyen Anh"]),
        ({"in_japan": "true"}, ["Hanako Tanaka", "Nguyen Anh"]),
        ({"in_japan": "false"}, ["Anan Suda"]),
        ({"programme": "ssp-a"}, ["Hanako Tanaka", "Nguyen Anh"]),
        ({"fiscal_year": 2024}, ["Anan Suda", "Hanako Tanaka"]),
        ({"field": "Robotics"}, ["Hanako Tanaka", "Nguyen Anh"]),
        ({"field": "marine biology"}, ["Hanako Tanaka"]),
        ({"host": "kyoto"}, ["Anan Suda", "Hanako Tanaka"]),
        ({"host": "nowhere"}, []),
        ({"open_to": "mentoring"}, ["Hanako Tanaka"]),
        ({"fiscal_year": 2024, "country": "JP"}, ["Hanako Tanaka"]),
        ({"fiscal_year": 2024, "country": "VN"}, []),
        ({"q": "robotics", "lives_in": "JP", "programme": "ssp-b"}, ["Hanako Tanaka"]),
        ({"country": "", "fiscal_year": "", "in_japan": "", "colour": "red"}, None),
        ({"country": "ZZ"}, []),
    ],
)
async def test_filters_combine(
    cast: Cast, club: dict[str, Member], filters: dict[str, Any], names: list[str] | None
) -> None:
    browser = await cast.browser(club["reader"])
    everybody = ["Amara Okafor", "Anan Suda", "Hanako Tanaka", "Nguyen Anh", "Rita Reader"]
    assert await found(browser, **filters) == (everybody if names is None else names)


async def test_facets_count_what_is_found(cast: Cast, club: dict[str, Member]) -> None:
    browser = await cast.browser(club["reader"])
    assert await facets(browser) == {
        "country": {"BR": 1, "JP": 1, "NG": 1, "TH": 1, "VN": 1},
        "programme": {"ssp-a": 2, "ssp-b": 2},
        "fiscal_year": {2023: 2, 2024: 2},
        "field": {"Robotics": 2, "Chemistry": 1, "Marine Biology": 1},
    }
    assert await facets(browser, fiscal_year=2024) == {
        "country": {"JP": 1, "TH": 1},
        "programme": {"ssp-b": 2, "ssp-a": 1},
        "fiscal_year": {2024: 2, 2023: 1},
        "field": {"Chemistry": 1, "Marine Biology": 1, "Robotics": 1},
    }
    assert await facets(browser, q="robotics", country="VN") == {
        "country": {"VN": 1},
        "programme": {"ssp-a": 1},
        "fiscal_year": {2023: 1},
        "field": {"robotics": 1},
    }


@pytest.mark.parametrize("query", [{}, {"q": "person"}, {"country": "IN"}, {"q": "persom"}])
async def test_an_insert_moves_nobody_between_pages(cast: Cast, query: dict[str, str]) -> None:
    for letter in "bdfhj":
        await cast.member(f"{letter.upper()} Person", country="IN")
    browser = await cast.browser(await cast.member("Rita Reader", country="IN", headline="no person of that kind"))
    first = (await browser.get("/api/v1/members", params={"limit": 2, **query})).json()
    await cast.member("A Person", country="IN")
    await cast.member("E Person", country="IN")
    second = (await browser.get("/api/v1/members", params={"limit": 2, "cursor": first["next"], **query})).json()
    assert [item["name"] for item in first["items"]] == ["B Person", "D Person"]
    assert [item["name"] for item in second["items"]] == ["E Person", "F Person"]


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "abc"},
        {"cursor": "é"},
        {"limit": 0},
        {"limit": 101},
        {"fiscal_year": "soon"},
        {"in_japan": "perhaps"},
        {"open_to": "marriage"},
        {"q": "a\0b"},
        {"country": "\0"},
        {"q": "x" * 201},
    ],
)
async def test_what_cannot_be_asked_is_refused(cast: Cast, query: dict[str, Any]) -> None:
    browser = await cast.browser(await cast.member("Rita Reader"))
    answer = await browser.get("/api/v1/members", params=query)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")


async def test_a_cursor_of_another_list_is_refused(cast: Cast) -> None:
    browser = await cast.browser(await cast.member("Rita Reader"))
    for number in range(3):
        await cast.exchange(f"X-{number}")
    cursor = (await browser.get("/api/v1/exchanges", params={"limit": 1})).json()["next"]
    assert (await browser.get("/api/v1/members", params={"cursor": cursor})).status_code == 422
    assert (await browser.get("/api/v1/exchanges", params={"limit": 1, "cursor": cursor})).status_code == 200


async def test_a_mistyped_word_goes_on_over_pages(cast: Cast) -> None:
    for number in range(5):
        await cast.member(f"Number{number} Takahashi")
    browser = await cast.browser(await cast.member("Rita Reader"))
    assert await found(browser, q="takahshi") == [f"Number{number} Takahashi" for number in range(5)]
