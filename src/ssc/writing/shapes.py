"""What the API says of a text, whatever it is for."""

from typing import Self

from pydantic import BaseModel

from ssc.web.api import Instant
from ssc.writing.models import Version


class VersionShape(BaseModel):
    """How a text read up to revision `rev`."""

    rev: int
    title: str
    summary: str
    body: str
    begun_at: Instant
    written_by: str | None

    @classmethod
    def of(cls, version: Version, name: str | None) -> Self:
        return cls(
            rev=version.rev,
            title=version.title,
            summary=version.summary,
            body=version.body,
            begun_at=version.begun_at,
            written_by=name,
        )
