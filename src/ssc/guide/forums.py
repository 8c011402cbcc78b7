"""The university forums, by region: which took place when and where, and what it was about.

Source: JST International Youth Exchange brochure (2025). What it calls planned is left as planned.
"""

from dataclasses import dataclass
from datetime import date

from ssc.core.i18n import Words, words


@dataclass(frozen=True)
class Meeting:
    """One meeting; `day` is its date, or the first of its month where only that is known."""

    name: Words
    day: date
    place: Words
    theme: Words | None
    people: Words | None
    only_month: bool = False
    planned: bool = False


@dataclass(frozen=True)
class Series:
    """The meetings with one part of the world, the latest first."""

    slug: str
    name: Words
    about: Words
    meetings: tuple[Meeting, ...]


_TOKYO = words("Tokyo")
_ONLINE = words("online")

SERIES = (
    Series(
        "india",
        words("Japan-India Universities Forum"),
        words("Leaders of top universities of both countries talk about how young researchers can move between them."),
        (
            Meeting(
                words("4th forum"),
                date(2025, 11, 15),
                words("Indian Institute of Technology Hyderabad, Telangana"),
                None,
                None,
                planned=True,
            ),
            Meeting(
                words("3rd forum"),
                date(2024, 10, 19),
                words("New Delhi"),
                words("Movement of talent between Japan and India, and putting it to use"),
                words("33 universities of India; 28 universities and institutes and 5 companies of Japan"),
            ),
            Meeting(
                words("2nd forum"),
                date(2023, 9, 30),
                words("Kyoto"),
                words("Bringing minds to move between Japan and India"),
                words("10 universities of India; 21 universities and institutes and 3 companies of Japan"),
            ),
            Meeting(
                words("1st forum"),
                date(2023, 1, 23),
                _TOKYO,
                words("Exchange between universities and institutes, and young researchers with an eye on the world"),
                words("9 universities of India; 21 universities and institutes of Japan"),
            ),
        ),
    ),
    Series(
        "africa",
        words("Japan-Africa University Exchange Meeting"),
        words("Universities of Africa and Japan tell each other what they are good at and what they hope for."),
        (
            Meeting(
                words("Exchange meeting 2025, a partner project of TICAD9"),
                date(2025, 8, 19),
                _TOKYO,
                None,
                words("expected from ten countries, from Botswana to Zambia"),
                planned=True,
            ),
            Meeting(
                words("Webinar 2024"),
                date(2024, 7, 23),
                _ONLINE,
                words("How strong cooperation between Japan and African countries was built"),
                words("190 people from 21 countries and regions, 10 of them in Africa"),
            ),
            Meeting(
                words("Exchange meeting 2023"),
                date(2023, 5, 31),
                _TOKYO,
                None,
                words("9 universities of six African countries; 18 universities of Japan"),
            ),
            Meeting(
                words("Exchange conference, a side event of TICAD8"),
                date(2022, 8, 22),
                _ONLINE,
                None,
                words("263 people from 44 countries and regions, 36 of them in Africa"),
            ),
        ),
    ),
    Series(
        "asia",
        words("Asia Universities Forum"),
        words("It grew out of the Japan-China University Fair & Forum, held 16 times between 2010 and 2022."),
        (
            Meeting(words("3rd forum"), date(2026, 1, 1), words("China"), None, None, only_month=True, planned=True),
            Meeting(
                words("2nd forum"),
                date(2025, 2, 17),
                _TOKYO,
                words("Moving minds, and new things, in Asia"),
                words("30 leaders of top universities: 11 of Japan, 10 of China, 9 of ASEAN"),
            ),
            Meeting(
                words("1st forum"),
                date(2024, 1, 27),
                words("Hong Kong"),
                words("Exchange between universities, and what helps people to grow"),
                words("27 leaders of top universities: 10 of Japan, 9 of China, 8 of ASEAN"),
            ),
        ),
    ),
)
