"""The published figures of the programme, each with its date and source.

Source: JST International Youth Exchange brochure (2025), figures as of the end of fiscal year 2024.
"""

from dataclasses import dataclass

from ssc.core.i18n import Words, words


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and as of when it holds."""

    key: str
    value: int
    unit: Words
    fiscal_year: int
    source: str


_SOURCE = "JST International Youth Exchange brochure (2025)"

PUBLISHED = (
    Figure("people", 42_652, words("people invited since 2014"), 2024, _SOURCE),
    Figure("countries", 90, words("countries and regions"), 2024, _SOURCE),
    Figure("exchanges", 3_692, words("exchanges by open application"), 2024, _SOURCE),
    Figure("hosts", 402, words("hosts in Japan"), 2024, _SOURCE),
    Figure("senders", 2_002, words("organisations that sent people"), 2024, _SOURCE),
    Figure("returned", 3_000, words("came back to study, research or work (about)"), 2024, _SOURCE),
)
