"""The JSON API's manners: strict JSON in, documented problems out."""

import json
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer

from ssc.core import clock
from ssc.core.errors import NOT_JSON, NOT_PARSABLE, Problem
from ssc.core.i18n import _

F = TypeVar("F", bound=Callable[..., Any])

JSON_LIMIT = 1 << 20
UPLOAD_LIMIT = (10 << 20) + (64 << 10)  # the file, and room for the multipart around it
ROSTER_LIMIT = (30 << 20) + (64 << 10)
MAX_DEPTH = 64

_JSON_TYPE = re.compile(r"application/(json|[a-z0-9.+-]+\+json)\s*(;.*)?$", re.IGNORECASE)
# Strings and all else that is no bracket. A string that does not end is taken to the end, and nothing is tried twice:
# else a megabyte of `\"` would be looked through once for each of its quotes.
_NO_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^"\[\]{}]++', re.DOTALL)


class Body(BaseModel):
    """What a client may send: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Body):
    """For a call that takes no fields: whoever sends some hears that they mean nothing."""


class ProblemShape(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    errors: list[dict[str, str]] | None = None


_PROBLEM = ProblemShape.model_json_schema()  # once: there are hundreds of answers, and commands wait for them

# How an instant is written: RFC 3339 in UTC, ending in `Z`.
Instant = Annotated[datetime, PlainSerializer(clock.rfc3339, return_type=str, when_used="json")]


def in_our_time(value: datetime) -> datetime:
    """The last instants of the year 9999 cannot be written in every zone, and so not be shown."""
    if not 2000 <= value.year <= 2100:
        raise ValueError(_("Write a year between 2000 and 2100."))
    return value


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(in_our_time), AfterValidator(_in_utc)]
"""An instant that somebody chooses, in UTC."""


@dataclass(frozen=True)
class Loader:
    """What asking a loader means for a route: what it may answer, and whether one must be signed in.

    `person`: it asks for a member at all, and not for some other secret.
    """

    refuses: tuple[int, ...]
    required: bool
    person: bool


LOADERS: dict[Callable[..., Any], Loader] = {}


def refuses(*statuses: int, required: bool = True, person: bool = True) -> Callable[[F], F]:
    """Marks a loader, so that the documentation of each route that asks it says what it may answer."""

    def mark(loader: F) -> F:
        LOADERS[loader] = Loader(statuses, required, person)
        return loader

    return mark


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: that it may answer these statuses with problem+json."""
    return {status: _documented(status) for status in statuses}


def _documented(status: int) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _PROBLEM}}
    return {"description": HTTPStatus(status).phrase, "content": content}


class StrictRequest(Request):
    """A request whose JSON is only what JSON in UTF-8 can be."""

    async def json(self) -> Any:
        if not hasattr(self, "_strict"):
            self._strict = parse(await self.body())
        return self._strict


class ApiRoute(APIRoute):
    """Reads the body before anything else, so that 413, 415 and 400 come before 401 and 404."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()
        takes_json = _takes_json(self)

        async def handle(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            if takes_json and await strict.body():
                _json_or_refused(strict)
                await strict.json()
            return await answer(strict)

        return handle


def router(**kwargs: Any) -> APIRouter:
    """A router for calls under `/api/v1`; `tags=["…"]` groups them in the documentation."""
    return APIRouter(prefix="/api/v1", route_class=ApiRoute, **kwargs)


def parse(body: bytes) -> Any:
    """JSON, or 400: no NaN, no NUL or half surrogate in a string, at most 64 levels deep."""
    try:
        # Fewer brackets than that cannot nest so deep; to go through them takes as long as all the rest.
        if body.count(b"[") + body.count(b"{") > MAX_DEPTH and depth(body) > MAX_DEPTH:
            raise ValueError
        value = _DECODER.decode(body.decode("utf-8"))
        _storable(value)
    except (ValueError, RecursionError) as refused:
        raise Problem(NOT_PARSABLE, _("The body is not JSON as RFC 8259 and the club's rules have it.")) from refused
    return value


def depth(body: bytes) -> int:
    """How deep brackets nest outside strings; counted before parsing, since parsers recurse."""
    deepest = level = 0
    for byte in _NO_BRACKETS.sub(b"", body):
        if byte in b"[{":
            level += 1
            deepest = max(deepest, level)
        elif byte in b"]}":
            level -= 1
    return deepest


def _takes_json(route: APIRoute) -> bool:
    return bool(_body_params(route.dependant)) and "multipart/form-data" not in _media_types(route)


def _body_params(dependant: Dependant) -> list[Any]:
    return [*dependant.body_params, *(p for d in dependant.dependencies for p in _body_params(d))]


def _media_types(route: APIRoute) -> set[str]:
    return {getattr(p.field_info, "media_type", "") for p in _body_params(route.dependant)}


def _json_or_refused(request: Request) -> None:
    if not _JSON_TYPE.match(request.headers.get("content-type", "")):
        raise Problem(NOT_JSON)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _bounded(digits: str) -> int:
    if len(digits) > 19:
        raise ValueError(digits)
    return int(digits)


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_int=_bounded, parse_float=_finite)


def _storable(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("NUL")
        value.encode("utf-8")
    elif isinstance(value, dict):
        for key, held in value.items():
            _storable(key)
            _storable(held)
    elif isinstance(value, list):
        for held in value:
            _storable(held)
