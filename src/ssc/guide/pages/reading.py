"""The guide's pages: the programmes, the finder, and the letter for one's professor."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import errors
from ssc.core.db import Session
from ssc.guide import charts, forums, prose, sitemap, wording
from ssc.guide.findings import best_first, to_ask_for
from ssc.guide.forms import Question
from ssc.guide.queries import finder, partners
from ssc.guide.queries.entries import entries
from ssc.guide.queries.live import live
from ssc.guide.queries.sitemap import places
from ssc.guide.supporters import SUPPORTERS
from ssc.people.rules import FACES
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.programmes import rules
from ssc.programmes.figures import GROWTH, PUBLISHED, PUPILS
from ssc.web import etags, forms, pages
from ssc.web.forms import Form
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

TOPIC = "guide"
FINDER = f"{TOPIC} stories {FACES}"  # stories are counted there


@router.get("/programmes")
async def programmes(request: Request, viewer: Visitor, session: Transaction) -> Response:
    return pages.render(request, "guide/programmes.html", viewer, pages=await entries(session), keep=TOPIC)


@router.get("/programmes/finder")
async def find(request: Request, viewer: Visitor, session: Transaction) -> Response:
    form = _asked(request)
    asked = form.data if form.valid else None
    shown = asked if asked is not None and asked.model_dump(exclude_defaults=True) else None
    context: dict[str, Any] = {"found": None}
    if shown is not None:
        answer = await finder.find_with_others(session, shown)
        context = {
            "found": best_first(answer.findings),
            "other_hosts": answer.others,
            "others_by": answer.others_by,
            "senders": await partners.senders(session, shown),
            "query": _query(shown),
            "elsewhere": prose.sections(answer.elsewhere.text.body),
        }
    return pages.render(
        request,
        "guide/finder.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        asked=shown,
        statuses=[(code, said()) for code, said in rules.STATUSES.items()],
        countries=countries.choices(),
        fields=await partners.fields(session),
        keep=FINDER,
        **context,
    )


@router.get("/programmes/finder/letter")
async def letter(request: Request, viewer: Visitor, session: Transaction) -> Response:
    form = _asked(request)
    if form.data is None:
        return pages.see_other("/programmes/finder")
    fitting = to_ask_for(await finder.find(session, form.data))
    return pages.render(
        request,
        "guide/letter.html",
        viewer,
        asked=form.data,
        query=_query(form.data),
        letters=[wording.of(language, form.data, fitting) for language in ("en", "ja")],
        keep=TOPIC,
    )


@router.get("/programmes/{slug}")
async def programme(request: Request, slug: str, viewer: Visitor, session: Transaction) -> Response:
    return await programme_page(request, slug, viewer, session, forms.blank())


async def programme_page(
    request: Request, slug: str, viewer: Viewer | None, session: Session, form: Form[Any]
) -> Response:
    """A programme's page; the form is that by which one waits for its call."""
    entry = (await entries(session)).get(slug)
    if entry is None or slug == "about":
        raise errors.not_found()
    return pages.render(
        request,
        "guide/programme.html",
        viewer,
        status=422 if form.errors else 200,
        form=form,
        entry=entry,
        sections=prose.sections(entry.text.body),
        rules=rules.statements(entry.course.conditions) if entry.course else [],
        forums=forums.SERIES if slug == "forums" else (),
        supporters=SUPPORTERS if slug == "ssp" else (),
        keep=TOPIC,
    )


@router.get("/about")
async def about(request: Request, viewer: Visitor, session: Transaction) -> Response:
    entry = (await entries(session))["about"]
    sections = prose.sections(entry.text.body)
    return pages.render(request, "guide/about.html", viewer, entry=entry, sections=sections, keep=TOPIC)


@router.get("/figures")
async def figures(request: Request, viewer: Visitor, session: Transaction) -> Response:
    now = await live(session)
    return pages.render(
        request,
        "guide/figures.html",
        viewer,
        published=PUBLISHED,
        growth=GROWTH,
        growth_bars=charts.over_time([(day, value) for day, value in GROWTH.values if isinstance(day, date)]),
        pupils=PUPILS,
        live=now,
        year_bars=charts.columns(now.by_year),
        tiles=charts.tile_map(dict(now.by_country)),
        ground=charts.GROUND,
        keep=f"{TOPIC} home",
    )


@router.get("/sitemap.xml")
async def whole_site(request: Request, session: Transaction) -> Response:
    """Every public page, for search engines."""
    made = sitemap.document(session.settings.base_url, await places(session))
    return etags.answer(request, made.encode(), private=False, media_type="application/xml")


def _asked(request: Request) -> Form[Question]:
    return forms.check(Question, {name: request.query_params.get(name, "") for name in Question.model_fields})


def _query(asked: Question) -> str:
    """The address one can share: only what was answered."""
    return urlencode({name: _spelled(value) for name, value in asked.model_dump(exclude_defaults=True).items()})


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
