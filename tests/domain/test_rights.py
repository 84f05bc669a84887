"""Who may decide by age, against an oracle that knows nothing of the code: days are written as numbers, and ages are divisions.

Every birth date of a hundred and one years is gone through, with each of the five ages on the eve, the day and the day after.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup
from bot.domain.ids import PersonId
from bot.domain.rights import (
    AgeFacts,
    Ages,
    Area,
    Decider,
    Gap,
    Matter,
    Needed,
    ParentsRole,
    Representative,
    Rights,
    age_on,
    birthday,
    deciding,
    effective,
    rights,
)

FIRST_YEAR, LAST_YEAR = 1926, 2026
BOUNDARIES = (12, 13, 15, 16, 18)
FACTS = AgeFacts()


def days_of_months(year: int) -> tuple[int, ...]:
    """The oracle's own calendar."""
    february = 29 if year % 400 == 0 or (year % 4 == 0 and year % 100 != 0) else 28
    return (31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def calendar(first: int, last: int) -> Iterator[int]:
    """Every day of these years as the number yyyymmdd, in order."""
    for year in range(first, last + 1):
        for month, days in enumerate(days_of_months(year), start=1):
            for day in range(1, days + 1):
                yield year * 10_000 + month * 100 + day


def oracle_age(born: int, today: int) -> int:
    """Whole years between two days written as numbers."""
    return (today - born) // 10_000


def as_date(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def oracle(age: int) -> tuple[bool, bool, bool, bool, bool, str]:
    """Heard, can be shielded, may link, answers for the log, decides, and what parents are: written down a second time, by age."""
    if age < 12:
        return False, False, False, False, False, "decide"
    if age < 13:
        return True, True, False, False, False, "decide"
    if age < 15:
        return True, True, True, False, False, "decide"
    if age < 16:
        return True, True, True, True, False, "decide"
    if age < 18:
        return True, False, True, True, True, "need_to_know"
    return True, False, True, True, True, "ended"


def seen(found: Rights) -> tuple[bool, bool, bool, bool, bool, str]:
    log, decides = Matter.LOG in found.decides, Matter.SHARING in found.decides
    return found.heard, found.can_be_shielded, found.may_link, log, decides, found.parents.value


def test_every_birth_date_of_a_hundred_and_one_years_around_each_of_the_five_ages() -> None:
    days = list(calendar(FIRST_YEAR, LAST_YEAR + 19))
    place = {number: index for index, number in enumerate(days)}
    born = [number for number in days if number // 10_000 <= LAST_YEAR]
    assert len(born) == 36_890
    looked = 0
    for number in born:
        birth = as_date(number)
        for age in BOUNDARIES:
            # The day that turns the age, found by the oracle alone: the first day with so many whole years.
            start = place.get(number + age * 10_000, place[(number // 100 + age * 100) * 100 + 28])
            turn = next(index for index in range(start, start + 3) if oracle_age(number, days[index]) == age)
            for index in (turn - 1, turn, turn + 1):
                today = days[index]
                found = rights(birth, as_date(today), FACTS)
                assert found.age == oracle_age(number, today), (number, today)
                assert seen(found) == oracle(oracle_age(number, today)), (number, today)
                looked += 1
    assert looked == 36_890 * 5 * 3


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2012, 2, 29), date(2009, 12, 31), date(2010, 1, 1), date(2010, 6, 15)])
def test_every_day_of_a_life_until_nineteen(born: date) -> None:
    number = born.year * 10_000 + born.month * 100 + born.day
    for today in calendar(born.year, born.year + 19):
        if today >= number:
            found = rights(born, as_date(today), FACTS)
            assert found.age == oracle_age(number, today)
            assert seen(found) == oracle(oracle_age(number, today))


@pytest.mark.parametrize(
    ("age", "day"),
    [(12, date(2020, 2, 29)), (13, date(2021, 3, 1)), (15, date(2023, 3, 1)), (16, date(2024, 2, 29)), (18, date(2026, 3, 1))],
)
def test_born_on_29_february_is_a_year_older_when_28_february_is_over(age: int, day: date) -> None:
    assert birthday(date(2008, 2, 29), age) == day
    assert age_on(date(2008, 2, 29), day) == age
    assert age_on(date(2008, 2, 29), date.fromordinal(day.toordinal() - 1)) == age - 1


def test_before_birth_nobody_is_any_age() -> None:
    assert age_on(date(2027, 5, 1), date(2027, 4, 30)) == -1
    assert rights(date(2027, 5, 1), date(2027, 4, 30), FACTS).parents is ParentsRole.DECIDE


@pytest.mark.parametrize(("told", "decides"), [(group, group in {AgeGroup.ADULT, AgeGroup.ELDERLY}) for group in AgeGroup])
def test_without_a_birth_date_only_an_adult_is_taken_as_told(told: AgeGroup, decides: bool) -> None:
    assert (Matter.SHARING in rights(None, date(2027, 1, 1), AgeFacts(told=told)).decides) == decides


def test_the_ages_of_the_profile_are_used() -> None:
    at_14 = rights(date(2013, 1, 1), date(2027, 6, 1), AgeFacts(ages=Ages(linking=15, log=14)))
    assert at_14.age == 14
    assert not at_14.may_link
    assert at_14.decides == {Matter.LOG}


@pytest.mark.parametrize(("age", "see"), [(11, True), (12, False), (15, False), (16, False), (18, False)])
def test_a_shield_holds_from_12(age: int, see: bool) -> None:
    assert rights(date(2027 - age, 1, 1), date(2027, 6, 1), AgeFacts(shielded=True)).parents_see == see


TODAY = date(2027, 6, 1)
ME, MOTHER, FATHER, GUARDIAN, ATTORNEY = (PersonId(number) for number in range(1, 6))


def someone(person: PersonId, capacity: Role, *areas: Area, since: date = date(2020, 1, 1), until: date | None = None) -> Representative:
    return Representative(person=person, capacity=capacity, areas=frozenset(areas), since=since, until=until)


PARENTS = (someone(MOTHER, Role.PARENT), someone(FATHER, Role.PARENT))
GUARDS = someone(GUARDIAN, Role.GUARDIAN, Area.HEALTH_AND_CARE)
HAS_POWER = someone(ATTORNEY, Role.ATTORNEY, Area.HEALTH_AND_CARE)
TABLE: list[tuple[str, int | None, tuple[Representative, ...], bool, bool, list[tuple[PersonId, Role, Needed]], Gap | None]] = [
    ("a child, both parents", 8, PARENTS, True, False, [(MOTHER, Role.PARENT, Needed.ALL), (FATHER, Role.PARENT, Needed.ALL)], None),
    ("a child, one is enough", 8, PARENTS, False, False, [(MOTHER, Role.PARENT, Needed.ONE), (FATHER, Role.PARENT, Needed.ONE)], None),
    ("a child of 15, both parents", 15, PARENTS, True, False, [(MOTHER, Role.PARENT, Needed.ALL), (FATHER, Role.PARENT, Needed.ALL)], None),
    ("a child with one of them recorded", 8, PARENTS[:1], True, False, [(MOTHER, Role.PARENT, Needed.ALL)], None),
    ("a child with a guardian only", 8, (GUARDS,), True, False, [(GUARDIAN, Role.GUARDIAN, Needed.ALL)], None),
    ("a child: parents before the guardian", 8, (GUARDS, *PARENTS[:1]), True, False, [(MOTHER, Role.PARENT, Needed.ALL)], None),
    ("a child and nobody recorded", 8, (), True, False, [], Gap.NOBODY_FOR_CHILD),
    ("a child and an attorney", 8, (HAS_POWER,), True, False, [], Gap.NOBODY_FOR_CHILD),
    ("a child is not judged", 8, PARENTS[:1], True, True, [(MOTHER, Role.PARENT, Needed.ALL)], None),
    ("16: the youth, not the parents", 16, PARENTS, True, False, [(ME, Role.SELF, Needed.ONE)], None),
    ("an adult", 40, (), True, False, [(ME, Role.SELF, Needed.ONE)], None),
    ("an adult with a guardian decides", 40, (GUARDS,), True, False, [(ME, Role.SELF, Needed.ONE)], None),
    ("an adult or the attorney", 40, (HAS_POWER,), True, False, [(ME, Role.SELF, Needed.ONE), (ATTORNEY, Role.ATTORNEY, Needed.ONE)], None),
    ("after a lapse the guardian", 80, (GUARDS, HAS_POWER), True, True, [(GUARDIAN, Role.GUARDIAN, Needed.ONE)], None),
    ("after a lapse the attorney", 80, (HAS_POWER,), True, True, [(ATTORNEY, Role.ATTORNEY, Needed.ONE)], None),
    ("after a lapse nobody", 80, (), True, True, [], Gap.NOBODY_AFTER_LAPSE),
    ("after a lapse never the parents", 17, PARENTS, True, True, [], Gap.NOBODY_AFTER_LAPSE),
    ("a mandate for economy", 80, (someone(GUARDIAN, Role.GUARDIAN, Area.ECONOMY),), True, True, [], Gap.NOBODY_AFTER_LAPSE),
    (
        "a mandate that is over",
        80,
        (someone(GUARDIAN, Role.GUARDIAN, Area.HEALTH_AND_CARE, until=date(2027, 5, 31)),),
        True,
        True,
        [],
        Gap.NOBODY_AFTER_LAPSE,
    ),
    (
        "a mandate on its last day",
        80,
        (someone(GUARDIAN, Role.GUARDIAN, Area.HEALTH_AND_CARE, until=TODAY),),
        True,
        True,
        [(GUARDIAN, Role.GUARDIAN, Needed.ONE)],
        None,
    ),
    (
        "a mandate not begun",
        80,
        (someone(GUARDIAN, Role.GUARDIAN, Area.HEALTH_AND_CARE, since=date(2027, 6, 2)),),
        True,
        True,
        [],
        Gap.NOBODY_AFTER_LAPSE,
    ),
    ("an age nobody has seen", None, PARENTS, True, False, [], Gap.AGE_NOT_RECORDED),
]


@pytest.mark.parametrize(("what", "age", "people", "both", "lapsed", "expected", "gap"), TABLE, ids=[row[0] for row in TABLE])
def test_who_decides_about_sharing(
    what: str,
    age: int | None,
    people: tuple[Representative, ...],
    both: bool,
    lapsed: bool,
    expected: list[tuple[PersonId, Role, Needed]],
    gap: Gap | None,
) -> None:
    facts = AgeFacts(lapsed=frozenset({Matter.SHARING}) if lapsed else frozenset())
    now = rights(None if age is None else date(2027 - age, 1, 1), TODAY, facts)
    found = deciding(now, Matter.SHARING, person=ME, representatives=people, lapsed=lapsed, both_parents=both, today=TODAY)
    assert found.deciders == tuple(Decider(person=who, capacity=capacity, needed=needed) for who, capacity, needed in expected), what
    assert found.gap is gap


def test_a_person_who_decides_and_is_not_here_is_asked_for() -> None:
    now = rights(date(2011, 1, 1), TODAY, FACTS)
    found = deciding(now, Matter.SHARING, person=None, representatives=PARENTS, lapsed=False, both_parents=True, today=TODAY)
    assert (found.deciders, found.gap) == ((), Gap.PERSON_NOT_KNOWN)


def test_a_youth_of_15_answers_alone_for_the_log_and_not_for_sharing() -> None:
    now = rights(date(2012, 1, 1), TODAY, FACTS)
    log = deciding(now, Matter.LOG, person=ME, representatives=PARENTS, lapsed=False, both_parents=False, today=TODAY)
    assert log.deciders == (Decider(person=ME, capacity=Role.YOUTH, needed=Needed.ONE),)
    sharing = deciding(now, Matter.SHARING, person=ME, representatives=PARENTS, lapsed=False, both_parents=True, today=TODAY)
    assert {each.person for each in sharing.deciders} == {MOTHER, FATHER}


ROLES: list[tuple[Role, int, bool, bool, Role | None]] = [
    # claimed, age, seen by the unit, shielded, what it comes to
    (Role.SELF, 10, False, False, Role.YOUTH),
    (Role.SELF, 15, False, False, Role.YOUTH),
    (Role.YOUTH, 16, False, False, Role.SELF),
    (Role.SELF, 40, False, False, Role.SELF),
    (Role.PARENT, 10, False, False, Role.APPLICANT),
    (Role.PARENT, 10, True, False, Role.PARENT),
    (Role.PARENT, 13, True, True, Role.RELATIVE),
    (Role.PARENT, 13, False, True, Role.RELATIVE),
    (Role.PARENT, 15, True, False, Role.PARENT),
    (Role.PARENT, 16, True, False, Role.RELATIVE),
    (Role.PARENT, 17, True, False, Role.RELATIVE),
    (Role.PARENT, 18, True, False, None),
    (Role.GUARDIAN, 80, False, False, Role.APPLICANT),
    (Role.GUARDIAN, 80, True, False, Role.GUARDIAN),
    (Role.ATTORNEY, 80, False, False, Role.APPLICANT),
    (Role.ATTORNEY, 80, True, False, Role.ATTORNEY),
    (Role.RELATIVE, 80, False, False, Role.RELATIVE),
    (Role.REPORTER, 10, False, True, Role.REPORTER),
]


@pytest.mark.parametrize(("claimed", "age", "recorded", "shielded", "expected"), ROLES)
def test_what_a_role_comes_to(claimed: Role, age: int, recorded: bool, shielded: bool, expected: Role | None) -> None:
    now = rights(date(2027 - age, 1, 1), TODAY, AgeFacts(shielded=shielded))
    assert effective(claimed, now, recorded=recorded) is expected
