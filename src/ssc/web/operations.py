"""Operations: whether the process lives, whether it can serve, what each problem means."""

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from ssc.core import errors, migrations
from ssc.core.process import Process
from ssc.web import pages
from ssc.web.transactions import Running

router = APIRouter(include_in_schema=False)

_PATIENCE_S = 3


@router.get("/healthz")
async def healthz() -> Response:
    """The process lives: it answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get("/readyz")
async def readyz(process: Running) -> Response:
    """It can serve: database with its migrations and trigrams for every script, and pub/sub, are there."""
    checks = {name: await _holds(check, process) for name, check in _CHECKS.items()}
    ready = all(checks.values())
    body = {"status": "ok" if ready else "unavailable", "checks": checks}
    return JSONResponse(body, 200 if ready else 503, {"Cache-Control": "no-store"})


@router.get("/problems/{slug}")
async def explain(request: Request, slug: str) -> Response:
    """What a kind of problem means; `type` of every problem leads here."""
    kind = errors.KINDS.get(slug)
    if kind is None:
        raise errors.not_found()
    return pages.render(request, "errors/kind.html", kind=kind, cache="public, max-age=3600")


async def _database(process: Process) -> bool:
    async with process.database.transaction() as session:
        trigrams = await session.scalar(text("SELECT array_length(show_trgm('田'), 1)"))
        return bool(trigrams)


async def _migrations(process: Process) -> bool:
    async with process.database.transaction() as session:
        return await migrations.applied(session) == migrations.head()


async def _valkey(process: Process) -> bool:
    return process.valkey is None or bool(await process.valkey.ping())


async def _holds(check: Callable[[Process], Awaitable[bool]], process: Process) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await check(process)
    except Exception:  # whatever is wrong with a part, the answer is that it is not ready
        return False


_CHECKS: dict[str, Callable[[Process], Awaitable[bool]]] = {
    "database": _database,
    "migrations": _migrations,
    "pubsub": _valkey,
}
