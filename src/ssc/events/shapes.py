"""What the API says of events."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ssc.core import markdown
from ssc.events.models import Answer, Event
from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant


class Host(BaseModel):
    name: str
    kind: str


class AgendaItem(BaseModel):
    at: str = Field(description="RFC 3339 in UTC.")
    title: str
    speaker: str


class Question(BaseModel):
    key: str = Field(description="Under which it is answered.")
    label: str
    kind: Literal["text", "yes-no", "choice"]
    choices: list[str]
    required: bool
    sensitive: bool = Field(description="The answer is for named organisers, and is forgotten after a week.")


class Rsvp(BaseModel):
    """One's own answer. `position` counts the parties of the waitlist from 1."""

    model_config = ConfigDict(json_schema_extra={"required": ["status", "guests"]})

    status: Literal["going", "maybe", "declined", "waitlisted"]
    guests: int
    guest_names: list[str] | None = None
    position: int | None = None
    offer_expires_at: Instant | None = None
    ticket_code: str | None = Field(None, description="Shown at the door; for those who are going.")

    @classmethod
    def of(cls, answer: Answer, position: int | None) -> "Rsvp":
        more: dict[str, Any] = {"guest_names": answer.guest_names} if answer.guest_names else {}
        if answer.status == "waitlisted":
            more["position"] = position
        if answer.offer_expires_at is not None:
            more["offer_expires_at"] = answer.offer_expires_at
        if answer.status == "going":
            more["ticket_code"] = answer.ticket_code
        return cls.model_validate({"status": answer.status, "guests": answer.guests, **more})


class LogLine(BaseModel):
    """What moved one's place, and why."""

    at: Instant
    what: str = Field(description="`moved-up`, `offered`, `capacity`, …: one word for programs.")
    text: str


class Person(BaseModel):
    """Somebody who answered, as organisers see her; without an account there is no handle."""

    handle: str | None
    name: str
    photo: dict[str, str] | None


class Attendee(BaseModel):
    id: str = Field(description="Takes the handle's place in addresses for who has none.")
    member: Person
    country: str
    affiliation: str | None
    status: Literal["going", "maybe", "declined", "waitlisted"]
    guests: int
    guest_names: list[str]
    answers: dict[str, str] = Field(description="By the questions' keys; what was told in confidence for named ones.")
    position: int | None
    offer_expires_at: Instant | None
    ticket_code: str | None
    checked_in_at: Instant | None
    by_organiser: bool = Field(description="An organiser answered for her.")


class EventInShort(BaseModel):
    """An event as in lists. `online_url` is for those who are going, `thread_id` for those in the thread."""

    slug: str
    title: str
    theme: str
    summary: str
    country: str
    venue: str
    address: str
    latitude: float | None
    longitude: float | None
    online: bool
    online_url: str | None = None
    starts_at: Instant
    ends_at: Instant
    time_zone: str
    hosts: list[Host]
    capacity: int | None
    guests_per_person: int
    going: int = Field(description="Persons, guests included.")
    waitlisted: int = Field(description="Persons, guests included.")
    rsvp_closes_at: Instant | None
    audience: Literal["public", "members", "chapter"]
    status: Literal["draft", "published", "cancelled", "past"]
    cancel_reason: str | None = None
    my_rsvp: Rsvp | None = None

    @classmethod
    def values_of(cls, event: Event) -> dict[str, Any]:
        """What everybody reads who may read the event."""
        shared = {name: getattr(event, name) for name in _COLUMNS}
        told = {"cancel_reason": event.cancel_reason} if event.status == "cancelled" else {}
        return {**shared, **told, "status": event.status}


class WholeEvent(EventInShort):
    """An event whole."""

    description: str = Field(description="Markdown.")
    html: str = Field(description="The description as safe HTML.")
    agenda: list[AgendaItem]
    questions: list[Question]
    organisers: list[MemberInShort]
    thread_id: str | None = None
    places: Literal["direct", "timed"] | None = Field(None, description="For organisers.")
    version: int | None = Field(None, description="For organisers: to be given as `If-Match`.")

    @classmethod
    def values_of(cls, event: Event) -> dict[str, Any]:
        bodies = {name: getattr(event, name) for name in ("description", "agenda", "questions")}
        return {**super().values_of(event), **bodies, "html": markdown.render(event.description).html()}


_COLUMNS = (
    *("slug", "title", "theme", "summary", "country", "venue", "address", "latitude", "longitude", "online"),
    *("starts_at", "ends_at", "time_zone", "hosts", "capacity", "guests_per_person", "going", "waitlisted"),
    *("rsvp_closes_at", "audience"),
)
