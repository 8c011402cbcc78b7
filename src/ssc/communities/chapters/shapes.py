"""What the API says of chapters."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.events.shapes import EventInShort
from ssc.people.shapes import MemberInShort
from ssc.web.api import Instant


class Coordinator(BaseModel):
    """Somebody's term of office. `ends_on` is its last day; null: until it is taken away."""

    member: MemberInShort
    lead: bool = Field(description="Leads the chapter; else a volunteer.")
    starts_on: date
    ends_on: date | None


class Visited(BaseModel):
    """A host in Japan that people of this country visited."""

    id: UUID
    name: str
    exchanges: int


class Chapter(BaseModel):
    """The club in one country or region. `thread_id`: its announcements, for those who belong to it."""

    country: str
    name: str
    members: int = Field(description="Who comes from there or lives there and has joined; minors are not counted.")
    coordinators: list[Coordinator] = Field(description="As far as the reader may know them.")
    coordinated: bool | None = Field(None, description="For visitors: whether somebody is in office, seen or not.")
    hosts: list[Visited]
    upcoming: list[EventInShort]
    past: list[EventInShort]
    thread_id: str | None = None
    volunteering: bool | None = Field(None, description="Whether the reader has put herself forward.")


class Note(BaseModel):
    """What a coordinator left to those who follow. `html` is safe."""

    id: UUID
    author: MemberInShort | None
    body: str
    html: str
    created_at: Instant


class Candidate(BaseModel):
    member: MemberInShort
    country: str
    note: str
    since: Instant


class Office(BaseModel):
    """What a coordinator finds when her term begins."""

    drafts: list[EventInShort]
    open: list[EventInShort] = Field(description="Published events of the country that are still to come.")
    notes: list[Note]
    terms: list[Coordinator] = Field(description="All terms there ever were, the latest first.")
    candidates: list[Candidate]
    room: str | None = Field(description="The thread of all coordinators of all countries.")


class Term(BaseModel):
    """An office as it was given."""

    role: str
    lead: bool
    starts_on: date
    ends_on: date | None
    reason: str
