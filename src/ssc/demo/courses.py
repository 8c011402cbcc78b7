"""The programmes' courses as the demo plays them: since when, how often, how long, for whom."""

from dataclasses import dataclass

from ssc.demo.countries import AFRICA, ASEAN, EVERYWHERE
from ssc.demo.fields import FIELDS, LOTUS_FIELDS

# Persons invited in a fiscal year, April to March. Nobody travelled in 2020 and 2021.
INVITED = {
    2014: 2945,
    2015: 4226,
    2016: 5519,
    2017: 6611,
    2018: 7082,
    2019: 5900,
    2022: 1500,
    2023: 4000,
    2024: 4900,
    2025: 4300,
}
SMALLEST, LARGEST = 4, 12


@dataclass(frozen=True, slots=True)
class Course:
    """`days` and `ages` are inclusive; `mixed` is the chance that several countries come together."""

    code: str
    share: int
    days: tuple[int, int]
    ages: tuple[int, int]
    titles: tuple[str, ...]
    since: int = 2014
    countries: tuple[str, ...] = EVERYWHERE
    fields: tuple[str, ...] = FIELDS
    mixed: float = 0.08
    supervised: float = 0.85
    returning: float = 0.01
    direct: bool = False

    def largest(self, fiscal_year: int) -> int:
        """From 2024 the call lets at most eight travel together in A and B."""
        return 8 if fiscal_year >= 2024 and self.code in ("ssp-a", "ssp-b") else LARGEST


COURSES = (
    Course(
        code="ssp-a",
        share=60,
        days=(5, 7),
        ages=(18, 29),
        titles=("{field} exchange at {host}", "Discovering {field} at {host}", "A week of {field} at {host}"),
        returning=0.03,
    ),
    Course(
        code="ssp-b",
        share=13,
        days=(10, 21),
        ages=(22, 36),
        titles=("Joint research in {field} at {host}", "First experiments in {field} with {host}"),
        supervised=0.6,
        returning=0.05,
    ),
    Course(
        code="ssp-c",
        share=6,
        days=(6, 10),
        ages=(19, 33),
        titles=("Training in {field} at {host}", "{field} techniques, taught at {host}"),
        mixed=0.2,
    ),
    Course(
        code="ssp-d",
        share=3,
        days=(21, 89),
        ages=(20, 38),
        titles=("Mutual exchange in {field} with {host}", "{field} there and back: a year with {host}"),
        since=2023,
        countries=("IN", *AFRICA),
        mixed=0.35,
        supervised=0.3,
        returning=0.15,
    ),
    Course(
        code="ssp-high-school",
        share=14,
        days=(6, 7),
        ages=(15, 17),
        titles=("High school students meet {field}", "High school programme with a focus on {field}"),
        mixed=0.4,
        supervised=1.0,
        returning=0.0,
        direct=True,
    ),
    Course(
        code="ssp-supporters",
        share=3,
        days=(4, 6),
        ages=(33, 61),
        titles=("Administrators of science visit Japan: {field}", "Partners' visit: {field} in Japanese universities"),
        mixed=0.4,
        supervised=0.0,
        returning=0.05,
        direct=True,
    ),
    Course(
        code="lotus",
        share=4,
        days=(60, 300),
        ages=(23, 35),
        titles=("Research in {field} at {host}", "India and Japan on {field}, at {host}"),
        since=2024,
        countries=("IN",),
        fields=LOTUS_FIELDS,
        mixed=0.0,
        supervised=0.0,
        returning=0.3,
    ),
    Course(
        code="ytec-young-talents",
        share=6,
        days=(14, 89),
        ages=(18, 38),
        titles=("Young talents in {field} at {host}", "{field} with young researchers of ASEAN at {host}"),
        since=2024,
        countries=ASEAN,
        mixed=0.2,
        supervised=0.3,
        returning=0.12,
    ),
    Course(
        code="ytec-leadership",
        share=2,
        days=(7, 30),
        ages=(32, 60),
        titles=("Leadership exchange on {field} at {host}", "{field}: building partnerships with {host}"),
        since=2024,
        countries=ASEAN,
        mixed=0.3,
        supervised=0.0,
        returning=0.12,
    ),
)
BY_CODE = {course.code: course for course in COURSES}
