"""What the guide has for the club's search: its own pages, in the reader's language."""

from ssc.core import text
from ssc.core.db import Session
from ssc.guide.entries import Entry
from ssc.guide.queries.entries import entries


async def pages_with(session: Session, words: str, most: int) -> list[tuple[str, str, str]]:
    """Pages that hold all the words: name, address, text."""
    wanted = text.plain(words).split()[:8]
    found = [entry for entry in (await entries(session)).values() if _holds(entry, wanted)]
    return [(entry.name, _address(entry.slug), f"{entry.text.summary}\n{entry.text.body}") for entry in found[:most]]


def _address(slug: str) -> str:
    return "/about" if slug == "about" else f"/programmes/{slug}"


def _holds(entry: Entry, wanted: list[str]) -> bool:
    said = text.plain(" ".join((entry.name, entry.text.summary, entry.text.how, entry.text.body)))
    return all(word in said for word in wanted)
