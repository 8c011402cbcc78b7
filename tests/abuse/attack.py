"""What an attacker sends, and where to: every route there is, values that break parsers, forms as pages offer them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi.routing import APIRoute

from ssc.app import ROUTERS

API = "/api/v1"
NOWHERE = "00000000-0000-7000-8000-000000000000"

# As JSON text, since Python would not write some of them.
JSON_VALUES = (
    "null",
    "0",
    "1.5",
    "2147483648",
    "9223372036854775808",
    "1e308",
    '""',
    '"\\u200b"',
    '"\\u202e"',
    '"\\ud83d\\ude00"',
    '"\'; DROP TABLE member; --"',
    '"{{7*7}}"',
    '"%(name)s %s %n"',
    '"0001-01-01"',
    '"9999-12-31"',
    '"9999-12-31T23:59:59.999999+14:00"',
    json.dumps("x" * 100_000),
    json.dumps("e\u0301" * 3000),
    json.dumps("\ufdfa" * 3000),
    "[null]",
    "[[]]",
    '["", ""]',
    json.dumps(["a"] * 5000),
    '{"": null}',
    '{"a": {"b": []}}',
)

# Those that pass the first look at most fields.
TELLING_JSON_VALUES = ("null", '"\\u200b"', '"9999-12-31"', '["a", "a"]')

TEXTS = (
    "",
    "\u00b2",
    "9" * 400,
    "9223372036854775808",
    "1e309",
    "nan",
    "\u0000",
    "a\u0000b",
    "\u200b",
    "\u202e",
    "\uffff",
    "\U0010ffff",
    "_",
    "' OR 1=1 --",
    "a & | ! <-> :* ( '",
    "{{7*7}}",
    "%(name)s %s",
    "0001-01-01",
    "9999-12-31",
    "[" * 800,
    "x" * 2500,
)

TELLING_TEXTS = ("9223372036854775808", "a & | ! <-> :* ( '", "0")

# Percent-encoded already: what no string of Python holds.
RAW = ("%ff", "%00", "%c0%af", "%ed%a0%80", "%", "%zz", "%u0041", "%0d%0aSet-Cookie:%20a=b", "%2e%2e%2f", "&&==;")

RAW_PATHS = (
    "%00",
    "%ff",
    "%ed%a0%80",
    "..%2f..%2fetc",
    "%F0%9F%8C%B8",
    "%7B%7B7*7%7D%7D",
    "'--",
    "9223372036854775808",
)


def routes() -> list[tuple[str, APIRoute]]:
    """(method, route) of all there is."""
    found = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return [(method, route) for route in found for method in sorted(route.methods or ())]


def filled(path: str, value: str = NOWHERE) -> str:
    """The route's path with `value` in every place."""
    return "/".join(value if part.startswith("{") else part for part in path.split("/"))


def query_names(route: APIRoute) -> list[str]:
    """The query parameters of a route, those of its loaders and of its filter models among them."""
    return sorted({name for dependant in _dependants(route.dependant) for name in _names(dependant)})


def _dependants(dependant: Any) -> Iterator[Any]:
    yield dependant
    for further in dependant.dependencies:
        yield from _dependants(further)


def _names(dependant: Any) -> Iterator[str]:
    for parameter in dependant.query_params:
        fields = getattr(parameter.field_info.annotation, "model_fields", None)
        yield from fields if fields else [parameter.alias]


@dataclass
class PageForm:
    """A form of a page as a browser would send it."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class Markup(HTMLParser):
    """What of a page can run or lead away, and its forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.forms: list[PageForm] = []
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append(have.get("src"))
        self.handlers += [f"{tag}.{name}" for name in have if name.startswith("on") or name in ("style", "srcdoc")]
        self.addresses += [have[name] for name in ("href", "src", "action", "formaction", "data") if name in have]
        if tag == "form":
            self.forms.append(PageForm(have.get("action", ""), have.get("method", "get").lower()))
        elif self.forms:
            self._field(tag, have)

    def _field(self, tag: str, have: dict[str, str]) -> None:
        form, name = self.forms[-1], have.get("name", "")
        if tag == "select":
            self._select = name
            form.values.append((name, ""))
        elif tag == "option" and "selected" in have:
            form.values.append((self._select, have.get("value", "")))
        elif name and have.get("type") == "file":
            form.files.append(name)
        elif name and tag in ("input", "textarea", "button") and not _left_empty(have):
            form.values.append((name, have.get("value", "")))


def _left_empty(have: dict[str, str]) -> bool:
    return have.get("type") in ("checkbox", "radio") and "checked" not in have


def assert_inert(page: httpx.Response) -> None:
    """Nothing on the page runs or leads to what runs; what scripts there are come from our own files."""
    markup = Markup(page.text)
    assert markup.handlers == []
    assert [s for s in markup.scripts if s is not None and not s.startswith("/static/")] == []
    wrong = [a for a in markup.addresses if a.strip().lower().startswith(("javascript:", "data:", "vbscript:", "//"))]
    assert wrong == []
    assert {"iframe", "object", "embed", "base", "svg:script"} & set(markup.tags) == set()
