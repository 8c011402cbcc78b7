"""The published figures of the programme and the club, each with its date and source."""

from dataclasses import dataclass
from datetime import date

from ssc.core.i18n import Words, words


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and as of when it holds."""

    key: str
    value: int
    unit: Words
    as_of: date
    source: str

    @property
    def fiscal_year(self) -> int:
        return self.as_of.year if self.as_of.month >= 4 else self.as_of.year - 1


@dataclass(frozen=True)
class Series:
    """Numbers of one kind: by day or by country."""

    key: str
    title: Words
    values: tuple[tuple[date | str, int], ...]
    as_of: date
    source: str


_BROCHURE = "JST International Youth Exchange brochure (2025)"
_PAGES = "Public pages of the Sakura Science Club (JST)"
_END_OF_2024 = date(2025, 3, 31)
_END_OF_2019 = date(2020, 3, 31)


def _figure(key: str, value: int, unit: Words, as_of: date = _END_OF_2024, source: str = _BROCHURE) -> Figure:
    return Figure(key, value, unit, as_of, source)


PUBLISHED = (
    _figure("people", 42_652, words("people invited since 2014")),
    _figure("countries", 90, words("countries and regions")),
    _figure("exchanges", 3_692, words("exchanges by open application")),
    _figure("hosts", 402, words("hosts in Japan")),
    _figure("senders", 2_002, words("organisations that sent people")),
    _figure("returned", 3_000, words("came back to study, research or work (about)")),
    _figure("people_open", 34_661, words("people invited by open application")),
    _figure("people_direct", 7_991, words("people invited by JST directly")),
    _figure("favourable", 99, words("per cent who thought better of Japan afterwards")),
    _figure("applications_2019", 704, words("applications in fiscal year 2019"), _END_OF_2019, _PAGES),
    _figure("selected_2019", 557, words("of them selected"), _END_OF_2019, _PAGES),
    _figure("carried_out_2019", 542, words("of them carried out"), _END_OF_2019, _PAGES),
    _figure(
        "people_2019", 5_504, words("people invited by open application in fiscal year 2019"), _END_OF_2019, _PAGES
    ),
)

# Of 2020 and 2021 only the year is known: its middle stands for it.
GROWTH = Series(
    "club_members",
    words("Members of the club, as published"),
    ((date(2018, 11, 30), 24_000), (date(2020, 7, 1), 30_000), (date(2021, 7, 1), 33_000), (_END_OF_2024, 43_000)),
    _END_OF_2024,
    _PAGES,
)
PUPILS = Series(
    "pupils_2017",
    words("Where the guests of the High School Program came from, fiscal year 2017"),
    (
        ("CN", 324),
        ("IN", 259),
        ("ID", 60),
        ("TH", 48),
        ("KR", 43),
        ("MY", 36),
        ("MM", 36),
        ("TW", 36),
        ("VN", 36),
        ("PH", 25),
        ("PK", 23),
        ("BD", 23),
        ("CO", 20),
    ),
    date(2018, 3, 31),
    _PAGES,
)
