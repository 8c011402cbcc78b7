"""How tests come to a story: written by its author, published by an editor, through the API."""

from typing import Any

import httpx

from ssc.people.models import Member
from tests.cast import Cast

DRAFT = {"title": "A week of robots", "body": "I came with **one** question.", "lang": "en"}


async def begun(cast: Cast, author: Member, **draft: Any) -> tuple[httpx.AsyncClient, str]:
    """The author's browser, and the slug of her draft."""
    browser = await cast.browser(author)
    made = await browser.post("/api/v1/stories", json={**DRAFT, **draft})
    assert made.status_code == 201, made.text
    return browser, made.json()["slug"]


async def published(cast: Cast, author: Member, editor: httpx.AsyncClient, **draft: Any) -> str:
    """The slug of a story that everybody reads."""
    browser, slug = await begun(cast, author, **draft)
    assert (await browser.post(f"/api/v1/stories/{slug}/submit")).status_code == 200
    answer = await editor.post(f"/api/v1/stories/{slug}/publish")
    assert answer.status_code == 200, answer.text
    return slug


async def slugs(client: httpx.AsyncClient, **query: Any) -> list[str]:
    """What the list of stories holds for this reader."""
    answer = await client.get("/api/v1/stories", params=query)
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.json()["items"]]
