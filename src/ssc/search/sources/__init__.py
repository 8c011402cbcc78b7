"""Where search looks: each kind of thing with its own permission."""

from collections.abc import Awaitable, Callable, Sequence

from ssc.core.db import Session
from ssc.core.i18n import words
from ssc.people.viewer import Viewer
from ssc.search.hits import Hit, Source
from ssc.search.sources import events, exchanges, groups, news, people, stories

SOURCES = (
    Source("people", words("People"), people.find, for_members=True),
    Source("groups", words("Topic groups"), groups.find, for_members=True),
    Source("events", words("Events"), events.find),
    Source("news", words("News"), news.find),
    Source("stories", words("Members' voice"), stories.find),
    Source("exchanges", words("Exchanges"), exchanges.find),
)

Pages = Callable[[Session, str, int], Awaitable[Sequence[tuple[str, str, str]]]]
"""Name, address and text of pages that hold all the words."""


def of_programmes(pages: Pages) -> Source:
    """For the guide, which stands beside search and is handed in by `app`."""

    async def find(session: Session, _viewer: Viewer | None, asked: str, most: int) -> list[Hit]:
        return [Hit(name, address, text) for name, address, text in await pages(session, asked, most)]

    return Source("programmes", words("Programmes"), find)
