"""The wordings to which a claim agrees, for everybody to read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import i18n
from ssc.core.i18n import _
from ssc.people.viewer import Viewer
from ssc.roster.claiming.rules import WORDING, WORDING_SINCE, wording_language, wording_of
from ssc.web import pages

router = APIRouter(include_in_schema=False)


@router.get("/terms")
async def terms(request: Request, viewer: Visitor) -> Response:
    return _wording(request, viewer, "terms", _("Terms of membership"))


@router.get("/privacy")
async def privacy(request: Request, viewer: Visitor) -> Response:
    return _wording(request, viewer, "privacy", _("Privacy notice"))


def _wording(request: Request, viewer: Viewer | None, kind: str, title: str) -> Response:
    written_in = wording_language(i18n.language())
    return pages.render(
        request,
        "legal/page.html",
        viewer,
        kind=kind,
        title=title,
        part=wording_of(kind, written_in),
        written_in=written_in,
        since=WORDING_SINCE,
        version=WORDING,
    )
