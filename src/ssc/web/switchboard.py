"""The switchboard: routes are found by the first word of their path, not by asking one after the other.

The framework asks every included router, and each of its routes, twice a request: with some 150 routes that took
a third of a small page's time (measured).
"""

from collections import defaultdict
from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_API = "/api/v1/"
_CHOSEN = "ssc.route"


class Switchboard(BaseRoute):
    """All routes of all routers, each behind the first word of its path."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self.routes = list(routes)
        self._behind: dict[str, list[BaseRoute]] = defaultdict(list)
        for route in self.routes:
            self._behind[_word(getattr(route, "path", ""))].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first route that takes path and method; else the first that takes the path, which answers 405."""
        partial: tuple[BaseRoute, Scope] | None = None
        path = scope.get("path", "")
        if "\0" in path:  # no name of ours holds it, and the database refuses to look for one
            return Match.NONE, {}
        for route in self._behind.get(_word(path), ()):
            match, found = route.matches(scope)
            if match == Match.FULL:
                return match, {**found, _CHOSEN: route}
            if match == Match.PARTIAL and partial is None:
                partial = (route, found)
        if partial is None:
            return Match.NONE, {}
        return Match.PARTIAL, {**partial[1], _CHOSEN: partial[0]}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        route: BaseRoute = scope[_CHOSEN]
        await route.handle(scope, receive, send)


def flat(routers: Iterable[APIRouter]) -> list[BaseRoute]:
    """The routes of these routers in their order. Prefixes and bounds are on the routes since they were declared."""
    found: list[BaseRoute] = []
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute | APIWebSocketRoute):
                raise TypeError(f"{route!r} cannot be found by its first word")
            found.append(route)
    return found


def _word(path: str) -> str:
    """`members` of `/members/suda-c`; `api:members` of `/api/v1/members`."""
    if path.startswith(_API):
        return "api:" + path[len(_API) :].partition("/")[0].partition("{")[0]
    return path[1:].partition("/")[0].partition("{")[0]
