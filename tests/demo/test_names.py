"""Names are written in the script of their country, and nobody in the demo is a real person of the sources."""

import unicodedata
from datetime import date
from random import Random

import pytest

from ssc.demo.countries import COUNTRIES
from ssc.demo.generate import club
from ssc.demo.names import TRADITIONS
from ssc.demo.names.tradition import Tradition

_BETWEEN = " -'\u200d\N{MODIFIER LETTER TURNED COMMA}"
# Names that stand in the texts the demo is modelled on.
_OF_THE_SOURCES = ("Jindal", "Eksatit", "Feng", "Xi", "Modi", "Wickremesinghe", "Fujiki", "Kishi", "Amano", "George")
ALL = [(country, tradition) for country, among in sorted(TRADITIONS.items()) for _, tradition in among]


def _foreign(text: str, script: str) -> list[str]:
    def named(character: str) -> str:
        return unicodedata.name(character, "")

    return [c for c in text if c not in _BETWEEN and script not in named(c) and not named(c).startswith("COMBINING")]


@pytest.mark.parametrize(("country", "tradition"), ALL, ids=[f"{c}-{t.language}" for c, t in ALL])
def test_names_are_in_latin_letters_and_in_the_script_of_the_country(country: str, tradition: Tradition) -> None:
    random = Random(country)
    drawn = [tradition.name(random) for _ in range(200)]
    assert [latin for latin, _ in drawn if not latin or _foreign(latin, "LATIN")] == []
    assert [native for _, native in drawn if _foreign(native, tradition.script)] == []
    assert {bool(native) for _, native in drawn} == {tradition.script != "LATIN" or tradition.language == "vi"}
    assert len(set(drawn)) > 40


def test_there_are_names_for_every_country_of_the_demo() -> None:
    assert set(TRADITIONS) == {*COUNTRIES, "JP"}


def test_no_family_name_of_the_sources_is_used() -> None:
    words = {word for person in club(5000, 1, date(2026, 4, 1)).people for word in person.name.split()}
    assert sorted(words & set(_OF_THE_SOURCES)) == []
