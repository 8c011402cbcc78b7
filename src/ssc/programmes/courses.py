"""What each programme asks and when it was last looked up: the state of the sources, which editors may correct."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ssc.programmes.catalogue import HIGH_SCHOOL
from ssc.programmes.rules import Conditions, Status

CallState = Literal["open", "closed", "unknown"]

BROCHURE = "JST International Youth Exchange brochure (2025)"
_CHECKED = date(2026, 11, 25)

_REGIONS = ("asia", "africa", "middle-east", "latin-america", "islands")
# "professional" is not among them. The brochure begins with "others engaged in science and technology", but its table
# of the courses, which is what a host is held to, ends with faculty members: the courses answer with "not". The way for
# people in public service is JST's own invitation (`ssp-supporters`), which answers with "ask".
_UNIVERSITY: tuple[Status, ...] = ("technical_college", "undergraduate", "graduate", "postdoc", "faculty")
_SCHOOL_TO_FACULTY: tuple[Status, ...] = ("high_school", *_UNIVERSITY)
_A_TO_C = Conditions(
    countries=_REGIONS, countries_are_all=False, statuses=_SCHOOL_TO_FACULTY, oldest=40, first_stay=True
)


@dataclass(frozen=True)
class Call:
    """Whether Japanese hosts can submit at present, as far as was known on a day."""

    state: CallState
    as_of: date
    closes_on: date | None = None

    def on(self, day: date) -> "Call":
        """How it stands on that day: after the day on which it closes it is closed, whoever was to note that."""
        if self.closes_on is not None and self.closes_on < day:
            return Call("closed", self.closes_on)
        return self


@dataclass(frozen=True)
class Course:
    """The facts of a programme: for which fiscal year, from where, and when last held against the source."""

    conditions: Conditions
    fiscal_year: int
    source: str
    source_url: str
    checked_on: date
    call: Call


def _of(conditions: Conditions, url: str) -> Course:
    return Course(conditions, 2025, BROCHURE, url, _CHECKED, Call("unknown", _CHECKED))


_SSP = "https://ssp.jst.go.jp/en/"
_OPEN_CALL = "https://ssp.jst.go.jp/media/files/pdf/program/2025/en_gaiyou_2025.pdf"
_MUTUAL_CALL = "https://ssp.jst.go.jp/media/files/pdf/program/2025/souho_en_gaiyou_2025_ver2.pdf"
_YTEC = "https://www.jst.go.jp/aspire/nexus/y-tec/en/index.html"

OVERVIEW = _of(Conditions(), _SSP)
"""Of pages about several programmes: for which year they hold, and when they were held against the source."""

COURSES: dict[str, Course] = {
    "ssp-a": _of(_A_TO_C, _OPEN_CALL),
    "ssp-b": _of(_A_TO_C, _OPEN_CALL),
    "ssp-c": _of(_A_TO_C, _OPEN_CALL),
    "ssp-d": _of(Conditions(countries=("IN", "africa"), statuses=_UNIVERSITY, oldest=40), _MUTUAL_CALL),
    HIGH_SCHOOL: _of(Conditions(statuses=("high_school",), by_invitation=True), _SSP),
    "ssp-supporters": _of(Conditions(statuses=("faculty", "professional"), by_invitation=True), _SSP),
    "lotus": _of(
        Conditions(institutions=("IN",), statuses=("graduate", "postdoc")), "https://www.jst.go.jp/program/india/en/"
    ),
    "ytec-young-talents": _of(Conditions(countries=("asean",), oldest=40), _YTEC),
    "ytec-leadership": _of(
        Conditions(countries=("asean",), statuses=("postdoc", "faculty"), statuses_to_ask=("professional",)), _YTEC
    ),
}
