"""The shelf: answers that are the same for every visitor, kept in memory until PostgreSQL says that they changed."""

import asyncio
import gzip
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg.conninfo import make_conninfo

from ssc import tasks
from ssc.core.db import Session
from ssc.core.engines import libpq_url

log = logging.getLogger("ssc.shelf")

CHANNEL = "ssc_shelf"
_MOST = 500
_LONGEST_S = 300.0
_SMALL = 800
PACKED = b"-gzip"
"""By which the tag of the packed answer differs."""
_WORDS = (b"text/", b"application/json", b"application/xml", b"application/atom+xml", b"application/feed+json")
_PAUSE_S = 2.0
# A line that died silently would leave old pages for minutes.
_ALIVE = {"keepalives_idle": "20", "keepalives_interval": "5", "keepalives_count": "3", "connect_timeout": "10"}

Key = tuple[str, bytes, str]
"""Path, query and language."""
Pairs = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with every header but the request's id; `known` are those of its 304."""

    topics: frozenset[str]
    route: str
    etag: bytes
    modified: bytes | None
    headers: Pairs
    known: Pairs
    body: bytes
    until: float
    _packed: list[tuple[Pairs, bytes]] = field(default_factory=list, compare=False, repr=False)

    def packed(self) -> tuple[Pairs, bytes]:
        """Headers and body for who takes gzip, made when the first asks; as they are where that gains nothing.

        Nothing of a reader's own stands on a page that is the same for all, so its size tells nobody a secret.
        """
        if not self._packed:
            self._packed.append(_packed(self.headers, self.body))
        return self._packed[0]


class Shelf:
    """What one process keeps. It keeps nothing while it does not hear of changes.

    PostgreSQL itself tells of them (NOTIFY, within the change's own transaction), so that every process hears what a
    worker, a command or another process has changed, whether a pub/sub server runs or not.
    """

    def __init__(self, url: str) -> None:
        self._address = make_conninfo(libpq_url(url), **_ALIVE)
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._edition = 0
        self._hears = asyncio.Event()
        self._hearing: asyncio.Task[None] | None = None

    def find(self, key: Key) -> Answer | None:
        answer = self._answers.get(key)
        return answer if answer is not None and answer.until > time.monotonic() else None

    def edition(self) -> int | None:
        """To be asked before an answer is made, and given to `put`; None: nothing is kept yet."""
        if self._hearing is None:
            self._hearing = asyncio.create_task(self._hear())
        return self._edition if self._hears.is_set() else None

    def put(self, key: Key, edition: int | None, topics: str, route: str, headers: Pairs, body: bytes) -> Answer:
        """The answer with its tag; kept, unless something was forgotten while it was made.

        `topics`: words, each of which makes it forgotten.
        """
        etag = b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
        own = (b"content-length", b"etag", b"vary")
        vary = b", ".join(filter(None, (dict(headers).get(b"vary"), b"Accept-Encoding")))
        kept = [pair for pair in headers if pair[0] not in own] + [(b"etag", etag), (b"vary", vary)]
        whole = [*kept, (b"content-length", str(len(body)).encode())]
        until = time.monotonic() + _LONGEST_S
        modified = dict(headers).get(b"last-modified")
        answer = Answer(frozenset(topics.split()), route, etag, modified, whole, kept, body, until)
        if edition is not None and edition == self._edition and self._hears.is_set():
            self._answers[key] = answer
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
        return answer

    def forget(self, topics: Sequence[str]) -> None:
        """Drops every answer of these topics from this process; `shelf.forget` does so in all, with a change."""
        self._edition += 1
        gone = frozenset(topics)
        for key in [key for key, answer in self._answers.items() if answer.topics & gone]:
            del self._answers[key]

    async def heard(self) -> None:
        """Returns when changes are heard of: for who cannot begin before."""
        self.edition()
        await self._hears.wait()

    async def close(self) -> None:
        await tasks.end(self._hearing)

    async def _hear(self) -> None:
        while True:
            try:
                await self._follow()
            except psycopg.Error as fault:
                log.warning("the shelf hears nothing", extra={"fault": type(fault).__name__})
            await asyncio.sleep(_PAUSE_S)

    async def _follow(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._hears.set()
            try:
                async for notice in connection.notifies():
                    self.forget(notice.payload.split())
            finally:
                self._hears.clear()
                self._edition += 1
                self._answers.clear()


def _packed(headers: Pairs, body: bytes) -> tuple[Pairs, bytes]:
    """Other octets, and so another tag."""
    given = dict(headers)
    if len(body) < _SMALL or not given.get(b"content-type", b"").startswith(_WORDS):
        return headers, body
    small = gzip.compress(body, 6, mtime=0)
    own = (b"content-length", b"etag")
    kept = [pair for pair in headers if pair[0] not in own] + [(b"content-encoding", b"gzip")]
    kept += [(b"etag", given[b"etag"][:-1] + PACKED + b'"'), (b"content-length", str(len(small)).encode())]
    return kept, small


async def forget(session: Session, *topics: str) -> None:
    """With this change every process drops what it kept under these topics; this one before it answers."""
    await session.change("SELECT pg_notify(%(channel)s, %(topics)s)", {"channel": CHANNEL, "topics": " ".join(topics)})
    shelf: Shelf | None = session.info.get("shelf")
    if shelf is None:
        return

    async def drop() -> None:
        shelf.forget(topics)

    session.after_commit(drop)
