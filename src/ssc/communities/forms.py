"""What may be asked of exchanges and organisations."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, StringConstraints

from ssc.core import text
from ssc.programmes.shapes import FiscalYear

Line = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]


class ExchangeFilters(BaseModel):
    """Which exchanges are looked for; different filters narrow the list together."""

    programme: Line = ""
    fiscal_year: Annotated[FiscalYear | None, text.EMPTY_IS_NONE] = None
    country: Annotated[Line, BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)] = ""
    host: Line = ""
    field: Line = ""


class OrganisationFilters(BaseModel):
    """Which organisations are looked for."""

    role: Annotated[Literal["host", "sending"] | None, text.EMPTY_IS_NONE] = None
    country: Annotated[Line, BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)] = ""
    q: Line = ""
