"""News for everybody: the list, an item, the feeds, the pictures, and a look before the time."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.accounts.loaders import Visitor
from ssc.core import clock, errors, i18n
from ssc.core.db import Session
from ssc.core.i18n import _
from ssc.news import actions, articles, feeds, queries, rules
from ssc.news.access import Readable
from ssc.news.forms import NewsFilters
from ssc.news.told import Told
from ssc.people.viewer import Viewer
from ssc.places import countries
from ssc.web import etags, forms, pages
from ssc.web.feeds import ATOM, JSON, as_json, atom
from ssc.web.paging import Paging
from ssc.web.transactions import Running, Transaction
from ssc.writing import pictures
from ssc.writing import queries as writing
from ssc.writing.cards import card
from ssc.writing.models import Picture

router = APIRouter(include_in_schema=False)

Asked = Annotated[NewsFilters, Query()]


@router.get("/news")
async def news(request: Request, filters: Asked, part: Paging, viewer: Visitor, session: Transaction) -> Response:
    """In the reader's language where an item is told in it, unless another is asked for."""
    prefer = None if filters.lang else i18n.language()
    cut = await queries.published(session, filters, part, prefer=prefer)
    page = pages.render(
        request,
        "news/list.html",
        viewer,
        keep=actions.TOPIC,
        items=cut.rows,
        filters=filters,
        form=forms.blank(**filters.model_dump(exclude_none=True)),
        kinds=[(kind, rules.KIND_NAMES[kind]()) for kind in rules.KINDS],
        kind_tabs=_tabs(filters),
        countries=countries.choices(),
        langs=[(one.code, one.name) for one in i18n.languages()],
        query=_query(filters),
        next_href=f"/news?{_query(filters, cursor=cut.next)}" if cut.next else "",
        first_href=f"/news?{_query(filters)}" if part.after else "",
    )
    return etags.dated(page, await queries.changed_at(session))


@router.get("/news/feed.atom")
@router.get("/api/v1/news/feed.atom")
async def atom_feed(request: Request, filters: Asked, session: Transaction) -> Response:
    return await _feed(request, filters, session, "/news/feed.atom")


@router.get("/news/feed.json")
@router.get("/api/v1/news/feed.json")
async def json_feed(request: Request, filters: Asked, session: Transaction) -> Response:
    return await _feed(request, filters, session, "/news/feed.json")


@router.get("/news/{slug}")
async def item(request: Request, told: Readable, viewer: Visitor, session: Transaction) -> Response:
    html = await articles.html_of(session, told.item)
    page = await _page(request, viewer, told, html, keep=actions.TOPIC)
    return etags.dated(page, await queries.changed_at(session, told.item.original))


@router.get("/news/{slug}/card.png")
async def drawn(request: Request, told: Readable) -> Response:
    """What stands for the item where its address is shared: only while it is before the public."""
    if told.state != "published":
        raise errors.not_found()
    byline = f"{told.item.author_name} · {rules.KIND_NAMES[told.item.kind]()}"
    png = await card(told.item.writing.title, byline, _("News · Sakura Science Club"))
    return etags.answer(request, png, private=False, media_type="image/png")


@router.get("/news-preview/{token}")
async def preview(request: Request, token: str, viewer: Visitor, session: Transaction) -> Response:
    """The text as it stands at this moment, for whoever was given the link; 410 when it has expired."""
    told = await _previewed(session, token)
    html = await articles.html_of(session, told.item, query=f"?preview={token}")
    page = await _page(request, viewer, told, html, previewed=True)
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


@router.get("/files/news/{picture_id}/{name}")
async def picture(
    request: Request,
    picture_id: str,
    name: str,
    viewer: Visitor,
    process: Running,
    session: Transaction,
    preview: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """A size of a picture, to who may read a text that may show it; 404 else, as if there were none."""
    found = await writing.picture(session, picture_id)
    if found is None:
        raise errors.not_found()
    told = await queries.told_of(session, found.writing_id)
    if told is None:
        raise errors.not_found()
    family = await queries.family(session, told.item)
    is_public = any(one.state == "published" for one in family)
    if not is_public and not await _may_look(session, viewer, family, found, preview):
        raise errors.not_found()
    return await pictures.answer(request, process.blobs, found, name, private=not is_public)


async def _may_look(
    session: Session, viewer: Viewer | None, family: list[Told], picture: Picture, preview: str
) -> bool:
    now = clock.now()
    if any(rules.can_read(viewer, one.item, one.publication, now) for one in family):
        return True
    link = await writing.by_preview(session, preview) if preview else None
    return link is not None and link.expires_at > now and link.writing_id in [one.item.writing_id for one in family]


async def _previewed(session: Session, token: str) -> Told:
    link = await writing.by_preview(session, token)
    told = await queries.told_of(session, link.writing_id) if link else None
    if link is None or told is None:
        raise errors.not_found()
    if link.expires_at <= clock.now():
        raise errors.gone()
    return told


async def _page(
    request: Request, viewer: Viewer | None, told: Told, html: str, *, previewed: bool = False, keep: str | None = None
) -> Response:
    is_public = told.state == "published" and not previewed
    return pages.render(
        request,
        "news/item.html",
        viewer,
        keep=keep if is_public else None,
        told=told,
        item=told.item,
        text=told.item.writing,
        html=html,
        previewed=previewed,
        kind_name=rules.KIND_NAMES[told.item.kind](),
        state_name=rules.STATE_NAMES[told.state](),
        may_edit=viewer is not None and rules.can_edit(viewer, told.item, told.publication),
        base_url=request.app.state.settings.base_url,
    )


async def _feed(request: Request, filters: NewsFilters, session: Session, path: str) -> Response:
    made = await feeds.feed(session, filters, path, _query(filters))
    is_atom = path.endswith(".atom")
    answer = Response(atom(made) if is_atom else as_json(made), 200, media_type=ATOM if is_atom else JSON)
    return etags.lasting(request, answer, actions.TOPIC, modified=made.updated_at)


def _tabs(filters: NewsFilters) -> list[tuple[str, str, bool]]:
    kinds = [(kind, rules.KIND_NAMES[kind](), filters.kind == kind) for kind in rules.KINDS]
    return [(_("All"), "/news", filters.kind is None)] + [(name, f"/news?kind={kind}", on) for kind, name, on in kinds]


def _query(filters: NewsFilters, **more: str | None) -> str:
    return urlencode(filters.model_dump(exclude_none=True) | {name: value for name, value in more.items() if value})
