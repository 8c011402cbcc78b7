"""Every page that a person can reach by links from where she begins, a few of each kind."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from starlette.routing import Route

from ssc.app import ROUTERS
from tests.browser.person import Person
from tests.markup import faults

EACH = 4  # of a kind: four profiles tell what a thousand would
_NO_PAGES = re.compile(r"/(healthz|readyz|metrics|files/.*|.*\.(atom|ics|ico|js|json|png|txt|webmanifest|xml))")


@dataclass
class Found:
    """A page as it answered, at `path` after redirects. `links` are paths with their query, in order."""

    status: int
    path: str
    title: str = ""
    links: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    """What is not valid HTML: browsers mend it as they like."""


class _Reader(HTMLParser):
    """Reads the title and where a page leads to."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        self._in_title = tag == "title" and not self.title
        if tag == "a" and href:
            self.links.append(urldefrag(urljoin(self.address, href)).url)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


async def crawled(person: Person, *starts: str) -> dict[str, Found]:
    """Follows links breadth first, a few of each kind of page. Answers what was found, by path."""
    waiting, pages, kinds = list(starts), dict[str, Found](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in pages or kinds[kind] >= EACH:
            continue
        kinds[kind] += 1
        pages[path] = await _looked_at(person, path)
        waiting += pages[path].links
    return pages


@cache
def kind_of(path: str) -> str:
    """The route's own path, `/members/{handle}`; or the address itself where none fits."""
    plain = urlsplit(path).path
    fitting = (route.path for route in _routes() if route.path_regex.match(plain))
    return next(fitting, plain)


def page_kinds() -> set[str]:
    """Every page there is, by its route's path."""
    return {route.path for route in _routes() if not route.include_in_schema and not _NO_PAGES.fullmatch(route.path)}


@cache
def _routes() -> Sequence[Route]:
    """Those that answer GET. The ones without parameters come first, as they would be asked."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]
    return sorted((route for route in routes if "GET" in (route.methods or ())), key=lambda route: "{" in route.path)


async def _looked_at(person: Person, path: str) -> Found:
    address = person.club.address
    answer = await person.context.request.get(address + path)
    if "text/html" not in answer.headers.get("content-type", ""):
        return Found(answer.status, path)
    reader, page = _Reader(answer.url), await answer.text()
    reader.feed(page)
    own = [link.removeprefix(address) or "/" for link in reader.links if link.startswith(address)]
    return Found(answer.status, answer.url.removeprefix(address), " ".join(reader.title.split()), own, faults(page))
