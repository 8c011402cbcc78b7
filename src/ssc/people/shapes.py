"""What the API says of a member: whole or in short, with what the reader may not see left out."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ssc.programmes.shapes import ExchangeInShort

PHOTO_SIZES = (64, 256, 512)


class MemberInShort(BaseModel):
    """A member as she stands beside what she wrote. `photo` is null too where it is not for the reader."""

    handle: str
    name: str
    photo: dict[str, str] | None


class Member(BaseModel):
    """A profile as far as the reader may see it. A field that may not be seen is absent."""

    model_config = ConfigDict(json_schema_extra={"required": ["handle", "name", "photo", "verified", "roles"]})

    handle: str
    name: str
    name_native: str | None = None
    photo: dict[str, str] | None = None
    country: str | None = None
    lives_in: str | None = None
    headline: str | None = None
    bio: str | None = None
    fields: list[str] | None = None
    affiliation: str | None = None
    languages: list[str] | None = None
    links: list[str] | None = None
    open_to: list[str] | None = None
    in_japan: bool | None = None
    verified: bool = True
    roles: list[str] = Field(default=[], description="Offices held today: `staff`, `editor`, `coordinator:TH`.")
    exchanges: list[ExchangeInShort] | None = None
    joined_at: str | None = Field(default=None, description="RFC 3339 in UTC.")

    @property
    def in_short(self) -> MemberInShort:
        return MemberInShort(handle=self.handle, name=self.name, photo=self.photo)


class Photo(dict[str, str]):
    """Addresses of one photo by size; never changed once made, so that what shows it can be kept."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


def photo_addresses(photo: UUID | None) -> Photo | None:
    """By size; each address checks at every read who asks."""
    return Photo({str(size): f"/files/photos/{photo}/{size}.webp" for size in PHOTO_SIZES[:2]}) if photo else None


def as_json(member: BaseModel) -> dict[str, Any]:
    """Without what may not be seen."""
    return member.model_dump(mode="json", exclude_unset=True)
