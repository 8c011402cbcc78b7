"""News for programs: read by anybody, written by editors, and opportunities by members."""

from typing import Annotated

from fastapi import File, Form, Header, Query, Request, UploadFile
from pydantic import BaseModel
from starlette.responses import Response

from ssc.accounts.loaders import SignedIn, Visitor
from ssc.news import actions, articles, queries
from ssc.news.access import Changeable, Edited, KnownKind, Own, Readable
from ssc.news.forms import ChangeBody, GiveBackBody, KindRuleBody, NewsBody, NewsFilters, PublishBody
from ssc.news.limiting import ITEMS, PICTURES
from ssc.news.rules import KINDS
from ssc.news.shapes import KindRuleShape, News, NewsInShort, PictureShape
from ssc.news.told import Told
from ssc.people.viewer import Viewer
from ssc.web import api, etags
from ssc.web.api import problems
from ssc.web.paging import Page, Paging
from ssc.web.transactions import Running, Transaction
from ssc.writing import actions as writing
from ssc.writing import queries as texts
from ssc.writing import rules
from ssc.writing.access import Editor
from ssc.writing.forms import Alt
from ssc.writing.shapes import VersionShape

router = api.router(tags=["News"])

IfMatch = Annotated[str | None, Header(description="The `ETag` that the item had when it was read.")]


@router.get("/news", response_model=Page[NewsInShort], responses=problems(401))
async def list_news(
    request: Request, filters: Annotated[NewsFilters, Query()], part: Paging, viewer: Visitor, session: Transaction
) -> Response:
    """What is before the public: pinned first, then the latest; opportunities until they close."""
    cut = await queries.published(session, filters, part)
    page = Page[NewsInShort](items=[NewsInShort.of(one) for one in cut.rows], next=cut.next)
    modified = await queries.changed_at(session)
    return etags.lasting(request, _json(page), actions.TOPIC, private=viewer is not None, modified=modified)


@router.post("/news", status_code=201, response_model=News, responses=problems(401, 403, 422, 429))
async def write(request: Request, body: NewsBody, viewer: SignedIn, process: Running, session: Transaction) -> Response:
    """A draft. Editors write all kinds; other members opportunities, which they then hand in. 30 a day."""
    await process.limits.take(ITEMS, str(viewer.id))
    return await _shown(request, session, viewer, await actions.write(session, viewer, body), status=201)


@router.get("/news-kinds", responses=problems(401, 403))
async def kinds(viewer: Editor, session: Transaction) -> list[KindRuleShape]:
    """Which kinds a second person must approve."""
    held = await queries.kind_rules(session)
    return [KindRuleShape(kind=kind, needs_second=held[kind]) for kind in KINDS]


@router.put("/news-kinds/{kind}", status_code=204, responses=problems(401, 403, 404, 422))
async def set_kind(kind: KnownKind, body: KindRuleBody, viewer: Editor, session: Transaction) -> None:
    """From now on; what is scheduled stays so."""
    await actions.set_rule(session, viewer, kind, needs_second=body.needs_second)


@router.get("/news/{slug}", response_model=News, responses=problems(401, 404))
async def item(told: Readable, request: Request, viewer: Visitor, session: Transaction) -> Response:
    """An item. What is not published is there for editors and who wrote it alone."""
    return await _shown(request, session, viewer, told)


@router.patch("/news/{slug}", response_model=News, responses=problems(401, 403, 404, 409, 422, 428))
async def change(
    request: Request,
    told: Changeable,
    body: ChangeBody,
    viewer: SignedIn,
    session: Transaction,
    if_match: IfMatch = None,
) -> Response:
    """Changes what is given. `If-Match` names the text that was read, so that nobody's change is lost."""
    return await _shown(request, session, viewer, await actions.change(session, viewer, told, body, if_match))


@router.post("/news/{slug}/publish", response_model=News, responses=problems(401, 403, 404, 409, 422))
async def publish(
    request: Request,
    told: Edited,
    viewer: Editor,
    session: Transaction,
    body: PublishBody | None = None,
    if_match: IfMatch = None,
) -> Response:
    """Now, or at an instant to come. Where its kind needs a second person, the first call asks, another's approves."""
    done = await actions.publish(session, viewer, told, body or PublishBody(), if_match)
    return await _shown(request, session, viewer, done)


@router.post("/news/{slug}/submit", response_model=News, responses=problems(401, 403, 404, 409))
async def submit(request: Request, told: Own, viewer: SignedIn, session: Transaction) -> Response:
    """Who wrote it hands it to the editors."""
    return await _shown(request, session, viewer, await actions.submit(session, viewer, told))


@router.post("/news/{slug}/return", response_model=News, responses=problems(401, 403, 404, 409, 422))
async def give_back(
    request: Request, told: Edited, body: GiveBackBody, viewer: Editor, session: Transaction
) -> Response:
    """Back to who handed it in, with a note."""
    return await _shown(request, session, viewer, await actions.give_back(session, viewer, told, body.note))


@router.post("/news/{slug}/withdraw", response_model=News, responses=problems(401, 403, 404, 409))
async def withdraw(request: Request, told: Edited, viewer: Editor, session: Transaction) -> Response:
    """Takes it from the public, everywhere and at once; or ends its waiting or schedule."""
    return await _shown(request, session, viewer, await actions.withdraw(session, viewer, told))


@router.get("/news/{slug}/versions", responses=problems(401, 403, 404))
async def versions(told: Changeable, session: Transaction) -> list[VersionShape]:
    """How it read before, latest first."""
    return [VersionShape.of(one, name) for one, name in await texts.versions_of(session, told.item.writing_id)]


@router.post(
    "/news/{slug}/pictures",
    status_code=201,
    max_body_size=api.UPLOAD_LIMIT,
    responses=problems(401, 403, 404, 413, 415, 422, 429),
)
async def add_picture(
    told: Changeable,
    viewer: SignedIn,
    process: Running,
    session: Transaction,
    file: Annotated[UploadFile, File()],
    alt: Annotated[Alt, Form(description="What it shows, in words, for who does not see it.")],
) -> PictureShape:
    """A picture of at most 10 MiB (JPEG, PNG, WebP) for the item's text; kept in our sizes, without metadata."""
    await process.limits.take(PICTURES, str(viewer.id))
    made = await writing.add_picture(
        session, process.blobs, told.item.writing_id, await file.read(), alt=alt, by=viewer.id
    )
    return PictureShape(
        id=str(made.id),
        url=f"{articles.PICTURES}/{made.id}/1600.webp",
        markdown=f"![{alt}](picture:{made.id})",
        alt=alt,
        width=made.width,
        height=made.height,
    )


async def _shown(
    request: Request, session: Transaction, viewer: Viewer | None, told: Told, status: int = 200
) -> Response:
    """With the tag that `If-Match` takes for who may change it."""
    mine = viewer is not None and (rules.is_editor(viewer) or told.item.author_id == viewer.id)
    html = await articles.html_of(session, told.item)
    shape = News.of(
        told,
        body=told.item.writing.body if mine else await articles.text_of(session, told.item),
        html=html,
        **(_inner(told) if mine else {}),
    )
    answer = _json(shape, status)
    answer.headers["ETag"] = rules.tag(told.item.writing.rev, bytes(answer.body))
    modified = await queries.changed_at(session, told.item.original)
    private = viewer is not None or request.method != "GET"
    return etags.lasting(request, answer, actions.TOPIC, private=private, modified=modified)


def _inner(told: Told) -> dict[str, object]:
    if told.publication is None:
        return {}
    scheduled = {"scheduled_for": told.publication.at} if told.state == "scheduled" else {}
    return scheduled | ({"note": told.publication.note} if told.publication.note else {})


def _json(shape: BaseModel, status: int = 200) -> Response:
    return Response(shape.model_dump_json(exclude_unset=True), status, media_type="application/json")
