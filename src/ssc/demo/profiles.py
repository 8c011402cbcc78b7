"""What those who claimed their record tell about themselves."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from ssc.demo.club import Exchange, Organisation, Person, Profile
from ssc.demo.sentences import CLOSINGS, COMPANIES, HEADLINES, MIDDLES, NATIVE, OPENINGS, PUPILS

# The demo's own present: nothing in it happened later, so that a seed gives the same club on any day.
AS_OF = date(2026, 4, 1)
_ELSEWHERE = ("US", "GB", "DE", "AU", "SG", "CA", "FR", "KR", "NL", "SE")
_OPEN_TO = ("mentoring", "hosting", "collaboration", "questions")
_HIDEABLE = ("affiliation", "bio", "lives_in", "languages", "links", "photo")


def profile_of(
    random: Random, person: Person, exchange: Exchange, host: Organisation, sending: Organisation, language: str
) -> Profile:
    """The profile of somebody who claimed the record some time after the exchange."""
    joined_at = _moment(random, exchange.ends_on, 3.0)
    lives_in = _home(random, person, exchange)
    said = {"host": host.name, "field": exchange.fields[0], "year": exchange.fiscal_year}
    return Profile(
        joined_at=joined_at,
        last_seen_at=max(joined_at, _moment(random, joined_at.date(), 0.3)),
        lives_in=lives_in,
        headline=_headline(random, person).format(**said) if random.random() < 0.8 else "",
        bio=_bio(random, language, exchange).format(**said) if random.random() < 0.65 else "",
        affiliation=_affiliation(random, lives_in, host, sending),
        fields=exchange.fields,
        languages=_languages(random, language, lives_in),
        open_to=tuple(way for way in _OPEN_TO if random.random() < 0.35),
        links=_links(random, person),
        contact=_contact(random),
        visibility=_visibility(random),
    )


def _moment(random: Random, after: date, skew: float) -> datetime:
    """An instant between that day and the demo's present: early when `skew` is above 1, late when below."""
    days = max((AS_OF - after).days - 1, 0)
    start = datetime(after.year, after.month, after.day, tzinfo=UTC)
    return start + timedelta(days=int(days * random.random() ** skew), seconds=int(random.random() * 86_400))


def _home(random: Random, person: Person, exchange: Exchange) -> str:
    chance = random.random()
    minor = exchange.programme == "ssp-high-school" and exchange.fiscal_year > 2021
    if minor or chance > 0.12:
        return person.country
    return "JP" if chance < 0.08 else random.choice(_ELSEWHERE)


def _headline(random: Random, person: Person) -> str:
    age = AS_OF.year - (person.birth_date or date(1990, 1, 1)).year
    return random.choice(next(choices for oldest, choices in HEADLINES if age <= oldest))


def _bio(random: Random, language: str, exchange: Exchange) -> str:
    own = NATIVE.get(language)
    if own and random.random() < 0.3:
        return random.choice(own)
    if exchange.programme == "ssp-high-school" and exchange.fiscal_year > 2021:
        return random.choice(PUPILS)
    return " ".join(filter(None, (random.choice(part) for part in (OPENINGS, MIDDLES, CLOSINGS))))


def _affiliation(random: Random, lives_in: str, host: Organisation, sending: Organisation) -> str:
    chance = random.random()
    if chance < 0.12:
        return ""
    if chance < 0.25:
        return random.choice(COMPANIES)
    return host.name if lives_in == "JP" else sending.name


def _languages(random: Random, language: str, lives_in: str) -> tuple[str, ...]:
    spoken = (language,) if language.startswith("en") else (language, "en")
    japanese = lives_in == "JP" or random.random() < 0.2
    return (*spoken, "ja") if japanese else spoken


def _links(random: Random, person: Person) -> tuple[str, ...]:
    if random.random() > 0.2:
        return ()
    return (f"https://people.example/{person.email.partition('@')[0]}",)


def _contact(random: Random) -> str:
    chance = random.random()
    return "everyone" if chance < 0.3 else "shared-history" if chance < 0.94 else "nobody"


def _visibility(random: Random) -> tuple[tuple[str, str], ...]:
    """What was changed from the defaults: a few show their name to everyone, some hide a field."""
    chance = random.random()
    if chance < 0.05:
        return (("name", "everyone"),)
    if chance < 0.2:
        return ((random.choice(_HIDEABLE), random.choice(("cohorts", "me"))),)
    return ()
