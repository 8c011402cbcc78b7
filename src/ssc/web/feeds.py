"""Feeds: the same entries as Atom (RFC 4287) and as JSON Feed 1.1."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from ssc.core import clock

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One thing in a feed. `id` never changes, wherever the site moves and however it is called."""

    id: str
    url: str
    title: str
    lang: str
    summary: str
    html: str
    author: str
    published_at: datetime
    updated_at: datetime
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Feed:
    """What the feed is called, where its page is and where it is itself; addresses are whole."""

    id: str
    title: str
    author: str
    home: str
    address: str
    updated_at: datetime
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", feed.id),
        _element("title", feed.title),
        _element("updated", clock.rfc3339(feed.updated_at)),
        f"<author>{_element('name', feed.author)}</author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>',
        *map(_atom_entry, feed.entries),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def as_json(feed: Feed) -> bytes:
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "authors": [{"name": feed.author}],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _atom_entry(entry: Entry) -> str:
    parts = [
        _element("id", entry.id),
        _element("title", entry.title),
        _element("published", clock.rfc3339(entry.published_at)),
        _element("updated", clock.rfc3339(entry.updated_at)),
        f"<author>{_element('name', entry.author)}</author>",
        f'<link rel="alternate" type="text/html" hreflang={quoteattr(entry.lang)} href={quoteattr(entry.url)}/>',
        *(f"<category term={quoteattr(tag)}/>" for tag in entry.tags),
        *([_element("summary", entry.summary)] if entry.summary else []),
        f'<content type="html">{_text(entry.html)}</content>',
    ]
    return f"<entry xml:lang={quoteattr(entry.lang)}>{''.join(parts)}</entry>"


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "language": entry.lang,
        "content_html": entry.html,
        "authors": [{"name": entry.author}],
        "date_published": clock.rfc3339(entry.published_at),
        "date_modified": clock.rfc3339(entry.updated_at),
        "tags": list(entry.tags),
    }
    return item | ({"summary": entry.summary} if entry.summary else {})


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    """XML 1.0 has no place for two characters that text may hold."""
    return escape(text.replace("\ufffe", "").replace("\uffff", ""))
