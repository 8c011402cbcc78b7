"""What the finder may be asked: nothing personal, and what is impossible is refused."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StringConstraints

from ssc.core import text
from ssc.core.i18n import _
from ssc.places import countries
from ssc.programmes.rules import Answers, Status


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _known(code: str) -> str:
    if not countries.exists(code):
        raise ValueError(_("There is no such country or region."))
    return code


EMPTY_IS_NONE = BeforeValidator(_empty_is_none)
Upper = BeforeValidator(lambda value: value.strip().upper() if isinstance(value, str) else value)
Country = Annotated[Annotated[str, AfterValidator(_known)] | None, Upper, EMPTY_IS_NONE]


class Question(BaseModel):
    """What somebody says of herself in the finder. What is not said stays open."""

    country: Country = Field(None, description="Nationality.")
    status: Annotated[Status | None, EMPTY_IS_NONE] = None
    age: Annotated[Annotated[int, Field(ge=5, le=120)] | None, EMPTY_IS_NONE] = None
    field: Annotated[str, text.ONE_LINE, StringConstraints(max_length=120)] = Field(
        "", description="A field of science, for hosts and stories; every field is welcome."
    )
    been_to_japan: Annotated[bool | None, EMPTY_IS_NONE] = None
    home_institution_country: Country = Field(None, description="Where one studies or works.")

    @property
    def answers(self) -> Answers:
        return Answers(self.country, self.status, self.age, self.been_to_japan, self.home_institution_country)

    @property
    def homes(self) -> list[str]:
        """Where she comes from, by passport and by institution."""
        return sorted({code for code in (self.country, self.home_institution_country) if code})
