"""What a person may ask of the directory, and tell it about herself."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from ssc.core import i18n, text
from ssc.core.i18n import _
from ssc.notifications import kinds
from ssc.notifications.kinds import CHANNELS, Channel
from ssc.people.rules import DEFAULT_AUDIENCE, Audience, Contact, OpenTo
from ssc.places import countries, languages, zones
from ssc.programmes.shapes import FiscalYear
from ssc.web.api import Body


def _without_empty(values: Any) -> Any:
    """A form sends its empty fields too."""
    return [value for value in values if value != ""] if isinstance(values, list) else values


Line = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]
Values = Annotated[list[Line], BeforeValidator(_without_empty), Field(max_length=20)]
Codes = Annotated[Values, AfterValidator(lambda values: [value.upper() for value in values])]


class Filters(BaseModel):
    """What is looked for. Values of one filter widen it, different filters narrow the list together."""

    q: Line = Field(default="", description="Words of a name in any script, affiliation, headline or field.")
    country: Codes = Field(default=[], description="ISO 3166-1 alpha-2.")
    lives_in: Codes = []
    programme: Values = Field(default=[], description="A programme's code, e.g. `ssp-a`.")
    fiscal_year: Annotated[list[FiscalYear], BeforeValidator(_without_empty), Field(max_length=40)] = []
    field: Values = []
    host: Values = Field(default=[], description="An organisation's id, or part of one of its names.")
    sending: Values = Field(default=[], description="An organisation's id, or part of one of its names.")
    open_to: Annotated[list[OpenTo], BeforeValidator(_without_empty)] = []
    in_japan: Annotated[bool | None, text.EMPTY_IS_NONE] = None


def _country(value: str) -> str:
    if not countries.exists(value.upper()):
        raise ValueError(_("Choose a country or region from the list."))
    return value.upper()


def _language_tag(value: str) -> str:
    if not _TAG.fullmatch(value):
        raise ValueError(_("Write a language as its code, like en or zh-Hant."))
    return value


def _link(value: str) -> str:
    """Shown as a link: only web addresses, so that none runs a script or opens another program."""
    if not _WEB.fullmatch(value):
        raise ValueError(_("Write a whole web address that begins with https:// or http://."))
    return value


def _person_name(value: str) -> str:
    if value[:1] in _FORMULAS or not any(character.isalpha() for character in value):
        raise ValueError(_("Write the name in letters."))
    return value


def _distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _spoken(value: str) -> str:
    if value not in {known.code for known in i18n.languages()}:
        raise ValueError(_("The pages do not speak this language yet."))
    return value


def _known_fields(value: dict[str, Audience]) -> dict[str, Audience]:
    for field in value:
        if field not in DEFAULT_AUDIENCE:
            raise ValueError(_("There is no such field here."))
    return value


def _known_kinds(value: dict[str, dict[Channel, bool]]) -> dict[str, dict[Channel, bool]]:
    for name, channels in value.items():
        kind = kinds.named(name)
        if kind is None:
            raise ValueError(_("There is no such kind of notice."))
        if kind.always and any(wanted != kind.defaults[channel] for channel, wanted in channels.items()):
            raise ValueError(_("What concerns the safety of your account cannot be switched off."))
    return value


_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
_WEB = re.compile(r"https?://[^\s/?#@\\\"<>]+\.[^\s/?#@\\\"<>]+([/?#][^\s\"<>]*)?", re.IGNORECASE)
_FORMULAS = tuple("=+-@'\"")
Name = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY, AfterValidator(_person_name)]
Country = Annotated[str, AfterValidator(_country)]
Tag = Annotated[str, text.ONE_LINE, StringConstraints(max_length=35), AfterValidator(_language_tag)]
Link = Annotated[str, text.ONE_LINE, StringConstraints(max_length=500), AfterValidator(_link)]
FieldName = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Rhythm = Literal["never", "weekly", "monthly"]


class ProfileChange(Body):
    """What a member may change about herself; what is left out stays, null empties."""

    name: Name = ""
    name_native: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] | None = None
    country: Country = ""
    lives_in: Annotated[Country | None, text.EMPTY_IS_NONE] = Field(
        default=None, description="Where she lives now; `in_japan` follows from it."
    )
    headline: Annotated[str, text.ONE_LINE, StringConstraints(max_length=160)] | None = None
    bio: Annotated[str, text.LINES, StringConstraints(max_length=4000)] | None = None
    fields: Annotated[list[FieldName], Field(max_length=12), AfterValidator(_distinct)] = []
    affiliation: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)] | None = None
    languages: Annotated[list[Tag], Field(max_length=20), AfterValidator(_distinct)] = []
    links: Annotated[list[Link], Field(max_length=10), AfterValidator(_distinct)] = []
    open_to: Annotated[list[OpenTo], Field(max_length=4), AfterValidator(_distinct)] = []


class QuietHours(Body):
    """When nothing is to ring: from and to on the member's own clock, over midnight too."""

    model_config = ConfigDict(populate_by_name=True)

    start: Clock = Field(alias="from")
    to: Clock


class PreferencesChange(Body):
    """What a member may choose; what is left out stays. Maps change only the keys that are given."""

    language: Annotated[str, AfterValidator(_spoken)] = ""
    time_zone: Annotated[str, AfterValidator(zones.known)] = ""
    contact: Contact = "shared-history"
    read_receipts: bool = False
    presence: bool = False
    notifications: Annotated[dict[str, dict[Channel, bool]], AfterValidator(_known_kinds)] = Field(
        default={}, description="Kind → `app`, `mail`, `push`, `digest`. The kind `security` cannot be switched off."
    )
    quiet_hours: QuietHours | None = None
    mail_opt_out: bool = Field(default=False, description="No mail but about the safety of the account.")
    mail_quotes: bool = Field(
        default=True, description="Whether letters may quote private text, or only say that it is there."
    )
    digest: Rhythm = Field(default="monthly", description="How often a digest is mailed while one does not visit.")
    hosts_see: bool = Field(default=False, description="Whether one's hosts see how one is doing; off until chosen.")
    visibility: Annotated[dict[str, Audience], AfterValidator(_known_fields)] = {}


def _parted(values: Any) -> Any:
    """One text field holds several values, parted by commas or lines."""
    if not isinstance(values, list):
        return values
    return [part.strip() for value in values for part in re.split(r"[,、，\n]", str(value)) if part.strip()]


def _called(values: Any) -> Any:
    """Languages as people call them, in one text."""
    parted = _parted(values)
    return [languages.tag_of(part) for part in parted] if isinstance(parted, list) else parted


class ProfileForm(ProfileChange):
    """The profile as its page submits it: whole, so that what is missing was emptied."""

    name: Name
    country: Country
    fields: Annotated[list[FieldName], BeforeValidator(_parted), Field(max_length=12), AfterValidator(_distinct)] = []
    languages: Annotated[list[Tag], BeforeValidator(_called), Field(max_length=20), AfterValidator(_distinct)] = []
    links: Annotated[list[Link], BeforeValidator(_parted), Field(max_length=10), AfterValidator(_distinct)] = []


class PreferencesForm(Body):
    """The preferences as their page submits them: what is not ticked is not wanted."""

    language: Annotated[str, AfterValidator(_spoken)]
    time_zone: Annotated[str, AfterValidator(zones.known)]
    contact: Contact
    read_receipts: bool = False
    presence: bool = False
    quiet_from: Annotated[Clock | None, text.EMPTY_IS_NONE] = None
    quiet_to: Annotated[Clock | None, text.EMPTY_IS_NONE] = None
    told: list[Annotated[str, StringConstraints(max_length=80)]] = Field(default=[], description="kind:channel")
    mail_opt_out: bool = False
    mail_quotes: bool = False
    digest: Rhythm | None = None
    hosts_see: bool = False

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValueError(_("Give both hours, or leave both empty."))
        return self

    def change(self) -> PreferencesChange:
        quiet = {"from": self.quiet_from, "to": self.quiet_to} if self.quiet_from else None
        values = self.model_dump(
            exclude={"quiet_from", "quiet_to", "told"} | ({"digest"} if self.digest is None else set())
        )
        ticked = set(self.told)
        told = {
            kind.name: {channel: f"{kind.name}:{channel}" in ticked for channel in CHANNELS}
            for kind in kinds.registered()
            if not kind.always
        }
        return PreferencesChange.model_validate({**values, "quiet_hours": quiet, "notifications": told})
