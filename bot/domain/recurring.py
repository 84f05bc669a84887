"""KE's own tasks by the calendar: each year the parents' meetings, each week those not yet asked (A15, C17).

Here: the next time of each, from the profile and today. Not here: reminders of a case or a conversation (`bot.domain.reminders`), and
what happens when the day has come (`bot.services.reminders`). Guarantee: a task never falls on a day on which nobody works.
"""

from datetime import date, timedelta

from bot.domain.calendar import Calendar
from bot.domain.reminders import Reminder, ReminderKind, Rules
from bot.domain.rules import RecurringTask, Rhythm


def unit_reminders(today: date, rules: Rules) -> frozenset[Reminder]:
    """KE's own tasks by the calendar, the next time each (A15, C17)."""
    return frozenset(
        Reminder(key=f"unit/{task.id}/{day}", kind=ReminderKind.RECURRING, due_at=rules.on(day), object=place)
        for place, task in enumerate(rules.profile.recurring)
        for day in (_next(task, today, rules.calendar),)
    )


def _next(task: RecurringTask, today: date, calendar: Calendar) -> date:
    if task.rhythm is Rhythm.WEEKLY:
        assert task.weekday is not None
        return calendar.next_working_day(today + timedelta(days=(task.weekday - today.weekday() - 1) % 7 + 1))
    assert task.month is not None
    assert task.day is not None
    this_year = calendar.next_working_day(date(today.year, task.month, task.day))
    return this_year if this_year > today else calendar.next_working_day(date(today.year + 1, task.month, task.day))
