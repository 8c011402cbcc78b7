"""Events as tests plan them."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from ssc.core import clock
from ssc.core.clock import rfc3339


def later(**by: float) -> datetime:
    """An instant from now on, in whole minutes."""
    return (clock.now() + timedelta(**by)).replace(second=0, microsecond=0)


def plan(**changed: Any) -> dict[str, Any]:
    """What an event needs: Bangkok in thirty days, for three hours."""
    starts = later(days=30)
    return {
        "title": "Reunion in Bangkok",
        "country": "TH",
        "starts_at": rfc3339(starts),
        "ends_at": rfc3339(starts + timedelta(hours=3)),
        "time_zone": "Asia/Bangkok",
        "audience": "public",
        **changed,
    }


async def published(organiser: httpx.AsyncClient, **changed: Any) -> str:
    """The slug of an event that its audience sees."""
    made = await organiser.post("/api/v1/events", json=plan(**changed))
    assert made.status_code == 201, made.text
    slug: str = made.json()["slug"]
    assert (await organiser.post(f"/api/v1/events/{slug}/publish", json={})).status_code == 200
    return slug


def pointers(answer: httpx.Response) -> list[str]:
    """Which fields a 422 names."""
    assert answer.status_code == 422, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]
