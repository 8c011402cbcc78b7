"""Who fits which programme: conditions held against what a person says of herself, rule by rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from babel.lists import format_list
from pydantic import BaseModel, ConfigDict, Field, field_validator

from ssc.core import i18n
from ssc.core.i18n import Words, _, words
from ssc.places import countries
from ssc.places.groups import GROUPS

Status = Literal["high_school", "technical_college", "undergraduate", "graduate", "postdoc", "faculty", "professional"]
Verdict = Literal["eligible", "not", "ask"]

JAPAN = "JP"
STATUSES: dict[Status, Words] = {
    "high_school": words("high school student"),
    "technical_college": words("technical college student"),
    "undergraduate": words("university student"),
    "graduate": words("graduate student"),
    "postdoc": words("postdoctoral researcher"),
    "faculty": words("faculty member or teacher"),
    "professional": words("working in another profession"),
}


@dataclass(frozen=True)
class Answers:
    """What somebody says of herself; None where she does not. `country` is her nationality."""

    country: str | None = None
    status: Status | None = None
    age: int | None = None
    been_to_japan: bool | None = None
    home_institution_country: str | None = None


class Conditions(BaseModel):
    """What a programme asks of who takes part. Countries are codes, or names of `places.groups`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    countries: tuple[str, ...] = ()
    countries_are_all: bool = Field(True, description="False: the source names regions, and others may be asked for.")
    institutions: tuple[str, ...] = Field((), description="Where her university must be.")
    statuses: tuple[Status, ...] = ()
    statuses_to_ask: tuple[Status, ...] = Field((), description="Of whom the source does not say it.")
    oldest: int | None = Field(None, ge=1, le=120)
    first_stay: bool = False
    by_invitation: bool = False

    @field_validator("countries", "institutions")
    @classmethod
    def _known(cls, named: tuple[str, ...]) -> tuple[str, ...]:
        return known_places(named)


@dataclass(frozen=True)
class Reason:
    """One rule, whether it holds (None: open), and in words what it asks and why it is open."""

    rule: str
    holds: bool | None
    text: str


def known_places(named: tuple[str, ...]) -> tuple[str, ...]:
    """The same, or ValueError for what is neither a country nor a group."""
    unknown = next((name for name in named if name not in GROUPS and not countries.exists(name)), None)
    if unknown is not None:
        raise ValueError(_("There is no country or group called {name}.", name=unknown))
    return named


def verdict(reasons: Iterable[Reason]) -> Verdict:
    held = [reason.holds for reason in reasons]
    if False in held:
        return "not"
    return "ask" if None in held else "eligible"


def reasons(asked: Conditions, answers: Answers) -> list[Reason]:
    """Every rule of the programme, held against the answers."""
    return [_reason(rule, text, _held(rule, asked, answers), answers) for rule, text in statements(asked)]


def statements(asked: Conditions) -> list[tuple[str, str]]:
    """(rule, what it asks in the reader's language), in the order in which one reads them."""
    said: list[tuple[str, str | None]] = [
        ("overseas", _("For people who come to Japan from abroad.")),
        ("region", _region(asked)),
        ("institution", _institution(asked)),
        ("status", _status(asked)),
        ("age", _("At most {n} years old.", n=asked.oldest) if asked.oldest else None),
        ("first-stay", _("The first stay in Japan.") if asked.first_stay else None),
        ("invitation", _("JST itself chooses and invites; nobody applies.") if asked.by_invitation else None),
    ]
    return [(rule, text) for rule, text in said if text is not None]


def among(code: str, named: Sequence[str]) -> bool:
    """Whether a country is one of those named, or in a group that is."""
    return any(code == name or (name in GROUPS and code in GROUPS[name][1]) for name in named)


def _held(rule: str, asked: Conditions, answers: Answers) -> bool | None:
    country, home, status = answers.country, answers.home_institution_country, answers.status
    match rule:
        case "overseas":
            return False if JAPAN in (country, home) else (True if country else None)
        case "region":
            return _in_countries(asked, country)
        case "institution":
            return among(home, asked.institutions) if home else None
        case "status":
            return None if status is None or status in asked.statuses_to_ask else status in asked.statuses
        case "age":
            return None if answers.age is None or asked.oldest is None else answers.age <= asked.oldest
        case "first-stay":
            return None if answers.been_to_japan is None else not answers.been_to_japan
        case _invitation:
            return None


def _in_countries(asked: Conditions, country: str | None) -> bool | None:
    if country is None:
        return None
    if among(country, asked.countries):
        return True
    return False if asked.countries_are_all or country == JAPAN else None


def _reason(rule: str, text: str, holds: bool | None, answers: Answers) -> Reason:
    if holds is None and rule != "invitation":
        text += " " + (_undecided(rule) if _answered(rule, answers) else _("You have not answered this."))
    return Reason(rule, holds, text)


def _answered(rule: str, answers: Answers) -> bool:
    return (rule == "region" and answers.country is not None) or (rule == "status" and answers.status is not None)


def _undecided(rule: str) -> str:
    if rule == "region":
        return _("The sources do not name every country: ask the host or JST whether yours is among them.")
    return _("The sources do not say whether you are meant: ask the host or JST.")


def _region(asked: Conditions) -> str | None:
    if not asked.countries:
        return None
    if asked.countries_are_all:
        return _("Countries and regions: {names}.", names=_named(asked.countries))
    return _("Countries and regions: {names}, and others.", names=_named(asked.countries))


def _institution(asked: Conditions) -> str | None:
    if not asked.institutions:
        return None
    return _("At a university or institute in: {names}.", names=_named(asked.institutions))


def _status(asked: Conditions) -> str | None:
    if not asked.statuses:
        return None
    return _("For whoever is: {names}.", names=_listed([STATUSES[one]() for one in asked.statuses], "or"))


def _named(codes: Sequence[str]) -> str:
    return _listed([GROUPS[code][0]() if code in GROUPS else countries.name(code) for code in codes])


def _listed(names: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    return format_list(list(names), style=style, locale=i18n.locale())
