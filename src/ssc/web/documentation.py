"""The API's description for machines (`openapi.json`) and for people (`docs`), kept until the next version."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from ssc.web import manual, openapi, pages

router = APIRouter(prefix="/api/v1", include_in_schema=False)

_AN_HOUR = "public, max-age=3600"


@router.get("/openapi.json")
async def describe(request: Request) -> Response:
    """The OpenAPI 3.1 document."""
    return JSONResponse(openapi.document(request.app), headers={"Cache-Control": _AN_HOUR})


@router.get("/docs")
async def read(request: Request) -> Response:
    """The same as one page to read."""
    document = openapi.document(request.app)
    return pages.render(
        request,
        "docs/page.html",
        cache=_AN_HOUR,
        about=document["info"]["description"],
        sections=manual.sections(document),
        shapes=manual.shapes(document),
    )
