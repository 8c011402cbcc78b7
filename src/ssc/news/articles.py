"""An item's text as HTML, with its pictures at addresses that ask who reads."""

import re

from ssc.core import markdown
from ssc.core.db import Session
from ssc.news import queries
from ssc.news.models import NewsItem
from ssc.writing import pictures
from ssc.writing import queries as writing

PICTURES = "/files/news"
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r'(src="|href="|srcset="|, )/(?!/)')


async def html_of(session: Session, item: NewsItem, *, query: str = "", body: str | None = None) -> str:
    """`query` goes with the pictures' addresses; `body`: another text in the place of the one that is stored."""
    text = item.writing.body if body is None else body
    if not markdown.images_in(text):
        return markdown.article(text)
    texts = [one.item.writing_id for one in await queries.family(session, item)]
    shown = pictures.shown(await writing.pictures_of(session, texts), PICTURES, query)
    return markdown.article(pictures.without_others(text, shown), shown)


async def text_of(session: Session, item: NewsItem) -> str:
    """Its Markdown as the public reads it: nothing stands where somebody took down a picture of herself."""
    if not pictures.called_in(item.writing.body):
        return item.writing.body
    texts = [one.item.writing_id for one in await queries.family(session, item)]
    shown = [str(one.id) for one in await writing.pictures_of(session, texts)]
    return pictures.without_others(item.writing.body, shown)


def whole(html: str, base_url: str) -> str:
    """With whole addresses, for where it is read elsewhere: feeds, letters."""
    return _TAG.sub(lambda tag: _ADDRESS.sub(rf"\1{base_url}/", tag[0]), html)
