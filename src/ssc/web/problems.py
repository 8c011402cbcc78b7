"""Problems as answers: problem+json for the API, a page for people."""

import logging
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import OperationalError as DriverError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from ssc.core import errors, i18n, logs
from ssc.core.errors import Kind, Problem
from ssc.web import chrome, messages, pages, templates

log = logging.getLogger("ssc.web")

_BY_STATUS = {
    400: errors.NOT_PARSABLE,
    404: errors.NOT_FOUND,
    405: errors.NOT_ALLOWED_METHOD,
    413: errors.TOO_LARGE,
    503: errors.UNAVAILABLE,
}
_LOST = (OperationalError, InterfaceError, PoolTimeout, DriverError)


def install(app: FastAPI) -> None:
    """Puts our handlers before the framework's: its defaults answer NaN with 500 and text with 422."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _framework)
    for lost in _LOST:
        app.add_exception_handler(lost, _unavailable)
    app.add_exception_handler(Exception, _broken)


def answer(request: Request, problem: Problem, instance: str | None = None) -> Response:
    """The answer to a refused request, in the form its address promises."""
    if request.url.path.startswith("/api/"):
        return JSONResponse(
            body(problem, instance),
            problem.kind.status,
            {"Cache-Control": "no-store", "Content-Language": i18n.language(), **problem.headers},
            "application/problem+json",
        )
    return _page(request, problem, instance)


def body(problem: Problem, instance: str | None = None) -> dict[str, Any]:
    """The members of RFC 9457."""
    members: dict[str, Any] = {
        "type": f"/problems/{problem.kind.slug}",
        "title": problem.kind.title(),
        "status": problem.kind.status,
    }
    if problem.detail:
        members["detail"] = problem.detail
    if problem.kind.status == 422:
        members["errors"] = [{"pointer": e.pointer, "message": e.message} for e in problem.errors]
    if instance:
        members["instance"] = instance
    return members


def _page(request: Request, problem: Problem, instance: str | None) -> Response:
    if problem.kind.door and request.method in ("GET", "HEAD"):
        return pages.see_other(f"{problem.kind.door}?{urlencode({'next': chrome.here(request)})}")
    context: dict[str, Any] = {"problem": problem, "instance": instance or logs.request_id.get()}
    if problem.kind.status >= 500:
        page = templates.environment().get_template("errors/plain.html").render(request=request, **context)
        return Response(page, problem.kind.status, {"Cache-Control": "no-store", **problem.headers}, "text/html")
    if problem.kind.door:
        context["steps"] = [(problem.kind.title(), f"{problem.kind.door}?{urlencode({'next': _came_from(request)})}")]
    viewer = getattr(request.state, "viewer", None)
    answered = pages.render(request, "errors/page.html", viewer, status=problem.kind.status, **context)
    answered.headers.update(problem.headers)
    return answered


def _came_from(request: Request) -> str:
    """The page whose form was sent."""
    try:
        return pages.on_site(urlsplit(request.headers.get("referer", "")).path)
    except ValueError:  # half a bracket in the host
        return "/"


async def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return answer(request, problem)


async def _validation(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, RequestValidationError)
    if any(error["loc"][0] == "path" for error in refused.errors()):
        return answer(request, errors.not_found())
    return answer(request, Problem(errors.INVALID, errors=messages.field_errors(refused.errors(), refused.body)))


async def _framework(request: Request, raised: Exception) -> Response:
    assert isinstance(raised, HTTPException)
    kind: Kind = _BY_STATUS.get(raised.status_code, errors.FORBIDDEN)
    if not request.url.path.startswith("/api/"):
        # No route of ours has looked who is there; a member who mistyped an address is still signed in.
        with suppress(*_LOST):
            await request.app.state.recognise(request)
    return answer(request, Problem(kind, headers=dict(raised.headers or {})))


async def _unavailable(request: Request, lost: Exception) -> Response:
    log.error("database away", exc_info=lost)
    return answer(request, Problem(errors.UNAVAILABLE, headers={"Retry-After": "5"}))


async def _broken(request: Request, _fault: Exception) -> Response:
    """The fault itself is logged by `faults`, which every one reaches."""
    return answer(request, Problem(errors.BROKEN), logs.request_id.get())
