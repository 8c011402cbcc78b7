"""What the API says of exchanges, cohorts and organisations."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.people.shapes import MemberInShort


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
    report_url: str | None = None
    thread_id: str | None = None
    joined: list[MemberInShort] | None = None
    missing: list[Missing] | None = None


class Organisation(BaseModel):
    """A host or sender, under all its names, with how many exchanges and people it stands for."""

    id: UUID
    name: str
    names: list[str]
    country: str | None
    roles: list[Literal["host", "sending"]]
    exchanges: int
    people: int
