"""Who fits which programme, as the brochure has it: a table of people and verdicts."""

from dataclasses import replace

import pytest

from ssc.core import i18n
from ssc.programmes.catalogue import PROGRAMMES
from ssc.programmes.courses import COURSES
from ssc.programmes.rules import Answers, Conditions, Reason, reasons, statements, verdict

ORDER = tuple(PROGRAMMES)
STUDENT = Answers("TH", "undergraduate", 21, False, "TH")
# In the order of the catalogue: A, B, C, D, high school, supporters, LOTUS, Y-tec talents, Y-tec leadership.
PEOPLE = {
    "a Thai student": (STUDENT, "eligible eligible eligible not not not not eligible not"),
    "a Thai student who has been": (
        replace(STUDENT, been_to_japan=True),
        "not not not not not not not eligible not",
    ),
    "a Thai professor of 41": (
        Answers("TH", "faculty", 41, False, "TH"),
        "not not not not not ask not not eligible",
    ),
    "a Thai teacher of 40": (
        Answers("TH", "faculty", 40, False, "TH"),
        "eligible eligible eligible not not ask not eligible eligible",
    ),
    "an Indian doctoral student": (
        Answers("IN", "graduate", 27, True, "IN"),
        "not not not eligible not not eligible not not",
    ),
    "a Kenyan postdoc in Delhi": (
        Answers("KE", "postdoc", 33, False, "IN"),
        "eligible eligible eligible eligible not not eligible not not",
    ),
    "a Kenyan pupil": (
        Answers("KE", "high_school", 17, False, "KE"),
        "eligible eligible eligible not ask not not not not",
    ),
    "a pupil from Laos": (
        Answers("LA", "high_school", 16, False, "LA"),
        "eligible eligible eligible not ask not not eligible not",
    ),
    "a Fijian engineer": (
        Answers("FJ", "professional", 30, False, "FJ"),
        "not not not not not ask not not not",
    ),
    "a Malaysian engineer": (
        Answers("MY", "professional", 50, False, "MY"),
        "not not not not not ask not not ask",
    ),
    "a French student": (
        Answers("FR", "graduate", 25, False, "FR"),
        "ask ask ask not not not not not not",
    ),
    "a Japanese student": (Answers("JP", "graduate", 25, False, "JP"), "not not not not not not not not not"),
    "a Japanese student in Delhi": (Answers("JP", "graduate", 25, False, "IN"), " ".join(["not"] * 9)),
    "an Indian student in Kyoto": (Answers("IN", "graduate", 25, False, "JP"), " ".join(["not"] * 9)),
    "somebody who says nothing": (Answers(), " ".join(["ask"] * 9)),
    "somebody who is 60": (Answers(age=60), "not not not not ask ask ask not ask"),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_gets_the_verdict_that_the_brochure_gives(who: str) -> None:
    answers, expected = PEOPLE[who]
    found = {code: verdict(reasons(COURSES[code].conditions, answers)) for code in ORDER}
    assert found == dict(zip(ORDER, expected.split(), strict=True))


def test_a_false_rule_outweighs_an_open_one_and_an_open_one_a_true_one() -> None:
    true, false, unknown = (Reason("age", holds, "") for holds in (True, False, None))
    assert verdict([true, unknown, false]) == "not"
    assert verdict([unknown, true]) == "ask"
    assert verdict([true]) == "eligible"


def test_the_age_of_the_limit_itself_is_young_enough() -> None:
    asked = Conditions(oldest=40)
    assert [reasons(asked, Answers(age=age))[1].holds for age in (39, 40, 41)] == [True, True, False]


def test_every_reason_says_what_the_rule_asks_and_an_open_one_why_it_is_open() -> None:
    said = {one.rule: one.text for one in reasons(COURSES["ssp-a"].conditions, Answers(country="FR", age=20))}
    assert said["age"] == "At most 40 years old."
    assert said["region"].endswith("ask the host or JST whether yours is among them.")
    assert said["first-stay"] == "The first stay in Japan. You have not answered this."


def test_every_rule_is_said_in_japanese() -> None:
    with i18n.speaking("ja"):
        said = [text for course in COURSES.values() for _rule, text in statements(course.conditions)]
    assert said and [text for text in said if text.isascii()] == []


def test_every_programme_has_its_facts() -> None:
    assert set(COURSES) == set(PROGRAMMES)
