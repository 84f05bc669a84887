"""Words that ask how things are going.

Here: what is told. Not here: when (`bot.domain.reminders.evaluation`). Guarantee: the person's side alone is asked; whoever coordinates is
told only that it is time.
"""

from typing import Final

from bot.domain.cases import AgeGroup, is_child
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import Text, joined, t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind, tell_ke
from bot.store import cases, evaluations


def _ask(context: Context, reminder: Reminder, text: Text, label: Text, conversation: str) -> None:
    assert reminder.case is not None
    button = notices.begin(label, conversation, case=reminder.case)
    notices.tell_parties(context, reminder.case, text, buttons=[button], dedupe_key=reminder.key, but_not_reporters=True)


def _soon(context: Context, reminder: Reminder) -> None:
    """Two weeks before the day agreed (L02): the coordinator prepares, and the person can think."""
    assert reminder.case is not None
    day = evaluations.day_of(context.tx, reminder.case)
    assert day is not None
    text = t("Case {number}: you have agreed to look back on {day}. Put it on the agenda.", number=number_of(context, reminder), day=day)
    remind(context, reminder.person, text, reminder, notices.begin(t("Open it"), "evaluation", case=reminder.case))
    agreed = evaluations.agreed_at(context.tx, reminder.case)
    if agreed is not None and agreed >= reminder.due_at:
        return  # agreed so late that the person has just been told the day
    told = t("On {day} we look back. Think about what is good, and what must change.", day=day)
    notices.tell_parties(context, reminder.case, told, dedupe_key=f"{reminder.key}/person", but_not_reporters=True)


def _day(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    text = t("Today is the day to look back. How is it going?")
    age = cases.get(context.tx, reminder.case).age_group
    if is_child(age) and age is not AgeGroup.FROM_16:
        text = joined(text, t("Let the child answer too, in the child's own way."))
    _ask(context, reminder, text, t("Say how it is going"), "evaluate")


def _meeting(context: Context, reminder: Reminder) -> None:
    _ask(context, reminder, t("You have had a meeting. How is it going now?"), t("Say how it is going"), "evaluate")


def _no_day(context: Context, reminder: Reminder) -> None:
    """A day is always agreed (L02). Twice as long without it, the unit is told."""
    text = t("Case {number}: no day is agreed for the next evaluation. Agree on one with the person.", number=number_of(context, reminder))
    if reminder.person is None:
        tell_ke(context, reminder, text)
    else:
        assert reminder.case is not None
        remind(context, reminder.person, text, reminder, notices.begin(t("Choose a day"), "evaluation", case=reminder.case))


def _follow_up(context: Context, reminder: Reminder) -> None:
    text = t("Has anybody been in touch with you? Do you know what happens next?")
    _ask(context, reminder, text, t("Answer"), "follow_up")


FIRE: Final[Fires] = {
    ReminderKind.EVALUATION_NO_DATE: _no_day,
    ReminderKind.EVALUATION_SOON: _soon,
    ReminderKind.EVALUATION_DAY: _day,
    ReminderKind.EVALUATION_MEETING: _meeting,
    ReminderKind.FOLLOW_UP: _follow_up,
}
