"""Metrics for Prometheus: requests by route and status, the pool, the jobs that wait."""

import hmac
from functools import cache

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import text
from sqlalchemy.pool import QueuePool
from starlette.responses import Response

from ssc.core import errors
from ssc.core.config import Settings
from ssc.core.process import Process
from ssc.web.transactions import Running

router = APIRouter(include_in_schema=False)

_LOOPBACK = ("127.0.0.1", "::1")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

registry = CollectorRegistry()
_requests = Counter("ssc_requests", "Answered requests.", ("method", "route", "status"), registry=registry)
_seconds = Histogram("ssc_request_seconds", "How long they took.", ("route",), buckets=_SECONDS, registry=registry)
_jobs = Gauge("ssc_jobs", "Jobs by state; `late`: due for more than a minute.", ("state",), registry=registry)
_connections = Gauge("ssc_database_connections", "Of this process's pool.", ("state",), registry=registry)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Counts an answered request. `route` is the pattern, never the path: paths may carry secrets."""
    answered, took = _counters(method if method in _METHODS else "other", route, status)
    answered.inc()
    took.observe(seconds)


@cache
def _counters(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Looked up once: as many as there are routes, methods and statuses, and no more."""
    return _requests.labels(method, route, str(status)), _seconds.labels(route)


@router.get("/metrics")
async def metrics(request: Request, process: Running) -> Response:
    """From the loopback, or with `SSC_METRICS_TOKEN`; to others there is nothing here."""
    if not _may_read(request, process.settings):
        raise errors.not_found()
    _measure_pool(process)
    await _measure_jobs(process)
    return Response(generate_latest(registry), headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request, settings: Settings) -> bool:
    """A proxy on this machine is not the loopback: what it forwards bears its mark."""
    if settings.metrics_token is not None:
        given = request.headers.get("authorization", "")
        wanted = f"Bearer {settings.metrics_token.get_secret_value()}"
        if hmac.compare_digest(given.encode(), wanted.encode()):
            return True
    is_forwarded = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via"))
    return not is_forwarded and request.client is not None and request.client.host in _LOOPBACK


def _measure_pool(process: Process) -> None:
    pool = process.database.engine.pool
    if isinstance(pool, QueuePool):
        _connections.labels("used").set(pool.checkedout())
        _connections.labels("idle").set(pool.checkedin())


async def _measure_jobs(process: Process) -> None:
    async with process.database.transaction() as session:
        counted = await session.execute(
            text(
                "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 UNION ALL "
                "SELECT 'late', count(*) FROM procrastinate_jobs "
                "WHERE status = 'todo' AND coalesce(scheduled_at, now()) < now() - interval '1 minute'"
            )
        )
        for state, n in counted:
            _jobs.labels(state).set(n)
