"""A page of the guide as it holds: its text in the reader's language, and a programme's facts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ssc.guide.texts import Text
from ssc.programmes import catalogue
from ssc.programmes.courses import OVERVIEW, Call, Course
from ssc.programmes.rules import Conditions


@dataclass(frozen=True)
class Entry:
    """A page of the guide. `course` is None where it is about several programmes, or none."""

    slug: str
    text: Text
    course: Course | None

    @property
    def name(self) -> str:
        return self.text.name or catalogue.name(self.slug)

    @property
    def facts(self) -> Course:
        """The programme's; else for which year the page holds, from where, and when that was last looked up."""
        return self.course or OVERVIEW

    @property
    def family(self) -> catalogue.Family:
        if self.slug in catalogue.PROGRAMMES:
            return catalogue.PROGRAMMES[self.slug].family
        return "nexus" if self.slug == "nexus" else "ssp"


def course_of(facts: dict[str, Any], before: Course) -> Course:
    """The facts as they were stored."""
    call = facts["call"]
    closes = date.fromisoformat(call["closes_on"]) if call["closes_on"] else None
    return replace(
        before,
        conditions=Conditions.model_validate(facts["conditions"]),
        fiscal_year=facts["fiscal_year"],
        source=facts["source"],
        source_url=facts["source_url"],
        checked_on=date.fromisoformat(facts["checked_on"]),
        call=Call(call["state"], date.fromisoformat(call["as_of"]), closes),
    )
