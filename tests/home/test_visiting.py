"""A visitor comes to the club."""

from tests.cast import Cast


async def test_the_process_says_that_it_lives_and_can_serve(cast: Cast) -> None:
    async with cast.visitor() as browser:
        alive = await browser.get("/healthz")
        ready = await browser.get("/readyz")
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert ready.json() == {"status": "ok", "checks": {"database": True, "migrations": True, "pubsub": True}}
    assert ready.status_code == 200


async def test_an_address_that_leads_nowhere_is_a_page(cast: Cast) -> None:
    async with cast.visitor() as browser:
        page = await browser.get("/nowhere")
        call = await browser.get("/api/v1/nowhere")
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert call.json()["type"] == "/problems/not-found"
