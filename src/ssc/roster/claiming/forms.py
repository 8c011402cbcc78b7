"""What a person submits to claim her record."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from ssc.accounts import passwords
from ssc.accounts.addresses import Email
from ssc.core import text
from ssc.core.i18n import _
from ssc.people.rules import Audience
from ssc.places import zones
from ssc.web.api import Body


def _accepted(value: bool) -> bool:
    if not value:
        raise ValueError(_("You can join only if you agree to the terms and the privacy notice."))
    return value


Accepted = Annotated[bool, AfterValidator(_accepted)]


class ClaimBody(Body):
    """The claim. What the roster knows already is not asked again."""

    email: Email | None = Field(
        None, description="The address to use from now on; a new one is confirmed by a letter to it."
    )
    password: str | None = Field(
        None, max_length=4096, description="At least 12 characters; may be absent: links by mail do as well."
    )
    handle: str | None = Field(None, max_length=40, description="Absent: made from the name.")
    birth_date: date | None = Field(None, description="Needed where `birth_date_needed`; else the roster's date stays.")
    time_zone: Annotated[str, StringConstraints(max_length=60), AfterValidator(zones.known)] | None = Field(
        None, description="Of the clock she lives by (IANA). Absent: her country's."
    )
    terms: Accepted = Field(
        description="Agreement to the terms and the privacy notice in the versions shown; must be `true`."
    )


class ClaimForm(ClaimBody):
    """The claim as the page sends it: fields left empty are absent."""

    terms: Accepted = Field(False, validate_default=True)

    # Said here already, so that a short password does not count as an attempt.
    password: Annotated[str, Field(min_length=passwords.SHORTEST, max_length=4096)] | None = None

    @field_validator("email", "password", "handle", mode="before")
    @classmethod
    def _absent(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("time_zone", mode="before")
    @classmethod
    def _of_a_device(cls, value: Any) -> Any:
        """What the browser said by itself: nobody is kept from joining by a clock that we do not know."""
        return value if isinstance(value, str) and zones.exists(value) else None


class PrivacyForm(Body):
    """Who sees what, as chosen in the first step inside. Left out here: what can be set later, one by one."""

    name: Audience = "members"
    photo: Audience = "members"
    affiliation: Audience = "members"
    lives_in: Audience = "members"
    bio: Audience = "members"
    links: Audience = "cohorts"


class HostsForm(Body):
    """Whether her hosts may see how she is doing, asked once; not ticked is no."""

    hosts_see: bool = False


class BasicsForm(Body):
    """The profile's beginning; every field may stay empty."""

    headline: Annotated[str, text.ONE_LINE, StringConstraints(max_length=160)] = ""
    affiliation: Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)] = ""
    lives_in: str = Field("", max_length=2)
    fields: Annotated[str, text.ONE_LINE, StringConstraints(max_length=500)] = ""

    @property
    def separate_fields(self) -> list[str]:
        """Fields of study, as written between commas of either script."""
        parts = self.fields.replace("、", ",").replace("，", ",").split(",")
        return [part.strip() for part in parts if part.strip()]
