"""Words that remind of the plan: before meetings, of promised answers, and of the coordinator's own look.

Here: what is told. Not here: when (`bot.domain.reminders.plan`). Guarantee: a member is reminded only through the circle's own gate, and
so only while a consent covers them; the person learns when a promised answer is late.
"""

from typing import Final

from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, PromiseId
from bot.domain.promises import Promise
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, on_duty, remind, remind_around, tell_ke
from bot.store import meetings, promises


def _promise(context: Context, reminder: Reminder) -> Promise:
    found = promises.find(context.tx, PromiseId(reminder.object or 0))
    assert found is not None
    return found


def _answer_soon(context: Context, reminder: Reminder) -> None:
    day = _promise(context, reminder).due_on
    text = t("Case {number}: the person waits for an answer by {day}.", number=number_of(context, reminder), day=day)
    button = notices.begin(t("Read and answer"), "promises", case=reminder.case or 0)
    if reminder.person is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, reminder.person, text, reminder, button)


def _answer_late(context: Context, reminder: Reminder) -> None:
    """Both learn that it is late: a promise is not forgotten in silence (K18)."""
    assert reminder.case is not None
    promise, number = _promise(context, reminder), number_of(context, reminder)
    text = t("Case {number}: you promised an answer, and it is late. Tell the person how it goes.", number=number)
    button = notices.begin(t("Read and answer"), "promises", case=reminder.case)
    if reminder.person is None:
        tell_ke(context, reminder, text)
    else:
        remind(context, reminder.person, text, reminder, button)
    own = t("You were to get an answer to this: «{words}». It is late, and we are sorry. We have asked for it again.", words=promise.words)
    key = f"{reminder.key}/person"
    notices.tell_parties(context, reminder.case, own, sensitivity=Sensitivity.HEALTH, dedupe_key=key, but_not_reporters=True)


def _up_to_date(context: Context, reminder: Reminder) -> None:
    meeting = meetings.find(context.tx, MeetingId(reminder.object or 0))
    assert meeting is not None
    text = t("Case {number}: there is a meeting {time}. Is what you do up to date?", number=number_of(context, reminder), time=meeting.at)
    see = notices.begin(t("See what I have to do"), "my_tasks", case=meeting.case)
    if reminder.person is not None and on_duty(context, reminder.person, reminder) != reminder.person:
        see = notices.begin(t("See what is to be done"), "case_tasks", case=meeting.case)
    buttons = [notices.act(t("Yes, it is up to date"), "UpToDate", meeting=meeting.id), see]
    remind_around(context, reminder, text, InfoKind.TASKS, buttons)


def _own_look(context: Context, reminder: Reminder) -> None:
    text = t("Case {number}: take a look at your own work. It is four questions.", number=number_of(context, reminder))
    remind(context, reminder.person, text, reminder, notices.begin(t("Look at it"), "own_look", case=reminder.case or 0))


FIRE: Final[Fires] = {
    ReminderKind.PROMISE_SOON: _answer_soon,
    ReminderKind.PROMISE_LATE: _answer_late,
    ReminderKind.PLAN_UP_TO_DATE: _up_to_date,
    ReminderKind.OWN_LOOK: _own_look,
}
