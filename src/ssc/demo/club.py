"""The shape of a synthetic club, before it is written anywhere."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Organisation:
    number: int
    name: str
    names: tuple[str, ...]
    country: str


@dataclass(slots=True)
class Profile:
    """What a person wrote once the record was claimed. `contact` is one of API.md's preferences."""

    joined_at: datetime
    last_seen_at: datetime
    lives_in: str
    headline: str
    bio: str
    affiliation: str
    fields: tuple[str, ...]
    languages: tuple[str, ...]
    open_to: tuple[str, ...]
    links: tuple[str, ...]
    contact: str
    visibility: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Person:
    """One record of the roster; `profile` is there once it was claimed, `handle` where the demo promises one."""

    number: int
    name: str
    name_native: str
    country: str
    birth_date: date | None
    email: str
    email_2: str = ""
    do_not_contact: bool = False
    mail_opt_out: bool = False
    deceased: bool = False
    profile: Profile | None = None
    handle: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """`person` and `sending` are numbers of the club's people and organisations."""

    person: int
    role: str
    sending: int


@dataclass(frozen=True, slots=True)
class Exchange:
    code: str
    title: str
    programme: str
    fiscal_year: int
    starts_on: date
    ends_on: date
    fields: tuple[str, ...]
    host: int
    sending: tuple[int, ...]
    participations: tuple[Participation, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who is not on the roster and asks to be let in."""

    name: str
    email: str
    country: str
    programme: str
    fiscal_year: int
    host: str
    sending: str
    note: str


@dataclass(frozen=True, slots=True)
class Club:
    people: list[Person]
    organisations: list[Organisation]
    exchanges: list[Exchange]
    requests: list[Request]
