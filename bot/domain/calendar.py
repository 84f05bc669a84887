"""Working days as the domain sees them.

Here: what a rule with a time limit may ask about days, and counting in months. Not here: which days are public holidays; that is
`bot.clock.WorkingCalendar`.
Guarantee: the domain reads no clock and no table of holidays; it is handed a calendar.
"""

from calendar import monthrange
from datetime import date, datetime, time
from typing import Protocol


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class Calendar(Protocol):
    """The days on which the municipality works, in Norway's time zone."""

    def is_working_day(self, day: date, /) -> bool:
        """Whether `day` is a Monday to Friday and no public holiday."""
        ...

    def add_working_days(self, day: date, count: int, /) -> date:
        """The `count`-th working day after `day` (before it, when negative). `day` itself is not counted; 0 gives `day` unchanged."""
        ...

    def next_working_day(self, day: date, /) -> date:
        """`day` when it is a working day, otherwise the first working day after it."""
        ...

    def sending_time(self, moment: datetime, /, *, earliest: time, latest: time) -> datetime:
        """`moment` when it is on a working day from `earliest` to `latest` (both allowed, Oslo time), otherwise the next moment that is.

        The answer is aware and in UTC. Raises ValueError when `moment` is naive or `earliest` is after `latest`.
        """
        ...
