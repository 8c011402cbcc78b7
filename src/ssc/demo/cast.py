"""The accounts that API.md promises, the exchanges they were on, and the one who is still asking to be let in."""

from dataclasses import replace
from datetime import UTC, date, datetime

from ssc.demo.club import Exchange, Organisation, Participation, Person, Profile, Request
from ssc.demo.courses import BY_CODE
from ssc.demo.exchanges import Calendar
from ssc.demo.organisations import Organisations

PASSWORD = "sakura-demo-2026"  # noqa: S105 - the one that everybody may know

APPLICANT = Request(
    name="Nurlan Seitzhanov",
    email="applicant@demo.example",
    country="KZ",
    programme="ssp-a",
    fiscal_year=2018,
    host="Hiroshima University",
    sending="Al-Farabi Kazakh National University",
    note="I took part in November 2018 and never had a mail from the club. My address of that time is gone.",
)

# handle, name, own script, country, born, sent by, headline, what they say
_NINE = (
    (
        "member1",
        "Arjun Kulkarni",
        "अर्जुन कुलकर्णी",
        "IN",
        date(1997, 6, 14),
        "IIT Hyderabad",
        "Doctoral student in Materials Science",
        "I grow thin films that sometimes do what I want. Our two weeks taught me to write everything down.",
    ),
    (
        "member2",
        "Pimchanok Maneerat",
        "พิมพ์ชนก มณีรัตน์",
        "TH",
        date(1999, 2, 3),
        "Chulalongkorn University",
        "Research assistant, polymers",
        "From Chiang Mai, now in Bangkok. I would like to bring a group from Japan here one day.",
    ),
    (
        "member3",
        "Dang Thuy Linh",
        "Đặng Thùy Linh",
        "VN",
        date(1998, 10, 21),
        "Hanoi University of Science and Technology",
        "Engineer for battery recycling",
        "I went from the laboratory to a small company, and use what I saw at our host nearly every day.",
    ),
    (
        "member4",
        "Bayu Nugraha",
        "",
        "ID",
        date(1996, 12, 9),
        "Bandung Institute of Technology",
        "Lecturer in Materials Science",
        "Silakan bertanya tentang beasiswa: I answer in Indonesian, English and slow Japanese.",
    ),
    (
        "member5",
        "Shen Yuhan",
        "沈雨涵",
        "CN",
        date(2000, 4, 18),
        "Zhejiang University",
        "Graduate student, ceramics",
        "I keep our cohort's photographs. If one of yours is missing, ask me.",
    ),
    (
        "member6",
        "Faith Wekesa",
        "",
        "KE",
        date(1997, 1, 30),
        "Jomo Kenyatta University of Agriculture and Technology",
        "Tutorial fellow and maker",
        "I test building materials made of what grows around us, and run a science club on Saturdays.",
    ),
    (
        "member7",
        "Letícia Guimarães",
        "",
        "BR",
        date(1998, 8, 5),
        "University of São Paulo",
        "Doutoranda em ciência dos materiais",
        "Respondo com prazer a quem vai pela primeira vez. I write in Portuguese, Spanish and English.",
    ),
    (
        "member8",
        "Nur Aisyah binti Osman",
        "",
        "MY",
        date(1996, 3, 27),
        "Universiti Teknologi Malaysia",
        "Doctoral student in Nagaoka",
        "I came back to Japan in 2025 and live by the river. Ask me about housing, snow and scholarships.",
    ),
    (
        "member9",
        "Isuru Weerasinghe",
        "ඉසුරු වීරසිංහ",
        "LK",
        date(1999, 11, 11),
        "University of Moratuwa",
        "Materials engineer",
        "I work on cheap sensors for rivers. Glad to help anybody who prepares a visit.",
    ),
)


class Cast:
    """Adds the promised people, each with one exchange, before the crowd comes."""

    def __init__(self, calendar: Calendar, organisations: Organisations, this_year: int) -> None:
        self.calendar = calendar
        self.roster = calendar.roster
        self.organisations = organisations
        self.this_year = this_year

    def enter(self) -> None:
        self._staff()
        self._nine()
        self._minor()
        self._coordinator("coordinator.in", "Kavita Rathore", "कविता राठौर", "IN", "IIT Madras", "hi")
        self._coordinator("coordinator.th", "Narong Jantarasri", "ณรงค์ จันทรศรี", "TH", "Kasetsart University", "th")

    def _staff(self) -> None:
        person = _person("staff", "Haruka Minagawa", "皆川 遥", "JP", date(1984, 5, 20))
        person.roles = ("staff", "editor", "moderator")
        person.profile = _profile(person, datetime(2024, 4, 2, 0, 30, tzinfo=UTC), ("ja", "en"))
        person.profile.headline = "At the club's office"
        person.profile.affiliation = self.organisations.agency().name
        self.roster.add(person)

    def _nine(self) -> None:
        """One group from nine countries, with a supervisor and a participant who have not claimed their records."""
        host = self.organisations.named("JP", "Nagaoka University of Technology")
        course, countries = BY_CODE["ssp-c"], tuple(line[3] for line in _NINE)
        planned, _, _ = self.calendar.plan(course, 2024, countries, host)
        senders = [self.organisations.named(line[3], line[5]) for line in _NINE]
        exchange = replace(
            planned,
            title=f"Materials that last: training at {host.name}",
            fields=("Materials Science",),
            sending=tuple(sender.number for sender in senders),
        )
        known = [self._member(line, exchange, sender) for line, sender in zip(_NINE, senders, strict=True)]
        missing = [self._missing(role, exchange, host, sender) for role, sender in zip(_MISSING, senders, strict=False)]
        self.calendar.add(replace(exchange, participations=(*known, *missing)))

    def _member(
        self, line: tuple[str, str, str, str, date, str, str, str], exchange: Exchange, sender: Organisation
    ) -> Participation:
        handle, name, native, country, born, _, headline, bio = line
        person = _person(handle, name, native, country, born)
        profile = person.profile = _profile(person, datetime(2025, 1, 20, 3, 15, tzinfo=UTC), _SPOKEN[country])
        profile.headline, profile.bio, profile.affiliation = headline, bio, sender.name
        profile.fields, profile.open_to = exchange.fields, ("mentoring", "collaboration", "questions")
        if handle == "member8":
            profile.lives_in, profile.affiliation = "JP", "Nagaoka University of Technology"
        self.roster.add(person)
        return Participation(person.number, "participant", sender.number)

    def _missing(self, role: str, exchange: Exchange, host: Organisation, sender: Organisation) -> Participation:
        person = self.roster.newcomer(sender.country, role, (22, 30), exchange, host, sender)
        person.profile = None
        return Participation(person.number, role, sender.number)

    def _minor(self) -> None:
        """Fifteen or sixteen years old whenever the demo is made; that birthday alone depends on the day."""
        exchange = self.calendar.hold(BY_CODE["ssp-high-school"], 2025, ("TH",), 6)
        person = _person("minor", "Thanawat Boonmee", "ธนวัฒน์ บุญมี", "TH", date(self.this_year - 16, 7, 1))
        person.profile = _profile(
            person, datetime(2026, 3, 31, 6, 0, tzinfo=UTC), ("th", "en"), contact="shared-history"
        )
        person.profile.headline = "High school student"
        self._join(person, exchange)

    def _coordinator(self, account: str, name: str, native: str, country: str, university: str, language: str) -> None:
        exchange = self.calendar.hold(BY_CODE["ssp-a"], 2017, (country,), 6)
        person = _person(account, name, native, country, date(1991, 9, 8))
        person.roles = (f"coordinator:{country}",)
        profile = person.profile = _profile(person, datetime(2018, 6, 1, 5, 0, tzinfo=UTC), (language, "en"))
        profile.headline, profile.affiliation = "Coordinator of our chapter", university
        profile.fields, profile.open_to = exchange.fields, ("mentoring", "hosting", "collaboration", "questions")
        self._join(person, exchange)

    def _join(self, person: Person, exchange: Exchange) -> None:
        """Puts the person into the exchange that was held last."""
        self.roster.add(person)
        own = Participation(person.number, "participant", exchange.sending[0])
        self.calendar.exchanges[-1] = replace(exchange, participations=(*exchange.participations, own))


_MISSING = ("supervisor", "participant")
_SPOKEN = {
    "IN": ("mr", "hi", "en"),
    "TH": ("th", "en"),
    "VN": ("vi", "en"),
    "ID": ("id", "en", "ja"),
    "CN": ("zh", "en"),
    "KE": ("sw", "en"),
    "BR": ("pt", "es", "en"),
    "MY": ("ms", "en", "ja"),
    "LK": ("si", "en"),
}


def _person(account: str, name: str, native: str, country: str, born: date) -> Person:
    return Person(0, name, native, country, born, f"{account}@demo.example", handle=account.replace(".", "-"))


def _profile(person: Person, joined_at: datetime, languages: tuple[str, ...], contact: str = "everyone") -> Profile:
    return Profile(
        joined_at=joined_at,
        last_seen_at=max(joined_at, datetime(2026, 3, 31, 7, 0, tzinfo=UTC)),
        lives_in=person.country,
        headline="",
        bio="",
        affiliation="",
        fields=(),
        languages=languages,
        open_to=(),
        links=(),
        contact=contact,
        visibility=(),
    )
