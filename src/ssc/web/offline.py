"""Without a line: the service worker with what it must know of this version, and the page that says so."""

import json
from functools import cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.core import i18n
from ssc.core.errors import not_found
from ssc.core.i18n import _
from ssc.web import pages, static

router = APIRouter(include_in_schema=False)

_PARTS = ("pages", "pushes", "unsent", "worker")


@router.get("/service-worker.js")
async def service_worker() -> Response:
    """Changes with every file of ours, so that browsers notice a new version at their next visit."""
    headers = {"Cache-Control": "no-cache"}
    return Response(_script(), headers=headers, media_type="text/javascript; charset=utf-8")


@router.get("/offline/{language}")
async def offline(request: Request, language: str) -> Response:
    """Kept by every browser for when it finds no line; the same for everybody."""
    if language not in _languages():
        raise not_found()
    i18n.use(language)
    return pages.render(request, "site/offline.html", cache="no-cache")


@cache
def _script() -> bytes:
    club = {
        "version": static.version(),
        "name": _("Sakura Science Club"),
        "files": [static.address(name) for name in static.names() if name == "css/app.css" or _is_needed(name)],
        "languages": _languages(),
        "icon": static.address("icons/mark-192.png"),
    }
    parts = [static.content(f"js/service/{part}.js") for part in _PARTS]
    return b"\n".join([f"const club = {json.dumps(club)};".encode(), *parts])


def _is_needed(name: str) -> bool:
    """What pages are written for; the worker itself is not among it."""
    return (name.startswith("js/") and not name.startswith("js/service/")) or name == "icons/mark.svg"


def _languages() -> list[str]:
    return [language.code for language in i18n.languages()]
