"""Words that ask for a contact at the kindergarten or the school.

Here: what is told. Not here: when (`bot.domain.reminders.school`).
"""

from typing import Final

from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import t
from bot.services import notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind


def _contact(context: Context, reminder: Reminder) -> None:
    assert reminder.case is not None
    number = number_of(context, reminder)
    text = t("Case {number}: nobody around the child comes from kindergarten or school. Who is the contact there?", number=number)
    add = notices.begin(t("Add somebody"), "add_member", case=reminder.case)
    see = notices.begin(t("See the circle"), "circle", case=reminder.case)
    remind(context, reminder.person, text, reminder, add, see)


FIRE: Final[Fires] = {ReminderKind.SCHOOL_CONTACT: _contact}
