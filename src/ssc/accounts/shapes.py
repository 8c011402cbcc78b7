"""What the API answers about signing in: oneself, addresses, devices, access tokens."""

from uuid import UUID

from pydantic import BaseModel, Field

from ssc.accounts.devices import shown
from ssc.accounts.models import AccessToken, EmailAddress, SignedInSession
from ssc.people.models import Member
from ssc.people.shapes import MemberInShort, photo_addresses
from ssc.web.api import Instant


class Oneself(MemberInShort):
    """The member who is signed in."""

    roles: list[str] = Field(description="Offices held today: `staff`, `editor`, `coordinator:TH`.")
    language: str


class Who(BaseModel):
    member: Oneself

    @classmethod
    def of(cls, member: Member, roles: frozenset[str]) -> "Who":
        return cls(
            member=Oneself(
                handle=member.handle or "",
                name=member.name,
                photo=photo_addresses(member.photo),
                roles=sorted(roles),
                language=member.language,
            )
        )


class Address(BaseModel):
    """One's own address. It signs in once it is confirmed; letters go to the primary one."""

    id: UUID
    email: str
    confirmed: bool
    primary: bool
    created_at: Instant

    @classmethod
    def of(cls, row: EmailAddress) -> "Address":
        return cls(
            id=row.id,
            email=row.address,
            confirmed=row.confirmed_at is not None,
            primary=row.is_primary,
            created_at=row.created_at,
        )


class Device(BaseModel):
    """A browser in which one is signed in."""

    id: UUID
    device: str = Field(description="In the reader's language, e.g. `Chrome on Android`.")
    country: str | None = Field(default=None, description="Null where the club cannot tell.")
    created_at: Instant
    last_seen_at: Instant
    current: bool

    @classmethod
    def of(cls, row: SignedInSession, current: UUID | None) -> "Device":
        return cls(
            id=row.id,
            device=shown(row.device),
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            current=row.id == current,
        )


class AccessTokenShape(BaseModel):
    """One's own access token, without its secret."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: Instant
    expires_at: Instant
    last_used_at: Instant | None

    @classmethod
    def of(cls, row: AccessToken) -> "AccessTokenShape":
        return cls(
            id=row.id,
            name=row.name,
            scopes=row.scopes,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )


class MadeToken(AccessTokenShape):
    """A new access token. Its secret is shown this once."""

    token: str
