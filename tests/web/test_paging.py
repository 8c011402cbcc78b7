"""A cursor of one list handed to another, in every list of the API and of the pages: 422, or the page it stands for."""

from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from ssc.core.paging import encode
from ssc.web import openapi
from tests.cast import Cast

SOME = "01920000-0000-7000-8000-000000000000"
DAY = "2026-11-22T00:00:00+00:00"
PLACES: list[list[Any]] = [
    [],
    [None],
    [3],
    ["TH"],
    [SOME],
    [DAY, SOME],
    ["a title", SOME],
    ["2026-11-22", SOME],
    [2024, "SSP-2024-TH-001"],
    [0.5, SOME],
    [1, DAY, SOME],
    [True, DAY, SOME],
    [DAY, SOME, 7],
    [SOME, 7, SOME],
    [0, "a name", SOME, False],
    [0, "a name", "nobody", False],
]


def lists(app: FastAPI) -> list[str]:
    """Addresses of everything that pages and needs no identity in its path."""
    paging = [route for route in openapi.routes_of(app) if "GET" in route.methods and _pages(route.dependant)]
    return [route.path for route in paging if "{" not in route.path]


def _pages(dependant: Dependant) -> bool:
    own = any(param.name == "cursor" for param in dependant.query_params)
    return own or any(_pages(one) for one in dependant.dependencies)


async def test_a_cursor_of_another_list_breaks_none(cast: Cast) -> None:
    addresses = lists(cast.app)
    assert {"/api/v1/news", "/news", "/api/v1/stories", "/stories", "/api/v1/events", "/notifications"} <= set(
        addresses
    )
    broken = []
    async with await cast.browser(await cast.staff()) as browser:
        for place in PLACES:
            cursor = encode(place, cast.app.state.settings.key)
            for address in addresses:
                answer = await browser.get(address, params={"cursor": cursor, "q": "words"})
                if answer.status_code not in (200, 422):
                    broken.append((address, place, answer.status_code))
                elif answer.status_code == 422 and address.startswith("/api/"):
                    assert [error["pointer"] for error in answer.json()["errors"]] == ["/cursor"], address
    assert broken == []
