"""A deliberately naive reading of the reminder rules: who is reminded of what, on which day.

Here: the rules once more, read off the handbooks and the profiles one by one, with a list of holidays of its own. Not here: anything shared
with the rules of `bot.domain.reminders` but the facts they are given. A reading answers with what could be told by these facts: from which
day, and until which moment it is any use. Whoever asks remembers what has been told already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.rules import Profile

OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Told:
    """That `kind` is told to `who` (None: whoever it concerns) about `what`, from `due` on, and no more from `last` on.

    `mark`: what makes this another one than the last of its kind. `night`: it takes effect at once, also outside the hours.
    """

    kind: str
    who: int | None
    what: int | None
    due: datetime
    mark: str = ""
    last: datetime | None = None
    night: bool = False


@cache
def easter(year: int) -> date:
    """Easter Sunday, by Gauss and Meeus."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    fixed = {date(year, 1, 1), date(year, 5, 1), date(year, 5, 17), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {easter(year) + timedelta(days=days) for days in (-3, -2, 0, 1, 39, 49, 50)})


@cache
def works(day: date) -> bool:
    """Somebody is at work."""
    return day.isoweekday() < 6 and day not in holidays(day.year)


def oslo(moment: datetime) -> date:
    """The day in Oslo."""
    return moment.astimezone(OSLO).date()


@cache
def nine(day: date) -> datetime:
    """Nine o'clock, on that day or the first working day after it."""
    while not works(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(9), OSLO).astimezone(UTC)


@cache
def midnight(day: date) -> datetime:
    """When the day begins in Oslo."""
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


@cache
def working(day: date, count: int) -> date:
    """The working day so many working days later, or earlier."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if works(day):
            count -= 1 if step.days > 0 else -1
    return day


def after(moment: datetime, days: int) -> datetime:
    """Nine o'clock so many days after a moment."""
    return nine(oslo(moment) + timedelta(days=days))


def not_later(day: date) -> datetime:
    """Nine o'clock that day, or on the last working day before it."""
    return nine(day if works(day) else working(day, -1))


def months(day: date, count: int) -> date:
    """The same day so many months later, or the last there is."""
    total = day.month - 1 + count
    year, month, last = day.year + total // 12, total % 12 + 1, day.day
    while True:
        try:
            return date(year, month, last)
        except ValueError:
            last -= 1


def hour(moment: datetime) -> datetime:
    """That moment where people may be written to then, else the next one: eight to twenty on working days."""
    local = moment.astimezone(OSLO)
    if works(local.date()) and local.time() <= time(20) and local.time() >= time(8):
        return moment
    day = local.date() if local.time() < time(8) else local.date() + timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(8), OSLO).astimezone(UTC)


def patient(day: date, count: int, profile: Profile) -> date:
    """So many working days later; no day of July is one, where the municipality is softer then."""
    while count:
        day += timedelta(days=1)
        if works(day) and not (day.month == 7 and profile.nudges.softer_in_july):
            count -= 1
    return day


Reading = Iterator[Told]
