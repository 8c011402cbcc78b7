"""What the API says of notices."""

from uuid import UUID

from pydantic import BaseModel, Field

from ssc.notifications.spoken import Spoken
from ssc.web.api import Instant


class Notification(BaseModel):
    """A sentence in the reader's language, and where it leads."""

    id: UUID = Field(description="Changes when the notice grows, so that `up_to` means what was seen.")
    kind: str
    text: str
    url: str
    created_at: Instant = Field(description="Of what came last.")
    read_at: Instant | None
    count: int = Field(description="How many of a kind about one thing it stands for.")

    @classmethod
    def of(cls, one: Spoken) -> "Notification":
        notice = one.notice
        return cls(
            id=notice.id,
            kind=notice.kind,
            text=one.text,
            url=notice.url,
            created_at=notice.created_at,
            read_at=notice.read_at,
            count=notice.count,
        )


class PushDevice(BaseModel):
    id: UUID
    device: str
    created_at: Instant
    current: bool = Field(description="Whether the browser that asks is the one.")


class PushDevices(BaseModel):
    key: str = Field(description="`applicationServerKey` for `pushManager.subscribe()`.")
    devices: int = Field(description="How many ring.")
    items: list[PushDevice]


class PushSubscribed(BaseModel):
    id: UUID


class PushRing(BaseModel):
    devices: int = Field(description="On how many it rings.")
