"""When somebody at work can be reached by phone or e-mail.

Here: hours as a value, and the next moment within them. Not here: whose hours (`bot.services.office_hours`). Guarantee: nobody is promised
an answer on a day on which nobody works (D16: Rana, Oppstart: available in working hours).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.domain.calendar import Calendar
from bot.domain.reminders.facts import OSLO

WEEKDAYS: Final = (0, 1, 2, 3, 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeHours:
    """Times of the day in Oslo, on these weekdays (Monday is 0) where they are working days. Raises ValueError where that is never."""

    opens: time
    closes: time
    days: tuple[int, ...] = WEEKDAYS

    def __post_init__(self) -> None:
        if self.opens >= self.closes or not self.days or not set(self.days) <= set(WEEKDAYS):
            raise ValueError("office hours need a time that opens before it closes, and a weekday")


def next_open(hours: OfficeHours, moment: datetime, calendar: Calendar) -> datetime:
    """`moment` where it is within the hours, else the next moment that is. Aware, in UTC."""
    here = moment.astimezone(OSLO)
    day, clock = here.date(), here.time()
    if clock >= hours.closes:
        day, clock = day + timedelta(days=1), time()
    while not (day.weekday() in hours.days and calendar.is_working_day(day)):
        day, clock = day + timedelta(days=1), time()
    return datetime.combine(day, max(clock, hours.opens), OSLO).astimezone(UTC)
