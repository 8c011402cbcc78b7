"""What coordinators and candidates are told of the office, and the secretariat of candidates."""

from datetime import date

from babel.dates import format_date

from ssc.core import i18n
from ssc.core.i18n import _, ngettext, words
from ssc.notifications.kinds import Kind, Told
from ssc.places import countries

CANDIDATES = "candidacies"
"""The subject under which the secretariat hears of them."""


def subject_of(country: str) -> str:
    return f"office:{country}"


def _office(told: Told) -> str:
    country = countries.name(str(told.data.get("country", "")))
    if told.data.get("declined"):
        return _("The secretariat thanks you for your offer to coordinate {country}, and asks others.", country=country)
    if told.data.get("ended"):
        return _("Your term as coordinator for {country} has ended. Thank you for all you did.", country=country)
    if told.data.get("soon"):
        return _(
            "Your term as coordinator for {country} ends with {day}. What whoever follows should know belongs in the "
            "hand-over notes.",
            country=country,
            day=_day(told),
        )
    return _("You are coordinator for {country} until {day}.", country=country, day=_day(told))


def _day(told: Told) -> str:
    return format_date(date.fromisoformat(str(told.data["until"])), "long", locale=i18n.locale())


def _candidates(told: Told) -> str:
    country = countries.name(str(told.data.get("country", "")))
    if told.count == 1:
        return _("A member would like to coordinate the chapter of {country}.", country=country)
    return ngettext(
        "{n} member would like to coordinate a chapter.", "{n} members would like to coordinate a chapter.", told.count
    )


OFFICE = Kind("office", words("Your office as coordinator"), _office, office=True)
CANDIDACIES = Kind("candidacies", words("Members who would like to coordinate"), _candidates, office=True)
KINDS = (OFFICE, CANDIDACIES)
