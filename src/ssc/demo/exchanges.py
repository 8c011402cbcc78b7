"""How the demo's exchanges come about: who goes where, when, with whom, and who comes back."""

from bisect import bisect
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

from ssc.demo.club import Exchange, Organisation, Participation, Person
from ssc.demo.countries import COUNTRIES, NEIGHBOURS
from ssc.demo.courses import COURSES, INVITED, LARGEST, SMALLEST, Course
from ssc.demo.organisations import Organisations
from ssc.demo.people import Roster, age_on

# Above the numbers of the sample rosters, so that importing one never lands in a cohort of the demo.
FIRST_NUMBER = 50_001
_SIZES = (4, 5, 6, 7, 7, 8, 8, 8, 8, 9, 9, 10, 10, 11, 12)
_FROM_SCHOOLS = "ssp-high-school"
T = TypeVar("T")


def drawn(random: Random, among: tuple[T, ...], shares: tuple[int, ...]) -> T:
    """One of them, each as often as its share says."""
    reach = tuple(accumulate(shares))
    return among[bisect(reach, random.random() * reach[-1])]


class Calendar:
    """The exchanges so far, year after year, and those who may return in a later one."""

    def __init__(self, random: Random, roster: Roster, organisations: Organisations) -> None:
        self.random = random
        self.roster = roster
        self.organisations = organisations
        self.exchanges: list[Exchange] = []
        self._alumni: dict[str, list[tuple[Person, int]]] = {}

    def fill(self, members: int) -> None:
        """Holds exchanges until the roster has exactly so many members, spread over the years as invited."""
        first = len(self.roster.people)
        reach = list(accumulate(INVITED.values()))
        for year, invited in zip(INVITED, reach, strict=True):
            target = first + (members - first) * invited // reach[-1]
            while len(self.roster.people) < target:
                self._hold_any(year, members - len(self.roster.people))

    def _hold_any(self, year: int, left: int) -> None:
        offered = tuple(course for course in COURSES if course.since <= year)
        course = drawn(self.random, offered, tuple(course.share for course in offered))
        size = _fitting(self.random.choice(_SIZES), course.largest(year), left)
        countries = self._countries(course)
        self.hold(course, year, countries, size, self._returners(course, year, countries, course.largest(year) - size))

    def hold(
        self, course: Course, year: int, countries: tuple[str, ...], newcomers: int, returning: tuple[Person, ...] = ()
    ) -> Exchange:
        """One exchange of so many newcomers, with those who return; its people join the roster."""
        planned, host, sending = self.plan(course, year, countries)
        new = [self._newcomer(course, planned, host, sending, place) for place in range(newcomers)]
        back = [self._back(person, sending) for person in returning]
        held = replace(planned, participations=(*new, *back))
        self._remember(held)
        return held

    def plan(
        self, course: Course, year: int, countries: tuple[str, ...], host: Organisation | None = None
    ) -> tuple[Exchange, Organisation, list[Organisation]]:
        """An exchange without people yet, with its host and sending organisations."""
        host = host or (self.organisations.agency() if course.direct else self.organisations.host())
        sending = self._sending(course, countries)
        fields = tuple(self.random.sample(course.fields, 1 if self.random.random() < 0.85 else 2))
        starts_on, ends_on = self._stay(course, year)
        code = f"{course.code.upper()}-{year}-{FIRST_NUMBER + len(self.exchanges):05}"
        title = self.random.choice(course.titles).format(field=fields[0], host=host.name)
        senders = tuple(one.number for one in sending)
        return (
            Exchange(code, title, course.code, year, starts_on, ends_on, fields, host.number, senders, ()),
            host,
            sending,
        )

    def add(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)

    def _remember(self, exchange: Exchange) -> None:
        self.add(exchange)
        for participation in exchange.participations:
            person = self.roster.people[participation.person]
            if not person.deceased and person.birth_date:
                self._alumni.setdefault(person.country, []).append((person, exchange.fiscal_year))

    def _newcomer(
        self, course: Course, exchange: Exchange, host: Organisation, sending: list[Organisation], place: int
    ) -> Participation:
        """The first place is the supervisor's, where there is one; large groups bring a second."""
        first, second = place == 0, place == 9 and course.supervised > 0.8
        supervised = second or (first and self.random.random() < course.supervised)
        role = "supervisor" if supervised else "participant"
        sender = sending[place % len(sending)]
        person = self.roster.newcomer(sender.country, role, course.ages, exchange, host, sender)
        return Participation(person.number, role, sender.number)

    def _back(self, person: Person, sending: list[Organisation]) -> Participation:
        sender = next(one for one in sending if one.country == person.country)
        return Participation(person.number, "participant", sender.number)

    def _countries(self, course: Course) -> tuple[str, ...]:
        shares = tuple(COUNTRIES[code].share for code in course.countries)
        first = drawn(self.random, course.countries, shares)
        if self.random.random() >= course.mixed:
            return (first,)
        near = next((group for group in NEIGHBOURS if first in group), ())
        others = tuple(code for code in near if code != first and code in course.countries) or (first,)
        shares = tuple(COUNTRIES[code].share for code in others)
        return tuple(dict.fromkeys((first, drawn(self.random, others, shares), drawn(self.random, others, shares))))

    def _sending(self, course: Course, countries: tuple[str, ...]) -> list[Organisation]:
        """One organisation of each country, or one to three of the only one."""
        schools = course.code == _FROM_SCHOOLS
        many = drawn(self.random, (1, 2, 3), (78, 15, 7)) if len(countries) == 1 else 1
        return [one for country in countries for one in self.organisations.sending(country, many, schools)]

    def _stay(self, course: Course, year: int) -> tuple[date, date]:
        """Dates within the fiscal year; the first groups of a year come in May, in the first year in July."""
        days = self.random.randint(*course.days)
        earliest = date(year, 7 if year == 2014 else 5, 7)
        spare = (date(year + 1, 3, 31) - earliest).days - days + 1
        starts_on = earliest + timedelta(days=self.random.randint(0, spare))
        return starts_on, starts_on + timedelta(days=days - 1)

    def _returners(self, course: Course, year: int, countries: tuple[str, ...], room: int) -> tuple[Person, ...]:
        """Alumni of earlier years who are of the right age, each once."""
        found: dict[int, Person] = {}
        for _ in range(min(room, 3)):
            if self.random.random() < course.returning * 4:
                self._draw_back(course, year, self.random.choice(countries), found)
        return tuple(found.values())

    def _draw_back(self, course: Course, year: int, country: str, found: dict[int, Person]) -> None:
        alumni = self._alumni.get(country)
        if not alumni:
            return
        person, before = alumni[int(self.random.random() * len(alumni))]
        age = age_on(person, date(year, 4, 1))
        if before < year and age is not None and course.ages[0] <= age < course.ages[1]:
            found[person.number] = person


def _fitting(size: int, largest: int, left: int) -> int:
    """The wished size, changed so that what is left afterwards can still make an exchange of its own."""
    size = min(size, largest, left)
    if 0 < left - size < SMALLEST:
        return left if left <= min(largest, LARGEST) else max(left - SMALLEST, SMALLEST)
    return size
