"""What the API says of exchanges and organisations in short."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field

from ssc.programmes.models import Exchange, Organisation

FiscalYear = Annotated[int, Field(ge=1900, le=2999)]
"""From April on, named by the year in which it begins."""


class ExchangeInShort(BaseModel):
    """An exchange as it stands beside a person or a story. `host` is the host's present name."""

    code: str
    title: str
    programme: str
    fiscal_year: int
    host: str | None

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        """`exchange.host` must be loaded."""
        host = exchange.host.name if exchange.host else None
        return cls(
            code=exchange.code,
            title=exchange.title,
            programme=exchange.programme,
            fiscal_year=exchange.fiscal_year,
            host=host,
        )


class OrganisationInShort(BaseModel):
    id: UUID
    name: str
    country: str | None

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        return cls(id=organisation.id, name=organisation.name, country=organisation.country)
