"""What coordinators are told of their office."""

from ssc.core.i18n import _, words
from ssc.notifications.kinds import Kind, Told
from ssc.places import countries


def subject_of(country: str) -> str:
    return f"office:{country}"


def _office(told: Told) -> str:
    country = countries.name(str(told.data.get("country", "")))
    if told.data.get("ended"):
        return _("Your term as coordinator for {country} has ended. Thank you for all you did.", country=country)
    return _("You are coordinator for {country} until {day}.", country=country, day=told.data.get("until", ""))


OFFICE = Kind("office", words("Your office as coordinator"), _office, office=True)
KINDS = (OFFICE,)
