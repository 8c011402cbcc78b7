"""What the tests of news write."""

from typing import Any

import httpx

TEA: dict[str, Any] = {"title": "Tea in Kyoto", "body": "We *met*.", "lang": "en", "kind": "news"}


async def written(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    """A draft by this client."""
    answer = await client.post("/api/v1/news", json={**TEA, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def published(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    """An item before the public, by this client."""
    slug = (await written(client, **more))["slug"]
    answer = await client.post(f"/api/v1/news/{slug}/publish", json={})
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown
