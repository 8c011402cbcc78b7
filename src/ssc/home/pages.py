"""The page at `/`, and the icons and words that make the site installable."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.events import clocks
from ssc.events.queries.coming import Coming
from ssc.home import queries
from ssc.home.front import front
from ssc.messaging.pages.inbox import latest
from ssc.people.rules import FACES
from ssc.programmes.figures import PUBLISHED
from ssc.roster.recovering import queries as recovering
from ssc.web import pages
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

TALKS = 4
TOPICS = f"home events news stories {FACES}"


@router.get("/")
async def home(request: Request, viewer: Visitor, session: Transaction) -> Response:
    if viewer is None:
        figures = [(figure.value, figure.unit()) for figure in PUBLISHED[:4]]
        shown = await front(session, None)
        return pages.render(request, "home/public.html", figures=figures, front=shown, when=when, keep=TOPICS)
    day = await queries.day_of(session, viewer)
    news = await recovering.news_of(session, viewer)
    shown = await front(session, viewer, voices=0)
    talks = await latest(session, viewer, TALKS)
    return pages.render(request, "home/mine.html", viewer, day=day, news=news, front=shown, talks=talks, when=when)


def when(event: Coming) -> tuple[str, str]:
    """Day and hours on the wall of the venue."""
    return (
        clocks.day(event.starts_at, event.time_zone),
        clocks.span(event.starts_at, event.ends_at, event.time_zone),
    )
