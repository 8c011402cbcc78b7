"""The verbs of communities: rooms kept in step, and what a cohort hears of its own."""

from ssc.communities.actions.following import follow
from ssc.communities.actions.rooms import keep_cohorts
from ssc.communities.actions.seats import settle
from ssc.communities.actions.telling import tell_of_joining

__all__ = ["follow", "keep_cohorts", "settle", "tell_of_joining"]
