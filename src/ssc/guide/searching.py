"""What the guide has for the club's search: its own pages, in the reader's language."""

from ssc.core import text
from ssc.core.db import Session
from ssc.guide.entries import Entry
from ssc.guide.queries.entries import entries


async def pages_with(session: Session, words: str, most: int) -> list[tuple[Entry, str]]:
    """Pages that hold all the words, with their addresses."""
    wanted = text.plain(words).split()[:8]
    found = [entry for entry in (await entries(session)).values() if _holds(entry, wanted)]
    return [(entry, "/about" if entry.slug == "about" else f"/programmes/{entry.slug}") for entry in found[:most]]


def _holds(entry: Entry, wanted: list[str]) -> bool:
    said = text.plain(" ".join((entry.name, entry.text.summary, entry.text.how, entry.text.body)))
    return all(word in said for word in wanted)
