"""How the demo's people come onto the roster: name, age, addresses, and what the office noted about them."""

import unicodedata
from datetime import date, timedelta
from random import Random

from ssc.demo.club import Exchange, Organisation, Person
from ssc.demo.names import name_in, tradition_of
from ssc.demo.profiles import AS_OF, profile_of

CLAIMED = 0.55
_OFTEN_LATIN_ONLY = ("IN", "PK", "BD", "LK", "NP", "MY", "SG")
_DOMAINS = ("alumni.example", "alumni.example", "alumni.example", "students.example", "campus.example")
_UNFOLDED = str.maketrans({"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ə": "e", "ß": "ss"})
_SUPERVISORS = (29, 61)


def slug_of(name: str) -> str:
    """The name in small ASCII letters, parts joined by full stops."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_UNFOLDED)).encode("ascii", "ignore").decode()
    return ".".join(filter(None, ("".join(c for c in word if c.isalnum()) for word in plain.replace("-", " ").split())))


class Roster:
    """The people so far. Addresses are unique, and never of the form `name.7@` that sample rosters use."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.people: list[Person] = []
        self._slugs: dict[str, int] = {}

    def add(self, person: Person) -> Person:
        person.number = len(self.people)
        self.people.append(person)
        return person

    def newcomer(
        self,
        country: str,
        role: str,
        ages: tuple[int, int],
        exchange: Exchange,
        host: Organisation,
        sending: Organisation,
    ) -> Person:
        """Somebody of that country on a first exchange; more than half have claimed their record since."""
        tradition = tradition_of(self.random, country)
        person = self._born(
            name_in(self.random, tradition), country, _SUPERVISORS if role == "supervisor" else ages, exchange
        )
        if self.random.random() < CLAIMED:
            person.profile = profile_of(self.random, person, exchange, host, sending, tradition.language)
        else:
            self._leave_unclaimed(person)
        return self.add(person)

    def _born(self, name: tuple[str, str], country: str, ages: tuple[int, int], exchange: Exchange) -> Person:
        latin, native = name
        if country in _OFTEN_LATIN_ONLY and self.random.random() < 0.35:
            native = ""
        email = self._address(latin)
        second = f"{email.partition('@')[0]}@mail.example" if self.random.random() < 0.1 else ""
        return Person(0, latin, native, country, self._birth_date(ages, exchange.starts_on), email, second)

    def _birth_date(self, ages: tuple[int, int], on: date) -> date:
        """Leaves the person within `ages` on that day; the young are more than the old."""
        youngest, oldest = ages
        years = youngest + (oldest - youngest + 0.99) * self.random.random() ** 1.4
        return on - timedelta(days=int(years * 365.25) + 1)

    def _address(self, name: str) -> str:
        slug = slug_of(name)
        taken = self._slugs[slug] = self._slugs.get(slug, 0) + 1
        return f"{slug}{taken if taken > 1 else ''}@{self.random.choice(_DOMAINS)}"

    def _leave_unclaimed(self, person: Person) -> None:
        """What only the roster knows about, or does not: nobody has corrected it yet."""
        chance = self.random.random()
        person.deceased = chance < 0.008
        person.do_not_contact = 0.008 <= chance < 0.04
        person.mail_opt_out = 0.04 <= chance < 0.12
        if 0.12 <= chance < 0.24:
            person.birth_date = None
        if 0.24 <= chance < 0.32:
            person.email = person.email_2 = ""


def age_on(person: Person, on: date = AS_OF) -> int | None:
    """Full years on that day, `None` where the roster has no birth date."""
    born = person.birth_date
    return None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))
