"""What one running process holds: settings, database, files, counters, sockets, kept pages, and the ways out."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from ssc.core import blobs, embedded
from ssc.core.blobs import Blobs
from ssc.core.config import Settings
from ssc.core.db import Database
from ssc.core.engines import Engines
from ssc.core.limits import Limits, MemoryLimits, Unlimited, ValkeyLimits
from ssc.core.live import Live
from ssc.core.live.bus import Alone
from ssc.core.live.presence import MemoryPresence
from ssc.core.live.shared_presence import ValkeyPresence
from ssc.core.live.valkey import ValkeyBus
from ssc.core.outgoing import Outgoing
from ssc.core.shelf import Shelf


@dataclass(frozen=True)
class Process:
    """Made once at start, closed at the end; handed to the application, to jobs and to commands."""

    settings: Settings
    database: Database
    blobs: Blobs
    limits: Limits
    live: Live
    shelf: Shelf
    valkey: Redis | None = None
    outgoing: Outgoing = field(default_factory=Outgoing)


@asynccontextmanager
async def opened(settings: Settings, *, pool_size: int = 10, engines: Engines | None = None) -> AsyncIterator[Process]:
    """Starts what must run (the embedded server, when no database is named) and connects to the rest.

    `engines`: the caller's, who closes them.
    """
    async with AsyncExitStack() as stack:
        if settings.database_url is None:
            url = stack.enter_context(embedded.running(settings.data_dir))
        else:
            url = settings.database_url.get_secret_value()
        database = Database(url, settings, pool_size=pool_size, engines=engines)
        stack.push_async_callback(database.close)
        valkey = await _valkey(settings, stack)
        live = _live(settings, valkey)
        await stack.enter_async_context(live.running())
        database.info["live"] = live
        shelf = database.info["shelf"] = Shelf(url)
        stack.push_async_callback(shelf.close)
        yield Process(settings, database, blobs.opened(settings), _limits(settings, valkey), live, shelf, valkey)


def _live(settings: Settings, valkey: Redis | None) -> Live:
    if settings.valkey_url is None or valkey is None:
        return Live(Alone(), MemoryPresence())
    return Live(ValkeyBus(settings.valkey_url.get_secret_value()), ValkeyPresence(valkey))


async def _valkey(settings: Settings, stack: AsyncExitStack) -> Redis | None:
    if settings.valkey_url is None:
        return None
    client = Redis.from_url(
        settings.valkey_url.get_secret_value(),
        socket_timeout=None,  # who asks has a time-out of its own: see `ssc.core.live.valkey`
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 1),  # once, for connections that a restart has cut; redis itself waits long
    )
    stack.push_async_callback(client.aclose)
    return client


def _limits(settings: Settings, valkey: Redis | None) -> Limits:
    if settings.limits == "off":
        return Unlimited()
    return ValkeyLimits(valkey) if valkey else MemoryLimits()
