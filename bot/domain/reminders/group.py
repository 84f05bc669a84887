"""A responsibility group: its first meeting, who leads it, and the day on which it is looked at.

Here: the rules, each with its source. Not here: its meetings (`bot.domain.reminders.meeting`), gathering the facts
(`bot.services.group_facts`), nor the words (`bot.services.reminders.group`). Guarantee: another day makes the reminder anew, since the day
is part of its key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.ids import CaseId, GroupId, PersonId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules
from bot.domain.reminders.meeting import before

FIRST_MEETING_DAYS: Final = (7, 21)
"""So many days after the group began, where no meeting has been planned (our default for Lund § 11.4: whoever first hears of it calls)."""
CHAIR_DAYS: Final = 14
EVALUATE_DAYS: Final = 14
"""So many days before the last one (our default: time to put it on an agenda)."""
LOOKED_AT_LATELY_DAYS: Final = 28
"""A joint look so shortly before the last day is the one that was asked for (our default)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupFacts:
    """What the rules need to know of a group that works. Days are in Oslo, moments aware.

    `holder`: the coordinator, or whoever set it up where there is none; None: KE. `met`: a meeting is planned, or has been since it began.
    """

    id: GroupId
    case: CaseId
    holder: PersonId | None
    chair: PersonId | None
    chair_until: date | None
    until: date | None
    begun_at: datetime
    evaluated_on: date | None
    met: bool


def reminders(group: GroupFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a group wants to be reminded of."""
    return frozenset((*_first(group, rules), *_chair(group, rules), *_end(group, rules)))


def _first(group: GroupFacts, rules: Rules) -> Iterator[Reminder]:
    """Whoever set it up calls the first meeting (F02: Lund § 11.4, Opprettelse)."""
    if group.met:
        return
    for days in FIRST_MEETING_DAYS:
        yield _reminder(group, ReminderKind.GROUP_FIRST, f"{days}", rules.after(group.begun_at, days), group.holder)


def _chair(group: GroupFacts, rules: Rules) -> Iterator[Reminder]:
    """Somebody who leads for a time: told before it ends, to whoever leads too, and when it has (F03: Lund § 11.4, Ledelse)."""
    if group.chair is None or group.chair_until is None:
        return
    day = group.chair_until
    soon = before(rules, day - timedelta(days=CHAIR_DAYS))
    for who in dict.fromkeys((group.holder, group.chair)):
        yield _reminder(group, ReminderKind.GROUP_CHAIR, f"{day}/{who or 'unit'}", soon, who, until=_midnight_after(day))
    yield _reminder(group, ReminderKind.GROUP_CHAIR_OVER, f"{day}", rules.on(day + timedelta(days=1)), group.holder)


def _end(group: GroupFacts, rules: Rules) -> Iterator[Reminder]:
    """A group for a time is looked at together before its last day, and ended or given more time after it (F09, L08: Lund § 11.4)."""
    if group.until is None:
        return
    day = group.until
    if group.evaluated_on is None or group.evaluated_on < day - timedelta(days=LOOKED_AT_LATELY_DAYS):
        soon = before(rules, day - timedelta(days=EVALUATE_DAYS))
        yield _reminder(group, ReminderKind.GROUP_EVALUATE, f"{day}", soon, group.holder, until=_midnight_after(day))
    yield _reminder(group, ReminderKind.GROUP_OVER, f"{day}", rules.on(day + timedelta(days=1)), group.holder)


def _reminder(
    group: GroupFacts, kind: ReminderKind, key: str, due_at: datetime, person: PersonId | None, *, until: datetime | None = None
) -> Reminder:
    return Reminder(
        key=f"group/{group.id}/{kind}/{key}",
        kind=kind,
        due_at=due_at,
        useful_until=until,
        case=group.case,
        person=person,
        object=group.id,
    )


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OSLO).astimezone(UTC)
