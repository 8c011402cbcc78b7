"""The sitemap: every public page once, and in each language that it speaks."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ssc.core import clock, i18n

MOST = 50_000
"""As the protocol has it (sitemaps.org)."""


class Place(NamedTuple):
    """A page's path, since when it stands so where that is known, and whether it is there in every language of ours."""

    path: str
    changed_at: datetime | None = None
    translated: bool = True


def document(base: str, places: Iterable[Place]) -> str:
    entries = [entry for place in places for entry in _entries(base, place)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(entries[:MOST]) + "\n</urlset>\n"
    )


def _entries(base: str, place: Place) -> Iterator[str]:
    address = base + place.path
    changed = f"<lastmod>{clock.rfc3339(place.changed_at)}</lastmod>" if place.changed_at else ""
    if not place.translated:
        yield f"<url><loc>{escape(address)}</loc>{changed}</url>"
        return
    spoken = {one.code: f"{address}?hl={one.code}" for one in i18n.languages()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(where)}/>'
        for code, where in {"x-default": address, **spoken}.items()
    )
    for where in (address, *spoken.values()):
        yield f"<url><loc>{escape(where)}</loc>{changed}{links}</url>"
