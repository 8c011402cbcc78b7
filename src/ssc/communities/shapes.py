"""What the API says of exchanges, cohorts and organisations."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.communities.groups.shapes import GroupInShort
from ssc.people.shapes import MemberInShort
from ssc.programmes.shapes import ExchangeInShort
from ssc.web.api import Instant


class Missing(BaseModel):
    """Somebody of the cohort who has not claimed the record yet: the name, for those who were there too."""

    id: UUID = Field(description="For making a link to pass on; no profile is reached by it.")
    name: str


class Exchange(BaseModel):
    """One visit that took place. `thread_id`, `joined` and `missing` are there for its own members."""

    code: str
    title: str
    programme: str
    fiscal_year: int
    starts_on: date | None
    ends_on: date | None
    host: str | None
    sending: list[str]
    countries: list[str]
    fields: list[str]
    participants: int = Field(description="How many took part; minors are counted for those who may see them.")
    here: int = Field(description="How many of them have joined.")
    report_url: str | None = None
    thread_id: str | None = None
    joined: list[MemberInShort] | None = None
    missing: list[Missing] | None = None


class Chapter(BaseModel):
    """The chapter of a country from which people came."""

    country: str
    name: str


class RelatedStory(BaseModel):
    slug: str
    title: str


class Related(ExchangeInShort):
    """Another exchange, and what goes on there."""

    ties: list[Literal["host", "sending", "field"]] = Field(description="What the two share.")
    newcomers: list[str] = Field(description="Who joined there lately, as far as the reader may know of it.")
    story: RelatedStory | None = Field(description="The latest story told from there.")


class FieldTalk(BaseModel):
    id: UUID
    title: str


class FieldEvent(BaseModel):
    slug: str
    title: str
    starts_at: Instant


class FieldGroup(BaseModel):
    """A topic group of the exchange's field, and what goes on in it."""

    group: GroupInShort
    opened_lately: int = Field(description="Conversations of the last ninety days.")
    latest: FieldTalk | None = Field(description="The latest conversation; for the group's members.")
    event: FieldEvent | None = Field(description="The next event that speaks of the field.")


class Relations(BaseModel):
    """What an exchange is near to. `groups` are for members."""

    chapters: list[Chapter]
    exchanges: list[Related]
    groups: list[FieldGroup]


class Announcing(BaseModel):
    """Where a community's announcements are written: a thread in which the asker now sits and writes."""

    thread_id: UUID


class Organisation(BaseModel):
    """A host or sender, under all its names, with how many exchanges and people it stands for."""

    id: UUID
    name: str
    names: list[str]
    country: str | None
    roles: list[Literal["host", "sending"]]
    exchanges: int
    people: int
