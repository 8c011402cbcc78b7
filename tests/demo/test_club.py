"""The synthetic club: the same for a seed, in the club's proportions, and nothing in it that could not be."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from ssc.core.text import plain
from ssc.demo.club import Club, Exchange, Person
from ssc.demo.countries import COUNTRIES
from ssc.demo.courses import BY_CODE, INVITED
from ssc.demo.fields import FIELDS
from ssc.demo.generate import FEWEST, club
from ssc.demo.people import age_on, slug_of

TODAY = date(2026, 11, 22)
_PRINT_DIGEST = """
import datetime, hashlib
from ssc.demo.generate import club
print(hashlib.sha256(repr(club(300, 7, datetime.date(2026, 11, 22))).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def large() -> Club:
    return club(12_000, 1, TODAY)


def _stays(demo: Club) -> list[tuple[Person, str, Exchange]]:
    return [(demo.people[one.person], one.role, held) for held in demo.exchanges for one in held.participations]


def _digest_elsewhere(hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    run = subprocess.run(
        [sys.executable, "-c", _PRINT_DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def test_a_seed_gives_the_same_club_in_every_process() -> None:
    here = hashlib.sha256(repr(club(300, 7, TODAY)).encode()).hexdigest()
    assert {_digest_elsewhere("0"), _digest_elsewhere("1")} == {here}


def test_another_seed_gives_another_club() -> None:
    assert club(60, 1, TODAY).people != club(60, 2, TODAY).people


def test_another_day_changes_nothing_but_the_minors_birthday() -> None:
    one, other = club(60, 1, TODAY), club(60, 1, date(2028, 1, 1))
    changed = [(a.handle, b.birth_date) for a, b in zip(one.people, other.people, strict=True) if a != b]
    assert changed == [("minor", date(2012, 7, 1))]


@pytest.mark.parametrize("members", [FEWEST, 41, 42, 43, 60, 61, 2000])
def test_it_has_exactly_so_many_members_and_groups_of_four_to_twelve(members: int) -> None:
    demo = club(members, 3, TODAY)
    assert len(demo.people) == members
    assert [held.code for held in demo.exchanges if not 4 <= len(held.participations) <= 12] == []


def test_a_demo_too_small_for_its_promised_accounts_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 40"):
        club(FEWEST - 1, 1, TODAY)


def test_shares_of_countries_follow_the_published_ones(large: Club) -> None:
    counted = Counter(person.country for person in large.people)
    whole = sum(country.share for country in COUNTRIES.values())
    biggest = ("CN", "IN", "ID", "TH", "KR", "MY", "VN")
    far_off = [
        code for code in biggest if abs(counted[code] / len(large.people) - COUNTRIES[code].share / whole) > 0.035
    ]
    assert far_off == []
    assert [code for code, _ in counted.most_common(2)] == ["CN", "IN"]
    assert len(counted) >= 45


def test_years_follow_the_invitations_with_nobody_in_2020_and_2021(large: Club) -> None:
    counted = Counter(held.fiscal_year for _, _, held in _stays(large))
    whole = sum(INVITED.values())
    assert sorted(counted) == sorted(INVITED)
    assert [year for year in INVITED if abs(counted[year] / counted.total() - INVITED[year] / whole) > 0.01] == []


def test_a_little_over_half_have_claimed_their_record(large: Club) -> None:
    claimed = [person for person in large.people if person.profile]
    in_japan = [person for person in claimed if person.profile and person.profile.lives_in == "JP"]
    assert 0.53 < len(claimed) / len(large.people) < 0.57
    assert 0.055 < len(in_japan) / len(claimed) < 0.095


def test_some_came_more_than_once_and_lotus_follows_an_earlier_exchange(large: Club) -> None:
    times = Counter(person.number for person, _, _ in _stays(large))
    lotus = {person.number for person, _, held in _stays(large) if held.programme == "lotus"}
    assert 0.01 < sum(1 for count in times.values() if count > 1) / len(times) < 0.05
    assert any(times[number] > 1 for number in lotus)


def test_codes_are_unique_and_name_programme_and_year(large: Club) -> None:
    assert len({held.code for held in large.exchanges}) == len(large.exchanges)
    odd = [held for held in large.exchanges if held.code[:-6] != f"{held.programme.upper()}-{held.fiscal_year}"]
    assert odd == []
    assert {held.programme for held in large.exchanges} == set(BY_CODE)
    assert {field for held in large.exchanges for field in held.fields} == set(FIELDS)


def test_dates_lie_in_the_fiscal_year_and_within_the_courses_length(large: Club) -> None:
    def fits(held: Exchange) -> bool:
        days = (held.ends_on - held.starts_on).days + 1
        within = date(held.fiscal_year, 4, 1) <= held.starts_on <= held.ends_on <= date(held.fiscal_year + 1, 3, 31)
        return within and days <= {"ssp-a": 7, "ssp-b": 21, "ssp-c": 10}.get(held.programme, 366)

    assert [held.code for held in large.exchanges if not fits(held)] == []


def test_each_comes_from_a_sending_organisation_of_the_exchange_and_of_the_own_country(large: Club) -> None:
    strangers = [
        (held.code, one)
        for held in large.exchanges
        for one in held.participations
        if one.sending not in held.sending
        or large.organisations[one.sending].country != large.people[one.person].country
    ]
    assert strangers == []
    assert {large.organisations[held.host].country for held in large.exchanges} == {"JP"}


def test_nobody_takes_part_twice_in_one_exchange(large: Club) -> None:
    doubled = [
        held.code for held in large.exchanges if len({p.person for p in held.participations}) < len(held.participations)
    ]
    assert doubled == []


def test_ages_fit_the_programme(large: Club) -> None:
    students = [
        age_on(who, held.starts_on)
        for who, role, held in _stays(large)
        if role == "participant" and held.programme == "ssp-high-school"
    ]
    invited = [
        age_on(who, held.starts_on)
        for who, role, held in _stays(large)
        if role == "participant" and held.programme == "ssp-a"
    ]
    teachers = [age_on(who, held.starts_on) for who, role, held in _stays(large) if role == "supervisor"]
    assert {age for age in students if age is not None} == {15, 16, 17}
    assert max(age for age in invited if age is not None) <= 40
    assert min(age for age in teachers if age is not None) >= 28


def test_only_unclaimed_records_lack_birth_dates_or_are_not_to_be_written_to(large: Club) -> None:
    claimed = [person for person in large.people if person.profile]
    unclaimed = [person for person in large.people if not person.profile]
    assert [
        p.name for p in claimed if p.deceased or p.do_not_contact or p.mail_opt_out or not p.birth_date or not p.email
    ] == []
    for noted in ("deceased", "do_not_contact", "mail_opt_out"):
        assert any(getattr(person, noted) for person in unclaimed)
    assert any(person.birth_date is None for person in unclaimed)
    assert any(not person.email for person in unclaimed)


def test_addresses_are_unique_and_in_reserved_domains(large: Club) -> None:
    addresses = [address for person in large.people for address in (person.email, person.email_2) if address]
    assert len(set(addresses)) == len(addresses)
    assert [address for address in addresses if not address.endswith(".example") or not address.isascii()] == []
    assert [address for address in addresses if address.startswith("@") or ".@" in address or ".." in address] == []


def test_people_join_after_their_exchange_and_before_the_demos_present(large: Club) -> None:
    end = datetime(2026, 4, 1, tzinfo=UTC)
    first: dict[int, date] = {}
    for person, _, held in _stays(large):
        first.setdefault(person.number, held.starts_on)
    profiles = [
        (person.profile, first[person.number]) for person in large.people if person.profile and person.number in first
    ]
    odd = [p for p, since in profiles if not since <= p.joined_at.date() or not p.joined_at <= p.last_seen_at < end]
    assert odd == []


def test_slugs_are_small_ascii_letters() -> None:
    assert slug_of("Đặng Thùy-Linh O'Brien İrem Łucja Məmmədov") == "dang.thuy.linh.obrien.irem.lucja.memmedov"


def test_no_two_organisations_share_a_name(large: Club) -> None:
    keys = Counter(plain(name) for one in large.organisations for name in {one.name, *one.names})
    assert [key for key, times in keys.items() if times > 1] == []
