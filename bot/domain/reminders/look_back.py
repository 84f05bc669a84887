"""A prompt on Fridays, for those who want one: a few minutes to look back at one's work.

Here: the rule (O04: Rana, Etiske dilemmaer: use some minutes each week). Guarantee: never on a holiday, and never for anybody who has not
asked for it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.ids import PersonId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of

FRIDAY: Final = 4
AT: Final = time(13)


def reminders(now: datetime, people: Iterable[PersonId], rules: Rules) -> Iterator[Reminder]:
    """The next prompt of each of them: the first Friday to come on which people work."""
    today = day_of(now)
    day = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    while _moment(day) <= now or not rules.calendar.is_working_day(day):
        day += timedelta(days=7)
    for person in people:
        yield Reminder(
            key=f"unit/look_back/{person}/{day}",
            kind=ReminderKind.LOOK_BACK,
            due_at=_moment(day),
            useful_until=datetime.combine(day + timedelta(days=1), time(), OSLO).astimezone(UTC),
            person=person,
        )


def _moment(day: date) -> datetime:
    return datetime.combine(day, AT, OSLO).astimezone(UTC)
