"""Words that remind of a message that needs an answer.

Here: what is told. Not here: when (`bot.domain.reminders.message`). Guarantee: a member is reminded only through `bot.services.circle`.
"""

from typing import Final

from bot.domain.ids import MessageId
from bot.domain.reminders import Reminder, ReminderKind
from bot.engine.texts import Text, t
from bot.services import circle, notices
from bot.services.municipality import Context
from bot.services.reminders.telling import Fires, number_of, remind
from bot.store import circle_messages, members


def _tell(context: Context, reminder: Reminder, text: Text) -> None:
    assert reminder.case is not None
    assert reminder.person is not None
    button = notices.begin(t("Read the message"), "circle_messages", case=reminder.case)
    if members.in_circle(context.tx, reminder.case, reminder.person) is None:
        remind(context, reminder.person, text, reminder, button)
        return
    message = circle_messages.find(context.tx, MessageId(reminder.object or 0))
    assert message is not None
    only = frozenset({reminder.person})
    last = reminder.useful_until
    circle.tell_members(context, reminder.case, text, message.kind, dedupe_key=reminder.key, buttons=[button], only=only, useful_until=last)


def _answer(context: Context, reminder: Reminder) -> None:
    _tell(context, reminder, t("A message in case {number} waits for your answer.", number=number_of(context, reminder)))


def _unanswered(context: Context, reminder: Reminder) -> None:
    _tell(context, reminder, t("Case {number}: not everybody has answered your message.", number=number_of(context, reminder)))


FIRE: Final[Fires] = {ReminderKind.MESSAGE_ANSWER: _answer, ReminderKind.MESSAGE_UNANSWERED: _unanswered}
