"""Short words for what the tests of threads do again and again."""

from typing import Any

import httpx

from ssc.core import ids
from ssc.people.models import Member

THREADS = "/api/v1/threads"


async def direct(client: httpx.AsyncClient, other: Member) -> str:
    """The path of the thread with the other, opened when it is new."""
    answer = await client.post(THREADS, json={"kind": "direct", "member": other.handle})
    assert answer.is_success, answer.text
    return f"{THREADS}/{answer.json()['id']}"


async def group(client: httpx.AsyncClient, title: str, *members: Member, **more: Any) -> str:
    form = {"kind": "group", "title": title, "members": [member.handle for member in members], **more}
    answer = await client.post(THREADS, json=form)
    assert answer.status_code == 201, answer.text
    return f"{THREADS}/{answer.json()['id']}"


async def say(client: httpx.AsyncClient, thread: str, body: str, **more: Any) -> dict[str, Any]:
    answer = await client.post(f"{thread}/messages", json={"client_id": str(ids.new()), "body": body, **more})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def read(client: httpx.AsyncClient, thread: str) -> list[tuple[str, str]]:
    """Kind and text of its messages."""
    answer = await client.get(f"{thread}/messages")
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["body"]) for one in answer.json()["items"]]


async def inbox(client: httpx.AsyncClient, wanted: str = "all") -> list[dict[str, Any]]:
    answer = await client.get(THREADS, params={"filter": wanted})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def titles(client: httpx.AsyncClient, wanted: str = "all") -> list[str]:
    return [one["title"] for one in await inbox(client, wanted)]


async def handles(client: httpx.AsyncClient, thread: str) -> list[str]:
    """Who is in it, the longest-standing first; the invited in brackets."""
    answer = await client.get(f"{thread}/members")
    assert answer.status_code == 200, answer.text
    return [f"({one['handle']})" if one["invited"] else one["handle"] for one in answer.json()["items"]]


async def thread_of(client: httpx.AsyncClient, thread: str) -> dict[str, Any]:
    answer = await client.get(thread)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told
