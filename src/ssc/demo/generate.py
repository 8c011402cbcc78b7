"""How a whole club comes out of a number of members and a seed: the same one every time."""

from datetime import date
from random import Random

from ssc.demo.cast import APPLICANT, Cast
from ssc.demo.club import Club
from ssc.demo.exchanges import Calendar
from ssc.demo.organisations import Organisations
from ssc.demo.people import Roster

FEWEST = 40


def club(members: int, seed: int, today: date) -> Club:
    """A club of exactly so many members, at least forty. The day decides nothing but the minor's year of birth."""
    if members < FEWEST:
        raise ValueError(f"a demo has at least {FEWEST} members")
    random = Random(f"sakura {seed}")
    roster, organisations = Roster(random), Organisations(random)
    calendar = Calendar(random, roster, organisations)
    Cast(calendar, organisations, today.year).enter()
    calendar.fill(members)
    return Club(roster.people, organisations.listed, calendar.exchanges, [APPLICANT])
