"""The two cookies: who is signed in, and that this browser has been here before."""

from datetime import timedelta

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from ssc.accounts.rules import LASTS
from ssc.core.config import Settings

# As long as browsers keep any cookie.
DEVICE_LASTS = timedelta(days=400)


def session_of(request: HTTPConnection, settings: Settings) -> str | None:
    """The session's secret, if the request bears one that could be ours."""
    return _bounded(request.cookies.get(settings.session_cookie))


def device_of(request: Request, settings: Settings) -> str | None:
    return _bounded(request.cookies.get(device_cookie(settings)))


def device_cookie(settings: Settings) -> str:
    return "__Host-ssc_device" if settings.secure else "ssc_device"


def give_session(request: Request, settings: Settings, secret: str) -> None:
    """Sends the session's cookie with the answer, whatever kind of answer it is."""
    _give(request, settings, settings.session_cookie, secret, LASTS)


def take_session(request: Request, settings: Settings) -> None:
    _give(request, settings, settings.session_cookie, "", timedelta())


def give_device(request: Request, settings: Settings, secret: str) -> None:
    _give(request, settings, device_cookie(settings), secret, DEVICE_LASTS)


def _give(request: Request, settings: Settings, name: str, value: str, lasts: timedelta) -> None:
    carrier = Response()
    carrier.set_cookie(
        name, value, max_age=int(lasts.total_seconds()), path="/", secure=settings.secure, httponly=True, samesite="lax"
    )
    late: list[tuple[bytes, bytes]] = request.scope["state"].setdefault("headers", [])
    late += [pair for pair in carrier.raw_headers if pair[0] == b"set-cookie"]


def _bounded(value: str | None) -> str | None:
    return value if value and len(value) <= 100 else None
