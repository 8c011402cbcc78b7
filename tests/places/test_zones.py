"""Time zones by their present names, and where a country's people live."""

import pytest

from ssc.places import zones


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
        ("Africa/Accra", "Africa/Accra"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
    ],
)
def test_a_former_name_is_known_by_the_present_one(said: str, now: str) -> None:
    assert zones.known(said) == now


@pytest.mark.parametrize("said", ["", "Mars/Olympus", "../etc/passwd", "EST5EDT"])
def test_what_is_no_zone_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        zones.known(said)


@pytest.mark.parametrize(
    ("country", "zone"),
    [("ID", "Asia/Jakarta"), ("BR", "America/Sao_Paulo"), ("KE", "Africa/Nairobi"), ("XX", "Asia/Tokyo")],
)
def test_a_countrys_people_live_by_one_clock_until_they_say_otherwise(country: str, zone: str) -> None:
    assert zones.of_country(country) == zone


def test_whatever_is_known_can_be_chosen() -> None:
    offered = {zone for group in zones.choices().values() for zone, _city in group}
    assert {zones.of_country(country) for country in zones.of_countries()} <= offered
