"""Where search looks: each kind of thing with its own permission."""

from ssc.core.i18n import words
from ssc.search.hits import Source
from ssc.search.sources import events, exchanges, news, people, stories

SOURCES = (
    Source("people", words("People"), people.find, for_members=True),
    Source("events", words("Events"), events.find),
    Source("news", words("News"), news.find),
    Source("stories", words("Members' voice"), stories.find),
    Source("exchanges", words("Exchanges"), exchanges.find),
)
