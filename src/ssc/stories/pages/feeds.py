"""Feeds of stories, at their public address and under the API's."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from ssc.core import text
from ssc.core.db import Session
from ssc.stories import feeds
from ssc.stories.queries import lists
from ssc.web import etags
from ssc.web.feeds import ATOM, JSON, Feed, as_json, atom
from ssc.web.transactions import Transaction

router = APIRouter(include_in_schema=False)

Lang = Annotated[str, text.ONE_LINE, Query(max_length=35)]


@router.get("/stories/feed.atom")
@router.get("/api/v1/stories/feed.atom")
async def as_atom(request: Request, session: Transaction, lang: Lang = "") -> Response:
    return etags.answer(request, atom(await _feed(request, session, lang)), private=False, media_type=ATOM)


@router.get("/stories/feed.json")
@router.get("/api/v1/stories/feed.json")
async def as_json_feed(request: Request, session: Transaction, lang: Lang = "") -> Response:
    return etags.answer(request, as_json(await _feed(request, session, lang)), private=False, media_type=JSON)


async def _feed(request: Request, session: Session, lang: str) -> Feed:
    """The same for everybody, whoever is signed in: a feed reader is a visitor."""
    stories = await lists.for_feed(session, lang)
    return feeds.feed(session.settings.base_url, request.url.path, lang, stories)
