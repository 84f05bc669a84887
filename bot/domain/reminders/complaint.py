"""When a complaint must be answered.

Here: the rules, each with its source. Not here: gathering the facts (`bot.services.evaluation_facts`), nor the words
(`bot.services.reminders.complaint`). Guarantees: whoever has the complaint is reminded before the day; on the day after, a leader's
complaint goes to the unit, and the person is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.ids import CaseId, ComplaintId, PersonId
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules

SOON_WORKING_DAYS: Final = 3
"""So many working days before the day it is brought to mind (our default)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintFacts:
    """What the rules need to know of a complaint without an answer. `handler`: who has it; None: the unit, and nobody has taken it."""

    id: ComplaintId
    case: CaseId
    handler: PersonId | None
    answer_by: date


def reminders(complaint: ComplaintFacts, rules: Rules) -> Iterator[Reminder]:
    """What a complaint wants to be reminded of (O03: Rana, Klage på koordinator; the days are the municipality's)."""
    soon = rules.on(rules.calendar.add_working_days(complaint.answer_by, -SOON_WORKING_DAYS))
    late = rules.on(rules.calendar.next_working_day(complaint.answer_by + timedelta(days=1)))
    for kind, due_at, until in ((ReminderKind.COMPLAINT_SOON, soon, late), (ReminderKind.COMPLAINT_LATE, late, None)):
        yield Reminder(
            key=f"complaint/{complaint.id}/{kind}/{complaint.answer_by}",
            kind=kind,
            due_at=due_at,
            useful_until=until,
            case=complaint.case,
            person=complaint.handler,
            object=complaint.id,
        )
