"""How stories of chapters and groups are told: who settles, who opens, what one reads."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx

from ssc.communities.actions import settle
from ssc.core import clock
from ssc.messaging.actions.announcing import tell_announcements
from ssc.people.models import Member
from tests.cast import Cast


async def settled(cast: Cast, *members: Member) -> None:
    async with cast.running.database.transaction() as session:
        await settle(session, [one.id for one in members] if members else None)


async def announced(cast: Cast) -> None:
    """The minute's job has run."""
    async with cast.running.database.transaction() as session:
        await tell_announcements(session)


async def chapter(client: httpx.AsyncClient, country: str = "TH") -> dict[str, Any]:
    answer = await client.get(f"/api/v1/chapters/{country}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def announcements(client: httpx.AsyncClient, country: str = "TH") -> str:
    """The address of the chapter's announcements, for who sits there."""
    return f"/api/v1/threads/{(await chapter(client, country))['thread_id']}"


async def appoint(staff: httpx.AsyncClient, handle: str, role: str = "coordinator:TH", **body: Any) -> httpx.Response:
    return await staff.put(f"/api/v1/members/{handle}/roles/{role}", json={"reason": "Chosen by the chapter", **body})


async def opened(client: httpx.AsyncClient, title: str, where: str = "chapters/TH") -> dict[str, Any]:
    answer = await client.post(f"/api/v1/{where}/conversations", json={"title": title})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def conversations(client: httpx.AsyncClient, where: str = "chapters/TH") -> list[tuple[str, bool]]:
    """(title, whether one follows it)."""
    answer = await client.get(f"/api/v1/{where}/conversations")
    assert answer.status_code == 200, answer.text
    return [(one["title"], one["following"]) for one in answer.json()["items"]]


async def notices(client: httpx.AsyncClient) -> list[tuple[str, str]]:
    """(kind, text), the latest first."""
    return [(one["kind"], one["text"]) for one in (await client.get("/api/v1/notifications")).json()["items"]]


async def proposed(client: httpx.AsyncClient, title: str = "Perovskite cells", **body: Any) -> str:
    """The slug of a group that somebody has proposed."""
    values = {"title": title, "description": "For all who **work** on them.", "field": "Solar energy", **body}
    answer = await client.post("/api/v1/groups", json=values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["slug"])


async def approved(client: httpx.AsyncClient, moderator: httpx.AsyncClient, title: str, **body: Any) -> str:
    slug = await proposed(client, title, **body)
    answer = await moderator.post(f"/api/v1/groups/{slug}/decision", json={"approve": True})
    assert answer.status_code == 200, answer.text
    return slug


async def joined(client: httpx.AsyncClient, slug: str) -> str:
    answer = await client.put(f"/api/v1/groups/{slug}/membership")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["membership"])


def in_days(days: int) -> str:
    return (clock.today_in_japan() + timedelta(days=days)).isoformat()


async def term_ends(cast: Cast, member: Member, day: date) -> None:
    """As if the term had been given up to this day."""
    async with cast.running.database.transaction() as session:
        await session.change(
            "UPDATE role SET ends_on = %(day)s WHERE member_id = %(member)s",
            {"day": day, "member": UUID(str(member.id))},
        )
