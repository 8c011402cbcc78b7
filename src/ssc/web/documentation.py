"""The API's description for machines (`openapi.json`) and for people (`docs`), kept until the next version."""

from fastapi import APIRouter, FastAPI, Request
from markupsafe import Markup
from starlette.responses import JSONResponse, Response

from ssc.core import i18n
from ssc.web import manual, openapi, pages, templates

router = APIRouter(prefix="/api/v1", include_in_schema=False)

_AN_HOUR = "public, max-age=3600"


@router.get("/openapi.json")
async def describe(request: Request) -> Response:
    """The OpenAPI 3.1 document."""
    state = request.app.state
    if not hasattr(state, "openapi_json"):
        state.openapi_json = JSONResponse(openapi.document(request.app)).body
    return Response(state.openapi_json, media_type="application/json", headers={"Cache-Control": _AN_HOUR})


@router.get("/docs")
async def read(request: Request) -> Response:
    """The same as one page to read."""
    return pages.render(request, "docs/page.html", cache=_AN_HOUR, manual=_manual(request.app))


def _manual(app: FastAPI) -> Markup:
    """All calls and shapes, drawn once for each language: it takes as long as a hundred other pages."""
    if not hasattr(app.state, "manuals"):
        app.state.manuals = {}
    drawn: dict[str, Markup] = app.state.manuals
    if i18n.language() not in drawn:
        document = openapi.document(app)
        words = (
            templates.environment()
            .get_template("docs/manual.html")
            .render(
                about=document["info"]["description"],
                sections=manual.sections(document),
                shapes=manual.shapes(document),
            )
        )
        drawn[i18n.language()] = Markup(words)  # noqa: S704  the template escapes what it is given
    return drawn[i18n.language()]
