"""What may be asked of exchanges and organisations."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from ssc.core import text


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


Line = Annotated[str, text.ONE_LINE, StringConstraints(max_length=200)]

Year = Annotated[int, Field(ge=1900, le=2999)]


class ExchangeFilters(BaseModel):
    """Which exchanges are looked for; different filters narrow the list together."""

    programme: Line = ""
    fiscal_year: Annotated[Year | None, BeforeValidator(_empty_is_none)] = None
    country: Annotated[Line, BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)] = ""
    host: Line = ""
    field: Line = ""


class OrganisationFilters(BaseModel):
    """Which organisations are looked for."""

    role: Annotated[Literal["host", "sending"] | None, BeforeValidator(_empty_is_none)] = None
    country: Annotated[Line, BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value)] = ""
    q: Line = ""
