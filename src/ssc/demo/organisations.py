"""The demo's hosts and senders, made as soon as an exchange needs them."""

from random import Random

from ssc.demo.club import Organisation
from ssc.demo.hosts import AGENCY, HOSTS
from ssc.demo.senders import schools, universities


class Organisations:
    """Hands out organisations, each of them once: only those that took part are listed."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.listed: list[Organisation] = []
        self._known: dict[tuple[str, str], Organisation] = {}
        self._universities = universities()
        self._schools = schools()
        self._hosts = [host for host in HOSTS if host[0] != AGENCY]
        random.shuffle(self._hosts)
        self._agency = next(host for host in HOSTS if host[0] == AGENCY)

    def agency(self) -> Organisation:
        return self._listed("JP", self._agency)

    def host(self) -> Organisation:
        """Some hosts receive group after group, others once in years."""
        return self._listed("JP", self._hosts[int(len(self._hosts) * self.random.random() ** 1.5)])

    def named(self, country: str, name: str) -> Organisation:
        """The organisation of that name, which the lists must have."""
        among = HOSTS if country == "JP" else self._universities[country] + self._schools[country]
        return self._listed(country, next(known for known in among if known[0] == name))

    def sending(self, country: str, many: int, schools: bool) -> list[Organisation]:
        """Up to so many different universities, or high schools, of a country."""
        among = (self._schools if schools else self._universities)[country]
        return [self._listed(country, known) for known in self.random.sample(among, min(many, len(among)))]

    def _listed(self, country: str, known: tuple[str, str]) -> Organisation:
        found = self._known.get((country, known[0]))
        if found is None:
            names = tuple(filter(None, (other.strip() for other in known[1].split(","))))
            found = Organisation(len(self.listed), known[0], names, country)
            self._known[country, known[0]] = found
            self.listed.append(found)
        return found
