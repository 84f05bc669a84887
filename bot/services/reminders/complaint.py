"""Words that remind of a complaint, and the prompt on Fridays.

Here: what is told. Not here: when (`bot.domain.reminders.complaint`, `look_back`). Guarantee: nobody is told of a complaint but those who
may answer it and whoever complained.
"""

from typing import Final

from bot.domain.complaints import Complaint
from bot.domain.ids import ComplaintId
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import OSLO, Reminder, ReminderKind
from bot.engine.texts import Text, joined, t
from bot.services import complaints, notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires
from bot.store import complaints as store
from bot.store import look_backs

THINK: Final[tuple[Text, ...]] = (
    t("Did the person decide this week, or did you decide for them?"),
    t("Did everybody meet the person with respect, also in what was written?"),
    t("What builds trust here? What could break it?"),
    t("Where did you have power this week, and how did you use it?"),
)
"""Rana, Etiske dilemmaer: taking part, respect, trust, power; one each week."""


def thought(week: int) -> Text:
    """The question of that week of the year."""
    return THINK[week % len(THINK)]


def _complaint(context: Context, reminder: Reminder) -> Complaint:
    found = None if reminder.object is None else store.find(context.tx, ComplaintId(reminder.object))
    assert found is not None
    return found


def _soon(context: Context, reminder: Reminder) -> None:
    found = _complaint(context, reminder)
    text = t("A complaint waits for your answer. Please answer it by {day}.", day=found.answer_by)
    button = notices.begin(t("Read and answer"), "complaint", complaint=found.id)
    for who in complaints.everybody_at(context, found):
        notices.tell(
            context,
            who,
            text,
            message_class=MessageClass.REMINDER,
            case=found.case,
            buttons=[button],
            dedupe_key=f"{reminder.key}/{who}",
            useful_until=reminder.useful_until,
        )


def _late(context: Context, reminder: Reminder) -> None:
    complaints.overdue(context, _complaint(context, reminder))


def _look_back(context: Context, reminder: Reminder) -> None:
    """Only for whoever still wants it; nothing is asked, and nothing stored (O04)."""
    if reminder.person is None or reminder.person not in look_backs.wanted_by(context.tx):
        return
    week = reminder.due_at.astimezone(OSLO).isocalendar().week
    text = joined(t("It is Friday. Take a few minutes to look back, with a colleague if you can."), thought(week))
    notices.tell(
        context,
        reminder.person,
        text,
        message_class=MessageClass.REMINDER,
        buttons=[notices.begin(t("No more of these"), "look_back")],
        dedupe_key=reminder.key,
        useful_until=reminder.useful_until,
    )


FIRE: Final[Fires] = {
    ReminderKind.COMPLAINT_SOON: _soon,
    ReminderKind.COMPLAINT_LATE: _late,
    ReminderKind.LOOK_BACK: _look_back,
}
