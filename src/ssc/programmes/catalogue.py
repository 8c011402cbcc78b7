"""The programmes and courses of the seeds, by the codes of the API.

Source: JST International Youth Exchange brochure (2025).
"""

from dataclasses import dataclass
from typing import Literal

from ssc.core.i18n import Words, words

Family = Literal["ssp", "lotus", "nexus"]


@dataclass(frozen=True)
class Programme:
    """A programme or one of its courses. `longest_days` is the longest stay in Japan, None where not fixed."""

    code: str
    family: Family
    name: Words
    short: Words
    longest_days: int | None


_ALL = (
    Programme(
        "ssp-a",
        "ssp",
        words("Sakura Science, Course A: Science and Technology Experience"),
        words("Course A"),
        7,
    ),
    Programme("ssp-b", "ssp", words("Sakura Science, Course B: Collaborative Research"), words("Course B"), 21),
    Programme(
        "ssp-c",
        "ssp",
        words("Sakura Science, Course C: Science and Technology Training"),
        words("Course C"),
        10,
    ),
    Programme("ssp-d", "ssp", words("Sakura Science, Course D: Annual Mutual Exchange"), words("Course D"), 92),
    Programme(
        "ssp-high-school",
        "ssp",
        words("Sakura Science High School Program"),
        words("High School Program"),
        None,
    ),
    Programme("ssp-supporters", "ssp", words("Sakura Science Supporters Program"), words("Supporters Program"), None),
    Programme("lotus", "lotus", words("LOTUS Programme (India and Japan)"), words("LOTUS"), 366),
    Programme(
        "ytec-young-talents",
        "nexus",
        words("NEXUS Y-tec: Young Talents Exchange"),
        words("Y-tec Young Talents"),
        90,
    ),
    Programme("ytec-leadership", "nexus", words("NEXUS Y-tec: Leadership Exchange"), words("Y-tec Leadership"), 90),
)
PROGRAMMES: dict[str, Programme] = {programme.code: programme for programme in _ALL}
HIGH_SCHOOL = "ssp-high-school"


def exists(code: str) -> bool:
    return code in PROGRAMMES


def name(code: str) -> str:
    """The whole name in the reader's language; an unknown code is its own name."""
    return PROGRAMMES[code].name() if code in PROGRAMMES else code


def short_name(code: str) -> str:
    return PROGRAMMES[code].short() if code in PROGRAMMES else code
