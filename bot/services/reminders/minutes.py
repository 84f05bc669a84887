"""Words that remind of minutes, of tasks, and of the next date.

Here: what is told. Not here: when (`bot.domain.reminders.minutes`). Guarantee: a member is reminded only through the circle's own gate, and
so only while a consent covers them.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, MemberTaskId
from bot.domain.meetings import Meeting
from bot.domain.member_tasks import MemberTask, words_of
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import Text, joined, t
from bot.services import member_tasks, notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, remind_around, tell_ke
from bot.store import meetings, minutes
from bot.store import member_tasks as stored_tasks


def _meeting(context: Context, reminder: Reminder) -> Meeting:
    found = meetings.find(context.tx, MeetingId(reminder.object or 0))
    assert found is not None
    return found


def _task(context: Context, reminder: Reminder) -> MemberTask:
    found = stored_tasks.find(context.tx, MemberTaskId(reminder.object or 0))
    assert found is not None
    return found


def _begin(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("Case {number}: the meeting begins now. Here is what you need, and where you write.", number=number_of(context, reminder))
    button = notices.begin(t("Open the run-sheet"), "minutes", meeting=meeting.id)
    remind_around(context, reminder, text, InfoKind.MINUTES, [button])


def _holder(context: Context, reminder: Reminder, text: Text, button: notices.NoticeButton) -> None:
    """Whoever coordinates; the unit where nobody does, so that no minutes and no next date are nobody's."""
    if reminder.person is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, reminder.person, text, reminder, button)


def _write(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("Case {number}: the minutes of {time} are not sent yet.", number=number_of(context, reminder), time=meeting.at)
    button = notices.begin(t("Write the minutes"), "minutes", meeting=meeting.id)
    if reminder.person is None:
        tell_ke(context, reminder, text)
        return
    remind_around(context, reminder, text, InfoKind.MINUTES, [button])


def _late(context: Context, reminder: Reminder) -> None:
    meeting = _meeting(context, reminder)
    text = t("Case {number}: a week after {time} the minutes are not sent.", number=number_of(context, reminder), time=meeting.at)
    _holder(context, reminder, text, notices.begin(t("Write the minutes"), "minutes", meeting=meeting.id))


def _journal(context: Context, reminder: Reminder) -> None:
    text = t("Remember to note the meeting {time} in your own journal, where you have one.", time=_meeting(context, reminder).at)
    remind_around(context, reminder, text, InfoKind.MEETINGS)


def _call(reminder: Reminder) -> notices.NoticeButton:
    return notices.begin(t("Call a meeting"), "meeting", case=reminder.case or 0)


def _next(context: Context, reminder: Reminder) -> None:
    written = minutes.of_meeting(context.tx, _meeting(context, reminder).id)
    assert written is not None
    number = number_of(context, reminder)
    text = t("Case {number}: you agreed to meet again on {day}. It is time to call the meeting.", number=number, day=written.next_on)
    _holder(context, reminder, text, _call(reminder))


def _no_next(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: there is no date for the next meeting yet.", number=number_of(context, reminder))
    _holder(context, reminder, text, _call(reminder))


def _soon(context: Context, reminder: Reminder) -> None:
    task, number = _task(context, reminder), number_of(context, reminder)
    words = words_of(task.code, task.words)
    _owner(context, reminder, task, t("Case {number}: by {day} you were to do this: {words}", number=number, day=task.due_on, words=words))


def _did_you(context: Context, reminder: Reminder, task: MemberTask) -> Text:
    words, number = words_of(task.code, task.words), number_of(context, reminder)
    return t("Case {number}: did you get this done by {day}? {words}", number=number, day=task.due_on, words=words)


def _overdue(context: Context, reminder: Reminder) -> None:
    task = _task(context, reminder)
    _owner(context, reminder, task, _did_you(context, reminder, task))


def _again(context: Context, reminder: Reminder) -> None:
    """The second time says what comes next, and why it is asked (K05, K06; S06: whoever gives help has a duty to take part)."""
    task = _task(context, reminder)
    text, until = _did_you(context, reminder, task), reminder.useful_until
    if member_tasks.leader_of_owner(context, task.case, reminder.person or task.owner) is not None:
        progress = context.municipality.profile.progress
        day = task.due_on + timedelta(days=progress.leader_day)
        text = joined(
            text,
            t("Those who help have a duty to do their part. Where this is not settled by {day}, your leader is told.", day=day),
        )
        until = context.municipality.rules.on(day)
    _owner(context, reminder, task, text, until)


def _leader(context: Context, reminder: Reminder) -> None:
    """The leader of whoever has it, without what it is about (K05): time is the leader's to give."""
    task = _task(context, reminder)
    name = member_tasks.name_in(context, task.case, member_tasks.has(context, task))
    text = t(
        "Case {number}: {name} has not done something that was agreed. Please help them find time.",
        number=number_of(context, reminder),
        name=name,
    )
    remind(context, reminder.person, text, reminder)


def _owner(context: Context, reminder: Reminder, task: MemberTask, text: Text, until: datetime | None = None) -> None:
    remind_around(context, reminder, text, InfoKind.TASKS, member_tasks.buttons(task.id), until)


def _still(context: Context, reminder: Reminder) -> None:
    """Whoever coordinates asks how it goes (K05)."""
    task = _task(context, reminder)
    has = member_tasks.has(context, task)
    text = t(
        "Case {number}: this is long overdue: {words}. It is with {name}. Ask how it goes.",
        number=number_of(context, reminder),
        words=words_of(task.code, task.words),
        name=member_tasks.name_in(context, task.case, has),
    )
    _holder(context, reminder, text, notices.begin(t("Find another way"), "case_tasks", case=task.case))


def _unit(context: Context, reminder: Reminder) -> None:
    """The unit knows of it too (K05)."""
    text = t("Case {number}: something that was agreed is late, though all were asked.", number=number_of(context, reminder))
    tell_ke(context, reminder, text)


FIRE: Final[Fires] = {
    ReminderKind.MINUTES_BEGIN: _begin,
    ReminderKind.MINUTES_WRITE: _write,
    ReminderKind.MINUTES_LATE: _late,
    ReminderKind.MINUTES_JOURNAL: _journal,
    ReminderKind.MINUTES_NEXT: _next,
    ReminderKind.MINUTES_NO_NEXT: _no_next,
    ReminderKind.TASK_SOON: _soon,
    ReminderKind.TASK_LATE: _overdue,
    ReminderKind.TASK_AGAIN: _again,
    ReminderKind.TASK_LEADER: _leader,
    ReminderKind.TASK_STILL_LATE: _still,
    ReminderKind.TASK_UNIT: _unit,
}
