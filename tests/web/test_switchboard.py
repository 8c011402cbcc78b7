"""Routes are found by the first word of their path, and answer as if they had been asked in turn."""

import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount

from ssc.web import openapi
from ssc.web.switchboard import Switchboard, flat
from tests.cast import Cast

PATHS = ("/", "/members", "/members/{handle}", "/members/{handle}/block", "/api/v1/members", "/api/v1/members/{handle}")


async def _echo(request: Request) -> Response:
    return PlainTextResponse(request.scope["route"].path)


def _router() -> APIRouter:
    router = APIRouter()
    for path in PATHS:
        router.add_api_route(path, _echo, methods=["GET"])
    router.add_api_route("/members", _echo, methods=["POST"])
    return router


async def test_every_path_finds_its_own_route(cast: Cast) -> None:
    cast.app.router.routes[:] = [Switchboard(flat([_router()]))]
    async with cast.visitor() as visitor:
        found = [(await visitor.get(path.replace("{handle}", "suda"))).text for path in PATHS]
        assert found == list(PATHS)
        assert (await visitor.post("/members")).text == "/members"


async def test_a_known_path_refuses_another_method_and_an_unknown_path_is_not_found(cast: Cast) -> None:
    cast.app.router.routes[:] = [Switchboard(flat([_router()]))]
    async with cast.visitor() as visitor:
        answers = [await visitor.delete("/members/suda"), await visitor.get("/members/suda/unblock")]
        assert [answer.status_code for answer in answers] == [405, 404]


def test_what_has_no_path_of_its_own_is_refused_when_the_club_is_put_together() -> None:
    router = APIRouter()
    router.routes.append(Mount("/static", FastAPI()))
    with pytest.raises(TypeError):
        flat([router])


async def test_the_description_knows_the_same_routes(cast: Cast) -> None:
    board = cast.app.router.routes[0]
    assert isinstance(board, Switchboard)
    described = [route.path for route in openapi.routes_of(cast.app)]
    assert sorted(described) == sorted(
        getattr(route, "path", "") for route in board.routes if hasattr(route, "methods")
    )
