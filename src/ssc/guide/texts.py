"""The guide's texts as they came with this release: a file for each language in `frontend/guide`."""

import tomllib
from functools import cache
from typing import NamedTuple

from ssc.core import i18n
from ssc.core.config import resource


class Text(NamedTuple):
    """A page in one language; `name` is empty where the programme's own name serves."""

    name: str
    summary: str
    how: str
    body: str


def released(slug: str, language: str) -> Text:
    """The page in this language, or in English."""
    return _texts(language).get(slug) or _texts(i18n.SOURCE)[slug]


def slugs() -> list[str]:
    return list(_texts(i18n.SOURCE))


def languages() -> list[str]:
    """Those in which the guide is written, English first."""
    found = sorted(path.stem for path in (resource("frontend") / "guide").glob("*.toml"))
    return sorted(found, key=lambda code: code != i18n.SOURCE)


@cache
def _texts(language: str) -> dict[str, Text]:
    path = resource("frontend") / "guide" / f"{language}.toml"
    if not path.exists():
        return {}
    pages = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        slug: Text(page.get("name", ""), page["summary"], page["how"], page["body"]) for slug, page in pages.items()
    }
