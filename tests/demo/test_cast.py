"""The accounts that API.md promises are in every demo, exactly as promised."""

from datetime import date

import pytest

from ssc.demo.club import Club, Exchange, Person
from ssc.demo.generate import club
from ssc.demo.people import age_on

TODAY = date(2026, 11, 22)
NINE = [f"member{number}" for number in range(1, 10)]


@pytest.fixture(scope="module", params=[(40, 1), (60, 2), (2000, 1)], ids=str)
def demo(request: pytest.FixtureRequest) -> Club:
    members, seed = request.param
    return club(members, seed, TODAY)


def _by_handle(demo: Club) -> dict[str, Person]:
    return {person.handle: person for person in demo.people if person.handle}


def _exchanges_of(demo: Club, handle: str) -> list[Exchange]:
    number = _by_handle(demo)[handle].number
    return [held for held in demo.exchanges if number in [one.person for one in held.participations]]


def test_handles_and_addresses_are_the_promised_ones(demo: Club) -> None:
    expected = {"staff", "coordinator-in", "coordinator-th", *NINE, "minor"}
    found = _by_handle(demo)
    assert set(found) == expected
    assert [h for h, person in found.items() if person.email.replace(".", "-") != f"{h}@demo-example"] == []
    assert [h for h, person in found.items() if person.profile is None] == []


def test_roles_are_the_promised_ones(demo: Club) -> None:
    assert {person.handle: person.roles for person in demo.people if person.roles} == {
        "staff": ("staff", "editor", "moderator"),
        "coordinator-in": ("coordinator:IN",),
        "coordinator-th": ("coordinator:TH",),
    }


def test_the_nine_share_one_cohort_and_take_messages_from_everyone(demo: Club) -> None:
    nine = [_by_handle(demo)[handle] for handle in NINE]
    assert [person.country for person in nine] == ["IN", "TH", "VN", "ID", "CN", "KE", "BR", "MY", "LK"]
    assert {held.code for handle in NINE for held in _exchanges_of(demo, handle)} == {"SSP-C-2024-50001"}
    assert {person.profile.contact for person in nine if person.profile} == {"everyone"}
    assert [person.handle for person in nine if (age_on(person, TODAY) or 0) < 18] == []
    assert [person.handle for person in nine if person.profile and person.profile.lives_in == "JP"] == ["member8"]


def test_the_nines_cohort_misses_two_who_have_not_claimed(demo: Club) -> None:
    (cohort,) = _exchanges_of(demo, "member1")
    people = [demo.people[one.person] for one in cohort.participations]
    assert [person.handle for person in people if person.profile] == NINE
    assert [one.role for one in cohort.participations[9:]] == ["supervisor", "participant"]


def test_the_minor_is_under_age_in_another_cohort_in_whatever_year(demo: Club) -> None:
    minor = _by_handle(demo)["minor"]
    assert minor.country == "TH"
    assert age_on(minor, TODAY) == 16
    assert [held.programme for held in _exchanges_of(demo, "minor")] == ["ssp-high-school"]
    later = _by_handle(club(60, 1, date(2031, 2, 1)))["minor"]
    assert age_on(later, date(2031, 2, 1)) == 15


def test_coordinators_were_on_an_exchange_from_their_country(demo: Club) -> None:
    for handle, country in (("coordinator-in", "IN"), ("coordinator-th", "TH")):
        (cohort,) = _exchanges_of(demo, handle)
        assert {demo.organisations[number].country for number in cohort.sending} == {country}


def test_the_applicant_asks_and_is_on_no_roster(demo: Club) -> None:
    assert [request.email for request in demo.requests] == ["applicant@demo.example"]
    assert [person.name for person in demo.people if person.name == demo.requests[0].name] == []
