"""What operators, browsers and robots ask of every running club."""

from dataclasses import replace

from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import text

from ssc.app import create_app
from ssc.core import i18n
from ssc.core.config import Settings
from ssc.core.db import Database
from ssc.core.process import Process
from ssc.web import openapi
from tests.cast import Cast


async def test_it_is_not_ready_while_a_migration_is_missing(cast: Cast) -> None:
    async with cast.running.database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    async with cast.visitor() as browser:
        ready = await browser.get("/readyz")
        alive = await browser.get("/healthz")
    checks = {"database": True, "migrations": False, "pubsub": True}
    assert (ready.status_code, ready.json()) == (503, {"status": "unavailable", "checks": checks})
    assert alive.status_code == 200


async def test_without_its_database_it_lives_and_says_that_it_is_not_ready(
    settings: Settings, running: Process
) -> None:
    """Case 17: requests in the gap get 503 and when to come again; none hangs."""
    away = Database("postgresql://nobody@127.0.0.1:9/nowhere", settings)
    lost = replace(running, settings=settings, database=away)
    async with Cast(create_app(settings, lost), lost).visitor() as browser:
        ready = await browser.get("/readyz")
        call = await browser.get("/api/v1/exchanges")
        page = await browser.get("/exchanges")
        alive = await browser.get("/healthz")
    await away.close()
    assert (ready.status_code, ready.json()["checks"]["database"]) == (503, False)
    assert (call.status_code, call.json()["type"]) == (503, "/problems/unavailable")
    assert (page.status_code, page.headers["content-type"]) == (503, "text/html; charset=utf-8")
    assert call.headers["retry-after"] == page.headers["retry-after"] == "5"
    assert alive.status_code == 200


async def test_operations_are_answered_whatever_the_host_is_called(cast: Cast) -> None:
    async with cast.visitor(host="10.0.0.7:8000") as probe:
        statuses = [(await probe.get(path)).status_code for path in ("/healthz", "/readyz", "/metrics", "/")]
    assert statuses == [200, 200, 200, 421]


async def test_metrics_count_requests_by_route_and_never_by_path(cast: Cast) -> None:
    async with cast.visitor() as browser:
        await browser.get("/problems/not-found")
        await browser.get("/api/v1/nowhere/secret-in-a-path")
        metrics = (await browser.get("/metrics")).text
    assert 'ssc_requests_total{method="GET",route="/problems/{slug}",status="200"}' in metrics
    assert 'ssc_jobs{state="late"} 0.0' in metrics
    assert 'ssc_database_connections{state="used"}' in metrics
    assert "secret-in-a-path" not in metrics


async def test_metrics_are_for_the_loopback_or_a_token(settings: Settings, running: Process) -> None:
    with_token = settings.model_copy(update={"metrics_token": SecretStr("for-prometheus")})
    app = create_app(with_token, replace(running, settings=with_token))
    cast = Cast(app, running)
    async with cast.visitor() as here, cast.visitor(address="203.0.113.9") as elsewhere:
        answers = [
            (await here.get("/metrics")).status_code,
            (await here.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})).status_code,
            (await elsewhere.get("/metrics")).status_code,
            (await elsewhere.get("/metrics", headers={"Authorization": "Bearer for-prometheus"})).status_code,
            (await elsewhere.get("/metrics", headers={"Authorization": "Bearer for-prometheuz"})).status_code,
        ]
    assert answers == [200, 404, 404, 200, 404]


async def test_the_manifest_names_icons_that_are_there(cast: Cast) -> None:
    async with cast.visitor(**{"accept-language": "ja"}) as browser:
        manifest = await browser.get("/manifest.webmanifest")
        icons = [await browser.get(icon["src"]) for icon in manifest.json()["icons"]]
    assert manifest.headers["content-type"] == "application/manifest+json"
    assert manifest.json()["lang"] == "ja"
    assert [(i.status_code, i.headers["content-type"]) for i in icons] == [(200, "image/png")] * 3


async def test_robots_and_old_browsers_find_what_they_look_for(cast: Cast) -> None:
    async with cast.visitor() as browser:
        robots = await browser.get("/robots.txt")
        icon = await browser.get("/favicon.ico", follow_redirects=True)
    assert "Disallow: /api/\n" in robots.text
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/png")


async def test_the_api_is_described_for_machines_and_for_people(cast: Cast) -> None:
    async with cast.visitor() as browser:
        described = await browser.get("/api/v1/openapi.json")
        manual = await browser.get("/api/v1/docs")
    document = described.json()
    assert document["openapi"].startswith("3.1")
    assert manual.headers["content-type"] == "text/html; charset=utf-8"
    for path, operations in document["paths"].items():
        for method in operations:
            assert f"<code>{method.upper()} {path}</code>" in manual.text


async def test_the_manual_is_drawn_once_in_each_language(cast: Cast) -> None:
    read: dict[str, list[str]] = {"en": [], "ja": []}
    async with cast.visitor() as browser:
        for language in ("en", "ja", "en", "ja"):
            page = await browser.get("/api/v1/docs", headers={"Accept-Language": language})
            read[language].append(page.text[page.text.index('<div class="beside manual">') :])
    for language, (first, again) in read.items():
        with i18n.speaking(language):
            assert f"<h2>{i18n._('Shapes')}</h2>" in first
        assert first == again
    assert read["en"] != read["ja"]


async def test_every_error_of_every_call_is_documented_as_a_problem(app: FastAPI) -> None:
    """And every call says whether one must be signed in, by cookie or token."""
    document = openapi.document(app)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            refusals = {s: a for s, a in operation["responses"].items() if s >= "400"}
            kinds = {(s, *a["content"]) for s, a in refusals.items()}
            assert kinds == {(s, "application/problem+json") for s in refusals}, (method, path)
            assert {"421", "500", "503"} <= set(refusals), (method, path)
            assert "401" in refusals or not operation.get("security"), (method, path)
    assert set(document["components"]["securitySchemes"]) == {"session", "token"}
    assert "HTTPValidationError" not in document["components"]["schemas"]


async def test_every_call_says_what_it_does(app: FastAPI) -> None:
    document = openapi.document(app)
    silent = [
        f"{method} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if not operation.get("description") or not operation.get("tags")
    ]
    assert silent == []


async def test_no_reference_of_the_description_leads_nowhere(app: FastAPI) -> None:
    document = openapi.document(app)
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


def references(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for held in value.values() for ref in references(held)]
    if isinstance(value, list):
        return [ref for held in value for ref in references(held)]
    return []


async def test_pages_leave_nothing_to_third_parties(app: FastAPI) -> None:
    """The manual is our own template: the framework's would load scripts from elsewhere."""
    assert (app.docs_url, app.redoc_url, app.openapi_url) == (None, None, None)
