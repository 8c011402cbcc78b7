"""Who may write to whom, as a table: each refusal beside the case that differs in one thing and is allowed."""

from uuid import UUID, uuid4

import pytest

from ssc.messaging.contact import Asked, Sitter, may_be_two, may_sit_together, must_leave, only_read, opening

SSP, HIGH_SCHOOL = uuid4(), uuid4()


def asked(contact: str = "shared-history", *, known: bool = False, blocked: bool = False) -> Asked:
    return Asked(uuid4(), minor=False, staff=False, contact=contact, known=known, blocked=blocked)


def adult(*exchanges: UUID) -> Sitter:
    return Sitter(uuid4(), minor=False, staff=False, exchanges=frozenset(exchanges))


def minor(*exchanges: UUID) -> Sitter:
    return Sitter(uuid4(), minor=True, staff=False, exchanges=frozenset(exchanges))


def staff() -> Sitter:
    return Sitter(uuid4(), minor=False, staff=True)


@pytest.mark.parametrize(
    ("contact", "known", "expected"),
    [
        ("everyone", True, "open"),
        ("everyone", False, "request"),
        ("shared-history", True, "open"),
        ("shared-history", False, "refused"),
        ("nobody", True, "refused"),
        ("nobody", False, "refused"),
    ],
)
def test_the_preference_narrows_who_may_write(contact: str, known: bool, expected: str) -> None:
    assert opening(asked(contact, known=known)) == expected
    assert opening(asked(contact, known=known, blocked=True)) == "refused"


def test_the_secretariat_is_known_to_all_but_those_who_take_no_messages() -> None:
    assert opening(asked("shared-history"), by_staff=True) == "open"
    assert opening(asked("nobody"), by_staff=True) == "refused"
    assert opening(asked("shared-history", blocked=True), by_staff=True) == "refused"


def test_two_write_directly_when_both_are_of_age_or_minors_of_one_cohort() -> None:
    assert may_be_two(adult(SSP), adult())
    assert may_be_two(minor(HIGH_SCHOOL), minor(HIGH_SCHOOL, SSP))
    assert not may_be_two(minor(HIGH_SCHOOL), minor(SSP))
    assert not may_be_two(adult(HIGH_SCHOOL), minor(HIGH_SCHOOL))
    assert not may_be_two(minor(HIGH_SCHOOL), adult(HIGH_SCHOOL))
    assert not may_be_two(staff(), minor(HIGH_SCHOOL))


def test_no_adult_sits_beside_a_minor_but_two_of_the_secretariat() -> None:
    child = minor(HIGH_SCHOOL)
    assert may_sit_together([adult(), adult(), staff()])
    assert may_sit_together([child, minor(HIGH_SCHOOL), minor(HIGH_SCHOOL, SSP)])
    assert not may_sit_together([child, minor(HIGH_SCHOOL), minor(SSP)])
    assert not may_sit_together([child, adult(HIGH_SCHOOL)])
    assert not may_sit_together([child, staff()])
    assert may_sit_together([child, staff(), staff()])
    assert not may_sit_together([child, staff(), staff(), adult(HIGH_SCHOOL)])
    assert may_sit_together([child])


def test_who_comes_of_age_beside_minors_leaves_and_one_of_the_secretariat_alone_only_reads() -> None:
    grown, child, one, two = adult(HIGH_SCHOOL), minor(HIGH_SCHOOL), staff(), staff()
    assert must_leave([grown, child, one, two]) == {grown.id}
    assert must_leave([grown, one]) == frozenset()
    assert only_read([child, one]) == {one.id}
    assert only_read([child, one, two]) == frozenset()
    assert only_read([grown, one]) == frozenset()
