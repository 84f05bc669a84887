"""The monthly picture: what is published about a month, and which numbers are withheld.

Here: pure functions from counts to what may be shown. Not here: counting (`bot.store.monthly`), words (`conversations.figures_words`).
Guarantees: a number from one to four is not shown; nor can it be worked out from what is shown, by a sum, by a share, or from month to
month. For that a total has one division only, shown as a whole or not at all, and what stands for all cases is rounded to
the nearest five. Requirement row: R14 (Ringerike: no time is granted for coordinating; figures are what the unit can show).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SMALL: Final = 5
"""Numbers above zero and below this are withheld (the usual limit in Norwegian health statistics)."""
ALL: Final = "all"


class Series(StrEnum):
    """What is counted. Of a month unless told otherwise."""

    CAME_IN = "came_in"
    DECIDED = "decided"
    DECIDED_LATE = "decided_late"
    DAYS_TO_DECISION = "days_to_decision"
    APPOINTED = "appointed"
    DAYS_TO_COORDINATOR = "days_to_coordinator"
    CONTACTED = "contacted"
    CONTACTED_LATE = "contacted_late"
    MEETINGS = "meetings"
    ENDED = "ended"
    STOCK = "stock"
    MEETINGS_YEAR = "meetings_year"
    COORDINATORS = "coordinators"
    DEPARTMENT_CASES = "department_cases"
    DEPARTMENT_WORK = "department_work"
    ASKED_FOR_HELP = "asked_for_help"
    NO_TIME = "no_time"


ROUNDED: Final = frozenset({Series.STOCK, Series.MEETINGS_YEAR, Series.DEPARTMENT_CASES})
"""Stocks: a case stays in them for long, so from month to month they would tell what the months withhold."""
DAYS: Final = frozenset({Series.DAYS_TO_DECISION, Series.DAYS_TO_COORDINATOR})
"""Medians, in days; of fewer than five cases there is none."""
COUNTED: Final = {Series.DAYS_TO_DECISION: Series.DECIDED, Series.DAYS_TO_COORDINATOR: Series.APPOINTED}
"""What each median is of."""
OF_STAFF: Final = frozenset({Series.COORDINATORS})
"""How many coordinators a department has says nothing about those they help; it is shown as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One number of the picture. `value` None: withheld. `key`: a part of the series, or `all`."""

    series: Series
    key: str
    value: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """What was counted, before anything is withheld: never shown. Days are those of single cases."""

    came_in: Mapping[str, int]
    decided: Mapping[str, int]
    decided_late: int
    days_to_decision: Sequence[int]
    appointed: int
    days_to_coordinator: Sequence[int]
    contacted: int
    contacted_late: int
    meetings: int
    ended: int
    stock: Mapping[str, int]
    meetings_year: Mapping[str, int]
    coordinators: Mapping[str, int]
    department_cases: Mapping[str, int]
    department_work: Mapping[str, int]
    asked_for_help: int
    no_time: int


def published(counts: Counts, weeks: float) -> tuple[Figure, ...]:
    """What may be shown of a month that has `weeks` weeks."""
    came_in, all_in = divided(counts.came_in)
    decided, all_decided = divided(counts.decided)
    figures = [
        *_rows(Series.CAME_IN, came_in | {ALL: all_in}),
        *_rows(Series.DECIDED, decided | {ALL: all_decided}),
        _one(Series.DECIDED_LATE, share(counts.decided_late, sum(counts.decided.values()))),
        _one(Series.DAYS_TO_DECISION, median(counts.days_to_decision)),
        _one(Series.APPOINTED, alone(counts.appointed)),
        _one(Series.DAYS_TO_COORDINATOR, median(counts.days_to_coordinator)),
        _one(Series.CONTACTED, alone(counts.contacted)),
        _one(Series.CONTACTED_LATE, share(counts.contacted_late, counts.contacted)),
        _one(Series.MEETINGS, alone(counts.meetings)),
        _one(Series.ENDED, alone(counts.ended)),
        *_rows(Series.STOCK, {key: rounded(value) for key, value in counts.stock.items()}),
        *_rows(Series.MEETINGS_YEAR, {key: rounded(value) for key, value in counts.meetings_year.items()}),
        *_rows(Series.COORDINATORS, counts.coordinators),
        *_rows(Series.DEPARTMENT_CASES, {key: rounded(value) for key, value in counts.department_cases.items()}),
        *_rows(Series.DEPARTMENT_WORK, {key: a_week(value, weeks) for key, value in counts.department_work.items()}),
        _one(Series.ASKED_FOR_HELP, alone(counts.asked_for_help)),
        _one(Series.NO_TIME, alone(counts.no_time)),
    ]
    return tuple(figures)


def of_no_cases(figures: Collection[Figure]) -> frozenset[Series]:
    """Medians that are missing since there was nothing to count, which the number shown beside them tells already: nothing is withheld."""
    none = {each.series for each in figures if each.key == ALL and each.value == 0}
    return frozenset(series for series, counted in COUNTED.items() if counted in none)


def _rows(series: Series, values: Mapping[str, int | None]) -> Iterator[Figure]:
    return (Figure(series=series, key=key, value=value) for key, value in values.items())


def _one(series: Series, value: int | None) -> Figure:
    return Figure(series=series, key=ALL, value=value)


def small(value: int) -> bool:
    """Is this a number that is withheld?"""
    return 0 < value < SMALL


def alone(value: int) -> int | None:
    """A number that is part of no sum shown."""
    return None if small(value) else value


def share(part: int, whole: int) -> int | None:
    """A part of a number that is shown too: both the part and the rest must be large enough."""
    return None if small(part) or small(whole - part) else part


def rounded(value: int) -> int | None:
    """To the nearest five."""
    return None if small(value) else (value + 2) // 5 * 5


def a_week(value: int, weeks: float) -> int | None:
    """How much of it comes to a week, in whole numbers."""
    return None if small(value) else round(value / weeks)


def median(days: Sequence[int]) -> int | None:
    """The middle one; the lower of the two middle ones where there are two. None for fewer than five."""
    return sorted(days)[(len(days) - 1) // 2] if len(days) >= SMALL else None


def divided(parts: Mapping[str, int]) -> tuple[dict[str, int | None], int | None]:
    """The parts of a total and the total, as they may be shown. A zero is shown.

    Where one part is small, all parts above zero are withheld. Withholding only some of them would tell something to whoever knows how
    they are chosen: with 5 shown beside a total of 13, two parts that are withheld can only be 4 and 4. Where the total leaves no room
    either, as where every part is 1, it is withheld as well.
    """
    total = sum(parts.values())
    there = [value for value in parts.values() if value]
    if not any(small(value) for value in there):
        return dict(parts), total
    shown = {key: None if value else 0 for key, value in parts.items()}
    return shown, total if len(there) > 1 and total >= len(there) + SMALL - 1 else None
