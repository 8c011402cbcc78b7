"""The synthetic club as rows of the tables: everything gets its id, everyone who claimed a record a handle."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from ssc.accounts import handles
from ssc.accounts.addresses import key_of
from ssc.core import ids, text
from ssc.demo.club import Club, Person, Profile
from ssc.demo.people import slug_of
from ssc.people.actions import name_key
from ssc.people.rules import adult_from
from ssc.places import zones
from ssc.programmes.catalogue import HIGH_SCHOOL
from ssc.roster.claiming.rules import WORDING

Rows = Iterator[dict[str, Any]]
_LONGEST_HANDLE = 34


class Roster:
    """Rows of `club`, whose numbers it turns into ids."""

    def __init__(self, club: Club) -> None:
        self.club = club
        self.members = [ids.new() for _ in club.people]
        self._organisations = [ids.new() for _ in club.organisations]
        self._exchanges = [ids.new() for _ in club.exchanges]
        self._handles = _handles(club)
        self._school_days = _school_days(club)

    def exchange_of(self, handle: str) -> UUID:
        """The first exchange of a promised person."""
        number = next(person.number for person in self.club.people if person.handle == handle)
        held = (any(one.person == number for one in exchange.participations) for exchange in self.club.exchanges)
        return next(made for made, was_there in zip(self._exchanges, held, strict=True) if was_there)

    def claimed(self) -> Iterator[tuple[UUID, Person, Profile]]:
        """The id, the person and the profile of each whose record is claimed."""
        for member_id, person in zip(self.members, self.club.people, strict=True):
            if person.profile:
                yield member_id, person, person.profile

    def organisation_rows(self) -> Rows:
        for made, one in zip(self._organisations, self.club.organisations, strict=True):
            yield {"id": made, "name": one.name, "country": one.country}

    def organisation_name_rows(self) -> Rows:
        for made, one in zip(self._organisations, self.club.organisations, strict=True):
            for name in (one.name, *one.names):
                yield {"id": ids.new(), "organisation_id": made, "name": name, "key": text.plain(name)}

    def exchange_rows(self) -> Rows:
        for made, one in zip(self._exchanges, self.club.exchanges, strict=True):
            yield {
                "id": made,
                "code": one.code,
                "title": one.title,
                "programme": one.programme,
                "fiscal_year": one.fiscal_year,
                "host_id": self._organisations[one.host],
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "fields": list(one.fields),
            }

    def sending_rows(self) -> Rows:
        for made, one in zip(self._exchanges, self.club.exchanges, strict=True):
            for position, number in enumerate(one.sending):
                yield {"exchange_id": made, "organisation_id": self._organisations[number], "position": position}

    def member_rows(self) -> Rows:
        for made, person in zip(self.members, self.club.people, strict=True):
            yield {
                "id": made,
                "name": person.name,
                "name_native": person.name_native or None,
                "name_key": name_key(person.name),
                "country": person.country,
                "birth_date": person.birth_date,
                "adult_from": adult_from(person.birth_date, self._school_days[person.number]),
                "do_not_contact": person.do_not_contact,
                "mail_opt_out": person.mail_opt_out,
                "deceased": person.deceased,
                **self._told(person),
            }

    def participation_rows(self) -> Rows:
        for made, held in zip(self._exchanges, self.club.exchanges, strict=True):
            for one in held.participations:
                yield {
                    "id": ids.new(),
                    "member_id": self.members[one.person],
                    "exchange_id": made,
                    "role": one.role,
                    "field": held.fields[0],
                }

    def account_rows(self, password_hash: str) -> Rows:
        """All with the demo's one password, hashed once."""
        for member_id, _, profile in self.claimed():
            yield {
                "member_id": member_id,
                "password_hash": password_hash,
                "password_set_at": profile.joined_at,
                "created_at": profile.joined_at,
            }

    def address_rows(self) -> Rows:
        """The first address of a claimed record is confirmed; the roster's others never were."""
        for member_id, person in zip(self.members, self.club.people, strict=True):
            addresses = [address for address in (person.email, person.email_2) if address]
            for place, address in enumerate(addresses):
                confirmed_at = person.profile.joined_at if person.profile and place == 0 else None
                yield {
                    "id": ids.new(),
                    "member_id": member_id,
                    "address": address,
                    "key": key_of(address),
                    "confirmed_at": confirmed_at,
                    "is_primary": confirmed_at is not None,
                    "source": "claim" if confirmed_at else "roster",
                }

    def consent_rows(self) -> Rows:
        """To today's wording, so that nobody is asked again; for those under age at the claim a guardian agreed too."""
        for member_id, person, profile in self.claimed():
            adult = adult_from(person.birth_date, self._school_days[person.number])
            kinds = ("terms", "privacy") if adult <= profile.joined_at.date() else ("terms", "privacy", "guardian")
            for kind in kinds:
                yield {"id": ids.new(), "member_id": member_id, "kind": kind, "version": WORDING}

    def request_rows(self) -> Rows:
        for asked in self.club.requests:
            yield {**asdict(asked), "id": ids.new(), "key": key_of(asked.email), "language": "en"}

    def _told(self, person: Person) -> dict[str, Any]:
        """What a member has written since the record was claimed."""
        profile = person.profile
        if profile is None:
            return {}
        return {
            "handle": self._handles[person.number],
            "lives_in": profile.lives_in,
            "headline": profile.headline or None,
            "bio": profile.bio or None,
            "fields": list(profile.fields),
            "affiliation": profile.affiliation or None,
            "languages": list(profile.languages),
            "language": _reads(person, profile),
            "links": list(profile.links),
            "open_to": list(profile.open_to),
            "visibility": dict(profile.visibility),
            "time_zone": zones.of_country(profile.lives_in),
            "contact": profile.contact,
            "joined_at": profile.joined_at,
            "updated_at": profile.last_seen_at,
        }


def _reads(person: Person, profile: Profile) -> str:
    """In which of the club's languages: Japanese for who lives there and speaks it, and for half of its other speakers.
    The accounts that are promised read English, as whoever tries them may read no Japanese."""
    if person.handle or "ja" not in profile.languages:
        return "en"
    return "ja" if profile.lives_in == "JP" or person.number % 2 == 0 else "en"


def _handles(club: Club) -> dict[int, str]:
    """A handle of each who claimed a record: the promised ones first, then names, numbered where they repeat."""
    given = {person.number: person.handle for person in club.people if person.handle}
    taken = set(given.values())
    times: dict[str, int] = defaultdict(int)
    for person in club.people:
        if person.profile and not person.handle:
            given[person.number] = _free(
                slug_of(person.name).replace(".", "-")[:_LONGEST_HANDLE].strip("-"), taken, times
            )
            taken.add(given[person.number])
    return given


def _free(wished: str, taken: set[str], times: dict[str, int]) -> str:
    times[wished] += 1
    handle = wished if times[wished] == 1 else f"{wished}-{times[wished]}"
    return _free(wished, taken, times) if handle in taken or handles.is_reserved(handle) else handle


def _school_days(club: Club) -> dict[int, list[date]]:
    """The last days of the exchanges in which somebody was a high school participant."""
    found: dict[int, list[date]] = defaultdict(list)
    for held in club.exchanges:
        for one in held.participations:
            if held.programme == HIGH_SCHOOL and one.role == "participant":
                found[one.person].append(held.ends_on)
    return found
