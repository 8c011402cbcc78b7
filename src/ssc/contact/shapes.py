"""What the API says of messages to the secretariat, to staff."""

from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel

from ssc.contact.models import ContactMessage
from ssc.web.api import Instant


class ContactShape(BaseModel):
    """A message, and what became of it."""

    id: UUID
    state: Literal["waiting", "answered", "closed"]
    name: str
    email: str
    topic: str
    message: str
    language: str
    created_at: Instant
    closed_at: Instant | None
    answer: str

    @classmethod
    def of(cls, row: ContactMessage) -> Self:
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})
