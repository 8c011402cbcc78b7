"""What the club answers when it does not do what it was asked to (RFC 9457)."""

from typing import Any

import httpx

TRANSIENT = frozenset({502, 503, 504})
NOT_SIGNED_IN = "/problems/not-signed-in"


class ClubProblem(Exception):
    """`type` ends with the problem's slug, by which programs tell problems apart."""

    def __init__(self, told: dict[str, Any], *, retry_after: float | None = None) -> None:
        self.type: str = str(told.get("type", "about:blank"))
        self.status: int | None = told.get("status")
        self.detail: str = str(told.get("detail") or told.get("title") or self.type)
        self.errors: list[dict[str, str]] = told.get("errors", [])
        self.retry_after = retry_after
        super().__init__(f"{self.detail} ({self.type})")

    @property
    def slug(self) -> str:
        return self.type.rpartition("/")[2]


def problem_of(answer: httpx.Response) -> ClubProblem:
    """An answer of 400 and above, also one that is not the club's own (a proxy's page)."""
    told: dict[str, Any] = {}
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        told = answer.json()
    after = answer.headers.get("retry-after", "")
    return ClubProblem(
        {"title": answer.reason_phrase, **told, "status": answer.status_code},
        retry_after=float(after) if after.isdigit() else None,
    )
