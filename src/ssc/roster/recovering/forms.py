"""What people submit who are, or say they are, on the roster."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from ssc.accounts import handles
from ssc.accounts.addresses import Email
from ssc.core import clock, text
from ssc.core.i18n import _
from ssc.places import countries
from ssc.programmes import catalogue
from ssc.roster.asking import FIRST_YEAR
from ssc.web.api import Body


def _name(value: str) -> str:
    if len(value) > 1 and value[0] in "=+-@":
        raise ValueError(_("A name cannot begin with {sign}.", sign=value[0]))
    if handles.is_reserved(value):
        raise ValueError(_("This is the club's own name. Write your own."))
    return value


def _country(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    code = value.strip().upper()
    if not countries.exists(code):
        raise ValueError(_("Choose a country or region from the list."))
    return code


def _programme(value: Any) -> Any:
    if isinstance(value, str) and not catalogue.exists(value):
        raise ValueError(_("Choose a programme from the list."))
    return value


def _year(value: int) -> int:
    latest = clock.fiscal_year(clock.today_in_japan())
    if not FIRST_YEAR <= value <= latest:
        raise ValueError(_("Give a fiscal year from {first} to {latest}.", first=FIRST_YEAR, latest=latest))
    return value


Name = Annotated[str, text.ONE_LINE, StringConstraints(max_length=120), text.NOT_EMPTY, AfterValidator(_name)]
Country = Annotated[str, BeforeValidator(_country)]
Programme = Annotated[str, BeforeValidator(_programme)]
FiscalYear = Annotated[int, AfterValidator(_year)]


class TookPart(Body):
    """Who somebody says she is, and in which exchange she says she was."""

    name: Name = Field(description="As in the passport that year, or in one's own script; up to 120 characters.")
    country: Country = Field(description="ISO 3166-1 alpha-2: where she came from then.")
    programme: Programme = Field(description="A programme's code.")
    fiscal_year: FiscalYear = Field(description="The Japanese fiscal year (April to March) of the exchange.")
    email: Email = Field(description="The address at which she can be reached now; up to 254 characters.")


class RecordBody(Body):
    """Which record staff found to be meant."""

    member: UUID = Field(description="The record's id.")
