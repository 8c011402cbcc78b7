"""The desk's front page, and the gallery of everything that pages are made of."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Staff
from ssc.desk import queries
from ssc.web import pages
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/desk")
async def front(request: Request, viewer: Staff, session: Transaction) -> Response:
    waiting = await queries.queue(session)
    figures = await queries.figures(session)
    imports = await queries.latest_imports(session)
    return pages.render(request, "desk/page.html", viewer, waiting=waiting, figures=figures, imports=imports)


@router.get("/desk/gallery")
async def gallery(request: Request, viewer: Staff) -> Response:
    return pages.render(request, "gallery/page.html", viewer)
