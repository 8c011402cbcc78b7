"""The page at `/`, and the icons and words that make the site installable."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.home import queries
from ssc.programmes.figures import PUBLISHED
from ssc.roster.recovering import queries as recovering
from ssc.web import pages
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, viewer: Visitor, session: Transaction) -> Response:
    if viewer is None:
        figures = [(figure.value, figure.unit()) for figure in PUBLISHED[:4]]
        return pages.render(request, "home/public.html", figures=figures, keep="home")
    day = await queries.day_of(session, viewer)
    news = await recovering.news_of(session, viewer)
    return pages.render(request, "home/mine.html", viewer, day=day, news=news)
