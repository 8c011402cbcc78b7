"""Which wordings are in force, which birth dates can be true, and how often a claim may be tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ssc.core.limits import Limit
from ssc.people.models import Member
from ssc.people.rules import adult_from
from ssc.programmes.catalogue import HIGH_SCHOOL
from ssc.programmes.models import Exchange
from ssc.roster.inviting.models import Invitation

# The day since which terms and privacy notice are in force, and the folder of their words. A new wording is a
# new folder beside the old one, which stays: consents name it.
WORDING = "2026-11-22"
WORDING_SINCE = date.fromisoformat(WORDING)
WRITTEN_IN = ("en", "ja")

YOUNGEST = 10
OLDEST_PUPIL = 20
OLDEST = 120

BY_ADDRESS = Limit("claim-address", 5, 3600)
BY_NETWORK = Limit("claim-network", 20, 3600)


@dataclass(frozen=True)
class Claim:
    """An invitation, whose it is, and her exchanges, each with the role she had in it, latest first."""

    invitation: Invitation
    member: Member
    took_part: Sequence[tuple[str, Exchange]]

    @property
    def open(self) -> bool:
        """Whether the record can be claimed with it now."""
        return self.invitation.state == "open" and not self.member.claimed and not self.member.deceased

    @property
    def expired(self) -> bool:
        """Whether only time is against it: a fresh link may be asked for."""
        return self.invitation.state == "expired" and not self.member.claimed and not self.member.deceased

    @property
    def exchanges(self) -> list[Exchange]:
        return [exchange for _role, exchange in self.took_part]

    @property
    def birth_date_needed(self) -> bool:
        return self.member.birth_date is None


def possible_birth_date(birth_date: date, today: date, pupil_in: Sequence[Exchange]) -> bool:
    """Whether somebody born then can have joined. `pupil_in`: where she took part as a high school student.

    The last keeps a minor from making herself an adult by a date: pupils are not yet twenty.
    """
    age = years_between(birth_date, today)
    if not YOUNGEST <= age <= OLDEST:
        return False
    days = [exchange.starts_on or date(exchange.fiscal_year, 4, 1) for exchange in pupil_in]
    return all(YOUNGEST <= years_between(birth_date, day) < OLDEST_PUPIL for day in days)


def pupil_exchanges(roles: Sequence[tuple[str, Exchange]]) -> list[Exchange]:
    """From (role, exchange) pairs those in which she was a high school student."""
    return [e for role, e in roles if role == "participant" and e.programme == HIGH_SCHOOL]


def is_minor(birth_date: date, today: date) -> bool:
    return adult_from(birth_date, ()) > today


def years_between(birth_date: date, day: date) -> int:
    """Whole years of age on a day; negative before birth."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def wording_of(kind: str, language: str) -> str:
    """The template with the words of `terms` or `privacy` that are in force."""
    return f"legal/{WORDING}/{kind}.{wording_language(language)}.html"


def wording_language(language: str) -> str:
    """The language in which a reader of `language` gets the wordings."""
    return language if language in WRITTEN_IN else "en"
