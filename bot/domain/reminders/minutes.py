"""Minutes and what was agreed: written in time, followed up, and a next date.

Here: the rules, each with its source. Not here: gathering the facts (`bot.services.minutes_facts`), nor the words
(`bot.services.reminders.minutes`). Guarantees: nobody is reminded of a task that is not theirs now; a task put off is reminded of by its
new day, since the day is part of each key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.domain.ids import CaseId, MeetingId, MemberTaskId, PersonId
from bot.domain.reminders.facts import OSLO, Reminder, ReminderKind, Rules, day_of

WRITE_DAYS: Final = (3, 7)
"""So many days after the meeting whoever writes is reminded; the last time whoever coordinates is told too (our default)."""
STILL_AT_TABLE_HOURS: Final = 3
JOURNAL_DAYS: Final = 2
"""Professionals note more in their own journals (I10: Lund § 11.4)."""
NO_NEXT_DAYS: Final = 28
NO_NEXT_TIMES: Final = 13
"""Where there is no next date yet: every fourth week for a year; then it is too long since the last meeting anyway."""
CALL_LEAD_DAYS: Final = 14
"""So long before the invitation has to go out, whoever coordinates is reminded of the day agreed."""
SOON_WORKING_DAYS: Final = 2
JOURNAL_USEFUL_DAYS: Final = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class MinutesFacts:
    """What the rules need to know of a meeting that was called. Moments are aware.

    `at_table`: who leads and who writes, while nothing is written. `sent`: the minutes are. `writer`: who has to write them; None: nobody
    any more, so that the unit sees to it. `journal`: professionals who were there. `next_wanted`: no meeting is planned or held after
    this one. `next_on`: the day agreed, in Oslo.
    """

    meeting: MeetingId
    at: datetime
    ends_at: datetime
    at_table: tuple[PersonId, ...]
    sent: bool
    writer: PersonId | None
    journal: tuple[PersonId, ...]
    next_wanted: bool
    next_on: date | None
    notice_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskFacts:
    """An open task and who has it now. `due_on` is a day in Oslo; `leader`: the leader of whoever has it, where one is registered."""

    task: MemberTaskId
    has: PersonId
    due_on: date
    leader: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreedFacts:
    """Everything agreed in a case that is still to be done. `holder`: whoever coordinates, or called the last meeting; None: the unit."""

    case: CaseId
    holder: PersonId | None
    meetings: tuple[MinutesFacts, ...]
    tasks: tuple[TaskFacts, ...]


def reminders(facts: AgreedFacts, rules: Rules) -> frozenset[Reminder]:
    """Everything a case wants to be reminded of about minutes and tasks."""
    found = [each for meeting in facts.meetings for each in _of_meeting(facts, meeting, rules)]
    found += [each for task in facts.tasks for each in _of_task(facts, task, rules)]
    return frozenset(found)


def _of_meeting(facts: AgreedFacts, meeting: MinutesFacts, rules: Rules) -> Iterator[Reminder]:
    """The run-sheet when it begins (I01), the minutes in time, more in one's own journal, and the next date."""
    for person in meeting.at_table:
        yield Reminder(
            key=f"meeting/{meeting.meeting}/run-sheet/{int(meeting.at.timestamp())}/{person}",
            kind=ReminderKind.MINUTES_BEGIN,
            due_at=rules.calendar.sending_time(meeting.at, earliest=rules.profile.sending.earliest, latest=rules.profile.sending.latest),
            useful_until=meeting.ends_at + timedelta(hours=STILL_AT_TABLE_HOURS),
            case=facts.case,
            person=person,
            object=meeting.meeting,
        )
    if not meeting.sent:
        for days in WRITE_DAYS:
            yield Reminder(
                key=f"meeting/{meeting.meeting}/minutes/{days}/{meeting.writer or 'unit'}",
                kind=ReminderKind.MINUTES_WRITE,
                due_at=rules.after(meeting.ends_at, days),
                case=facts.case,
                person=meeting.writer,
                object=meeting.meeting,
            )
        if meeting.writer != facts.holder:
            yield Reminder(
                key=f"meeting/{meeting.meeting}/minutes-late",
                kind=ReminderKind.MINUTES_LATE,
                due_at=rules.after(meeting.ends_at, max(WRITE_DAYS)),
                case=facts.case,
                person=facts.holder,
                object=meeting.meeting,
            )
    for person in meeting.journal:
        yield Reminder(
            key=f"meeting/{meeting.meeting}/journal/{person}",
            kind=ReminderKind.MINUTES_JOURNAL,
            due_at=rules.after(meeting.ends_at, JOURNAL_DAYS),
            useful_until=rules.after(meeting.ends_at, JOURNAL_DAYS + JOURNAL_USEFUL_DAYS),
            case=facts.case,
            person=person,
            object=meeting.meeting,
        )
    if meeting.next_wanted:
        yield from _next(facts, meeting, rules)


def _next(facts: AgreedFacts, meeting: MinutesFacts, rules: Rules) -> Iterator[Reminder]:
    """A day agreed is called in time; without one whoever coordinates is nudged until there is one (G12, D08: every handbook)."""
    if meeting.next_on is not None:
        lead = meeting.next_on - timedelta(days=meeting.notice_days + CALL_LEAD_DAYS)
        yield Reminder(
            key=f"meeting/{meeting.meeting}/call-next/{meeting.next_on}",
            kind=ReminderKind.MINUTES_NEXT,
            due_at=max(rules.on(lead), rules.after(meeting.ends_at, 1)),
            useful_until=datetime.combine(meeting.next_on, time(), OSLO).astimezone(UTC),
            case=facts.case,
            person=facts.holder,
            object=meeting.meeting,
        )
    since = meeting.ends_at if meeting.next_on is None else datetime.combine(meeting.next_on, time(12), OSLO)
    for turn in range(1, NO_NEXT_TIMES + 1):
        yield Reminder(
            key=f"meeting/{meeting.meeting}/no-next/{day_of(since)}/{turn}",
            kind=ReminderKind.MINUTES_NO_NEXT,
            due_at=rules.after(since, turn * NO_NEXT_DAYS),
            useful_until=rules.after(since, (turn + 1) * NO_NEXT_DAYS),
            case=facts.case,
            person=facts.holder,
            object=meeting.meeting,
        )


def _of_task(facts: AgreedFacts, task: TaskFacts, rules: Rules) -> Iterator[Reminder]:
    """Before its day, and the ladder after it: owner, owner again, owner's leader and whoever coordinates, the unit (K05: Lund § 11.3).

    The procedure that § 11.3 refers to is not in the handbook; the days are the profile's (T11).
    """
    ladder = rules.profile.progress
    late = datetime.combine(task.due_on, time(12), OSLO)
    stem = f"task/{task.task}/{task.due_on}"
    steps = [
        (ReminderKind.TASK_SOON, "soon", rules.on(rules.calendar.add_working_days(task.due_on, -SOON_WORKING_DAYS)), task.has),
        (ReminderKind.TASK_LATE, "late", rules.after(late, max(1, ladder.owner_day)), task.has),
        (ReminderKind.TASK_AGAIN, "again", rules.after(late, ladder.again_day), task.has),
        (ReminderKind.TASK_STILL_LATE, "still", rules.after(late, ladder.leader_day), facts.holder),
        (ReminderKind.TASK_UNIT, "unit", rules.after(late, ladder.unit_day), facts.holder),
    ]
    if task.leader is not None:
        steps.append((ReminderKind.TASK_LEADER, "leader", rules.after(late, ladder.leader_day), task.leader))
    for kind, step, due_at, person in steps:
        yield Reminder(
            key=f"{stem}/{step}/{person or 'unit'}",
            kind=kind,
            due_at=due_at,
            useful_until=rules.after(late, 0) if kind is ReminderKind.TASK_SOON else None,
            case=facts.case,
            person=person,
            object=task.task,
        )
