"""What the API says of programmes and of the finder."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.guide import prose
from ssc.guide.entries import Entry
from ssc.guide.findings import Finding
from ssc.guide.living import Live
from ssc.guide.models import HostContact
from ssc.programmes import catalogue, rules
from ssc.programmes.courses import CallState
from ssc.programmes.figures import Figure
from ssc.programmes.shapes import OrganisationInShort
from ssc.web.api import Instant


class Rule(BaseModel):
    rule: str
    text: str


class Call(BaseModel):
    """Whether hosts in Japan can submit at present, as far as was known on a day."""

    state: CallState
    as_of: date
    closes_on: date | None


class Programme(BaseModel):
    """A page of the guide: what a programme is, whom it is for, how one takes part, and where that is written."""

    slug: str
    name: str
    family: catalogue.Family
    summary: str
    html: str
    rules: list[Rule]
    how_to_apply: str
    call: Call
    fiscal_year: int
    source: str
    checked_on: date

    @classmethod
    def of(cls, entry: Entry) -> Self:
        course, facts = entry.course, entry.facts
        return cls(
            slug=entry.slug,
            name=entry.name,
            family=entry.family,
            summary=entry.text.summary,
            html=prose.whole(entry.text.body),
            rules=[Rule(rule=r, text=t) for r, t in rules.statements(course.conditions)] if course else [],
            how_to_apply=entry.text.how,
            call=Call(state=facts.call.state, as_of=facts.call.as_of, closes_on=facts.call.closes_on),
            fiscal_year=facts.fiscal_year,
            source=facts.source,
            checked_on=facts.checked_on,
        )


class Programmes(BaseModel):
    items: list[Programme]
    next: None = None


class Reason(BaseModel):
    """One rule; `holds` is null where the answer or the source leaves it open."""

    rule: str
    holds: bool | None
    text: str


class Found(BaseModel):
    """What the finder says of one programme. `hosts` have worked with that country, in that field first."""

    programme: str
    verdict: Literal["eligible", "not", "ask"]
    reasons: list[Reason]
    how_to_apply: str
    stories: int
    hosts: list[OrganisationInShort]

    @classmethod
    def of(cls, finding: Finding) -> Self:
        return cls(
            programme=finding.code,
            verdict=finding.verdict,
            reasons=[Reason(rule=one.rule, holds=one.holds, text=one.text) for one in finding.reasons],
            how_to_apply=finding.entry.text.how,
            stories=finding.voices.count,
            hosts=[OrganisationInShort(id=one.id, name=one.name, country=one.country) for one in finding.hosts],
        )


class Findings(BaseModel):
    items: list[Found]


class PublishedFigure(BaseModel):
    """A number as it was published; `as_of` is the day for which it holds."""

    key: str
    value: int
    unit: str
    as_of: date
    source: str


class Count(BaseModel):
    """How many there are of one value: a country's code, or a fiscal year."""

    value: str
    count: int


class LiveFigures(BaseModel):
    """The club as it is now. Minors are in no number. `returned`: members from abroad who live in Japan."""

    members: int
    countries: int
    exchanges: int
    hosts: int
    reunions: int
    returned: int
    by_country: list[Count] = Field(description="Members by country, most first.")
    by_year: list[Count] = Field(description="Members by the fiscal years of their exchanges.")

    @classmethod
    def of(cls, live: Live) -> Self:
        return cls(
            members=live.members,
            countries=live.countries,
            exchanges=live.exchanges,
            hosts=live.hosts,
            reunions=live.reunions,
            returned=live.returned,
            by_country=[Count(value=value, count=count) for value, count in live.by_country],
            by_year=[Count(value=value, count=count) for value, count in live.by_year],
        )


class Figures(BaseModel):
    published: list[PublishedFigure]
    live: LiveFigures

    @classmethod
    def of(cls, published: Sequence[Figure], live: Live) -> Self:
        told = [
            PublishedFigure(key=f.key, value=f.value, unit=f.unit(), as_of=f.as_of, source=f.source) for f in published
        ]
        return cls(published=told, live=LiveFigures.of(live))


class Edition(BaseModel):
    """What an editor wrote. `content` as it was sent."""

    number: int
    by: str
    at: Instant
    content: dict[str, Any]


class Contact(BaseModel):
    """How a host is reached, and since when by whose word."""

    organisation_id: UUID
    contact: str
    consented_on: date
    consent: str

    @classmethod
    def of(cls, row: HostContact) -> Self:
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})
