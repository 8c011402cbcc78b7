"""Who belongs to a chapter, who looks after it, who may put herself forward: pure predicates."""

from datetime import date, timedelta

from ssc.core import clock
from ssc.people.viewer import Viewer

TOLD_BEFORE = timedelta(days=30)
"""How long before a term ends she is reminded of what to leave to the next."""


def belongs(viewer: Viewer | None, country: str) -> bool:
    """Who comes from there or lives there; and its coordinators."""
    if viewer is None:
        return False
    return country in (viewer.member.country, viewer.member.lives_in) or country in viewer.coordinates


def looks_after(viewer: Viewer | None, country: str) -> bool:
    """Its coordinators of today, and the secretariat: they see what one leaves to the next."""
    return viewer is not None and not viewer.limited and (viewer.is_staff or country in viewer.coordinates)


def may_volunteer(viewer: Viewer, country: str) -> bool:
    """An adult of the chapter who does not coordinate it already."""
    if viewer.limited or viewer.is_minor or country in viewer.coordinates:
        return False
    return country in (viewer.member.country, viewer.member.lives_in)


def usual_end(starts_on: date) -> date:
    """A term that nobody gave an end runs out with the fiscal year after the one in which it begins."""
    return date(clock.fiscal_year(starts_on) + 2, 3, 31)
