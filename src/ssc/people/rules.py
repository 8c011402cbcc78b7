"""Who counts as an adult, and who sees which field of whom: pure predicates."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from ssc.people.models import EVER as EVER

ADULT_AT = 18
HIGH_SCHOOL_GRACE_YEARS = 5
FACES = "members"  # under which visitors' pages are kept on which members may appear

Audience = Literal["everyone", "members", "cohorts", "me"]
Contact = Literal["everyone", "shared-history", "nobody"]
OpenTo = Literal["mentoring", "hosting", "collaboration", "questions"]
AUDIENCES: tuple[Audience, ...] = ("everyone", "members", "cohorts", "me")

# Safe from the first day: members see who took part with them, the public sees nothing.
DEFAULT_AUDIENCE: dict[str, Audience] = {
    "name": "members",
    "name_native": "members",
    "country": "members",
    "exchanges": "members",
    "photo": "members",
    "lives_in": "members",
    "headline": "members",
    "bio": "members",
    "fields": "members",
    "affiliation": "members",
    "languages": "members",
    "links": "cohorts",
    "open_to": "members",
    "joined_at": "members",
}


def audience_of(visibility: Mapping[str, str], field: str) -> Audience:
    """Who may see this field. Who may not see the name may not know of the member at all."""
    chosen = visibility.get(field, DEFAULT_AUDIENCE[field])
    return next((a for a in AUDIENCES if a == chosen), DEFAULT_AUDIENCE[field])


def reaches(audience: Audience, closeness: Audience) -> bool:
    """Whether a reader this close (`everyone` a visitor, `members`, `cohorts` a mate, `me`) sees it."""
    return AUDIENCES.index(closeness) >= AUDIENCES.index(audience)


def adult_from(birth_date: date | None, high_school_ends: Iterable[date]) -> date:
    """The first day as an adult: the 18th birthday; unknown in the high school programme, five years after it.

    `high_school_ends`: the last days of the exchanges in which she was a high school participant.
    """
    if birth_date:
        return _years_later(birth_date, ADULT_AT)
    return max((_years_later(day, HIGH_SCHOOL_GRACE_YEARS) for day in high_school_ends), default=EVER)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: in Japan one is a year older at the end of the 28th
        return day.replace(year=day.year + years, day=28)
