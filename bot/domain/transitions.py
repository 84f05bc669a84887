"""Changes in a life that can be seen coming: their days from a birth date and the school year, and when each is raised.

Here: pure functions. Not here: the list to go through (`conversations.transition_words`), the reminders (`bot.domain.reminders.phase`).
Guarantees: the same birth date gives the same days; a change is raised before its day, never after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.calendar import months_after
from bot.domain.phase_rules import PhaseRules
from bot.domain.rights import DECIDES_FROM, OF_AGE, birthday

SCHOOL_AT: Final = 6
"""The calendar year one becomes so old, one begins at school (opplæringslova § 2-2)."""
LOWER_SECONDARY_AT: Final = 13
UPPER_SECONDARY_AT: Final = 16
AFTER_SCHOOL_AT: Final = 19
"""Three years of upper secondary school have passed (opplæringslova § 5-1)."""


class TransitionKind(StrEnum):
    """Changes that are foreseen (M02, M14, M26, M28, M29: Herøy, Livsfaser), and any other that somebody records."""

    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    SIXTEEN = "sixteen"
    EIGHTEEN = "eighteen"
    OWN_HOME = "own_home"
    AFTER_SCHOOL = "after_school"
    OTHER = "other"


NUMBERS: Final = tuple(TransitionKind)
"""A kind as a number, its place here: how a reminder's `object` names it. New kinds come last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """A change, its day in Oslo, and the days on which it is raised, each with a name that never changes."""

    kind: TransitionKind
    day: date
    raised: tuple[tuple[str, date], ...]


def foreseen(born_on: date, rules: PhaseRules) -> tuple[Foreseen, ...]:
    """Every change that can be seen coming, in the order of its days; also those that are over."""
    found = tuple(Foreseen(kind=kind, day=day, raised=tuple(_raised(kind, born_on, day, rules))) for kind, day in _days(born_on, rules))
    return tuple(sorted(found, key=lambda each: each.day))


def _days(born_on: date, rules: PhaseRules) -> Iterator[tuple[TransitionKind, date]]:
    yield TransitionKind.KINDERGARTEN, kindergarten_from(born_on, rules)
    yield TransitionKind.SCHOOL, _school_year(born_on.year + SCHOOL_AT, rules)
    yield TransitionKind.LOWER_SECONDARY, _school_year(born_on.year + LOWER_SECONDARY_AT, rules)
    yield TransitionKind.UPPER_SECONDARY, _school_year(born_on.year + UPPER_SECONDARY_AT, rules)
    yield TransitionKind.SIXTEEN, birthday(born_on, DECIDES_FROM)
    yield TransitionKind.EIGHTEEN, birthday(born_on, OF_AGE)
    yield TransitionKind.OWN_HOME, birthday(born_on, OF_AGE)
    yield TransitionKind.AFTER_SCHOOL, _school_year(born_on.year + AFTER_SCHOOL_AT, rules)


def _school_year(year: int, rules: PhaseRules) -> date:
    return date(year, rules.school_month, rules.school_day)


def kindergarten_from(born_on: date, rules: PhaseRules) -> date:
    """The first day of the right to a place (barnehageloven § 16).

    One year old by the end of August: August. In September, October, November: by the end of that month. Later: August of the next year.
    """
    if born_on.month <= 8:
        return _school_year(born_on.year + 1, rules)
    if born_on.month == 12:
        return _school_year(born_on.year + 2, rules)
    return months_after(date(born_on.year + 1, born_on.month, 1), 1) - timedelta(days=1)


def _raised(kind: TransitionKind, born_on: date, day: date, rules: PhaseRules) -> Iterator[tuple[str, date]]:
    if kind is TransitionKind.SIXTEEN:
        return  # who decides then is told by `bot.domain.reminders.standing`
    if kind is TransitionKind.EIGHTEEN:
        yield "guardianship", months_after(day, -rules.guardianship_months)
        return
    begins = {TransitionKind.OWN_HOME: rules.home_from_age, TransitionKind.AFTER_SCHOOL: rules.work_from_age}.get(kind)
    if begins is not None:
        yield "begins", birthday(born_on, begins)
    for months in rules.transition_months:
        on = months_after(day, -months)
        if begins is None or on > birthday(born_on, begins):
            yield f"{months}", on
