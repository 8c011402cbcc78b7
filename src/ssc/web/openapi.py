"""The API described: OpenAPI 3.1 with every refusal a call may answer, and our two ways to be known."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from ssc.core import errors
from ssc.core.config import Settings
from ssc.web.api import LOADERS, ProblemShape

API = "/api/v1"
PROBLEM = "application/problem+json"

_ABOUT = """The club's whole JSON API. Instants are RFC 3339 in UTC ending in `Z`, dates `YYYY-MM-DD`, countries
ISO 3166-1 alpha-2. Lists answer `{items, next}`: pass `next` on as `cursor`. Errors are problem+json (RFC 9457), and
each `type` leads to a page that explains it. Unknown query parameters are ignored, unknown body fields refused."""
_SAFE = ("get", "head", "options")
_ALWAYS = (421, 500, 503)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of this application; made once."""
    if not hasattr(app.state, "openapi"):
        app.description = _ABOUT
        app.state.openapi = _completed(app.openapi(), app)
    made: dict[str, Any] = app.state.openapi
    return made


def routes_of(app: FastAPI) -> Iterator[Any]:
    """Every route, flat: each has `path`, `methods`, `dependant` and `include_in_schema`."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute):
            yield context


def _completed(made: dict[str, Any], app: FastAPI) -> dict[str, Any]:
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for default in ("HTTPValidationError", "ValidationError"):
        schemas.pop(default, None)
    schemas["Problem"] = {**ProblemShape.model_json_schema(), "title": "Problem"}
    made["components"]["securitySchemes"] = _ways_in(app.state.settings)
    made["servers"] = [{"url": app.state.settings.base_url}]
    for route in routes_of(app):
        for method in route.methods if route.include_in_schema else ():
            _complete(made["paths"][route.path_format][method.lower()], route, method.lower())
    return made


def _complete(operation: dict[str, Any], route: Any, method: str) -> None:
    loaders = [LOADERS[call] for call in _calls(route.dependant) if call in LOADERS]
    doors = [loader for loader in loaders if 401 in loader.refuses and loader.person]
    if doors:
        ways: list[dict[str, list[str]]] = [{"session": []}, {"token": []}]
        operation["security"] = ways if any(door.required for door in doors) else [*ways, {}]
    statuses = {*_ALWAYS, *_by_shape(operation, method), *(s for loader in loaders for s in loader.refuses)}
    statuses |= {int(status) for status in operation["responses"] if str(status) >= "400"}
    for status in sorted(statuses):
        operation["responses"][str(status)] = _refusal(status)


def _by_shape(operation: dict[str, Any], method: str) -> set[int]:
    """What follows from the parameters and the body alone."""
    found = set() if method in _SAFE else {403}
    places = {parameter["in"] for parameter in operation.get("parameters", ())}
    if "path" in places:
        found.add(404)
    if "query" in places:
        found.add(422)
    if body := operation.get("requestBody"):
        found |= {413, 422, 400, 415} if "application/json" in body["content"] else {413, 422}
    return found


def _refusal(status: int) -> dict[str, Any]:
    kinds = [kind for kind in errors.KINDS.values() if kind.status == status]
    described = "; ".join(f"`{kind.slug}`: {kind.title()}" for kind in kinds)
    return {
        "description": described,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        **({"headers": _RETRY_AFTER} if status in (429, 503) else {}),
    }


_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def _calls(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def _ways_in(settings: Settings) -> dict[str, Any]:
    cookie = "The browser's session, begun by signing in. Changes must come from the club's own pages."
    token = "An access token made under Account and security, with its scopes."  # noqa: S105
    return {
        "session": {"type": "apiKey", "in": "cookie", "name": settings.session_cookie, "description": cookie},
        "token": {"type": "http", "scheme": "bearer", "description": token},
    }
