"""One's own part, each year: with the question whether coordination is needed where the two come close, else apart."""

from datetime import UTC, date, datetime
from typing import Final

import pytest

from bot.clock import WorkingCalendar
from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders import ReminderKind, Rules, day_of
from bot.domain.reminders.startup import StartupFacts, reminders, told_with
from bot.profile import load_profile

RULES: Final = Rules(profile=load_profile("lund"), calendar=WorkingCalendar())
SINCE: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
PART: Final = date(2027, 3, 2)


@pytest.mark.parametrize(
    ("active_on", "asked_on"),
    [
        (date(2026, 3, 2), date(2027, 3, 2)),
        (date(2026, 1, 4), date(2027, 1, 4)),
        (date(2025, 4, 29), date(2027, 4, 29)),
        (date(2025, 5, 4), None),
        (date(2025, 9, 1), None),
        (None, None),
    ],
)
def test_the_part_goes_with_a_question_of_the_same_weeks_and_alone_otherwise(active_on: date | None, asked_on: date | None) -> None:
    facts = StartupFacts(
        case=CaseId(1),
        coordinator=PersonId(1),
        leader=None,
        since=SINCE,
        untold=(),
        untold_since=None,
        quiet_since=day_of(SINCE),
        years=1,
        active_on=active_on,
    )
    due = [day_of(each.due_at) for each in reminders(facts, RULES) if each.kind is ReminderKind.YOUR_PART]
    assert (PART in due) is (asked_on is None)
    days = [date.fromordinal(each) for each in range(date(2027, 1, 1).toordinal(), date(2027, 6, 30).toordinal())]
    assert [day for day in days if told_with(facts, day, RULES)] == ([] if asked_on is None else [asked_on])
