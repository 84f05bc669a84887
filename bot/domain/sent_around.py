"""Somebody is sent from one to another: they say so, and one person takes hold of it.

Here: words for it, and when it is reminded of. Not here: carrying it out (`bot.services.sent_around`). Guarantee: nobody lets go before
another has taken hold, so it stays open until somebody with a name has taken it (O05: Ås, BTI).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.ids import CaseId, PersonId, SentAroundId, TaskId
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules
from bot.engine.ask import Command, Query

WORKING_DAYS: Final = 2
"""By then somebody has taken it, and has been in touch so long after that (our default: Ås asks for a leader at once)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentAround:
    """That somebody said so. `words` are theirs, None where they wrote none. Moments are aware."""

    id: SentAroundId
    case: CaseId | None
    person: PersonId
    words: str | None
    said_at: datetime
    taken_by: PersonId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SaySentAround(Command[None]):
    """I am being sent around. With a case or without one; for anybody."""

    case: CaseId | None
    words: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeSentAround(Command[None]):
    """I take hold of it: by somebody at the unit, or by the leader who was told. The person gets the name."""

    sent: SentAroundId


@dataclass(frozen=True, kw_only=True, slots=True)
class SentAroundView:
    """One that nobody has taken yet. `by`: the day in Oslo by which somebody should have. `task`: the unit's, while it stands."""

    sent: SentAroundId
    task: TaskId | None
    number: int | None
    name: str | None
    phone: str | None
    words: str | None
    said_at: datetime
    by: date


@dataclass(frozen=True, slots=True)
class SentAroundWaiting(Query[tuple[SentAroundView, ...]]):
    """Those nobody has taken, oldest first: all for the unit, their own for the leader who was told, none for others."""


def reminders(waiting: SentAround, leader: PersonId | None, rules: Rules) -> frozenset[Reminder]:
    """The unit, and the leader who was told, are told again when nobody has taken it in time."""
    if waiting.taken_by is not None:
        return frozenset()
    due = rules.on(rules.working_days_after(waiting.said_at, WORKING_DAYS))
    key = f"sent_around/{waiting.id}/not_taken"
    late = Reminder(key=key, kind=ReminderKind.SENT_AROUND_LATE, due_at=due, case=waiting.case, person=leader, object=waiting.id)
    return frozenset({late})
