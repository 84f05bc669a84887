"""Nudges that wait: brought again on the day chosen; told to the leader when nobody answers, after a word of warning.

Here: the rules. Not here: which nudges still stand (`bot.services.nudge_facts`), nor the words (`bot.services.reminders.nudging`).
Guarantee: the warning always falls due before the leader is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import CaseId, NudgeId, PersonId
from bot.domain.nudges import leader_day, warned_day
from bot.domain.reminders.facts import Reminder, ReminderKind, Rules, day_of


@dataclass(frozen=True, kw_only=True, slots=True)
class NudgeFacts:
    """A nudge that stands: what it is about is still so. `later_on`: the day it was put off to; `climbs`: a leader hears of it."""

    id: NudgeId
    person: PersonId
    nudged_at: datetime
    useful_until: datetime | None
    later_on: date | None
    climbs: bool


def reminders(case: CaseId, nudges: tuple[NudgeFacts, ...], rules: Rules) -> frozenset[Reminder]:
    """Everything the nudges of a case want."""
    return frozenset(each for nudge in nudges for each in _of_nudge(case, nudge, rules))


def _of_nudge(case: CaseId, nudge: NudgeFacts, rules: Rules) -> Iterator[Reminder]:
    """Put off: again on that day. Else, where it climbs: warned, then told to the leader (K05: Lund § 11.3; our days)."""
    if nudge.later_on is not None:
        yield _reminder(case, nudge, f"again/{nudge.later_on}", ReminderKind.NUDGE_AGAIN, rules.on(nudge.later_on))
    elif nudge.climbs:
        told_on = day_of(nudge.nudged_at)
        yield _reminder(case, nudge, f"warned/{told_on}", ReminderKind.NUDGE_WARNED, rules.on(warned_day(told_on, rules)))
        yield _reminder(case, nudge, f"leader/{told_on}", ReminderKind.NUDGE_LEADER, rules.on(leader_day(told_on, rules)))


def _reminder(case: CaseId, nudge: NudgeFacts, key: str, kind: ReminderKind, due_at: datetime) -> Reminder:
    return Reminder(
        key=f"nudge/{nudge.id}/{key}",
        kind=kind,
        due_at=due_at,
        useful_until=nudge.useful_until,
        case=case,
        person=nudge.person,
        object=nudge.id,
    )
