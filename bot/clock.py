"""What time it is, and which days are working days.

Here: the clock everything else is handed, Norway's time zone, public holidays, quiet hours. Not here: when a reminder is due (that is
`bot.domain`), and how a time is written for people (that is `bot.i18n`). Guarantee: every moment is aware and in UTC; no clock runs
backwards by our hand.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

import holidays

OSLO = ZoneInfo("Europe/Oslo")

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class TurnableClock:
    """Real time plus an offset that can only grow: for the demo, where somebody wants to see what happens in two weeks."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def turn(self, by: timedelta) -> None:
        """Moves the clock `by` forward. Raises ValueError for a negative step: what has happened cannot be undone."""
        if by < timedelta():
            raise ValueError(f"The clock can only be turned forward, not by {by}.")
        self._offset += by

    def turn_to(self, moment: datetime) -> None:
        """Moves the clock forward to `moment` (aware). Raises ValueError when it is naive or already past."""
        self.turn(_aware(moment) - self.now())


class WorkingCalendar:
    """Norway's working days: Monday to Friday without the public holidays of lov om helligdager and lov om 1. og 17. mai."""

    def is_working_day(self, day: date, /) -> bool:
        return day.weekday() < _SATURDAY and date(day.year, day.month, day.day) not in _public_holidays(day.year)

    def add_working_days(self, day: date, count: int, /) -> date:
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def next_working_day(self, day: date, /) -> date:
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def sending_time(self, moment: datetime, /, *, earliest: time, latest: time) -> datetime:
        if earliest > latest:
            raise ValueError(f"The quiet hours are turned around: messages may go from {earliest} to {latest}.")
        return _sending_time(_aware(moment).astimezone(UTC), earliest, latest)


@lru_cache(maxsize=1024)
def _sending_time(utc: datetime, earliest: time, latest: time) -> datetime:
    # One transaction asks for its one moment again and again. Only UTC is kept here: in Oslo's time two moments of one night are equal.
    local, calendar = utc.astimezone(OSLO), WorkingCalendar()
    day = local.date()
    if calendar.is_working_day(day) and earliest <= local.time() <= latest:
        return utc
    if local.time() > latest:
        day += _ONE_DAY
    return datetime.combine(calendar.next_working_day(day), earliest, tzinfo=OSLO).astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"The moment {moment} has no time zone. Give an aware one, for example in UTC.")
    return moment


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))
