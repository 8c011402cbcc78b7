"""What the API says of the directory."""

from typing import Any

from pydantic import BaseModel, Field

from ssc.notifications.rules import all_wants
from ssc.people.rules import DEFAULT_AUDIENCE, Audience, audience_of
from ssc.people.shapes import Member


class FacetValue(BaseModel):
    value: str | int
    count: int


class Facets(BaseModel):
    """How the members found spread, most frequent first. A hidden value counts nowhere."""

    country: list[FacetValue]
    programme: list[FacetValue]
    fiscal_year: list[FacetValue]
    field: list[FacetValue]


class Directory(BaseModel):
    """A page of the members found, how many they are in all, and how they spread."""

    items: list[Member]
    next: str | None
    total: int
    facets: Facets


class SimilarMember(Member):
    """Somebody worth meeting, and why: a sentence in the reader's language."""

    reason: str


class Similar(BaseModel):
    items: list[SimilarMember]
    next: None = None


class OwnMember(Member):
    """One's own profile, whole, with who may see which part of it."""

    visibility: dict[str, Audience]


class Preferences(BaseModel):
    """What the member chose; `visibility` is whole, with the club's safe choices where she made none."""

    language: str
    time_zone: str
    contact: str
    read_receipts: bool
    presence: bool
    notifications: dict[str, dict[str, bool]] = Field(description="The whole table: kind → channel → wanted.")
    quiet_hours: dict[str, str] | None = Field(description="`{from, to}` on the member's clock, or null.")
    mail_opt_out: bool
    mail_quotes: bool
    digest: str
    hosts_see: bool = Field(description="Whether one's hosts see how one is doing.")
    visibility: dict[str, Audience]

    @classmethod
    def of(cls, member: Any) -> "Preferences":
        return cls(
            language=member.language,
            time_zone=member.time_zone,
            contact=member.contact,
            read_receipts=member.read_receipts,
            presence=member.presence,
            notifications=all_wants(member.notifications),
            quiet_hours=member.quiet_hours,
            mail_opt_out=member.mail_opt_out,
            mail_quotes=member.mail_quotes,
            digest=member.digest,
            hosts_see=bool(member.hosts_see),
            visibility=audiences(member),
        )


def audiences(member: Any) -> dict[str, Audience]:
    """Field → who may see it."""
    return {field: audience_of(member.visibility, field) for field in DEFAULT_AUDIENCE}
