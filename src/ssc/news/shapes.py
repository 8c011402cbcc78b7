"""What the API says of news."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from ssc.news.rules import Kind, State
from ssc.news.told import Told
from ssc.web.api import Instant


class Translation(BaseModel):
    lang: str
    slug: str


class NewsInShort(BaseModel):
    """An item as lists have it. `published_at` is null and `status` another than `published` only for its editors."""

    slug: str
    kind: Kind
    status: State
    lang: str
    translations: list[Translation]
    title: str
    summary: str
    countries: list[str]
    pinned: bool
    closes_on: date | None
    published_at: Instant | None
    updated_at: Instant
    author_name: str

    @classmethod
    def of(cls, told: Told, **more: object) -> Self:
        item, text = told.item, told.item.writing
        return cls.model_validate(
            {
                "slug": item.slug,
                "kind": item.kind,
                "status": told.state,
                "lang": text.lang,
                "translations": [Translation(lang=lang, slug=slug) for lang, slug in told.translations],
                "title": text.title,
                "summary": text.summary,
                "countries": item.countries,
                "pinned": item.pinned,
                "closes_on": item.closes_on,
                "published_at": told.published_at,
                "updated_at": told.updated_at,
                "author_name": item.author_name,
                **more,
            }
        )


class News(NewsInShort):
    """An item with its text, as Markdown and as HTML."""

    body: str
    html: str
    scheduled_for: Instant | None = None
    note: str | None = None


class PictureShape(BaseModel):
    """A picture for the item's text, which shows it as `![words](picture:ID)`."""

    id: str
    url: str
    markdown: str
    alt: str
    width: int
    height: int


class KindRuleShape(BaseModel):
    kind: Kind
    needs_second: bool
