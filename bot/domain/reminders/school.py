"""A contact at the kindergarten or the school: asked about while there is none.

Here: the rule with its source. Not here: gathering the facts (`bot.services.school_contacts`), nor the words
(`bot.services.reminders.school`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.ids import CaseId, PersonId
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules

ASKED_AFTER_DAYS: Final = (14, 42)
"""So many days after the coordinator took it on (our default: the first talk comes first; Ringerike names no days)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolFacts:
    """A case about a child without such a contact. `since`: when the coordinator took it on, aware."""

    case: CaseId
    coordinator: PersonId
    since: datetime


def reminders(facts: SchoolFacts, rules: Rules) -> frozenset[Reminder]:
    """The coordinator is asked twice (F17: Ringerike, KE og samarbeid; Lund § 6)."""
    return frozenset(
        Reminder(
            key=f"case/{facts.case}/school-contact/{facts.coordinator}/{days}",
            kind=ReminderKind.SCHOOL_CONTACT,
            due_at=rules.after(facts.since, days),
            case=facts.case,
            person=facts.coordinator,
        )
        for days in ASKED_AFTER_DAYS
    )
